"""City codes (全国地方公共団体コード): five or six digits, and the zero that Excel takes off."""

import unicodedata


def check_digit(five: str) -> int:
    """The sixth digit of a code: 11 minus the weighted sum, its last digit."""
    total = sum(int(digit) * weight for digit, weight in zip(five, range(6, 1, -1), strict=True))
    return (11 - total % 11) % 10


def restore(texts: list[str]) -> list[str | None]:
    """The codes of a column, with the zeros that were lost; None where it is no code.

    Whether 11002 is five digits, or 011002 without its zero, is seen from the whole column.
    """
    plain = [unicodedata.normalize("NFKC", text).strip() for text in texts]
    digits = [text if text.isdigit() and 4 <= len(text) <= 6 else None for text in plain]
    width = 6 if any(code and _has_six(code) for code in digits) else 5
    if width == 5 and (given := [code for code in digits if code]):
        lost = [len(code) == 5 and _checks("0" + code) for code in given]
        width = 6 if all(lost) else 5
    return [code.zfill(width) if code and len(code) >= width - 1 else None for code in digits]


def _has_six(code: str) -> bool:
    return len(code) == 6


def _checks(code: str) -> bool:
    return check_digit(code[:5]) == int(code[5])
