"""Stage 3: indicator rows to figures."""

import os
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from helpers import tables
from helpers.desk.base import Base
from helpers.drawing import Chart, Context, save
from helpers.drawing.export import svg
from helpers.indicators.rows import hide_everywhere, view
from helpers.labels import label
from helpers.problems import InputError, Message
from helpers.recorder import listing
from helpers.rounding import MINUS

WIDTHS_MM = (160, 80)
NO_INDICATOR = Message(
    "「{label}」（{name}）の行がありません",
    remedy="元データと 2 番台のノートブックを確かめてください",
    en="no row of {name}. → look at the raw files and the notebooks 2…",
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
            labels=tuple(edition.own_labels(self.lang).items()),
            minus=self.minus,
        )

    def indicators(self, *names: str) -> pd.DataFrame:
        """The edition's indicator rows, of the named indicators or all.

        Raises:
            InputError: one of the named indicators has no row.
        """
        folder = self.places.data_in("indicators")
        rows = tables.unrounded(tables.load_indicators(folder), folder)
        for name in names:
            if name not in set(rows["indicator"]):
                words = {"label": label(name), "name": name}
                raise InputError(NO_INDICATOR.at(f"{self.edition.id} indicators", **words))
        return rows[rows["indicator"].isin(names)] if names else rows

    def estimates(self, *names: str) -> pd.DataFrame:
        """Rows of the named indicators by the best definition: weighted answers, else published."""
        rows = self.indicators(*names)
        weighted = rows[rows["definition"] == "weighted"]
        return weighted if len(weighted) else rows[rows["definition"] != "text"]

    def history(self, *names: str) -> pd.DataFrame:
        """The same rows of this edition and of all earlier ones of the city.

        A group that is hidden in one year is hidden in all.
        """
        places = self.places
        years = [path.name for path in listing(places.published_data.parent, "[0-9]*")]
        earlier = sorted(int(y) for y in years if y.isdigit() and int(y) < places.fiscal_year)
        folders = [places.published_data.with_name(str(year)) for year in earlier]
        frames = [tables.unrounded(tables.load_indicators(f), f) for f in folders]
        rows = pd.concat([*(f for f in frames if len(f)), self.indicators(*names)])
        return hide_everywhere(rows[rows["indicator"].isin(names)].reset_index(drop=True))

    def look(self, rows: pd.DataFrame, *more: str) -> pd.DataFrame:
        """Rows as a reader looks at them: names, and numbers no more exact than printed.

        Args:
            rows: indicator rows.
            more: further columns, ``n``, ``low``, ``high``, ``flag``.
        """
        shown = view(rows.to_dict("records"), *more).drop(columns=["basis", "definition"])
        shown.insert(1, "group", rows["group"].map(self.label).to_list())
        return shown.set_index("key")

    def source(self, *ids: str) -> str:
        """The 出典 line of the named sources; the drawing is ours, and says so."""
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
        return Shown(chart, (folder / f"{chart.stem}.svg").read_bytes() if written else svg(chart))

    def _say_how_to_publish(self) -> None:
        """One line for who works by hand: Jupyter's server names the session, nobody else."""
        places = self.places
        if places.staging is None and "JPY_SESSION_NAME" in os.environ:
            draft = places.figures_out.relative_to(places.root).as_posix()
            print(f"下書きを {draft} に書きました。公開するには: citypromo run {self.edition.id}")


@dataclass(frozen=True)
class Shown:
    """A published chart: the notebook keeps its SVG, so that nbval sees a recoloured bar."""

    chart: Chart
    drawn: bytes

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"image/svg+xml": self.drawn.decode(), "text/plain": repr(self.chart)}
