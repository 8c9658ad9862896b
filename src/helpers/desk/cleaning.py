"""Stage 1: raw files to cleaned tables."""

import pandas as pd

from helpers import tables
from helpers.desk.base import Base
from helpers.reading.printed import read_printed_tables
from helpers.reading.statistics import read_statistics


class Desk(Base):
    """Hands over the raw files, takes cleaned tables."""

    def printed_tables(self) -> pd.DataFrame:
        """The edition's printed tables, read from ``printed_tables.csv``."""
        return read_printed_tables(self.edition)

    def statistics(self) -> pd.DataFrame:
        """The edition's statistics tables, read from the files that ``edition.yml`` describes."""
        return read_statistics(self.edition)

    def save(self, frame: pd.DataFrame, name: str) -> pd.DataFrame:
        """Write a cleaned table for the next stage, checked by its schema."""
        return tables.save_table(frame, name, self.places.data_out)
