"""The numbers of a figure as the blocks that Excel draws charts of: categories by series."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from helpers.report.numbers import (
    CATEGORY,
    FLAG,
    GROUP,
    INDICATOR,
    KEY,
    PRINTED,
    UNIT,
    VALUE,
    YEAR,
)
from helpers.report.reported import Figure

Line = Mapping[str, str]  # one row of a figure's CSV


@dataclass(frozen=True)
class Cell:
    """A number; hidden where the text is ``x``, and then without a value."""

    value: float | None
    printed: str


@dataclass(frozen=True)
class Series:
    """One row of marks of a chart.

    Attributes:
        name: as shown.
        meaning: the identifier of what tells it apart (``positive``), which chooses its colour.
        cells: by category.
    """

    name: str
    meaning: str
    cells: dict[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True)
class Block:
    """What one chart shows: ``kind`` is one of ``chart.KINDS``."""

    name: str
    unit: str
    kind: str
    categories: list[str]
    series: list[Series]


@dataclass(frozen=True)
class Shape:
    """How a chart type's rows fall into blocks: by panel, then category, then series."""

    kind: str
    panel: Callable[[Line], Hashable]
    category: str
    series: str
    keep: Callable[[Line], bool] = lambda _: True


def _indicator(line: Line) -> str:
    return line[KEY].partition(".")[0]


def _of_years(line: Line) -> tuple[str, bool]:
    """Lines of one unit share a panel; balances have their own."""
    return line[UNIT], _indicator(line) in ("net_migration", "natural_change")


# By a word of the chart type (``Figure.kind``), the first that fits.
SHAPES = {
    "100％積み上げ": Shape("percent", lambda line: line[INDICATOR], GROUP, CATEGORY),
    "ヒートマップ": Shape("colours", lambda _: "", GROUP, INDICATOR),
    "順位": Shape(
        "rank", lambda line: line[INDICATOR], YEAR, CATEGORY, lambda line: line[UNIT] == "位"
    ),
    "点グラフ": Shape(
        "bar", lambda line: line[INDICATOR], GROUP, INDICATOR, lambda line: line[UNIT] != "位"
    ),
    "滝グラフ": Shape("bar", lambda line: line[UNIT], CATEGORY, INDICATOR),
    "ピラミッド": Shape("bar", lambda line: line[CATEGORY], GROUP, INDICATOR),
    "散布図": Shape("scatter", lambda line: line[YEAR], GROUP, INDICATOR),
    "向き合う": Shape("bar", lambda _: "", GROUP, CATEGORY),
    "分布": Shape(
        "column",
        lambda line: line[KEY].split(".")[3],
        CATEGORY,
        INDICATOR,
        lambda line: _indicator(line) == "score_share",
    ),
    "積み上げ縦棒": Shape("stacked", lambda line: line[INDICATOR], YEAR, CATEGORY),
    "折れ線": Shape("line", _of_years, YEAR, INDICATOR),
    "縦棒": Shape(
        "column", lambda line: line[GROUP], YEAR, CATEGORY, lambda line: _indicator(line) == "kpi"
    ),
}
_OTHER = Shape("bar", lambda line: (line[INDICATOR], line[UNIT]), GROUP, CATEGORY)


def blocks(figure: Figure) -> list[Block]:
    """The blocks of a figure; a status word has no number and is in none."""
    shape = next((s for word, s in SHAPES.items() if word in figure.in_japanese.kind), _OTHER)
    panels: dict[Hashable, list[Line]] = {}
    for line in map(_answer, figure.rows):
        if shape.keep(line) and (line[VALUE] or line[FLAG] == "suppressed"):
            panels.setdefault(shape.panel(line), []).append(line)
    names = _names(panels) | _questions(figure)
    return [_block(shape, lines, names.get(panel, "")) for panel, lines in panels.items()]


def _answer(line: Line) -> Line:
    """A single answer by its score alone: the block that it is in has the question's name."""
    alone = _indicator(line) == "score_share"
    return {**line, CATEGORY: line[KEY].rpartition(".")[2]} if alone else line


def _questions(figure: Figure) -> dict[Hashable, str]:
    """Names of the questions whose single answers are shown: ``{"recommend": "推奨意欲"}``."""
    means = [line for line in figure.rows if _indicator(line) == "mean_score"]
    return {line[KEY].split(".")[3]: line[CATEGORY] for line in means}


def _names(panels: Mapping[Hashable, list[Line]]) -> dict[Hashable, str]:
    """What tells the blocks of a figure apart, or what all of a block's numbers are."""
    every = [line for lines in panels.values() for line in lines]
    apart = [c for c in (INDICATOR, GROUP, CATEGORY, YEAR) if len(_once(every, c)) > 1]
    names: dict[Hashable, str] = {}
    for panel, lines in panels.items():
        alone = [_once(lines, column)[0] for column in apart if len(_once(lines, column)) == 1]
        indicators = _once(lines, INDICATOR)
        names[panel] = (alone and len(panels) > 1 and alone[0]) or (
            "・".join(indicators) if len(indicators) <= 4 else ""
        )
    return names


def _block(shape: Shape, lines: list[Line], name: str) -> Block:
    several = len(_once(lines, YEAR)) > 1 and shape.category != YEAR
    series: dict[str, Series] = {}
    for line in lines:
        own = line[shape.series] or line[INDICATOR]
        own = f"{own}（{line[YEAR]}）" if several else own
        meaning = line[KEY].rpartition(".")[2]
        if shape.series == INDICATOR:
            meaning = _indicator(line)
        series.setdefault(own, Series(own, meaning)).cells[line[shape.category]] = cell(line)
    categories, kind = _once(lines, shape.category), _kind(shape, lines, len(series))
    if shape.category == YEAR:
        categories = sorted(categories)
    ordered = list(series.values())
    if kind == "percent":
        ordered.sort(key=lambda s: _LIKERT.index(s.meaning) if s.meaning in _LIKERT else 1)
    return Block(name, lines[0][UNIT], kind, categories, ordered)


_LIKERT = ("positive", "neutral", "negative")


def _kind(shape: Shape, lines: list[Line], series: int) -> str:
    if shape.kind == "stacked" and series == 1:
        return "line"
    if shape.kind == "line" and (_of_years(lines[0])[1] or lines[0][UNIT] == "世帯"):
        return "column"  # counts and balances stand on zero
    return shape.kind


def _once(lines: Iterable[Line], column: str) -> list[str]:
    return list(dict.fromkeys(line[column] for line in lines))


def cell(line: Line) -> Cell:
    """The number of a row; a hidden one stays hidden."""
    known = line[VALUE] and line[FLAG] != "suppressed"
    return Cell(float(line[VALUE]) if known else None, line[PRINTED])
