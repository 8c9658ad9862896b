"""Stage 2: cleaned tables to indicator rows."""

import pandas as pd

from helpers import recorder, tables
from helpers.desk.base import Base
from helpers.desk.look import Table, passed
from helpers.indicators import breaks
from helpers.indicators.rows import Row, before, indicator_table
from helpers.indicators.wave import Wave, wave
from helpers.problems import InputError, Message
from helpers.reading.codebook import Codebook, open_codebook
from helpers.reading.heading import earlier_edition
from helpers.reading.messages.survey import NO_RESPONSES_BEFORE
from helpers.reading.register import load_register
from helpers.reading.responses import load_responses
from helpers.survey.disclosure import Before

NO_POPULATION = Message(
    "edition.yml の population に persons（人数）がありません",
    remedy="どちらの年度版にも、mGAP に掛ける人口を1人単位で書いてください",
    en="no persons at population in edition.yml. → write the population that mGAP is multiplied "
    "with, in persons, in both editions",
)
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

    def waves(self) -> tuple[Wave, Wave]:
        """Last year's survey and this year's, each weighted to the register of its year.

        Raises:
            InputError: the answers of one of the years are not there.
        """
        places = self.places
        now = open_codebook(self.edition)
        after = load_responses(now, places)
        earlier = earlier_edition(self.edition)
        if earlier is None or not recorder.exists(earlier.places.raw / "codebook.yml"):
            raise InputError(NO_RESPONSES_BEFORE.at(self.edition.id))
        old = open_codebook(earlier)
        before = load_responses(old, places, "responses_before")
        registers = (load_register(places, "register_before"), load_register(places))
        people = [
            edition.population.persons / 10_000
            for edition in (earlier, self.edition)
            if edition.population and edition.population.persons
        ]
        if len(people) != 2:
            raise InputError(NO_POPULATION.at(f"{earlier.id}, {self.edition.id}"))
        return (
            wave(earlier.fiscal_year, before, registers[0], old, people[0]),
            wave(self.edition.fiscal_year, after, registers[1], now, people[1]),
        )

    @property
    def rules(self) -> tables.Disclosure:
        """What is too small to be printed; an edition may be stricter than the house."""
        return self.edition.disclosure

    def before(self) -> Before:
        """What earlier editions hid or merged: it stays so."""
        earlier = tables.earlier_data(self.places)
        return Before.of(before(tables.load_indicators(folder)) for folder in earlier)

    def save(self, rows: list[Row], name: str) -> Table:
        """Write indicator rows as ``indicators/<name>.csv``, through the first door.

        A number that is counted otherwise than the year before is flagged ``series_break``.

        Raises:
            InputError: there is no row at all, one does not fit the schema, tells of too few
                people, is off its scale, or has a name that nobody described.
        """
        if not rows:
            raise InputError(NO_ROWS.at(f"{self.edition.id} indicators/{name}.csv"))
        edition = self.edition
        table = breaks.marked(indicator_table(rows, edition.city), breaks.breaks(edition))
        saved = tables.save_indicators(
            table,
            name,
            self.places.data_out,
            rules=edition.disclosure,
            own=self._own_words(),
            scales=self._scales(),
        )
        return passed(saved)

    def _codebook(self) -> Codebook | None:
        there = recorder.exists(self.places.raw / "codebook.yml")
        return open_codebook(self.edition) if there else None

    def _own_words(self) -> dict[str, str]:
        """The edition's names, and those of the answers that its codebook has."""
        codebook = self._codebook()
        questions = codebook.questions.items() if codebook else ()
        answers = {f"{q}.{a}": words for q, one in questions for a, words in one.answers.items()}
        described = {name: words.ja for name, words in self.about.words() if words.ja != name}
        return described | answers | dict(self.edition.own_labels())

    def _scales(self) -> dict[str, tuple[float, float]]:
        """The smallest and largest score of each question that has points, and of the edition's."""
        codebook = self._codebook()
        found: dict[str, tuple[float, float]] = {"mean_score": (0.0, 10.0)}
        for name, question in codebook.questions.items() if codebook else ():
            if ends := [*question.points.values()] or question.valid:
                found[name] = (float(min(ends)), float(max(ends)))
        return found | self.edition.scales
