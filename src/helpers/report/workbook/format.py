"""How cells of the workbook look."""

import re
from functools import cache

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from helpers import palette
from helpers.rounding import MINUS, round_half_up

FONT = "BIZ UDPゴシック"  # on every Japanese Windows; elsewhere Excel takes its own


def book_options() -> dict[str, object]:
    """A new dict each time: xlsxwriter writes into it.

    No text becomes a formula, a link or a number because of how it begins.
    """
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT, "font_size": 10},
    }


@cache
def number_format(printed: str, value: float = -1.0) -> str:
    """Excel's format that shows a number with the decimals of its printed form.

    Thousands have commas, and the minus is the one that the report prints: none before a zero.

    Args:
        printed: a printed number with as many decimals.
        value: the number itself, which may be so small that it shows as zero.
    """
    match = re.search(r"\.(\d+)$", printed)
    decimals = len(match[1]) if match else 0
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    sign = f'"{MINUS}"' if round_half_up(value, decimals) else ""
    return f"{digits};{sign}{digits}"


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._numbers: dict[str, Format] = {}
        plain = {"font_name": FONT, "font_size": 10, "valign": "top"}
        self._plain = plain
        self.text = book.add_format(plain)
        self.wrapped = book.add_format(plain | {"text_wrap": True})
        self.title = book.add_format(plain | {"bold": True, "font_size": 14})
        self.section = book.add_format(plain | {"bold": True, "font_size": 11})
        self.warning = book.add_format(plain | {"bold": True, "font_color": palette.NEGATIVE})
        link = plain | {"font_color": palette.POSITIVE, "underline": 1}
        self.link = book.add_format(link)
        self.link_wrapped = book.add_format(link | {"text_wrap": True})
        head = plain | {"bold": True, "bg_color": palette.GRID, "bottom": 1}
        self.head = book.add_format(head)
        self.head_wrapped = book.add_format(head | {"text_wrap": True})
        self.head_right_wrapped = book.add_format(head | {"align": "right", "text_wrap": True})
        self.head_right = book.add_format(head | {"align": "right"})
        self.right = book.add_format(plain | {"align": "right"})
        self.year = book.add_format(plain | {"num_format": "0", "align": "left"})

    def number(self, printed: str, value: float, mark: str = "") -> Format:
        """For a number that shows as many decimals as a printed form, a mark behind it."""
        # Only what is close to zero can show as one: the rest shares a format.
        code = number_format(printed, value if -1 < value < 0 else -1.0)
        if mark:
            code = ";".join(f'{part}"{mark}"' for part in code.split(";"))
        if code not in self._numbers:
            look = {"bg_color": palette.GRID} if mark else {}
            self._numbers[code] = self._book.add_format(self._plain | look | {"num_format": code})
        return self._numbers[code]
