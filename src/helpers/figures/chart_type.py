"""What every chart type has in common: the style, words in two languages, drawing again."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ParamSpec

from helpers.drawing import Chart, Context, styled
from helpers.figures.names import resolved

P = ParamSpec("P")


def chart_type(function: Callable[P, Chart]) -> Callable[P, Chart]:
    """Make a function that draws rows into a chart one that can draw them again.

    Words (``title``, ``notes``, ``source``, ``area``) may be given for both languages as
    ``{"ja": …, "en": …}``. A title and notes given in one language are not carried into a drawing
    in the other: there the computed title stands. Names may be ids or the words that are shown;
    one that no row has is refused (``names``).
    """
    draw = styled(function)

    @functools.wraps(function)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Chart:
        context = kwargs["context"]
        assert isinstance(context, Context)
        rows: Any = args[0] if args else kwargs["rows"]
        named: Any = resolved(function, rows, kwargs, context)
        said: dict[str, Any] = {
            word: given.get(context.lang)
            for word, given in named.items()
            if isinstance(given, Mapping)
        }
        choices: Any = {**named, **{w: v for w, v in said.items() if v is not None}}
        for word, value in said.items():
            if value is None:
                del choices[word]
        chart = draw(*args, **choices)

        def again(other: Context) -> Chart:
            changed: Any = {**kwargs, "context": other}
            if other.lang != context.lang:
                for word in ("title", "notes"):
                    if not isinstance(changed.get(word), Mapping):
                        changed.pop(word, None)
            return drawn(*args, **changed)

        return replace(chart, redraw=again)

    return drawn
