"""The numbers of a figure as a reader's table: as printed, with unit, interval and remark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from helpers.rounding import decimals_of, printed

# The columns of a figure's CSV (``helpers.figures.rows.table``), as its Japanese edition has them.
YEAR, INDICATOR, GROUP, CATEGORY = "年度", "指標", "区分", "項目"
VALUE, PRINTED, UNIT, N = "値", "表示", "単位", "n"
LOW, HIGH, FLAG, KEY = "下限", "上限", "注記", "キー"
HEADS = {
    YEAR: "Year",
    INDICATOR: "Indicator",
    GROUP: "Group",
    CATEGORY: "Category",
    "数値": "Number",
    N: "n",
    "95％信頼区間": "95% interval",
    FLAG: "Remark",
}
REMARKS = {
    "": ("", ""),
    "small_base": ("参考値（nが小さい）", "Small base: for reference"),
    "suppressed": ("秘匿", "Suppressed"),
    "series_break": ("前の年とつながらない", "Break in the series"),
    "rounded_inputs": ("丸めた数値から計算", "From rounded numbers"),
}


@dataclass(frozen=True)
class ReaderTable:
    """A table in words.

    Attributes:
        heads: names of the columns that hold anything.
        rows: the cells, texts.
        numeric: which columns are set flush right.
        keys: the key of each row, by which Word fields and claims name its number.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    keys: tuple[str, ...]


def reader_table(rows: Sequence[Mapping[str, str]], lang: str = "ja") -> ReaderTable:
    """A figure's data without what nobody reads: no digit beyond the printed ones.

    Args:
        rows: the figure's numbers as text (``Figure.rows``).
        lang: language of heads and remarks; names in the cells stay as they are.
    """
    lines = [_line(row, lang) for row in rows]
    kept = [i for i in range(len(HEADS)) if any(line[i] for line in lines)]
    heads = list(HEADS) if lang == "ja" else list(HEADS.values())
    right = {list(HEADS).index(name) for name in (YEAR, "数値", N, "95％信頼区間")}
    return ReaderTable(
        tuple(heads[i] for i in kept),
        tuple(tuple(line[i] for i in kept) for line in lines),
        tuple(i in right for i in kept),
        tuple(row[KEY] for row in rows),
    )


def _line(row: Mapping[str, str], lang: str) -> Sequence[str]:
    """One row's cells in the order of ``HEADS``."""
    known = REMARKS.get(row[FLAG])
    remark = known[lang == "en"] if known else row[FLAG]
    number = row[PRINTED] + (unit(row[UNIT]) if row[VALUE] else "")
    names = (row[YEAR], row[INDICATOR], row[GROUP], row[CATEGORY])
    return (*names, number, count(row[N]), interval(row), remark)


def unit(text: str) -> str:
    """The unit as it is printed behind a number."""
    return "％" if text == "%" else text


def count(text: str) -> str:
    """A number of respondents: ``1398.0`` → ``1,398``."""
    return f"{round(float(text)):,}" if text else ""


def interval(row: Mapping[str, str]) -> str:
    """The interval with as many decimals as the number beside it: ``71.2〜76.1``."""
    if not (row[LOW] and row[HIGH]):
        return ""
    decimals = decimals_of(row[PRINTED])
    return "〜".join(printed(float(row[end]), decimals) for end in (LOW, HIGH))
