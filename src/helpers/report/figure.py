"""A published figure: its words, its numbers, its files."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from PIL import Image

from helpers.spreadsheet import unguarded

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
    def lang(self) -> str:
        """The language it is drawn in."""
        return "en" if self.stem.endswith("_en") else "ja"

    @property
    def in_japanese(self) -> "Figure":
        """The same in Japanese: its rows have the same shape."""
        return replace(self, stem=self.stem.removesuffix("_en"))

    def at_width(self, width_mm: int) -> str:
        """The stem of the same figure at another width."""
        base, spoken = self.stem.removesuffix("_en"), "_en" if self.lang == "en" else ""
        return f"{base}_{width_mm}mm{spoken}"

    @cached_property
    def _fields(self) -> Mapping[str, str]:
        """What the PNG says of the figure."""
        with Image.open(self.file("png")) as picture:
            return {str(name): str(text) for name, text in picture.info.items()}

    @property
    def kind(self) -> str:
        """Chart type in words: ``縦棒グラフ``."""
        return self._fields.get("X-Figure-Kind", "")

    @property
    def subject(self) -> str:
        """Measure, area, period and unit: what a caption says."""
        return self._fields.get("X-Figure-Subject", "") or self.title

    @cached_property
    def rows(self) -> list[dict[str, str]]:
        """The plotted numbers as they are printed, by the Japanese names of the columns."""
        with self.file("csv").open(encoding="utf-8-sig", newline="") as file:
            heads, *lines = csv.reader(file)
        names = [_ENGLISH.get(head, head) for head in heads]
        return [dict(zip(names, map(unguarded, line), strict=True)) for line in lines]
