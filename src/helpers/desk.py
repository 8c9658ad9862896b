"""The desk a notebook works at: it hands over the edition's tables and takes what is made.

A notebook names no path. In a run the desk writes to the run's staging folder; by hand it writes
drafts under ``reports/_draft`` and says so.
"""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers import tables
from helpers.drawing import Chart, Context, save
from helpers.drawing.export import svg
from helpers.edition import Edition
from helpers.indicators.rows import Row, indicator_table
from helpers.labels import label
from helpers.places import Places
from helpers.problems import InputError, Problem
from helpers.reading.printed import read_printed_tables
from helpers.reading.statistics import read_statistics

WIDTHS_MM = (160, 80)


class Desk:
    """Everything a notebook loads, shows and saves for one edition.

    Args:
        city: the city's id.
        fiscal_year: Western or Japanese calendar.
        lang: language of the figures, ``ja`` or ``en``.

    Raises:
        InputError: there is no such edition, or its configuration is wrong.
    """

    def __init__(self, city: str, fiscal_year: int | str, lang: str = "ja"):
        self.edition = Edition.open(city, fiscal_year)
        self.lang = lang

    def __repr__(self) -> str:
        """Which edition this is, and where what is made here goes."""
        edition = self.edition
        made = "架空データの見本。" if edition.fictional else ""
        return f"{edition.name.ja} {edition.year_label()} — {edition.report.ja}。{made}".rstrip(
            "。"
        )

    @property
    def places(self) -> Places:
        """The edition's folders."""
        return self.edition.places

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
        )

    def source(self, *ids: str) -> str:
        """The 出典 line of the named sources; the drawing is ours, and says so."""
        line = self.edition.source_line(*ids, lang=self.lang)
        return f"{line}を基に作図" if self.lang == "ja" else f"Drawn from {line}"

    def source_notes(self, *ids: str) -> list[str]:
        """What must be known of the named sources, for the 注 of a figure."""
        notes = [self.edition.sources[name].note for name in ids if self.lang == "ja"]
        fictional = {"ja": "架空データ（見本）", "en": "Fictional data (sample)"}
        return [*([fictional[self.lang]] if self.edition.fictional else []), *filter(None, notes)]

    @property
    def peers_name(self) -> str:
        """Who the city is compared with, as a title says it."""
        return getattr(self.edition.peers, self.lang) if self.edition.peers else ""

    def shares(self, *names: str) -> pd.DataFrame:
        """Rows of the named questions by the best definition: weighted answers, else published."""
        rows = self.indicators(*names)
        weighted = rows[rows["definition"] == "weighted"]
        return weighted if len(weighted) else rows[rows["definition"] != "text"]

    @staticmethod
    def questions_by(rows: pd.DataFrame, breakdown: str) -> list[str]:
        """The questions that are known by a breakdown, in the order of the rows."""
        return list(rows.loc[rows["breakdown"] == breakdown, "indicator"].unique())

    @staticmethod
    def series(rows: pd.DataFrame) -> list[tuple[str, str]]:
        """Definition and source of every series in the rows, in the order of the rows."""
        return list(dict.fromkeys(zip(rows["definition"], rows["source"], strict=True)))

    def raw_printed(self) -> pd.DataFrame:
        """The edition's printed tables, read from the raw file."""
        return read_printed_tables(self.edition)

    def raw_statistics(self) -> pd.DataFrame:
        """The edition's statistics tables, read from the raw files."""
        return read_statistics(self.edition)

    def save_table(self, frame: pd.DataFrame, name: str) -> pd.DataFrame:
        """Write a cleaned table for the next stage, checked by its schema."""
        return tables.save_table(frame, name, self.places.data_out)

    def table(self, name: str) -> pd.DataFrame:
        """A cleaned table of the stage before."""
        return tables.load_table(name, self.places.data_in(f"{name}.parquet"))

    def save_indicators(self, rows: list[Row], name: str) -> pd.DataFrame:
        """Write indicator rows as ``indicators/<name>.csv``, checked by the schema."""
        table = indicator_table(rows, self.edition.city)
        return tables.save_indicators(table, name, self.places.data_out)

    def indicators(self, *names: str) -> pd.DataFrame:
        """The edition's indicator rows, of the named indicators or all.

        Raises:
            InputError: one of the named indicators has no row.
        """
        rows = tables.load_indicators(self.places.data_in("indicators"))
        for name in names:
            if name not in set(rows["indicator"]):
                raise InputError(
                    Problem(
                        f"{self.edition.id} の指標",
                        f"「{label(name)}」（{name}）の行がありません",
                        remedy="元データと 2 番台のノートブックを確かめてください",
                    )
                )
        return rows[rows["indicator"].isin(names)] if names else rows

    def publish(self, chart: Chart) -> "Shown":
        """Write a chart at both printed widths in all formats, and show it.

        Raises:
            InputError: the chart breaks a rule of print; nothing is written.
        """
        for width in WIDTHS_MM:
            save(
                chart if chart.context.width_mm == width else chart.at(width_mm=width),
                self.places.figures_out,
            )
        return Shown(chart, None if self.places.staging else str(self.places.draft))


@dataclass(frozen=True)
class Shown:
    """A published chart: the notebook keeps its SVG, so that nbval sees a recoloured bar."""

    chart: Chart
    draft: str | None

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"image/svg+xml": svg(self.chart).decode(), "text/plain": repr(self.chart)}
