"""Addresses of cells as Excel writes them; openpyxl has them too, at half a second of import."""

import re


def column_letters(number: int) -> str:
    """1 → ``A``, 27 → ``AA``."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """``A`` → 1, ``AA`` → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def split_address(address: str) -> tuple[str, int]:
    """``$B$7`` → ``("B", 7)``.

    Raises:
        ValueError: it is no address of a cell.
    """
    match = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d+)", address)
    if not match:
        raise ValueError(f"{address} is no address of a cell")
    return match[1].upper(), int(match[2])
