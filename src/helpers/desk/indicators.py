"""Stage 2: cleaned tables to indicator rows."""

import pandas as pd

from helpers import tables
from helpers.desk.base import Base
from helpers.indicators.rows import Row, indicator_table
from helpers.problems import InputError, Message

NO_ROWS = Message(
    "指標の行が1つもできませんでした",
    remedy="元データに数値があるか確かめ、ないなら edition.yml の notebooks から外してください",
    en="not a single indicator row. → see whether the raw files hold its numbers; if not, take the "
    "notebook out of notebooks in edition.yml",
)


class Desk(Base):
    """Hands over cleaned tables, takes indicator rows."""

    def table(self, name: str) -> pd.DataFrame:
        """A cleaned table of stage 1.

        Raises:
            InputError: it is not there yet.
        """
        return tables.load_table(name, self.places.data_in(f"{name}.parquet"))

    def save(self, rows: list[Row], name: str) -> pd.DataFrame:
        """Write indicator rows as ``indicators/<name>.csv``, checked by the schema.

        Raises:
            InputError: there is no row at all, or one does not fit.
        """
        if not rows:
            raise InputError(NO_ROWS.at(f"{self.edition.id} indicators/{name}.csv"))
        table = indicator_table(rows, self.edition.city)
        return tables.save_indicators(table, name, self.places.data_out)
