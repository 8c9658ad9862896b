"""What every chart type has in common: the style, words of one edition, drawing again."""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ParamSpec

from helpers.drawing import Chart, Context, styled
from helpers.drawing.chart import OF_ONE_PANEL
from helpers.drawing.context import FromEdition
from helpers.figures.edition_words import for_edition
from helpers.figures.names import resolved
from helpers.figures.rows import Row
from helpers.sentences.typed import choose

P = ParamSpec("P")


class WholeTitle(FromEdition):
    """The title of a figure on one of its sheets, which shows some of its groups.

    The highest of a sheet need not be that of the figure: no sheet has a finding of its own.
    """


def titled(title: str | None, computed: str, rows: Iterable[Row], context: Context) -> str:
    """The title: that of the whole figure, the analyst's if the rows bear it out, the computed one.

    Raises:
        ValueError: a typed title says what the rows do not.
    """
    return title if isinstance(title, WholeTitle) else choose(title, computed, rows, context)


def chart_type(function: Callable[P, Chart]) -> Callable[P, Chart]:
    """Make a function that draws rows into a chart one that can draw them again.

    What is meant for one edition is given as ``{"mihon 2025": …, "mihon 2025 en": …}``: words
    (``title``, ``notes``), and names (``groups``, ``highlight``); see ``edition_words``. Names may
    be ids or the words that are shown; one that no row has is refused (``names``).
    """
    draw = styled(function)

    @functools.wraps(function)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Chart:
        context = kwargs["context"]
        assert isinstance(context, Context)
        rows: Any = args[0] if args else kwargs["rows"]
        given: dict[str, Any] = {
            parameter: for_edition(parameter, value, context) for parameter, value in kwargs.items()
        }
        # What is not meant for this edition is not given: there the default stands.
        kept: dict[str, Any] = {
            parameter: value
            for parameter, value in given.items()
            if value is not None or kwargs[parameter] is None
        }
        chart = draw(*args, **resolved(function, rows, kept, context))

        def again(other: Context) -> Chart:
            changed: Any = {**kwargs, "context": other}
            if other.lang != context.lang:
                for word in ("title", "notes"):
                    if not isinstance(changed.get(word), Mapping):
                        changed.pop(word, None)
            return drawn(*args, **changed)

        def only(values: Sequence[Any]) -> Chart:
            changed: Any = {**kwargs, "key": chart.key, chart.divide[0]: list(values)}
            if chart.divide[0] in OF_ONE_PANEL:
                changed["title"] = WholeTitle(chart.title)
            try:
                return drawn(*args, **changed)
            except ValueError:  # a typed title whose numbers stand on another sheet
                if not changed.pop("title", None):
                    raise
                return drawn(*args, **changed)

        return replace(chart, redraw=again, only=only)

    return drawn
