"""How a number is written where an older one stood."""

import re
import unicodedata

from helpers.rounding import MINUS

_WRITTEN = re.compile(
    r"[-−－–▲△+＋]?(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?"
)
_PRINTED = re.compile(rf"{MINUS}?\d+(?:\.\d+)?")
_NEGATIVE = tuple("-−－–▲△")
_TO_FULL = str.maketrans("0123456789,.+", "０１２３４５６７８９，．＋")


def with_commas(printed: str) -> str:
    """``24871`` → ``24,871``; what is no number stays."""
    if not _PRINTED.fullmatch(printed):
        return printed
    whole, point, decimals = printed.lstrip(MINUS).partition(".")
    return f"{MINUS if printed.startswith(MINUS) else ''}{int(whole):,}{point}{decimals}"


def span_of(text: str) -> tuple[int, int] | None:
    """Where the one number in a text stands; the whole text if none; None if there are several."""
    found = list(_WRITTEN.finditer(text))
    if not found:
        return 0, len(text)
    return found[0].span() if len(found) == 1 else None


def written_like(old: str, printed: str) -> str:
    """A printed number in the manner of the one it replaces.

    Thousands are parted unless the old number had four digits or more and no comma; full-width
    digits, the minus signs ▲ and △ and a written plus are kept.
    """
    if not _PRINTED.fullmatch(printed):
        return printed
    plain = unicodedata.normalize("NFKC", old)
    bare = re.search(r"\d{4,}", plain) is not None
    number = (printed if bare else with_commas(printed)).lstrip(MINUS)
    sign = ""
    if printed.startswith(MINUS):
        sign = old[0] if old[:1] in ("▲", "△") else MINUS
    elif plain.startswith("+") and number.strip("0.,"):
        sign = "+"
    full = re.search(r"[０-９]", old) is not None
    return (sign + number).translate(_TO_FULL) if full else sign + number


def sign_turned(old: str, new: str) -> bool:
    """Whether a number changed its sign, so that the words around it may be wrong now."""
    return (old[:1] in _NEGATIVE) != (new[:1] in _NEGATIVE)
