"""A chart: a drawing at a printed size together with everything that travels with it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from helpers.drawing.context import Context


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

    def at(self, **changes: Any) -> "Chart":
        """The same chart for another width, language or size of type: ``chart.at(width_mm=80)``.

        Raises:
            ValueError: the chart was not drawn by a function of ``helpers.figures``.
        """
        if self.redraw is None:
            raise ValueError(f"図「{self.key}」は描き直せません。")
        return self.redraw(self.context.at(**changes))

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
        from helpers.drawing.export import png  # export knows Chart, not the other way round

        return png(self)
