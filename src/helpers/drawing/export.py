"""A chart as bytes: PNG, SVG, PDF, CSV and alternative text, the same on every run."""

import io
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.font_manager import FontProperties, findfont
from PIL.PngImagePlugin import PngInfo

from helpers.drawing.chart import Chart
from helpers.drawing.png_file import png_file
from helpers.drawing.sheet import DPI
from helpers.drawing.small_font import small_font
from helpers.drawing.style import styled
from helpers.spreadsheet import guarded

# A difference as it is printed; a spreadsheet reads it as the number that it is.
_DIFFERENCE = re.compile(r"\+\d+(\.\d+)?")


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
    texts = [*chart.figure.texts, *(text for axes in chart.figure.axes for text in axes.texts)]
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


@styled
def save(chart: Chart, folder: Path) -> list[Path]:
    """Write a chart in all formats as ``<stem>.<format>``.

    Raises:
        InputError: the lint found something; nothing is written.
    """
    from helpers.drawing.lint import stop_if_flawed

    stop_if_flawed(chart)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for ending, export in FORMATS.items():
        path = folder / f"{chart.stem}.{ending}"
        path.write_bytes(export(chart))
        paths.append(path)
    return paths
