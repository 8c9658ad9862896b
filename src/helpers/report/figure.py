"""A published figure: its words, its numbers, its files."""

import csv
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

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
