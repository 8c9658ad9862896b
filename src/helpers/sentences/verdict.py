"""Verdicts, and how those of parts make the verdict of the whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from helpers.intervals import Interval
from helpers.problems import Said
from helpers.sentences.numbers import Quantity

FALSE, MISLEADING, OVERSTATED = "false", "misleading", "overstated"
UNKNOWN, ROUNDING, TRUE = "unknown", "rounding", "true"
# What an author looks at first.
VERDICTS = (FALSE, MISLEADING, OVERSTATED, UNKNOWN, ROUNDING, TRUE)
WRONG = (FALSE, MISLEADING, OVERSTATED)  # what should not be printed as it stands
RIGHT = (TRUE, ROUNDING)
NOTHING = Said("", "")


@dataclass(frozen=True)
class Judgement:
    """A verdict with its grounds.

    Attributes:
        verdict: one of ``VERDICTS``.
        said: what the data say.
        right: a wording that the data carry, where the one claimed is not carried.
        remarks: what does not change the verdict and must be known.
    """

    verdict: str
    said: Said = NOTHING
    right: Said = NOTHING
    remarks: tuple[Said, ...] = field(default=())


def agrees(found: Interval, naive: Fraction, claimed: Quantity) -> str:
    """Whether a number can be what is claimed.

    ``naive``, computed from the numbers as printed, rounds to the claimed one: true. Only some
    of what may have been printed so does: true by rounding. None of it: false. Where the data are
    too coarse for the digits claimed, nothing can be said.

    Args:
        found: what the number may be.
        naive: the number computed from printed ones as if they were exact.
        claimed: as printed, its sign taken in.
    """
    if claimed.bound in ("以上", "超", "以下", "未満"):
        return _bounded(found, claimed)
    if claimed.bound:  # 台, 強, 弱, 余: a range, with no last digit to be borne out
        return TRUE if naive in claimed.interval else FALSE
    if claimed.rounds_from(naive):
        return TRUE
    if found & claimed.interval is None:
        return FALSE
    # Data much coarser than the claim cannot bear out its last digit.
    return ROUNDING if found.high - found.low <= 2 * claimed.step else UNKNOWN


def _bounded(found: Interval, claimed: Quantity) -> str:
    """以上, 超, 以下, 未満: true where all that the number may be fits, false where none."""
    below = claimed.bound in ("以下", "未満")
    low, high = (-found.high, -found.low) if below else (found.low, found.high)
    limit = -claimed.number if below else claimed.number
    if claimed.bound in ("以上", "以下"):
        return TRUE if low >= limit else ROUNDING if high >= limit else FALSE
    return TRUE if low > limit else ROUNDING if high > limit else FALSE


def all_of(parts: Sequence[Judgement]) -> Judgement:
    """The whole of a sentence: as bad as its worst part."""
    worst = min(parts, key=lambda part: VERDICTS.index(part.verdict))
    remarks = tuple(dict.fromkeys(remark for part in parts for remark in part.remarks))
    return Judgement(
        worst.verdict, _lines([p.said for p in parts]), _lines([p.right for p in parts]), remarks
    )


def _lines(texts: Sequence[Said]) -> Said:
    said = [text for text in dict.fromkeys(texts) if text.ja]
    return Said("。".join(t.ja for t in said), ". ".join(t.en for t in said))
