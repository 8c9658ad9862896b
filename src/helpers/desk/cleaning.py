"""Stage 1: raw files to cleaned tables."""

import pandas as pd

from helpers import recorder, tables
from helpers.desk.base import Base
from helpers.desk.look import Table, passed
from helpers.edition import Edition, editions
from helpers.reading.codebook import Codebook, open_codebook
from helpers.reading.files import as_on_disk
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

    def earlier_survey(self) -> tuple[Edition, Codebook] | None:
        """The city's edition before this one, if its survey's files are all here.

        A change needs the answers of both years; who has not got last year's goes on without.

        Raises:
            InputError: the configuration of that edition is wrong.
        """
        city, year = self.edition.city, self.edition.fiscal_year
        years = [known for name, known in editions() if name == city and known < year]
        if not years:
            return None
        before = Edition.open(city, max(years))
        raw = before.places.raw
        if not recorder.exists(raw / "codebook.yml"):
            return None
        codebook = open_codebook(before)
        files = [source.file for source in codebook.sources.values()]
        files += [codebook.residents.file] if codebook.residents else []
        here = all(recorder.exists(as_on_disk(raw / file)) for file in files)
        return (before, codebook) if here else None

    def save(self, frame: pd.DataFrame, name: str) -> Table:
        """Write a cleaned table for the next stage, checked by its schema."""
        return passed(tables.save_table(frame, name, self.places.data_out))
