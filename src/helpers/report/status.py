"""What became of a figure since last year, by its plotted numbers."""

from dataclasses import dataclass

from helpers.report.numbers import KEY, PRINTED, YEAR
from helpers.report.reported import Figure, Reported

NEW, CHANGED, SAME, UNKNOWN = "new", "changed", "same", "unknown"


@dataclass(frozen=True)
class Status:
    """A figure against the one of the same name in the edition before.

    Attributes:
        kind: ``new``, ``changed``, ``same``, or ``unknown`` where no earlier report is there.
        revised: how many numbers are of the same key and year, but printed otherwise.
    """

    kind: str
    revised: int = 0


def statuses(reported: Reported, previous: Reported | None) -> dict[str, Status]:
    """The status of each figure, by its stem."""
    if previous is None:
        return {figure.stem: Status(UNKNOWN) for figure in reported.figures}
    before = {figure.stem: figure for figure in previous.figures}
    return {f.stem: status(f, before.get(f.in_japanese.stem)) for f in reported.figures}


def status(figure: Figure, before: Figure | None) -> Status:
    """One figure against its predecessor, or against none."""
    if before is None:
        return Status(NEW)
    now, then = _numbers(figure), _numbers(before)
    revised = sum(now[name] != then[name] for name in now.keys() & then.keys())
    return Status(SAME if now == then else CHANGED, revised)


def _numbers(figure: Figure) -> dict[tuple[str, str], str]:
    return {(row[YEAR], row[KEY]): row[PRINTED] for row in figure.rows}
