"""Policy fields: what a survey says of each, now and in the survey before."""

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.drawing import Context
from helpers.figures.rows import Row, groups_of, need, one


@dataclass(frozen=True)
class Field:
    """A policy field this year and, if it was asked, in the survey before."""

    group: str
    across: Row
    up: Row
    before: tuple[Row, Row] | None


def fields_of(
    known: Sequence[Row], across: str, up: str, context: Context, breakdown: str = "field"
) -> list[Field]:
    """The fields of the edition's year whose both numbers are known, in the order of the rows.

    A field has no place in the survey before where one of the two was counted otherwise then.
    """
    here = need(known, breakdown=breakdown, year=context.year)
    earlier = {row.year for row in known if row.year < context.year and row.breakdown == breakdown}
    fields = []
    for group in groups_of(here):
        now = [one(here, indicator=i, group=group) for i in (across, up)]
        then = [
            one(known, indicator=i, breakdown=breakdown, group=group, year=max(earlier, default=0))
            for i in (across, up)
        ]
        if now[0] and now[1] and now[0].known and now[1].known:
            both = then[0] and then[1] and then[0].known and then[1].known
            both = both and not (now[0].broken or now[1].broken)
            before = (then[0], then[1]) if both else None
            fields.append(Field(group, now[0], now[1], before))  # type: ignore[arg-type]
    return fields
