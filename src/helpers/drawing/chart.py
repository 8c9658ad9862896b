"""A chart: a drawing at a printed size, all that travels with it, and its files.

PNG, SVG, PDF, CSV and alternative text, the same bytes on every run.
"""

import io
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont
from PIL.PngImagePlugin import PngInfo

from helpers.drawing import marks
from helpers.drawing.context import Context
from helpers.drawing.paper import tallest
from helpers.drawing.png_file import png_file
from helpers.drawing.sheet import DPI
from helpers.drawing.small_font import small_font
from helpers.drawing.style import styled
from helpers.problems import InputError, Message
from helpers.spreadsheet import guarded

NO_REDRAW = Message(
    "この図は1つの幅だけに描かれていて、描き直せません",
    remedy="ノートでは desk.canvas の中で描いてください（どの幅にも描かれます）",
    en="this figure was drawn for one width and cannot be drawn again. → draw it in desk.canvas, "
    "which draws at every width",
)
# A difference as it is printed; a spreadsheet reads it as the number that it is.
_DIFFERENCE = re.compile(r"\+\d+(\.\d+)?")
OF_ONE_PANEL = ("groups", "categories", "years")
"""The parameters that choose what one panel shows; the others choose panels."""


def heads(context: Context) -> list[str]:
    """The columns of the table beside a figure, which the deliverables print."""
    ja = "年度 指標 区分 項目 値 表示 単位 n 下限 上限 注記 キー"
    en = "Year Indicator Group Category Value Printed Unit n Low High Flag Key"
    return context.say(ja, en).split()


class Alternative(str):
    """Alternative text, and the parts of it that captions and lists show alone.

    Attributes:
        kind: chart type in words: ``縦棒グラフ``.
        subject: measure, area, period and unit.
    """

    kind: str
    subject: str

    def __new__(cls, kind: str, subject: str, finding: str, table: str, stop: str) -> Self:
        """The text of its parts: kind, subject, the finding, where the numbers are."""
        text = super().__new__(cls, f"{kind}{stop}{subject}{stop}{finding}{stop}{table}")
        text.kind, text.subject = kind, subject
        return text


@dataclass(frozen=True, eq=False)
class Chart:
    """What a figure function returns.

    Attributes:
        key: name of the figure in the report and inside its PNG (``attachment_age``).
        context: city, edition, language and width it was drawn for.
        title: the finding.
        subtitle: measure, area, period, unit.
        unit: unit of the plotted numbers.
        notes: what is printed after 注.
        source: what is printed after 出典.
        alt: alternative text: type, subject, the numbers that carry the finding.
        data: the plotted numbers, as the CSV beside the figure gives them.
        figure: the matplotlib figure.
        redraw: draws the same rows for another context; see ``at``.
        by_hand: whether its marks and texts were drawn by a notebook, not by ours: what mends it.
        divide: the parameter whose values are its panels, and these; see ``sheets``.
        only: draws some of these values alone.
    """

    key: str
    context: Context
    title: str
    subtitle: str
    unit: str
    notes: tuple[str, ...]
    source: str
    alt: str
    data: pd.DataFrame
    figure: Figure
    redraw: Callable[[Context], "Chart"] | None = field(default=None, repr=False)
    by_hand: bool = False
    divide: tuple[str, tuple[Any, ...]] = ("", ())
    only: Callable[[Sequence[Any]], "Chart"] | None = field(default=None, repr=False)

    @property
    def height_mm(self) -> float:
        """Height of the page."""
        return float(self.figure.get_figheight() * 25.4)

    def sheets(self) -> list["Chart"]:
        """The chart; where its paper does not hold it, its panels, a sheet each.

        The first keeps the name of the figure, the others add ``_part2``, ``_part3``, …: a Word
        file that holds the figure finds its beginning.
        """
        parts = self._divided()
        return [
            replace(part, key=f"{self.key}_part{number}" if number > 1 else self.key)
            for number, part in enumerate(parts, start=1)
        ]

    def _divided(self) -> list["Chart"]:
        most, (name, values) = tallest(self.context.width_mm), self.divide
        if most is None or self.height_mm <= most or len(values) < 2 or self.only is None:
            return [self]
        # Panels go one a sheet; groups of one panel as many as a sheet holds.
        each = 1
        if name in OF_ONE_PANEL:
            sheets = max(2, -(-self.height_mm // (most * 0.8)))  # each has its own words, too
            each = int(-(-len(values) // sheets))
        halves = [values[i : i + each] for i in range(0, len(values), each)]
        return [sheet for some in halves for sheet in self.only(some)._divided()]

    def at(self, **changes: Any) -> "Chart":
        """The same chart for another width, language or size of type: ``chart.at(width_mm=80)``.

        Raises:
            InputError: the chart was drawn for one width and nothing can draw it again.
        """
        if self.redraw is None:
            raise InputError(NO_REDRAW.at(self.key))
        return self.redraw(self.context.at(**changes))

    @property
    def kind(self) -> str:
        """Chart type in words: ``縦棒グラフ``; empty where nobody has said it."""
        return getattr(self.alt, "kind", "")

    @property
    def subject(self) -> str:
        """Measure, area, period and unit: what a caption says."""
        return getattr(self.alt, "subject", self.subtitle)

    @property
    def stem(self) -> str:
        """File name without its ending; the plain key is the Japanese figure at full width."""
        parts = [self.key]
        if self.context.width_mm != 160:
            parts.append(f"{self.context.width_mm:g}mm")
        if self.context.large_print:
            parts.append("large")
        if self.context.lang != "ja":
            parts.append(self.context.lang)
        return "_".join(parts)

    def __repr__(self) -> str:
        """What a notebook cell prints under the picture: nbval holds the text, not the pixels."""
        return f"図 {self.stem}「{self.title}」\n{self.alt}"

    def _repr_png_(self) -> bytes:
        return png(self)


@styled
def pixels(chart: Chart) -> np.ndarray[Any, Any]:
    """The drawing as an array of RGB pixels at 300 dpi."""
    canvas = FigureCanvasAgg(chart.figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[:, :, :3]  # the paper is opaque


def png(chart: Chart) -> bytes:
    """PNG with its physical size; key, edition and width inside, for refreshing Word files."""
    info = PngInfo()
    info.add_text("X-Figure-Key", chart.stem)
    info.add_text("X-Figure-Edition", chart.context.edition)
    info.add_text("X-Figure-Width-mm", f"{chart.context.width_mm:g}")
    info.add_itxt("X-Figure-Kind", chart.kind, lang=chart.context.lang)
    info.add_itxt("X-Figure-Subject", chart.subject, lang=chart.context.lang)
    info.add_itxt("Title", chart.title, lang=chart.context.lang)
    info.add_itxt("Description", chart.alt, lang=chart.context.lang)
    return png_file(pixels(chart), DPI, info)


@styled
def svg(chart: Chart) -> bytes:
    """SVG with text as paths, and with role, title and description for screen readers."""
    buffer = io.BytesIO()
    chart.figure.savefig(
        buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
    )
    text = buffer.getvalue().decode()
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    named = f"title-{chart.stem} description-{chart.stem}"
    opening = (
        f' role="img" lang="{chart.context.lang}" aria-labelledby="{named}">'
        f'\n <title id="title-{chart.stem}">{escape(chart.title)}</title>'
        f'\n <desc id="description-{chart.stem}">{escape(chart.alt)}</desc>'
    )
    return re.sub(r"(<svg\b[^>]*)>", lambda m: m[1] + opening, text, count=1).encode()


@styled
def pdf(chart: Chart) -> bytes:
    """PDF with our TrueType font embedded, only the characters that occur."""
    texts = marks.texts(chart.figure)
    before = [text.get_fontproperties().copy() for text in texts]
    paths = [Path(findfont(properties)) for properties in before]
    buffer = io.BytesIO()
    # matplotlib keeps the fonts open, and Windows removes no open file. In a run the folder lies in
    # that of the run's kernels, which goes with them (``helpers.pipeline.kernels.runtime``).
    with tempfile.TemporaryDirectory(prefix="fonts-", ignore_cleanup_errors=True) as folder:
        for path in set(paths):
            own = [
                text.get_text() for text, where in zip(texts, paths, strict=True) if where == path
            ]
            small_font(path, "".join(own), Path(folder) / path.name)
        for text, properties, path in zip(texts, before, paths, strict=True):
            size = properties.get_size_in_points()
            small = FontProperties(fname=str(Path(folder) / path.name), size=size)
            text.set_fontproperties(small)
        try:
            chart.figure.savefig(
                buffer,
                format="pdf",
                metadata={
                    "Title": chart.title,
                    "Subject": chart.alt,
                    "Keywords": f"{chart.context.edition} {chart.stem}",
                    "Creator": None,
                    "Producer": None,
                    "CreationDate": None,
                },
            )
        finally:
            for text, properties in zip(texts, before, strict=True):
                text.set_fontproperties(properties)
    return buffer.getvalue()


def csv(chart: Chart) -> bytes:
    """The plotted numbers for Excel: UTF-8 with BOM, CRLF, no cell that runs as a formula."""
    data = chart.data.map(_safe)
    data.columns = pd.Index([_safe(name) for name in data.columns])
    return ("\ufeff" + data.to_csv(index=False, lineterminator="\r\n")).encode()


def _safe(cell: object) -> object:
    if isinstance(cell, str) and not _DIFFERENCE.fullmatch(cell):
        return guarded(cell)
    return cell


def txt(chart: Chart) -> bytes:
    """Alternative text, as it is pasted into Word."""
    return f"{chart.title}\n{chart.alt}\n".encode()


FORMATS: dict[str, Callable[[Chart], bytes]] = {
    "png": png,
    "svg": svg,
    "pdf": pdf,
    "csv": csv,
    "txt": txt,
}
