"""A report as its deliverables see it: figures in order, indicators, what was left out."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from helpers.audit.history import read_rows
from helpers.edition import Edition
from helpers.report.figure import Figure

Text = TypeVar("Text")


@dataclass(frozen=True)
class Reported:
    """One edition's report in a folder: the published one, or one that is being staged.

    Attributes:
        edition: its configuration.
        folder: holds ``figures/``; the deliverables are written here.
        data: holds ``indicators/*.csv``.
        notebooks: which notebook drew each figure, by the figure's stem.
        lang: the language in which it is delivered.
    """

    edition: Edition
    folder: Path
    data: Path
    notebooks: Mapping[str, str]
    lang: str = "ja"

    @cached_property
    def figures(self) -> list[Figure]:
        """Figures at full width in its language, in the order of the report's notebooks."""
        plain = [figure for figure in self.all_figures if not _is_variant(figure.stem)]
        return [self.in_language(figure, self.lang) for figure in plain]

    def say(self, ja: Text, en: Text) -> Text:
        """One of two wordings."""
        return ja if self.lang == "ja" else en

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
        """The same figure at other widths (there also its further sheets), type, language."""
        stem = figure.stem.removesuffix("_en")
        ending = re.compile(re.escape(stem) + f"({_PART})?({_VARIANT})?")
        return [f for f in self.all_figures if ending.fullmatch(f.stem) and f.stem != figure.stem]

    @cached_property
    def sections(self) -> list[tuple[str, list[Figure]]]:
        """Figures by the heading of the notebook that drew them, in the order of the report."""
        found: dict[str, list[Figure]] = {}
        for notebook, figures in groupby(self.figures, key=lambda figure: figure.notebook):
            found.setdefault(self._heading(notebook), []).extend(figures)
        return list(found.items())

    def _heading(self, notebook: str) -> str:
        path = self.edition.places.root / "notebooks" / f"{notebook}.ipynb"
        if not notebook or not path.exists():
            return notebook or "図"
        first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
        text = "".join(first["source"])
        if self.lang == "en" and (said := re.search(r"<!--\s*en:\s*(.*?)\s*-->", text)):
            return said[1]
        line = text.partition("\n")[0]
        return line.removeprefix("#").strip() or notebook

    @cached_property
    def rows(self) -> list[dict[str, str]]:
        """The edition's indicator rows (design.md, section 4) as text."""
        return read_rows(self.data)


# What drawing.Chart.sheets adds to the key of a further sheet.
_PART = r"_part\d+(?=_\d)"
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
        Path(path).stem: name.partition(".")[0]
        for name, success in notebooks.items()
        for path in success["outputs"]
        if Path(path).parent.name == "figures"
    }
