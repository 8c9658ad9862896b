"""The comparison of two editions: changes, changes of method, and figures side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from helpers.comparison.change import Change
from helpers.comparison.changes import changes
from helpers.comparison.method import method_changes
from helpers.comparison.side import Side, as_year, earlier_year, of_edition, of_folder
from helpers.labels import label
from helpers.problems import InputError, Message
from helpers.reading.codebook import ShownLabels

NO_YEAR_OR_FOLDER = Message(
    "年度でもフォルダーでもありません",
    remedy="年度は 2024、令和6年度、R6 のように書きます",
    en="neither a year nor a folder. → write a year as 2024 or R6",
)


@dataclass(frozen=True)
class Figure:
    """A figure of either edition: its file on each side, if it is there."""

    stem: str
    before: Path | None
    after: Path | None

    @property
    def same(self) -> bool:
        """Whether both pictures are the same bytes."""
        if self.before is None or self.after is None:
            return False
        return self.before.read_bytes() == self.after.read_bytes()


@dataclass(frozen=True)
class Comparison:
    """Everything that is not the same in two editions."""

    before: Side
    after: Side
    changes: list[Change]
    method: list[tuple[str, str, str]]
    figures: list[Figure]

    @property
    def empty(self) -> bool:
        """Whether the editions say the same in all rows and figures."""
        return not self.changes and not self.method and all(f.same for f in self.figures)

    def kind(self, kind: str, judgement: str = "") -> list[Change]:
        """The changes of a kind, and of a judgement if one is given; grades before all others."""
        found = [
            each for each in self.changes if each.kind == kind and judgement in ("", each.judgement)
        ]
        return sorted(found, key=lambda each: each.row["indicator"] != "kpi_grade")

    def namer(self, lang: str = "ja") -> Callable[[Change], str]:
        """What says a change's indicator, group and category in words."""
        edition = self.after.edition or self.before.edition
        own = ShownLabels(edition, lang) if edition else {}

        def word(name: str) -> str:
            try:
                return label(name, lang, own)
            except KeyError:
                return name.rpartition(".")[2]

        def named(change: Change) -> str:
            row = change.row
            parts = [] if row["breakdown"] == "total" else [word(row["group"])]
            if row["category"]:
                parts.append(word(f"{row['indicator']}.{row['category']}"))
            inside = f"（{'・'.join(parts)}）" if lang == "ja" else f" ({', '.join(parts)})"
            return word(row["indicator"]) + (inside if parts else "")

        return named


def compare(city: str, fiscal_year: str, other: str | None = None) -> Comparison:
    """Compare an edition with another year, or with a folder of indicators.

    Args:
        city: the city's id.
        fiscal_year: the edition to look at.
        other: a year of the same city, or a folder; the newest earlier year if not given.

    Raises:
        InputError: a side has no indicators.
    """
    after = of_edition(city, fiscal_year)
    if other is None:
        other = str(earlier_year(city, after.year))
    year = as_year(other)
    before = of_edition(city, year) if year else _folder(other, city, after.year)
    if before.year > after.year:
        before, after = after, before
    return Comparison(
        before,
        after,
        changes(before.rows, after.rows, (before.year, after.year)),
        method_changes(before, after),
        _figures(before, after),
    )


def _folder(text: str, city: str, year: int) -> Side:
    folder = Path(text)
    if not folder.is_dir():
        raise InputError(NO_YEAR_OR_FOLDER.at(text))
    return of_folder(folder, city, year)


def _figures(before: Side, after: Side) -> list[Figure]:
    """The large pictures of both reports, paired by name."""
    sides = [_pictures(before.figures), _pictures(after.figures)]
    if not all(sides):
        return []
    return [
        Figure(stem, sides[0].get(stem), sides[1].get(stem))
        for stem in sorted(sides[0].keys() | sides[1].keys())
    ]


def _pictures(folder: Path | None) -> dict[str, Path]:
    if folder is None:
        return {}
    return {p.stem: p for p in folder.glob("*.png") if not p.stem.endswith("_80mm")}
