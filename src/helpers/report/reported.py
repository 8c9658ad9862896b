"""A report as its deliverables see it: figures in order, indicators, what was left out."""

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.edition import Edition
from helpers.spreadsheet import unguarded
from helpers.tables import INDICATORS

if TYPE_CHECKING:  # pandas is for those who ask for a frame
    import pandas as pd

# Heads of an English figure's CSV, and what the Japanese one calls them.
_ENGLISH = {
    "Year": "年度",
    "Indicator": "指標",
    "Group": "区分",
    "Category": "項目",
    "Value": "値",
    "Printed": "表示",
    "Unit": "単位",
    "Low": "下限",
    "High": "上限",
    "Flag": "注記",
    "Key": "キー",
}


@dataclass(frozen=True)
class Figure:
    """A published figure at one width: its words, its numbers, its files.

    Attributes:
        stem: file name without its ending (``attachment_age``, ``attachment_age_80mm``).
        notebook: name of the notebook that drew it (``31_figures_attachment``).
        folder: where its files are.
    """

    stem: str
    notebook: str
    folder: Path

    def file(self, ending: str) -> Path:
        """One of its files, by ``png``, ``svg``, ``pdf``, ``csv`` or ``txt``."""
        return self.folder / f"{self.stem}.{ending}"

    @cached_property
    def _words(self) -> tuple[str, str]:
        title, _, alt = self.file("txt").read_text(encoding="utf-8").partition("\n")
        return title, alt.strip()

    @property
    def title(self) -> str:
        """The finding."""
        return self._words[0]

    @property
    def alt(self) -> str:
        """Alternative text."""
        return self._words[1]

    @property
    def kind(self) -> str:
        """Chart type in words, the first sentence of the alternative text: ``縦棒グラフ``."""
        return self._sentence(0)

    @property
    def subject(self) -> str:
        """Measure, area, period and unit, its second sentence: what a caption says."""
        return self._sentence(1) or self.title

    def _sentence(self, index: int) -> str:
        sentences = re.split(r"。|\. ", self.alt)
        return sentences[index].strip() if index < len(sentences) - 1 else ""

    @cached_property
    def rows(self) -> list[dict[str, str]]:
        """The plotted numbers as they are printed, by the Japanese names of the columns."""
        with self.file("csv").open(encoding="utf-8-sig", newline="") as file:
            heads, *lines = csv.reader(file)
        names = [_ENGLISH.get(head, head) for head in heads]
        return [dict(zip(names, map(unguarded, line), strict=True)) for line in lines]

    @cached_property
    def data(self) -> "pd.DataFrame":
        """The same as a frame, all text; an empty cell is empty text."""
        import pandas as pd

        return pd.DataFrame(self.rows, dtype=str)


@dataclass(frozen=True)
class Reported:
    """One edition's report in a folder: the published one, or one that is being staged.

    Attributes:
        edition: its configuration.
        folder: holds ``figures/``; the deliverables are written here.
        data: holds ``indicators/*.csv``.
        notebooks: which notebook drew each figure, by the figure's stem.
    """

    edition: Edition
    folder: Path
    data: Path
    notebooks: Mapping[str, str]

    @cached_property
    def figures(self) -> list[Figure]:
        """Figures at full width in Japanese, in the order of the report's notebooks."""
        return [figure for figure in self.all_figures if not _is_variant(figure.stem)]

    @cached_property
    def all_figures(self) -> list[Figure]:
        """Figures at every width and in every language."""
        found = (path.stem for path in (self.folder / "figures").glob("*.txt"))
        figures = [Figure(s, self.notebooks.get(s, ""), self.folder / "figures") for s in found]
        return sorted(figures, key=lambda figure: (figure.notebook, figure.stem))

    @property
    def date(self) -> datetime:
        """The date that documents carry, the first day of the fiscal year: the same every run."""
        return datetime(self.edition.fiscal_year, 4, 1, tzinfo=UTC)

    def in_language(self, figure: Figure, lang: str) -> Figure:
        """The figure drawn in a language, or the Japanese one where there is no other."""
        stem = figure.stem if lang == "ja" else f"{figure.stem}_{lang}"
        return next((other for other in self.all_figures if other.stem == stem), figure)

    def variants(self, figure: Figure) -> list[Figure]:
        """The same figure at other widths, in larger type or in English."""
        ending = re.compile(re.escape(figure.stem) + _VARIANT)
        return [other for other in self.all_figures if ending.fullmatch(other.stem)]

    @cached_property
    def sections(self) -> list[tuple[str, list[Figure]]]:
        """Figures by the heading of the notebook that drew them, in the order of the report."""
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            found.setdefault(self._heading(figure.notebook), []).append(figure)
        return list(found.items())

    def _heading(self, notebook: str) -> str:
        path = self.edition.places.root / "notebooks" / f"{notebook}.ipynb"
        if not notebook or not path.exists():
            return notebook or "図"
        first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
        line = "".join(first["source"]).partition("\n")[0]
        return line.removeprefix("#").strip() or notebook

    @cached_property
    def rows(self) -> list[dict[str, str]]:
        """The edition's indicator rows (design.md, section 4) as text.

        They were held against their schema when they were saved and when the run verified them.
        """
        found: list[dict[str, str]] = []
        for path in sorted((self.data / "indicators").glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as file:
                found += csv.DictReader(file)
        return [{name: unguarded(text) for name, text in row.items()} for row in found]

    @cached_property
    def indicators(self) -> "pd.DataFrame":
        """The same as a frame with numbers."""
        import pandas as pd

        frame = pd.DataFrame(self.rows, columns=list(INDICATORS.columns), dtype=str)
        numbers = {"value": float, "n": float, "low": float, "high": float, "fiscal_year": int}
        return frame.assign(
            **{name: pd.to_numeric(frame[name]).astype(kind) for name, kind in numbers.items()}
        )


# What drawing.Chart.stem adds to a figure's key.
_VARIANT = r"(?=_)(_\d+(\.\d+)?mm)?(_large)?(_en)?"


def _is_variant(stem: str) -> bool:
    return stem.endswith(("mm", "_large", "_en"))


def published(edition: Edition) -> Reported | None:
    """The report that is published, or None where there is none yet."""
    places = edition.places
    manifest = places.published_report / "manifest.json"
    if not manifest.exists():
        return None
    outputs = json.loads(manifest.read_text(encoding="utf-8"))["notebooks"]
    return Reported(edition, places.published_report, places.published_data, drawn_by(outputs))


def drawn_by(notebooks: Mapping[str, Mapping[str, Mapping[str, str]]]) -> dict[str, str]:
    """``{stem: notebook}`` from the ``notebooks`` part of a manifest."""
    return {
        Path(path).stem: name
        for name, success in notebooks.items()
        for path in success["outputs"]
        if Path(path).parent.name == "figures"
    }
