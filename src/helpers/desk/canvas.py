"""The canvas: axes in house style on which a notebook draws with plain seaborn or matplotlib.

The body of ``for axes in desk.canvas(…)`` runs once for each printed width. After each run what
is drawn is held against the rows (``figures.held``), ticks, names and legend are fitted into the
page, and printed numbers are put beside the marks; after the last, the figure passes the second
door at every width, is written in all formats, and shown.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from helpers.drawing import Chart, Context, Key, Page, Spot
from helpers.drawing.fonts import width
from helpers.drawing.paper import PRINTED, tallest
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.drawing.style import plain, styled
from helpers.drawing.text import wrap
from helpers.figures import finding
from helpers.figures.held import Held, Mark, held, named_places
from helpers.figures.naming import NAMES, year_name
from helpers.figures.row_table import table
from helpers.figures.rows import Row, read
from helpers.palette import INK, MUTED, OUTLINE, ink_on
from helpers.problems import InputError, Message
from helpers.rounding import MINUS
from helpers.sentences import titles
from helpers.sentences.indicator_row import HIDDEN, unit_name
from helpers.sentences.numbers import thousands
from helpers.sentences.typed import choose

_GAP_MM = 5.0  # between panels
_NAMES = 0.45  # of the width, at most, for names to the left
_ABOVE_MM = 1.0  # from a mark to its number
FALSE_TITLE = Message(
    "{why}",
    en="the title says what the rows do not have: {why} → mend title=, or leave it out",
)
COLUMNS = Message(
    "panels={panels}、columns={columns} では描けません",
    "どちらも1以上の整数",
    en="cannot draw with panels={panels}, columns={columns}. → give whole numbers from 1",
)


LEFT_EARLY = Message(
    "desk.canvas の for の中に break があり、ほかの幅が描かれません",
    "break のない for（幅ごとに1回ずつ描く）",
    "break を消し、描くかどうかは for の前の if で決めてください",
    "a break inside the for of desk.canvas leaves the other widths undrawn. → take it out; decide "
    "before the for whether to draw",
)


def left_early(source: str, line: int) -> bool:
    """Whether the loop that begins on a line of a cell is left by a ``break``.

    Args:
        source: of the cell; of what is no Python nothing is said.
        line: where the canvas is called, from 1.
    """
    try:
        loops = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.For)]
    except SyntaxError:  # a cell with magics
        return False
    mine = [
        loop for loop in loops if loop.iter.lineno <= line <= (loop.iter.end_lineno or loop.lineno)
    ]
    return any(_breaks(statement) for loop in mine for statement in loop.body)


def _breaks(node: ast.AST) -> bool:
    """Whether a ``break`` in here leaves the loop around it: not one of a loop inside."""
    if isinstance(node, ast.Break):
        return True
    if isinstance(node, ast.For | ast.While):
        return any(map(_breaks, node.orelse))
    if isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
        return False
    return any(map(_breaks, ast.iter_child_nodes(node)))


class Canvas:
    """Gives axes once for each printed width; see ``desk.canvas``.

    Args:
        rows: indicator rows that came through the first door.
        context: city, edition, language.
        words: what was given as ``title``, ``subtitle``, ``notes``.
        unit: unit of the values; that of the rows if not given.
        key: name of the figure.
        height_mm: of a panel.
        panels: how many axes.
        columns: side by side, at full width.
        share: whether all panels have the same scale.
        numbers: whether printed numbers are put beside marks that have none.
        about: the rows that the computed title speaks of, if not all.
        publish: takes the finished charts, one a width.
    """

    def __init__(
        self,
        rows: pd.DataFrame,
        context: Context,
        words: Mapping[str, Any],
        *,
        key: str,
        unit: str,
        height_mm: float,
        panels: int,
        columns: int,
        share: bool,
        numbers: bool,
        about: pd.DataFrame | None,
        publish: Callable[[list[Chart]], None],
    ):
        if panels < 1 or columns < 1 or panels != int(panels) or columns != int(columns):
            raise InputError(COLUMNS.at(f"desk.canvas({key!r})", panels=panels, columns=columns))
        self._make = lambda context: _Drawing(
            rows, context, words, key, unit, height_mm, (panels, columns), share, numbers, about
        )
        self._context, self._publish = context, publish
        self._widths = iter(PRINTED)
        self._charts: list[Chart] = []
        self._open: _Drawing | None = None

    def __iter__(self) -> Self:
        """Itself: a canvas is drawn on once."""
        return self

    def __next__(self) -> Any:
        """Axes for the next width (a list where there are several panels).

        Raises:
            InputError: what was drawn is not what the rows say, or cannot be printed.
        """
        if self._open:
            drawing, self._open = self._open, None
            self._charts.append(drawing.chart())
        width_mm = next(self._widths, None)
        if width_mm is None:
            charts, self._charts = self._charts, []
            if charts:
                self._publish(charts)
            raise StopIteration
        self._open = self._make(self._context.at(width_mm=width_mm))
        return self._open.axes if len(self._open.axes) > 1 else self._open.axes[0]


class _Drawing:
    """One width of a canvas."""

    def __init__(
        self,
        rows: pd.DataFrame,
        context: Context,
        words: Mapping[str, Any],
        key: str,
        unit: str,
        height_mm: float,
        grid: tuple[int, int],
        share: bool,
        numbers: bool,
        about: pd.DataFrame | None,
    ):
        self.rows, self.context, self.key, self.about = rows, context, key, about
        self.words, self.share, self.numbers = words, share, numbers
        units = [unit] if unit else list(dict.fromkeys(rows["unit"]))
        named = [unit_name(u, context) or (context.say(u, "rank") if u else "") for u in units]
        self.unit = context.say("、", ", ").join(filter(None, named))
        panels, columns = grid
        self.columns = min(columns, 2) if context.narrow else columns
        self.lines = -(-panels // self.columns)
        plain(context.sizes.title, context.sizes.label, context.sizes.note)
        self.page = Page(
            context,
            title="",
            subtitle=words["subtitle"] or finding.subject(read(rows), context),
            plot_mm=0.0,
            notes=words["notes"],
        )
        self.names: dict[Axis, dict[float, str]] = {}
        self._divide(panels, height_mm)
        self.axes = [self.page.axes(*cell) for cell in self.cells]
        for axes in self.axes:
            axes.set_axis_on()
        self.page.cut(0.0, self.page.height)

    def _divide(self, panels: int, height_mm: float) -> None:
        """The cells of the panels, each of a height."""
        self.page.height = self.lines * height_mm + (self.lines - 1) * _GAP_MM
        wide = (self.page.width - 2 * MARGIN - (self.columns - 1) * _GAP_MM) / self.columns
        self.cells = [
            (
                MARGIN + i % self.columns * (wide + _GAP_MM),
                i // self.columns * (height_mm + _GAP_MM),
                wide,
                height_mm,
            )
            for i in range(panels)
        ]

    def _shorten(self) -> None:
        """Panels no higher than the paper holds, beside title, notes and source."""
        most = tallest(self.context.width_mm)
        spare = self.page.around() + line_mm(self.context.sizes.note)  # a note may be added
        if most is not None:
            room = (most - spare - (self.lines - 1) * _GAP_MM) / self.lines
            self._divide(len(self.cells), min(self.cells[0][3], room))

    @styled
    def chart(self) -> Chart:
        """The finished chart.

        Raises:
            InputError: a mark that no row says.
        """
        page, context = self.page, self.context
        for axes in self.axes:
            for scale in [*axes.collections, *axes.images]:
                if scale.colorbar:  # every cell has its number
                    scale.colorbar.remove()
        page.figure.draw_without_rendering()
        found = held(page.figure.axes, self.rows, context)
        self.intervals = found.intervals
        drawn = [axes for axes in self.axes if found.value_axes.get(axes) or axes.has_data()]
        for axes in set(self.axes) - set(drawn):
            axes.set_visible(False)
        self._clear_names()
        self._legend()
        for axes in drawn:
            self._years(axes, found)
            self._frame(axes, found)
        if self.share:
            self._same_scales(found)
            self._names_once(drawn)
        self._say_what_is_drawn(drawn, found)
        used = self._used(found)
        page.title = self._title(used)
        if self.unit and self.unit not in page.subtitle + page.title:
            page.subtitle += context.say(f"（単位：{self.unit}）", f" (unit: {self.unit})")
        self._shorten()
        self._fit(drawn)
        self._wrap_across(drawn)
        self._readable(found)
        if self.numbers:
            self._fit(drawn)
            for axes in drawn:
                self._bars(axes, found)
                self._margin(axes, found)
        self._fit(drawn)
        if self.numbers:
            self._beside(found)
        alt = titles.alternative(
            finding.kind(self._kinds(found), context),
            page.subtitle,
            finding.numbers(used, context),
            context,
        )
        chart = page.chart(self.key, unit=self.unit, alt=alt, data=table(used, context))
        object.__setattr__(chart, "by_hand", True)
        return chart

    def _say_what_is_drawn(self, drawn: Sequence[Axes], found: Held) -> None:
        """Notes on a scale without its zero, and on the lines of intervals."""
        say, notes = self.context.say, self.page.notes
        points = {mark.axes: mark.along for mark in found.marks if mark.kind == "point"}
        cut = {w for a, w in points.items() if w and min(getattr(a, f"get_{w}lim")()) > 0}
        if cut:
            axis = "縦軸" if cut == {"y"} else "横軸"
            notes.append(say(f"{axis}は0から始まらない", "The scale does not begin at zero"))
        if any(axes in found.intervals for axes in drawn):
            notes.append(say("細い線は95％信頼区間", "Thin lines: 95% intervals"))
        if any(row.hidden for row in read(self.rows)):
            notes.append(say("秘匿された数値は描いていない", "Withheld numbers are not drawn"))

    def _used(self, found: Held) -> list[Row]:
        """The rows that are drawn, and those that are hidden or unknown, in their order."""
        every = read(self.rows)
        return [row for i, row in enumerate(every) if i in found.used or not row.known]

    def _title(self, used: Sequence[Row]) -> str:
        computed = finding.title(self._spoken_of(used), self.context)
        try:
            return choose(self.words["title"], computed, used, self.context)
        except ValueError as error:
            raise InputError(FALSE_TITLE.at(f"desk.canvas({self.key!r})", why=error)) from None

    def _spoken_of(self, used: Sequence[Row]) -> Sequence[Row]:
        """The rows of the computed title, drawn ones all."""
        if self.about is None:
            return used
        wanted = set(map(_key, read(self.about)))
        return [row for row in used if _key(row) in wanted] or used

    def _kinds(self, found: Held) -> set[str]:
        kinds = {
            ("hbar" if mark.along == "x" else mark.kind)
            for mark in found.marks
            if mark.kind != "point"
        }
        points = [mark for mark in found.marks if mark.kind == "point"]
        lines = any(
            line.get_linestyle() != "None" and len(line.get_xdata()) > 2  # type: ignore[arg-type]
            for axes in self.axes
            for line in axes.lines
        )
        return kinds | ({"line" if lines else "point"} if points else set())

    def _clear_names(self) -> None:
        """The names of columns are no words; a name of the axis going up is set upright."""
        for axes in self.axes:
            for axis in (axes.xaxis, axes.yaxis):
                if axis.label.get_text() in (*self.rows.columns, *NAMES):
                    axis.label.set_text("")
                for tick in axis.get_major_ticks():
                    tick.label1.set_rotation(0)
            for side in ("left", "center", "right"):
                if said := axes.get_title(side):
                    lines = wrap(said, self.cells[0][2] * 0.9, self.context.sizes.label,
                                 bold=True, lang=self.context.lang)  # fmt: skip
                    axes.set_title(
                        "\n".join(lines),
                        loc=side,
                        fontsize=self.context.sizes.label,
                        fontweight="bold",
                    )
            if upward := axes.get_ylabel():
                axes.set_ylabel("")
                axes.annotate(
                    upward, (0, 1), (0, 4), xycoords="axes fraction", textcoords="offset points",
                    color=MUTED, fontsize=self.context.sizes.note, va="bottom", ha="left",
                )  # fmt: skip

    def _legend(self) -> None:
        """What colours stand for goes above the plot, in lines that fit."""
        keys: dict[str, Key] = {}
        for axes in self.axes:
            if legend := axes.get_legend():
                texts = [text.get_text() for text in legend.get_texts()]
                handles = list(legend.legend_handles)
                legend.remove()
            else:
                handles, texts = axes.get_legend_handles_labels()  # type: ignore[assignment]
            for handle, text in zip(handles, texts, strict=False):
                if (entry := _entry(handle, text)) and text not in (*self.rows.columns, *NAMES):
                    keys.setdefault(text, entry)
        if len(keys) > 1:
            self.page.keys = list(keys.values())

    def _years(self, axes: Axes, found: Held) -> None:
        """Years along an axis: each with its short name, the last one always."""
        years = set(self.rows["fiscal_year"])
        for which, axis in (("x", axes.xaxis), ("y", axes.yaxis)):
            marks = [mark for mark in found.marks if mark.axes is axes]
            at = {getattr(mark, which) for mark in marks}
            other = found.value_axes.get(axes, set())
            if which in other or named_places(axis) is not None or not at:
                continue
            if all(round(v) in years for v in at):
                whole = sorted({round(v) for v in at})
                names = [year_name(y, self.context) for y in range(whole[0], whole[-1] + 1)]
                room = self.cells[0][2] * 0.85 / len(names)
                wide = max(width(n, self.context.sizes.note) for n in names) + 1.2
                every = max(1, int(np.ceil(wide / room))) if which == "x" else 1
                shown = range(whole[-1], whole[0] - 1, -every)
                axis.set_ticks(list(shown), [year_name(y, self.context) for y in shown])
                if which == "x" and axes.get_autoscalex_on():  # panels of bars and lines agree
                    axes.set_xlim(whole[0] - 0.5, whole[-1] + 0.5, auto=None)

    def _frame(self, axes: Axes, found: Held) -> None:
        """Thin lines across at the values; names broken into lines; numbers as we print them."""
        values = found.value_axes.get(axes, set())
        axes.tick_params(length=0, pad=2)
        for which, axis in (("x", axes.xaxis), ("y", axes.yaxis)):
            axis.grid(which in values)
            if which in values and not isinstance(axis.get_major_locator(), FixedLocator):
                if axis.get_scale() == "linear":
                    axis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
                    axis.set_major_formatter(FuncFormatter(self._number))
            elif named_places(axis) is not None:
                self._wrapped(axis, which)
        if any(mark.kind == "bar" and mark.axes is axes for mark in found.marks):
            line = axes.axvline if "x" in values else axes.axhline
            line(0, color=OUTLINE, lw=0.6, zorder=3)

    def _number(self, value: float, _: int) -> str:
        text = thousands(f"{abs(value):.10g}")
        return self.context.signed(MINUS + text if value < 0 else text)

    def _wrapped(self, axis: Axis, which: str) -> None:
        """Names in lines that leave room for the marks."""
        self.names[axis] = places = named_places(axis) or {}
        self._set_names(axis, which, self.cells[0][2] * (_NAMES if which == "y" else 1.0))
        if which == "x" and not places:
            axis.set_ticks([])

    def _set_names(self, axis: Axis, which: str, room: float) -> None:
        places, sizes = self.names[axis], self.context.sizes
        size = sizes.label if which == "y" else sizes.note
        limit = room if which == "y" else room / max(len(places), 1) - 1.0
        texts = ["\n".join(wrap(t, limit, size, lang=self.context.lang)) for t in places.values()]
        axis.set_ticks(list(places), texts, color=INK, fontsize=size)
        axis.set_tick_params(labelrotation=0)
        for label in axis.get_majorticklabels():
            label.set_horizontalalignment("right" if which == "y" else "center")
            label.set_verticalalignment("center" if which == "y" else "top")

    def _wrap_across(self, drawn: Sequence[Axes]) -> None:
        """Names under the axes once more, now that it is known how wide these are."""
        for axes in drawn:
            if axes.xaxis in self.names:
                low, high = sorted(axes.get_xlim())
                inside = sum(low <= place <= high for place in self.names[axes.xaxis])
                wide = self.page.placed(axes)[2] * len(self.names[axes.xaxis]) / max(inside, 1)
                self._set_names(axes.xaxis, "x", wide)

    def _same_scales(self, found: Held) -> None:
        for which in ("x", "y"):
            axes = [a for a in self.axes if which in found.value_axes.get(a, set())]
            if len(axes) > 1:
                limits = [getattr(a, f"get_{which}lim")() for a in axes]
                low, high = min(map(min, limits)), max(map(max, limits))
                for one, limit in zip(axes, limits, strict=True):
                    ends = (low, high) if limit[0] <= limit[1] else (high, low)
                    getattr(one, f"set_{which}lim")(*ends, auto=None)

    def _names_once(self, drawn: Sequence[Axes]) -> None:
        """Panels side by side with the same names have them at the left alone."""
        for i, axes in enumerate(self.axes):
            first = self.axes[i - i % self.columns]
            if axes is first or axes not in drawn or first not in drawn:
                continue
            names, others = named_places(axes.yaxis), named_places(first.yaxis)
            if names is not None and names == others and axes.get_ylim() == first.get_ylim():
                axes.tick_params(labelleft=False)

    def _fit(self, drawn: Sequence[Axes]) -> None:
        """Shrink the axes until ticks, names and titles are inside their cells."""
        page, mm = self.page, 300 / 25.4
        for axes, cell in zip(self.axes, self.cells, strict=True):
            page.place(axes, *cell)
        page.cut(0.0, page.height)
        for _ in range(2):
            page.figure.draw_without_rendering()
            over: dict[tuple[str, int], float] = {}
            for i, axes in enumerate(self.axes):
                if axes not in drawn:
                    continue
                ink, box = axes.get_tightbbox(for_layout_only=False), axes.bbox
                assert ink is not None
                column, line = i % self.columns, i // self.columns
                sides = {
                    ("left", column): box.x0 - ink.x0,
                    ("right", column): ink.x1 - box.x1,
                    ("top", line): ink.y1 - box.y1,
                    ("bottom", line): box.y0 - ink.y0,
                }
                for side, pixels in sides.items():
                    over[side] = max(over.get(side, 0.0), pixels / mm + 0.2)
            for i, (axes, (left, top, wide, high)) in enumerate(
                zip(self.axes, self.cells, strict=True)
            ):
                column, line = i % self.columns, i // self.columns
                west, east = over.get(("left", column), 0), over.get(("right", column), 0)
                north, south = over.get(("top", line), 0), over.get(("bottom", line), 0)
                inner = max(wide - west - east, 4.0), max(high - north - south, 4.0)
                page.place(axes, left + west, top + north, *inner)
            page.cut(0.0, page.height)
        page.figure.draw_without_rendering()

    def _bars(self, axes: Axes, found: Held) -> None:
        """The printed number at the end of each bar, where all have room; then no scale."""
        marks = [m for m in found.marks if m.axes is axes and m.kind == "bar"]
        if not marks or any(_is_number(text.get_text()) for text in axes.texts):
            return
        size = self._bar_size(axes, marks)
        if size is None:
            return
        self._stretch(axes, marks, size)
        for mark in marks:
            text = self._printed(mark.row)
            if mark.stacked or any(other.stacked for other in marks):
                self._inside(axes, mark, text, size)
                continue
            value = mark.x if mark.along == "x" else mark.y
            end, ahead = self._far_end(mark, value), -1 if value < 0 else 1
            across = mark.along == "x"
            axes.annotate(
                text,
                (end, mark.y) if across else (mark.x, end),
                (2.5 * ahead, 0) if across else (0, 2.5 * ahead),
                textcoords="offset points",
                ha=("left" if ahead > 0 else "right") if across else "center",
                va="center_baseline" if across else ("bottom" if ahead > 0 else "top"),
                fontsize=size,
                color=INK,
                annotation_clip=False,
            )
        if not any(mark.stacked for mark in marks):
            axis = axes.xaxis if marks[0].along == "x" else axes.yaxis
            axis.set_ticks([])
            axis.grid(False)

    def _inside(self, axes: Axes, mark: Mark, text: str, size: float) -> None:
        """A number in the middle of its part of a stack, where it has room."""
        value = float(self.rows["value"].iloc[mark.row])
        across = mark.along == "x"
        long = abs(self._mm(axes, value, mark.along))
        need = width(text, size) + 1.0 if across else line_mm(size)
        if long < need:
            self.page.left_out = True
            return
        x = mark.x - value / 2 if across else mark.x
        y = mark.y if across else mark.y - value / 2
        color = ink_on(to_hex(mark.color))
        axes.text(x, y, text, ha="center", va="center_baseline", fontsize=size, color=color)

    def _far_end(self, mark: Mark, value: float) -> float:
        """Where a number stands beyond an interval that is drawn over the bar."""
        low, high = (float(self.rows[name].iloc[mark.row]) for name in ("low", "high"))
        if mark.axes in self.intervals and np.isfinite([low, high]).all():
            return min(low, value) if value < 0 else max(high, value)
        return value

    def _bar_size(self, axes: Axes, marks: Sequence[Mark]) -> float | None:
        """The type size at which every bar has room for its number, if there is one."""
        sizes = self.context.sizes
        across = marks[0].along == "x"
        for size in dict.fromkeys((sizes.label, sizes.note, sizes.least)):
            if across:
                thin = min(abs(self._mm(axes, mark.thick, "y")) for mark in marks)
                fits = thin >= line_mm(size) * 0.75
            else:
                slot = min(abs(self._mm(axes, mark.thick, "x")) for mark in marks)
                wide = max(width(self._printed(mark.row), size) for mark in marks)
                series = len({mark.series for mark in marks})
                fits = slot * (1.2 if series == 1 else 1.0) >= wide + 0.6
            if fits:
                return size
        return None

    def _stretch(self, axes: Axes, marks: Sequence[Mark], size: float) -> None:
        """Limits that leave room for the numbers, unless the notebook has set its own."""
        which = marks[0].along
        if not getattr(axes, f"get_autoscale{which}_on")():
            return
        ends = [self._far_end(m, m.x if which == "x" else m.y) for m in marks]
        low, high = min([0.0, *ends]), max([0.0, *ends])
        wide = max(width(self._printed(mark.row), size) for mark in marks) + 1.6
        room = wide if which == "x" else line_mm(size) + 0.8
        _, _, axes_wide, axes_high = self.page.placed(axes)
        part = min(room / (axes_wide if which == "x" else axes_high), 0.4)
        stretch = (high - low) * part / (1 - part)
        limits = (low - (stretch if low < 0 else 0), high + (stretch if high > 0 else 0))
        current = getattr(axes, f"get_{which}lim")()
        if self.share and len(self.axes) > 1:
            limits = min(limits[0], *current), max(limits[1], *current)
        turned = current[0] > current[1]
        getattr(axes, f"set_{which}lim")(*(reversed(limits) if turned else limits), auto=None)

    def _margin(self, axes: Axes, found: Held) -> None:
        """Room beyond points for their numbers, unless the notebook has set limits."""
        marks = [m for m in found.marks if m.axes is axes and m.kind == "point"]
        which = marks[0].along if marks else ""
        if not which or not getattr(axes, f"get_autoscale{which}_on")():
            return
        size, (_, _, wide, high) = self.context.sizes.note, self.page.placed(axes)
        if which == "x":
            part = (max(width(self._printed(m.row), size) for m in marks) + 2.0) / wide
        else:
            part = (line_mm(size) + _ABOVE_MM) / high
        low, top = sorted(getattr(axes, f"get_{which}lim")())
        more = (top - low) * min(part, 0.3)
        ends = (max(low - (more if which == "y" else 0), min(low, 0.0)), top + more)
        turned = getattr(axes, f"{which}axis_inverted")()
        getattr(axes, f"set_{which}lim")(*(reversed(ends) if turned else ends), auto=None)

    def _beside(self, found: Held) -> None:
        """Printed numbers of points and cells, each where it can be read."""
        series: dict[tuple[Axes, int], list[Mark]] = {}
        for mark in found.marks:
            if mark.kind != "bar" and not any(_is_number(t.get_text()) for t in mark.axes.texts):
                series.setdefault((mark.axes, mark.series), []).append(mark)
        for marks in series.values():
            for index, mark in enumerate(marks):
                if mark.kind == "cell":
                    self._cell(mark)
                else:
                    ends = index in (0, len(marks) - 1)
                    self._point(mark, rank=0 if ends else 1)

    def _readable(self, found: Held) -> None:
        """Numbers that a notebook wrote on cells (``annot=True``): ink or paper, as is read."""
        for mark in found.marks:
            for text in mark.axes.texts if mark.kind == "cell" else ():
                x, y = text.get_position()
                if abs(x - mark.x) < 0.5 and abs(y - mark.y) < 0.5:
                    text.set_color(ink_on(to_hex(mark.color)))
                    text.set_fontsize(min(text.get_fontsize(), self.context.sizes.label))

    def _cell(self, mark: Mark) -> None:
        x, y = self.page.at(mark.axes, mark.x, mark.y)
        text, color = self._printed(mark.row), ink_on(to_hex(mark.color))
        wide, high = (abs(self._mm(mark.axes, 1, w)) for w in "xy")
        sizes = self.context.sizes
        for size in dict.fromkeys((sizes.label, sizes.note, sizes.least)):
            if width(text, size) + 0.6 <= wide and line_mm(size) * 0.8 <= high:
                self.page.text(x, y, text, size=size, color=color, ha="center")
                return
        self.page.left_out = True

    def _point(self, mark: Mark, rank: int) -> None:
        row = mark.row
        text, size = self._printed(row), self.context.sizes.note
        value = mark.x if mark.along == "x" else mark.y
        end = self._far_end(mark, value)
        low = float(self.rows["low"].iloc[row])
        drawn = mark.axes in self.intervals and np.isfinite(low)
        foot = min(low, value) if drawn else value
        if mark.along == "x":
            (right, y), (left, _) = (self.page.at(mark.axes, v, mark.y) for v in (end, foot))
            spots = [Spot(right + 1.6, y, "left", size), Spot(left - 1.6, y, "right", size)]
            spots += [Spot(right, y - line_mm(size) * 0.8, "center", size)]
        else:
            (x, top), (_, bottom) = (self.page.at(mark.axes, mark.x, v) for v in (end, foot))
            away = line_mm(size) * 0.5 + _ABOVE_MM
            half = width(text, size) / 2
            x = min(max(x, MARGIN + half), self.page.width - MARGIN - half)
            spots = [Spot(x, y, "center", size) for y in (top - away, bottom + away)]
            spots += [Spot(x, y, "center", size) for y in (top - away - 1.5, bottom + away + 1.5)]
        inside = [s for s in spots if s.y - line_mm(size) / 2 > 0 and s.y < self.page.height]
        self.page.number(text, inside, rank=rank)

    def _printed(self, row: int) -> str:
        """A number as it is printed, with the city's minus."""
        text = str(self.rows["printed"].iloc[row])
        return self.context.signed(thousands(text)) if text else HIDDEN

    def _mm(self, axes: Axes, length: float, which: str) -> float:
        """How long something in data is on paper."""
        limits = getattr(axes, f"get_{which}lim")()
        _, _, wide, high = self.page.placed(axes)
        return length / (limits[1] - limits[0]) * (wide if which == "x" else high)


def _key(row: Row) -> tuple[int | str, ...]:
    return row.year, row.indicator, row.breakdown, row.group, row.category, row.definition


def _is_number(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _entry(handle: Any, text: str) -> Key | None:
    """A legend's sample as ours."""
    if isinstance(handle, Patch):
        face: Any = handle.get_facecolor()
        return Key(text, to_hex(face))
    if isinstance(handle, PathCollection):
        first: Any = handle.get_facecolor()
        return Key(text, to_hex(first[0]), "dot")
    if isinstance(handle, Line2D):
        dashed = handle.get_linestyle() not in ("-", "None", "none", "", " ")
        lined = handle.get_linestyle() not in ("None", "none", "", " ")
        return Key(
            text, to_hex(handle.get_color()), "dashline" if dashed else "line" if lined else "dot"
        )
    if hasattr(handle, "patches") and len(handle.patches):
        return Key(text, to_hex(handle.patches[0].get_facecolor()))
    if (isinstance(handle, tuple) and handle) or hasattr(handle, "lines"):
        first = handle[0]
        return Key(text, to_hex(first.get_color()), "line") if isinstance(first, Line2D) else None
    return None
