"""City codes (全国地方公共団体コード): five or six digits, and the zero that Excel takes off."""

import re
import unicodedata

# Codes that were given anew without any change of the area: old → new (総務省の改正一覧).
RENUMBERED = {"04423": "04216", "40305": "40231"}


def check_digit(five: str) -> int:
    """The sixth digit of a code: 11 minus the weighted sum, its last digit."""
    total = sum(int(digit) * weight for digit, weight in zip(five, range(6, 1, -1), strict=True))
    return (11 - total % 11) % 10


def restore(texts: list[str], own: str = "") -> list[str | None]:
    """The codes of a column, with the zeros that were lost; None where it is no code.

    Whether 11002 is five digits, or 011002 without its zero, is seen from the whole column; the
    edition's own code comes first, for one code in ten can be read either way.

    Args:
        texts: as in the file; R14214, as SSDSE writes it, is five digits, and so is
            14214_伊勢原市, as the census does.
        own: the six digits of the edition's city.
    """
    plain = [bare_code(text) for text in texts]
    digits = [text if text.isdigit() and 4 <= len(text) <= 6 else None for text in plain]
    given = [code for code in digits if code]
    width = 6 if any(_has_six(code) for code in given) else 5
    if width == 5 and given and not _is_own(given, own, 5):
        lost = [len(code) == 5 and _checks("0" + code) for code in given]
        width = 6 if all(lost) or _is_own(given, own, 6) else 5
    return [code.zfill(width) if code and len(code) >= width - 1 else None for code in digits]


def bare_code(text: str) -> str:
    """The digits of a code, without what an office writes before or after them."""
    clean = unicodedata.normalize("NFKC", text).strip()
    return re.sub(r"^R(?=\d)|(?<=\d)_\D.*$", "", clean)


def is_of(code: str, own: str) -> bool:
    """Whether a code is a city's: its own, or the one that it had before it got another."""
    return RENUMBERED.get(code[:5], code[:5]) == RENUMBERED.get(own[:5], own[:5])


def _is_own(given: list[str], own: str, width: int) -> bool:
    """Whether one of the codes is the edition's own, in so many digits."""
    return bool(own) and any(code.zfill(width) == own[:width] for code in given)


def _has_six(code: str) -> bool:
    return len(code) == 6


def _checks(code: str) -> bool:
    return check_digit(code[:5]) == int(code[5])
