"""Stage 3: indicator rows to figures."""

import os
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from helpers import seal, tables
from helpers.desk.base import Base
from helpers.drawing import Chart, Context, save
from helpers.drawing.export import svg
from helpers.indicators import breaks
from helpers.indicators.rows import hide_everywhere
from helpers.problems import InputError, Message, listed, near
from helpers.rounding import MINUS

WIDTHS_MM = (160, 80)
NO_INDICATOR = Message(
    "「{label}」（{name}）の行がありません",
    remedy="{near}。行がないだけなら、元データと 2 番台のノートブックを確かめてください",
    en="no row of {name}. → {near} Else look at the raw files and the notebooks 2…",
)
TWO_NUMBERS = Message(
    "{name} の {year} 年度の数値が、年度版によって {texts} と違います",
    "どの年度版でも同じ数値",
    "写し間違いなら printed_tables.csv を直し、訂正された数値なら前の年度版も直してください",
    "the editions have different numbers of {year} for {name}: {texts}. → mend printed_tables.csv; "
    "if it was revised, mend the earlier edition too and run it",
)
NO_SOURCE_ID = Message(
    "「{name}」は edition.yml の sources にありません",
    remedy="{near}",
    en="the source “{name}” is not in sources of edition.yml. → {near}",
)
FICTIONAL = {"ja": "架空データ（見本）。", "en": "Fictional data (sample). "}


class Desk(Base):
    """Hands over indicator rows, takes figures.

    Args:
        city: the city's id.
        fiscal_year: Western or Japanese calendar.
        lang: language of the figures, ``ja`` or ``en``.
        minus: the sign printed before numbers below zero: ``−``, or ``▲`` or ``△`` in city style.

    Raises:
        InputError: there is no such edition, or its configuration is wrong.
    """

    def __init__(self, city: str, fiscal_year: int | str, lang: str = "ja", minus: str = MINUS):
        super().__init__(city, fiscal_year, lang)
        self.minus = minus

    @cached_property
    def context(self) -> Context:
        """What all figures of the edition share."""
        edition = self.edition
        return Context(
            city=getattr(edition.name, self.lang),
            edition=edition.id,
            source=getattr(edition.report, self.lang),
            lang=self.lang,
            labels=self.labels(self.lang),
            words={lang: self.labels(lang) for lang in ("ja", "en")},
            minus=self.minus,
        )

    def indicators(self, *names: str) -> pd.DataFrame:
        """The edition's indicator rows, of the named indicators or all.

        Raises:
            InputError: one of the named indicators has no row.
        """
        folder = self.places.data_in("indicators")
        rows = tables.unrounded(tables.load_indicators(folder, *names), folder, *names)
        missing = [name for name in names if name not in set(rows["indicator"])]
        if missing:
            where = f"{self.edition.id} indicators"
            known = list(tables.load_indicators(folder)["indicator"])
            raise InputError(
                NO_INDICATOR.at(where, label=self._said(name), name=name, near=near(name, known))
                for name in missing
            )
        return rows

    def _said(self, name: str) -> str:
        """The words for an indicator, or the id where it is no known one."""
        try:
            return self.label(name)
        except KeyError:
            return name

    def estimates(self, *names: str) -> pd.DataFrame:
        """Rows of the named indicators by the best definition: weighted answers, else published."""
        rows = self.indicators(*names)
        weighted = rows[rows["definition"] == "weighted"]
        return weighted if len(weighted) else rows[rows["definition"] != "text"]

    def history(self, *names: str) -> pd.DataFrame:
        """The same rows of this edition and of all earlier ones of the city.

        A group that is hidden in one year is hidden in all; from where a question is counted in
        another way, its row is flagged ``series_break``. A number of an earlier year that this
        edition has as well is taken once; statistics that were revised, as they stand now.

        Raises:
            InputError: a document's number of an earlier year is not what that edition has.
        """
        frames = [
            tables.unrounded(tables.load_indicators(folder, *names), folder, *names)
            for folder in tables.earlier_data(self.places)
        ]
        rows = pd.concat([*(f for f in frames if len(f)), self.indicators(*names)])
        rows = once(rows, self.edition.id)
        return breaks.marked(hide_everywhere(rows), breaks.breaks(self.edition))

    def source(self, *ids: str) -> str:
        """The 出典 line of the named sources; the drawing is ours, and says so.

        Raises:
            InputError: one is not among the sources of ``edition.yml``.
        """
        known = self.edition.sources
        strange = [NO_SOURCE_ID.at(f"{self.edition.id} sources", name=name, near=near(name, known))
                   for name in ids if name not in known]  # fmt: skip
        if strange:
            raise InputError(strange)
        line = self.edition.source_line(*ids, lang=self.lang)
        return f"{line}を基に作図" if self.lang == "ja" else f"Drawn from {line}"

    def notes(self, *ids: str) -> list[str]:
        """What must be known of the named sources, for the 注 of a figure."""
        notes = [self.edition.sources[name].note for name in ids if self.lang == "ja"]
        made_up = [FICTIONAL[self.lang]] if self.edition.fictional else []
        return [*made_up, *filter(None, notes)]

    def sourced(self, *ids: str) -> dict[str, Any]:
        """What every figure function takes besides its rows: context, 出典 and 注."""
        return {"context": self.context, "source": self.source(*ids), "notes": self.notes(*ids)}

    @property
    def population(self) -> str:
        """The population that mGAP is multiplied with, as printed in 万人; empty where unknown."""
        people = self.edition.population
        return people.printed if people and people.unit == "万人" else ""

    @property
    def peers_name(self) -> str:
        """Who the city is compared with, as a title says it."""
        return getattr(self.edition.peers, self.lang) if self.edition.peers else ""

    def publish(self, chart: Chart) -> "Shown":
        """Write a chart at both printed widths in all formats, and show it.

        Raises:
            InputError: the chart breaks a rule of print.
        """
        folder = self.places.figures_out
        for width in WIDTHS_MM:
            same = chart.context.width_mm == width
            save(chart if same else chart.at(width_mm=width), folder)
        self._say_how_to_publish()
        written = chart.context.width_mm in WIDTHS_MM
        drawn = (folder / f"{chart.stem}.svg").read_bytes() if written else svg(chart)
        data = {"image/svg+xml": drawn.decode(), "text/plain": repr(chart)}
        return Shown(data, seal.sealed(data))

    def _say_how_to_publish(self) -> None:
        """One line for who works by hand: Jupyter's server names the session, nobody else."""
        places = self.places
        if places.staging is None and "JPY_SESSION_NAME" in os.environ:
            draft = places.figures_out.relative_to(places.root).as_posix()
            print(
                f"下書きを {draft} に書きました（このパソコンの中だけのものです）。"
                f"公開するには: citypromo run {self.edition.id}"
            )


def once(rows: pd.DataFrame, edition: str) -> pd.DataFrame:
    """Rows of several editions, each number once: equal ones are one, of statistics the newest.

    Raises:
        InputError: a number of a document or a survey that is not the same in all of them.
    """
    key = ["fiscal_year", *tables.KEY, "definition"]
    documents = rows[rows["basis"].isin(["published", "microdata"])]
    texts = documents[documents["category"] != "target"].groupby(key, sort=False)["printed"]
    problems = [
        TWO_NUMBERS.at(
            f"{edition} indicators", name=".".join(filter(None, map(str, names[1:5]))),
            year=names[0], texts=listed(dict.fromkeys(printed)),
        )
        for names, printed in texts if printed.nunique() > 1
    ]  # fmt: skip
    if problems:
        raise InputError(problems)
    return rows.drop_duplicates(key, keep="last").reset_index(drop=True)


@dataclass(frozen=True)
class Shown:
    """A published chart: the notebook keeps its SVG, so that nbval sees a recoloured bar.

    Attributes:
        data: MIME type → text.
        seal: what says in a run that it came through this door.
    """

    data: dict[str, str]
    seal: dict[str, Any]

    def _repr_mimebundle_(self, **_: object) -> Any:
        return (self.data, self.seal) if self.seal else self.data
