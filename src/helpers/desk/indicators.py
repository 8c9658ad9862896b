"""Stage 2: cleaned tables to indicator rows."""

import pandas as pd

from helpers import tables
from helpers.desk.base import Base
from helpers.indicators.rows import Row, indicator_table


class Desk(Base):
    """Hands over cleaned tables, takes indicator rows."""

    def table(self, name: str) -> pd.DataFrame:
        """A cleaned table of stage 1.

        Raises:
            InputError: it is not there yet.
        """
        return tables.load_table(name, self.places.data_in(f"{name}.parquet"))

    def save(self, rows: list[Row], name: str) -> pd.DataFrame:
        """Write indicator rows as ``indicators/<name>.csv``, checked by the schema."""
        table = indicator_table(rows, self.edition.city)
        return tables.save_indicators(table, name, self.places.data_out)
