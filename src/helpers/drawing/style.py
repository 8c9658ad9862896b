"""One style for all figures, whatever seaborn or a notebook has set before."""

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
from cycler import cycler

from helpers.drawing.fonts import FAMILY, register
from helpers.palette import CATEGORICAL, GRID, INK, MUTED, OUTLINE, PAPER

P = ParamSpec("P")
R = TypeVar("R")

STYLE: dict[str, Any] = {
    "font.family": [FAMILY],
    "text.color": INK,
    "text.parse_math": False,  # a $ in a label is a dollar
    "text.hinting": "none",
    "axes.unicode_minus": True,
    "axes.facecolor": "none",
    "axes.edgecolor": OUTLINE,
    "axes.labelcolor": MUTED,
    "axes.linewidth": 0.6,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.spines.bottom": False,
    "axes.prop_cycle": cycler(color=CATEGORICAL),
    "axes.axisbelow": True,
    "xtick.bottom": False,
    "xtick.labelbottom": False,
    "ytick.left": False,
    "ytick.labelleft": False,
    "grid.color": GRID,
    "grid.linewidth": 0.5,
    "hatch.linewidth": 0.5,
    "lines.solid_capstyle": "butt",
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "savefig.bbox": None,  # the page is the size that was asked
    "savefig.dpi": "figure",
    "pdf.fonttype": 42,
    "svg.fonttype": "path",
    "svg.hashsalt": "citypromo",
}

# Left alone: what belongs to the session, and what matplotlib 3.11 warns of.
_KEEP = ("interactive", "toolbar", "timezone", "text.hinting_factor")


@functools.cache
def _everything() -> Any:
    """Matplotlib's own defaults under our style, so that no earlier setting shows through."""
    defaults = {
        key: value
        for key, value in dict[Any, Any](mpl.rcParamsDefault).items()
        if not key.startswith(("backend", "date.", "keymap.", "animation.", "webagg."))
        and key not in _KEEP
    }
    return {**defaults, **STYLE}


# Whether the style is set already: a function under the style may call another.
_SET = ContextVar("_SET", default=False)


def styled(function: Callable[P, R]) -> Callable[P, R]:
    """Run a drawing or exporting function under the style, and leave the caller's untouched."""

    @functools.wraps(function)
    def under_style(*args: P.args, **kwargs: P.kwargs) -> R:
        if _SET.get():
            return function(*args, **kwargs)
        register()
        with mpl.rc_context(_everything()):
            token = _SET.set(True)
            try:
                return function(*args, **kwargs)
            finally:
                _SET.reset(token)

    return under_style


# What differs for axes whose ticks, grid and legend matplotlib draws itself.
_PLAIN: dict[str, Any] = {
    "xtick.labelbottom": True,
    "ytick.labelleft": True,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.minor.visible": False,
    "axes.grid": True,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.xmargin": 0.02,
    "legend.frameon": False,
    "lines.linewidth": 1.5,
    "lines.markersize": 5.5,
    "errorbar.capsize": 0.0,
    "figure.dpi": 120,  # on a screen; what is printed has its own
}


def plain(title: float = 10.5, label: float = 9.0, note: float = 8.0) -> None:
    """Our typeface and style for what a notebook draws with plain matplotlib or seaborn.

    Set for good, and again before every canvas: ``sns.set_theme()`` would undo it.

    Args:
        title: type size of titles in points.
        label: of names and legends.
        note: of the numbers along axes.
    """
    register()
    mpl.rcParams.update(_everything() | _PLAIN)
    sizes: dict[Any, Any] = {"font.size": label, "axes.titlesize": label, "axes.labelsize": note}
    sizes |= {"xtick.labelsize": note, "ytick.labelsize": note, "legend.fontsize": label}
    sizes |= {"figure.titlesize": title, "legend.title_fontsize": note}
    mpl.rcParams.update(sizes)
