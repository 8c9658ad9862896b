"""How answers from 0 to 10 count, and what the shares of each kind are called."""

# 推奨・参加・感謝: the two cuts stand here and nowhere else.
NEGATIVE = range(6)
POSITIVE = range(8, 11)
VALID = range(11)
BANDS = {
    f"share_{band[0]}_{band[-1]}": band
    for band in (NEGATIVE, range(NEGATIVE.stop, POSITIVE.start), POSITIVE)
}
"""The indicator of each share, named by its answers: who moves a cut gets another name."""
