"""What is drawn is what the rows say: every mark on axes held against exactly one indicator row.

seaborn averages what it is given twice, counts what it is given as a column, and draws a
bootstrap of its own: none of these is a number of the edition. A bar's length, a point, the
vertex of a line, the cell of a heat map is the ``value`` of one row, and what stands beside it
(a tick, a year, the title of its panel) names that row; the ends of an interval are its ``low``
and ``high``.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import category
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import (
    Collection,
    LineCollection,
    PathCollection,
    PolyCollection,
    QuadMesh,
)
from matplotlib.container import BarContainer
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FixedLocator

from helpers.drawing import Context
from helpers.figures.row_table import shown_name
from helpers.problems import InputError, Message, Problem, Said
from helpers.sentences.indicator_row import HIDDEN, UNKNOWN, unit_name
from helpers.sentences.numbers import thousands
from helpers.years import short_year

EXACT = 1e-9
_LINES_AT = (0.0, 50.0, 100.0)  # where a line across the axes may stand that no row has
_NUMBER = re.compile(r"[+−-]?\d[\d,]*(\.\d+)?")
# What tells rows apart, in the order in which a filter is proposed; what one chooses first.
_TELLING = ("definition", "fiscal_year", "indicator", "breakdown", "category", "group", "source")

AVERAGED = Message(
    "{place}に描かれた {drawn} は、{count} つの行の平均です（{column} が {values}）",
    "1つの印は1つの行",
    '描く前に rows = rows[rows["{column}"] == {one}] で絞ってください{apart}',
    "{drawn}, drawn {place}, is the mean of {count} rows; their {column}: {values}. → one mark is "
    'one row: take rows[rows["{column}"] == {one}] before you draw{apart}',
)
SEVERAL = Message(
    "{place}に描かれた {drawn} は、どの行の value でもありません（{column} が {values} の "
    "{count} 行があります）",
    "1つの印は1つの行",
    '描く前に rows = rows[rows["{column}"] == {one}] で絞ってください{apart}',
    "{drawn}, drawn {place}, is the value of no row; there are {count} rows, whose {column} is "
    '{values}. → one mark is one row: take rows[rows["{column}"] == {one}] first{apart}',
)
NO_ROW = Message(
    "{place}に描かれた {drawn} は、渡した行のどの value でもありません{near}",
    "行の value をそのまま描く",
    "計算した数値を描くには、第2段階（2 番台）のノートで desk.save して指標の行にしてください",
    "{drawn}, drawn {place}, is the value of no row given{near}. → draw values as they are; save a "
    "number that you compute as an indicator first (desk.save in a notebook 2…)",
)
TWICE = Message(
    "{place}に {drawn} が2度描かれています（行は1つ）",
    "1つの印は1つの行",
    "同じ行を2度渡していないか確かめてください",
    "{drawn} is drawn twice {place}, and there is one row of it. → was a row given twice?",
)
NO_INTERVAL = Message(
    "{place}に描かれた区間 {drawn} は、行の low と high ではありません",
    "行の区間",
    "seaborn には errorbar=None を渡し、区間は axes.hlines(y, low, high) で描いてください",
    "the interval {drawn}, drawn {place}, is not low and high of a row. → give seaborn "
    "errorbar=None and draw intervals as axes.hlines(y, low, high)",
)
NO_LINE = Message(
    "{drawn} の位置に線が引かれていますが、そのような行はありません",
    "行の値か、0・50・100",
    "平均などの線は、第2段階のノートで desk.save した行から引いてください",
    "a line is drawn at {drawn}, which no row has. → a mean, say, has to be saved as an indicator "
    "first (desk.save in a notebook 2…)",
)
NO_TEXT = Message(
    "図の中の数値「{text}」は、行の印刷された形（printed）にありません",
    remedy='labels=rows["printed"] のように printed を書くか、numbers=True に任せてください',
    en="the number “{text}” in the figure is no printed form of a row. → write rows[“printed”], or "
    "leave it to numbers=True",
)
UNHELD = Message(
    "{what} は、指標の行と突き合わせられません",
    "棒・点・線・帯・マス（ヒートマップ）",
    "barplot、scatterplot、lineplot、heatmap などで描いてください",
    "{what} cannot be held against indicator rows. → draw bars, points, lines, bands or cells",
)
NOTHING = Message(
    "何も描かれていません",
    "渡された axes の上の図",
    "ax=axes を渡してください（catplot・relplot・FacetGrid・jointplot は自分の図を作るので"
    "使えません。"
    "小さな図を並べるには panels= を使います）",
    "nothing is drawn on the axes. → pass ax=axes (catplot, relplot, FacetGrid and jointplot make "
    "a figure of their own and cannot be used; panels= gives several axes)",
)


@dataclass
class Held:
    """What was found on axes.

    Attributes:
        used: positions of the rows that are drawn.
        marks: each drawn value: its axes, the row's position, where it is, along which axis.
        value_axes: for each axes the axes of values, ``x``, ``y``, both, or neither (cells).
        intervals: axes on which intervals are drawn.
        problems: what no row says.
    """

    used: dict[int, None] = field(default_factory=dict)
    marks: list["Mark"] = field(default_factory=list)
    value_axes: dict[Axes, set[str]] = field(default_factory=dict)
    intervals: set[Axes] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Mark:
    """A drawn value.

    Attributes:
        axes: where it is.
        kind: ``bar``, ``point`` (also a vertex of a line) or ``cell``.
        row: position of its row.
        x: its place in data; of a bar its end.
        y: the same.
        along: the axis of its value: ``x``, ``y``, empty for cells.
        color: of the mark.
        thick: of a bar, in data across; else 0.
        stacked: whether it begins at another bar.
        series: which line or group it belongs to.
    """

    axes: Axes
    kind: str
    row: int
    x: float
    y: float
    along: str
    color: Any
    thick: float = 0.0
    stacked: bool = False
    series: int = 0


def held(axes: Iterable[Axes], rows: pd.DataFrame, context: Context) -> Held:
    """Hold everything that is drawn on axes against the rows.

    Args:
        axes: drawn on; ticks settled.
        rows: indicator rows.
        context: the language of names.

    Raises:
        InputError: a mark that no row says, with the filter that mends it; a mark of a kind that
            cannot be held; nothing drawn at all.
    """
    found = Held()
    for one in axes:
        _Holding(one, rows, context, found).go()
    if found.problems:
        raise InputError(_first(found.problems))
    if not found.marks:
        raise InputError(NOTHING.at("desk.canvas"))
    return found


def _first(problems: list[Problem]) -> Problem:
    """The one that says most: what mends it mends the others, or they are said next."""
    telling = [AVERAGED, SEVERAL, UNHELD, TWICE, NO_INTERVAL, NO_ROW, NO_LINE, NO_TEXT]
    order = {message.found: i for i, message in enumerate(telling)}
    return min(problems, key=lambda problem: order.get(problem.kind, len(order)))


def said_of(rows: pd.DataFrame, context: Context) -> list[set[str]]:
    """What each row may be called beside its mark: ids, words, its year in every form."""
    cache: dict[str, set[str]] = {}

    def words(identifier: str) -> set[str]:
        if identifier not in cache:
            shown = [shown_name(identifier, context.at(lang=lang)) for lang in ("ja", "en")]
            shown += [context.labels[identifier]] if identifier in context.labels else []
            cache[identifier] = {plain(text) for text in (identifier, *shown)}
        return cache[identifier]

    columns = ["fiscal_year", "indicator", "group", "category"]
    out = []
    for year, indicator, group, category_ in rows[columns].itertuples(index=False):
        names = words(indicator) | words(group)
        if category_:
            names |= words(f"{indicator}.{category_}") | words(category_)
        names |= {plain(t) for t in (str(year), f"{year}年", f"{year}年度", short_year(year))}
        names |= {plain(t) for t in (f"FY{year}", f"令和{year - 2018}年度", f"令和{year - 2018}")}
        out.append(names)
    return out


def plain(text: str) -> str:
    """A name for comparing: half-width, one kind of dash, no spaces, no n in brackets."""
    one_kind = str.maketrans({"〜": "~", "–": "-", "—": "-", "−": "-", "‐": "-"})
    flat = "".join(unicodedata.normalize("NFKC", str(text)).translate(one_kind).split())
    return re.sub(r"\(?n=[\d,]+\)?$", "", flat).casefold()


class _Holding:
    """One pair of axes, held against the rows."""

    def __init__(self, axes: Axes, rows: pd.DataFrame, context: Context, found: Held):
        self.axes, self.rows, self.context, self.found = axes, rows, context, found
        self.value, self.low, self.high = (
            rows[name].to_numpy(dtype=float) for name in ("value", "low", "high")
        )
        self.names = said_of(rows, context)
        self.all_names = set().union(*self.names) if self.names else set()
        self.years = set(rows["fiscal_year"])
        self.series = 0
        title = plain(axes.get_title(loc="left") or axes.get_title() or axes.get_title("right"))
        self.panel = {title} & self.all_names
        self.places = {"x": named_places(axes.xaxis), "y": named_places(axes.yaxis)}

    def go(self) -> None:
        """Hold every artist; note what is drawn and what is wrong."""
        axes = self.axes
        bars = [box for box in axes.containers if isinstance(box, BarContainer)]
        caps = {line for box in axes.containers for line in _caps(box)}
        in_bars = {patch for box in bars for patch in box.patches}
        self.found.value_axes[axes] = set()
        for box in bars:
            self._bars(box)
        for line in axes.lines:
            if line.get_visible() and line not in caps:
                self._line(line)
        for line in caps:
            self._caps(line)
        for collection in axes.collections:
            if collection.get_visible():
                self._collection(collection)
        for image in axes.images:
            self._cells(np.ma.asarray(image.get_array()), image)
        for patch in axes.patches:
            seen = patch.get_visible() and self._is_data(patch) and not _is_sample(patch)
            if seen and patch not in in_bars:
                self._unheld(type(patch).__name__)
        self._texts()

    def _bars(self, box: BarContainer) -> None:
        upright = box.orientation != "horizontal"
        along, across = ("y", "x") if upright else ("x", "y")
        left = set(range(len(self.rows)))
        self.series += 1
        for patch in box.patches:
            x, y, wide, high = patch.get_x(), patch.get_y(), patch.get_width(), patch.get_height()
            start, length = (y, high) if upright else (x, wide)
            middle = x + wide / 2 if upright else y + high / 2
            if not np.isfinite(length):
                continue
            row = self._row(float(length), {across: middle}, left, series=_label(box))
            if row is None:
                continue
            self.found.value_axes[self.axes].add(along)
            end = start + length
            place = (middle, end) if upright else (end, middle)
            self.found.marks.append(
                Mark(
                    self.axes, "bar", row, *place, along, patch.get_facecolor(),
                    thick=wide if upright else high, stacked=abs(start) > EXACT,
                    series=self.series,
                )
            )  # fmt: skip

    def _line(self, line: Line2D) -> None:
        x_is, y_is = line.get_transform().contains_branch_seperately(self.axes.transData)
        x, y = (np.asarray(v, dtype=float) for v in line.get_data(orig=False))
        if x_is != y_is:
            self._guide("x" if x_is else "y", x if x_is else y)
        elif x_is and len(x):
            self._vertices(x, y, line.get_color(), _label(line))

    def _guide(self, which: str, at: np.ndarray) -> None:
        """A line across the axes: between categories or years, or at a value of the edition."""
        if self.places[which] is not None or self._is_years(at, loosely=True):
            return
        known = np.concatenate([self.value, self.low, self.high, _LINES_AT])
        for number in dict.fromkeys(at[np.isfinite(at)]):
            if not np.isclose(known, number, rtol=0, atol=EXACT).any():
                self.found.problems.append(NO_LINE.at(self._where, drawn=_short(number)))

    def _vertices(self, x: np.ndarray, y: np.ndarray, color: Any, series: str) -> None:
        """A line, dots, or an interval of two ends."""
        good = np.isfinite(x) & np.isfinite(y)
        x, y = x[good], y[good]
        if not len(x):
            return
        if len(x) == 2 and self._ends(x, y):
            return
        self.series += 1
        self._points(np.column_stack([x, y]), [color] * len(x), series)

    def _ends(self, x: np.ndarray, y: np.ndarray) -> bool:
        """Whether two points are the ends of an interval, or a stem from zero to a value."""
        for across, v, at in (("y", x, y), ("x", y, x)):
            if abs(at[0] - at[1]) > EXACT or v[0] == v[1]:
                continue
            low, high = sorted(v)
            names = self._beside({across: at[0]})
            rows = self._allowed(names)
            if any(_same(self.low[i], low) and _same(self.high[i], high) for i in rows):
                self.found.intervals.add(self.axes)
                return True
            others = {i for i in rows if _same(self.value[i], low) or _same(self.value[i], high)}
            stem = (_same(low, 0) or _same(high, 0)) and others
            if stem or len(others) > 1:
                return True
            if self.places[across] is not None or self._is_years(at, loosely=True):
                shown = f"{_short(low)}–{_short(high)}"
                place = self._place(names)
                self.found.problems.append(NO_INTERVAL.at(self._where, drawn=shown, place=place))
                return True
        return False

    def _points(self, points: np.ndarray, colors: list[Any], series: str) -> None:
        """Points of which one coordinate or both are values."""
        axes, left = self.axes, {which: set(range(len(self.rows))) for which in "xy"}
        kinds = {
            which: self.places[which] is not None or self._is_years(points[:, i])
            for i, which in enumerate("xy")
        }
        along = [which for which in "xy" if not kinds[which]]
        if len(along) == 2:  # a place that no tick names is none: both are values, or neither is
            fits = {w: self._all_known(points[:, "xy".index(w)]) for w in "xy"}
            known_bars = self.found.value_axes[axes]
            along = [w for w in along if w in known_bars] if known_bars else along
            if not known_bars and fits["x"] != fits["y"] and self._is_counting(points, fits):
                along = [w for w in along if fits[w]]
        for point, color in zip(points, colors, strict=True):
            beside = {w: point["xy".index(w)] for w in "xy" if w not in along}
            rows = [
                self._row(float(point["xy".index(w)]), beside, left[w], series=series)
                for w in along
            ]
            known = [row for row in rows if row is not None]
            if known and len(known) == len(rows):
                self.found.value_axes[axes] |= set(along)
                x, y = float(point[0]), float(point[1])
                mark = Mark(axes, "point", known[-1], x, y, along[-1], color, series=self.series)
                self.found.marks.append(mark)

    def _is_counting(self, points: np.ndarray, fits: dict[str, bool]) -> bool:
        """Whether the coordinate that no row has only counts: 0, 1, 2 and so on."""
        other = points[:, "xy".index("x" if fits["y"] else "y")]
        return bool(np.allclose(other, np.round(other), atol=0.5))

    def _all_known(self, values: np.ndarray) -> bool:
        return all(np.isclose(self.value, v, rtol=0, atol=EXACT).any() for v in values)

    def _caps(self, line: Line2D) -> None:
        """The strokes at the ends of an interval."""
        x, y = (np.asarray(v, dtype=float) for v in line.get_data(orig=False))
        ends = np.concatenate([self.low, self.high])
        for values in (x, y):
            good = values[np.isfinite(values)]
            if all(np.isclose(ends, v, rtol=0, atol=EXACT).any() for v in good):
                return
        self.found.problems.append(
            NO_INTERVAL.at(self._where, drawn=_short(float(y[0])), place=self._place([]))
        )

    def _collection(self, collection: Collection) -> None:
        if isinstance(collection, QuadMesh):
            self._cells(np.ma.asarray(collection.get_array()), collection)
        elif isinstance(collection, PathCollection):
            if self._is_data(collection, offsets=True):
                points: Any = np.ma.filled(np.ma.asarray(collection.get_offsets(), float), np.nan)
                points = points[np.isfinite(points).all(axis=1)]
                if len(points):
                    self.series += 1
                    colors = np.resize(collection.get_facecolor(), (len(points), 4))
                    self._points(points, list(colors), _label(collection))
        elif isinstance(collection, LineCollection):
            for segment in collection.get_segments():
                points = np.asarray(segment, dtype=float)
                if np.isfinite(points).all() and len(points):
                    self._vertices(points[:, 0], points[:, 1], "", "")
        elif isinstance(collection, PolyCollection):
            self._band(collection)
        elif self._is_data(collection):
            self._unheld(type(collection).__name__)

    def _band(self, band: PolyCollection) -> None:
        """The area between low and high, or from zero to a line."""
        ends = np.concatenate([self.low, self.high, self.value, [0.0]])
        for path in band.get_paths():
            corners = np.asarray(path.vertices, dtype=float)
            if not np.isfinite(corners).all(axis=1).any():
                continue  # seaborn's band of a line that has none
            self.found.intervals.add(self.axes)
            for which in (1, 0):
                values = corners[:, which]
                values = values[np.isfinite(values)]
                if all(np.isclose(ends, v, rtol=0, atol=EXACT).any() for v in values):
                    break
            else:
                self.found.problems.append(
                    NO_INTERVAL.at(self._where, drawn=_range(corners[:, 1]), place=self._place([]))
                )

    def _cells(self, values: Any, artist: QuadMesh | AxesImage) -> None:
        """The cells of a heat map."""
        if values.ndim == 1 and isinstance(artist, QuadMesh):
            values = values.reshape(np.array(np.shape(artist.get_coordinates())[:2]) - 1)
        if values.ndim != 2:
            self._unheld("imshow")
            return
        left = set(range(len(self.rows)))
        if isinstance(artist, QuadMesh):
            grid = np.asarray(artist.get_coordinates(), dtype=float)
            centres = (grid[:-1, :-1] + grid[1:, 1:]) / 2
            artist.update_scalarmappable()
            colors = np.resize(artist.get_facecolor(), (values.size, 4))
        else:
            x0, x1, y0, y1 = artist.get_extent()
            high, wide = values.shape
            xs = x0 + (np.arange(wide) + 0.5) * (x1 - x0) / wide
            ys = y1 + (np.arange(high) + 0.5) * (y0 - y1) / high
            centres = np.stack(np.meshgrid(xs, ys), axis=-1)
            colors = np.asarray(artist.to_rgba(values)).reshape(-1, 4)
        filled = np.ma.filled(values.astype(float), np.nan)
        for index, number in enumerate(filled.ravel()):
            if not np.isfinite(number):
                continue
            x, y = centres.reshape(-1, 2)[index]
            row = self._row(float(number), {"x": x, "y": y}, left)
            if row is not None:
                mark = Mark(self.axes, "cell", row, float(x), float(y), "", tuple(colors[index]))
                self.found.marks.append(mark)

    def _row(
        self, drawn: float, beside: dict[str, float], left: set[int], series: str = ""
    ) -> int | None:
        """The row of a drawn value, each for one mark; what is wrong where there is none."""
        names = self._beside(beside)
        if plain(series) in self.all_names:
            names = [*names, plain(series)]
        rows = self._allowed(names)
        close = [i for i in rows if _same(self.value[i], drawn)]
        if free := [i for i in close if i in left]:
            left.discard(free[0])
            self.found.used[free[0]] = None
            return free[0]
        words: dict[str, object] = {"drawn": _short(drawn), "place": self._place(names)}
        if close:
            self.found.problems.append(TWICE.at(self._where, **words))
            return None
        self.found.problems.append(self._misfit(drawn, rows, words))
        return None

    def _misfit(self, drawn: float, rows: list[int], words: dict[str, object]) -> Problem:
        several = [i for i in rows if np.isfinite(self.value[i])]
        table = self.rows.iloc[several]
        column = next((c for c in _TELLING if table[c].nunique() > 1), "")
        if len(several) > 1 and column and len(several) < len(self.rows) + (not words["place"]):
            values = list(table[column].drop_duplicates())
            best = "weighted" if "weighted" in values else max(values)
            mean = _same(float(np.mean(self.value[several])), drawn)
            hue = f'hue="{column}_name"'
            apart = Said(f"（または {hue} で分ける）", f", or {hue}")
            if column not in ("indicator", "group", "category"):
                apart = Said("", "")
            shown = "、".join(map(str, values[:4])), ", ".join(map(str, values[:4]))
            return (AVERAGED if mean else SEVERAL).at(
                self._where, **words, count=len(several), column=column, values=Said(*shown),
                one=repr(best) if isinstance(best, str) else str(best), apart=apart,
            )  # fmt: skip
        near = Said("", "")
        if several:
            i = min(several, key=lambda i: abs(self.value[i] - drawn))
            near = Said(
                f"（近いのは {self.rows['printed'].iloc[i]}）",
                f" (the nearest is {self.rows['printed'].iloc[i]})",
            )
        return NO_ROW.at(self._where, **words, near=near)

    def _beside(self, at: dict[str, float]) -> list[str]:
        """What names a place: its ticks, its year, the title of the panel."""
        names = list(self.panel)
        for which, number in at.items():
            texts = self.places[which]
            if texts is not None:
                near = min(texts, key=lambda place: abs(place - number), default=None)
                if near is not None and abs(near - number) < 0.5:
                    names.append(plain(texts[near]))
            elif self._is_years(np.array([number]), loosely=True):
                names.append(str(round(number)))
        return [name for name in names if name in self.all_names]

    def _allowed(self, names: Iterable[str]) -> list[int]:
        wanted = set(names)
        return [i for i, own in enumerate(self.names) if wanted <= own]

    def _is_years(self, values: np.ndarray, loosely: bool = False) -> bool:
        """Whether numbers are years of the rows; loosely: or between two of them."""
        good = values[np.isfinite(values)]
        if not len(good) or not self.years:
            return False
        if loosely:
            return bool(((good > min(self.years) - 1) & (good < max(self.years) + 1)).all()) and (
                min(self.years) > 1900
            )
        return bool(all(round(v) in self.years and abs(v - round(v)) < 0.5 for v in good))

    def _texts(self) -> None:
        """Numbers that stand in the axes are printed forms."""
        units = {unit_name(u, self.context) for u in self.rows["unit"]} | set(self.rows["unit"])
        printed = [str(text) for text in self.rows["printed"]]
        forms = {_digits(text) for text in printed} | {HIDDEN, UNKNOWN}
        forms |= {f"{n:g}" for n in self.rows["n"].dropna()}
        for text in self.axes.texts:
            said = text.get_text().strip()
            bare = said
            for unit in sorted(filter(None, units | {"％", "%"}), key=len, reverse=True):
                bare = bare.removesuffix(unit).strip()
            if _NUMBER.fullmatch(bare) and _digits(bare) not in forms and text.get_visible():
                self.found.problems.append(NO_TEXT.at(self._where, text=said))

    def _is_data(self, artist: Any, offsets: bool = False) -> bool:
        transform = artist.get_offset_transform() if offsets else artist.get_transform()
        inside = transform.contains_branch_seperately(self.axes.transData)
        return all(inside)

    def _unheld(self, what: str) -> None:
        self.found.problems.append(UNHELD.at(self._where, what=what))

    @property
    def _where(self) -> str:
        return "desk.canvas"

    def _place(self, names: Iterable[str]) -> Said:
        """Where a mark stands, as a sentence says it."""
        found = [self._original(name) for name in dict.fromkeys(names)]
        ja = f"「{'・'.join(found)}」" if found else "図"
        return Said(ja, f"at “{', '.join(found)}”" if found else "in the figure")

    def _original(self, name: str) -> str:
        texts = [t for p in self.places.values() if p for t in p.values()]
        return next((t.replace("\n", "") for t in texts if plain(t) == name), name)


def named_places(axis: Axis) -> dict[float, str] | None:
    """The named places of an axis; None for an axis of numbers."""
    units = axis.units
    if isinstance(units, category.UnitData):
        return {float(place): str(name) for name, place in units._mapping.items()}
    if isinstance(axis.get_major_locator(), FixedLocator):  # whatever formats them
        ticks = zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=False)
        found = {float(place): label.get_text() for place, label in ticks}
        if any(text and not _NUMBER.fullmatch(text) for text in found.values()):
            return found
    return None


def _is_sample(patch: Patch) -> bool:
    """Whether a patch covers nothing: what seaborn makes for its legend."""
    return isinstance(patch, Rectangle) and not (patch.get_width() or patch.get_height())


def _caps(box: Any) -> list[Line2D]:
    """The caps of an ``errorbar``."""
    return list(box[1]) if type(box).__name__ == "ErrorbarContainer" else []


def _label(artist: Any) -> str:
    label = str(artist.get_label() or "")
    return "" if label.startswith("_") else label


def _same(one: float, other: float) -> bool:
    return bool(abs(one - other) <= EXACT * max(1.0, abs(other)))


def _short(number: float) -> str:
    return f"{number:.6g}"


def _range(values: np.ndarray) -> str:
    return f"{_short(float(np.nanmin(values)))}–{_short(float(np.nanmax(values)))}"


def _digits(text: str) -> str:
    return thousands(text).replace(",", "").replace("−", "-").lstrip("+")
