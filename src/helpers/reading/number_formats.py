"""What Excel shows for a number: per cent, thousands left off, units, eras and fiscal years.

A cell holds 0.67 and shows 67.0 %; what was meant is what its maker saw. Only formats that change
what a number states are followed: colours, brackets and decimals alone change nothing.
"""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

BUILT_IN = {9: "0%", 10: "0.00%"}
"""Formats that have a number and no text in the file, of those that matter here."""

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|(General|G/標準)|(.)', re.S | re.I)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_CURRENCY = re.compile(r"\$([^-]*)")
_DATE_SIGNS = tuple("yegmdhsab")
_SIGNS = "▲△-−－"
_SILENT = re.compile(r"[\s()（）¥￥\\$+]")
_ERA_STARTS = (
    (dt.date(2019, 5, 1), "令和", "R", 2019),
    (dt.date(1989, 1, 8), "平成", "H", 1989),
    (dt.date(1926, 12, 25), "昭和", "S", 1926),
    (dt.date(1912, 7, 30), "大正", "T", 1912),
)
_ORIGIN = dt.date(1899, 12, 30)


@dataclass(frozen=True)
class _Section:
    """One of the up to four parts of a format: for positive, negative, zero, text."""

    before: str = ""  # text before the digits
    after: str = ""
    digits: bool = False
    percent: int = 0  # how many % signs
    thousands: int = 0  # how many thousands are left off, three digits each
    decimals: int = 0
    date: tuple[str, ...] = ()  # the tokens of a date: yyyy, e, ggg, m and texts in quotes
    condition: tuple[str, float] | None = None

    @property
    def tells(self) -> bool:
        """Whether the cell shows something else than its number."""
        words = _SILENT.sub("", self.before + self.after)
        return bool(self.percent or self.thousands or words or self.year_only)

    @property
    def year_only(self) -> bool:
        """A date of which only the year is shown."""
        kinds = {token[0].lower() for token in self.date if token[:1] != '"'}
        return bool(kinds) and kinds <= {"y", "e", "g"}


@cache
def tells(code: str) -> bool:
    """Whether a number format can change what a number states."""
    return any(section.tells for section in _sections(code))


def shown(value: object, code: str) -> str | None:
    """The text that a number or a date states in its format; None where it is the value's own.

    Args:
        value: as stored: 0.67, 207400, a date.
        code: the format: ``0.0%``, ``#,##0,``, ``yyyy"年度"``, ``[$-411]ggge"年"``.
    """
    sections = _sections(code)
    if isinstance(value, dt.datetime | dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
        return _year(day, sections[0]) if sections[0].year_only else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    exact = Decimal(f"{value:.15g}")
    section = _chosen(sections, exact)
    if section.year_only:
        return _year(_ORIGIN + dt.timedelta(days=int(exact)), section)
    if not section.tells or section.date:
        return None
    return _number(exact, section)


def _number(exact: Decimal, section: _Section) -> str | None:
    if not section.digits:  # the format shows a text alone: 「秘匿」 for a number; 0 stays 0
        return section.before if exact and section.before.strip(_SIGNS + " ") else None
    before = _SILENT.sub("", section.before)
    negative = exact < 0
    if before and before[0] in _SIGNS:  # 5 that is shown as ▲5
        before, negative = before[1:], True
    size = abs(exact) * 100**section.percent / 1000**section.thousands
    if section.percent or section.thousands:
        size = size.quantize(Decimal(1).scaleb(-section.decimals), ROUND_HALF_UP)
    after = _SILENT.sub("", section.after)
    return f"{before}{'-' if negative and size else ''}{size:f}{after}"


def _year(day: dt.date, section: _Section) -> str:
    _, kanji, letter, first = next((e for e in _ERA_STARTS if day >= e[0]), _ERA_STARTS[-1])
    words = {"g": letter, "gg": kanji[0], "ggg": kanji, "yy": f"{day.year % 100:02d}"}
    parts = []
    for token in section.date:
        low = token.lower()
        if token[:1] == '"':
            parts.append(token[1:])
        elif low.startswith("e"):
            parts.append(str(day.year - first + 1))
        else:
            parts.append(words.get(low, str(day.year)))
    return "".join(parts)


def _chosen(sections: list[_Section], exact: Decimal) -> _Section:
    if any(section.condition for section in sections):
        fitting = (s for s in sections if not s.condition or _holds(exact, s.condition))
        return next(fitting, sections[0])
    at = 1 if exact < 0 else 2 if exact == 0 else 0
    return sections[at] if at < len(sections) else sections[0]


def _holds(exact: Decimal, condition: tuple[str, float]) -> bool:
    sign, limit = condition
    number = float(exact)
    return {
        "<": number < limit,
        "<=": number <= limit,
        ">": number > limit,
        ">=": number >= limit,
        "=": number == limit,
        "<>": number != limit,
    }[sign]


@cache
def _sections(code: str) -> list[_Section]:
    parts: list[list[tuple[str, str]]] = [[]]
    for quoted, escaped, bracket, general, plain in _TOKEN.findall(code):
        if plain == ";":
            parts.append([])
        elif general:
            parts[-1].append(("digit", "0"))
        elif match := _CONDITION.fullmatch(bracket):
            parts[-1].append(("condition", bracket))
        elif bracket:
            match = _CURRENCY.match(bracket)
            parts[-1].append(("text", match[1] if match else ""))
        elif plain:
            parts[-1].append(("plain", plain))
        elif quoted or escaped:
            parts[-1].append(("text", quoted or escaped))
    return [_section(tokens) for tokens in parts[:4]]


def _section(tokens: list[tuple[str, str]]) -> _Section:
    if any(kind == "plain" and text.lower() in _DATE_SIGNS for kind, text in tokens):
        return _Section(date=tuple(_date(tokens)), condition=_condition(tokens))
    number = "".join(text for kind, text in tokens if _is_digit(kind, text))
    texts = [
        (i, text)
        for i, (kind, text) in enumerate(tokens)
        if kind in ("text", "plain") and not _is_digit(kind, text) and text != "%"
    ]
    first = next((i for i, token in enumerate(tokens) if _is_digit(*token)), len(tokens))
    whole, _, fraction = number.partition(".")
    return _Section(
        before="".join(text for i, text in texts if i < first),
        after="".join(text for i, text in texts if i > first),
        digits=bool(number.strip(".,")),
        percent=sum(token == ("plain", "%") for token in tokens),
        # Commas behind the last digit leave thousands off; those between digits only group.
        thousands=max(len(part) - len(part.rstrip(",")) for part in (whole, fraction)),
        decimals=sum(sign in "0#?" for sign in fraction),
        condition=_condition(tokens),
    )


def _is_digit(kind: str, text: str) -> bool:
    return kind == "digit" or (kind == "plain" and text in "0#?.,")


def _condition(tokens: list[tuple[str, str]]) -> tuple[str, float] | None:
    found = next((text for kind, text in tokens if kind == "condition"), "")
    match = _CONDITION.fullmatch(found)
    return (match[1], float(match[2])) if match else None


def _date(tokens: list[tuple[str, str]]) -> list[str]:
    """yyyy, ggg, e, m …, and what stands between them, marked with a quote."""
    parts: list[str] = []
    for kind, text in tokens:
        sign = kind == "plain" and text.lower() in _DATE_SIGNS
        if sign and parts and parts[-1][0].lower() == text.lower():
            parts[-1] += text
        elif text and kind != "condition":
            parts.append(text if sign else f'"{text}')
    return parts
