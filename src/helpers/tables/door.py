"""The first door: what indicator rows must be to be saved, whoever computed them (design 4).

Here stand the numbers of the disclosure rules, which all that hides and all that refuses asks
for; an edition may make them stricter (``disclosure`` in ``edition.yml``). The door holds every
row against them, against its scale, its printed form, its interval and its names, and each whole
against its groups. A fault is one sentence with the row's key; twenty of a kind are named.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from pydantic import Field

from helpers.configuration import Part
from helpers.labels import label
from helpers.problems import InputError, Message, Problem
from helpers.rounding import decimals_of, number, printed, round_half_up
from helpers.tables.schemas import KEY

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    Mask = npt.NDArray[np.bool_]

HIDDEN = "x"
"""What is printed in the place of a hidden number."""


class Disclosure(Part):
    """Which numbers about few people are hidden; a city may be stricter, never laxer."""

    smallest_base: int = Field(default=10, ge=10, description="a row about fewer people is hidden")
    smallest_cell: int = Field(default=3, ge=3, description="an answer of fewer people is hidden")
    caution_base: int = Field(
        default=30, ge=30, description="below, a number is for reference (参考値)"
    )


RULES = Disclosure()  # where the edition asks for nothing stricter

_ROW = ("city", "fiscal_year", *KEY, "definition")
_PEOPLE = ["city", "fiscal_year", "indicator", "breakdown", "group", "definition"]
_SHOWN = 20
_DUST = 1e-9

# What people are asked has a smallest and a largest value; an attainment may be 124 %.
_SCALES = {"%": (0.0, 100.0), "ポイント": (-100.0, 100.0), "位": (1.0, float("inf"))}
_PERCENT = ("%", "％")
_ROLES = ("positive", "neutral", "negative")
_SHARES = ("share_", "score_share", "sample_", "register_")

NO_BASE = Message(
    "「{key}」に n（答えた人の数）がありません。回答データから求めた数値には要ります",
    remedy="indicator_row に n= を足してください",
    en="“{key}” has no n, which a number from answers needs. → give indicator_row its n=",
)
SMALL_BASE = Message(
    "「{key}」は {n} 人の答えから求めた数値で、伏せられていません",
    "{smallest} 人以上、または伏せた行（表示 x、flag suppressed）",
    "区分をまとめるか、行を伏せてください",
    en="“{key}” rests on {n} people and is not hidden; {smallest} are needed. → merge the group "
    "with its neighbour, or hide the row (printed x, flag suppressed)",
)
SMALL_CELL = Message(
    "「{key}」は n={n} のうち {smallest} 人に満たない回答（または残りの人）を示します",
    "0 人か {smallest} 人以上、または伏せた行（表示 x、flag suppressed）",
    "区分や選択肢をまとめるか、行を伏せてください",
    en="“{key}” shows an answer (or a rest) of fewer than {smallest} of n={n} people. → merge "
    "groups or answers, or hide the row (printed x, flag suppressed)",
)
HIDDEN_TOLD = Message(
    "「{key}」は伏せた行（suppressed）なのに数値が残っています",
    "表示 x と、空の値・n・区間",
    en="“{key}” is hidden (suppressed) and still has numbers. → printed x; no value, n or interval",
)
HALF_HIDDEN = Message(
    "「{key}」は、ある定義（{hidden}）では伏せてあり、別の定義（{shown}）では見えます",
    remedy="どの定義でも伏せてください",
    en="“{key}” is hidden in one definition ({hidden}) and shown in another ({shown}). → hide it "
    "in all",
)
OFF_SCALE = Message(
    "「{key}」の値 {found} は、取り得る範囲の外です",
    "{low} から {high} まで（単位: {unit}）",
    "計算と単位を確かめてください",
    en="the value {found} of “{key}” is out of what is possible: {low} to {high} ({unit}). → look "
    "at the formula and the unit",
)
NOT_AS_PRINTED = Message(
    "「{key}」の表示「{found}」は、値 {value} を四捨五入したものではありません",
    "「{expected}」",
    en="what “{key}” prints, “{found}”, is not its value {value} rounded half up: “{expected}”",
)
OUT_OF_INTERVAL = Message(
    "「{key}」の値 {value} が、区間 {low}〜{high} の外にあります",
    en="the value {value} of “{key}” lies outside its interval {low} to {high}",
)
WHOLE_OUTSIDE = Message(
    "「{key}」の値 {value} が、{breakdown} の区分の値 {low}〜{high} の外にあります",
    remedy="区分が全体を覆うなら、全体は最も低い区分と最も高い区分の間になります。母数と重みを"
    "確かめてください",
    en="the value {value} of “{key}” is outside those of its groups by {breakdown}, {low} to "
    "{high}, which cover it. → look at bases and weights",
)
TWICE = Message(
    "「{key}」（定義: {definition}）の行が2つあり、{column} が「{one}」と「{other}」です",
    remedy="1つにしてください（まったく同じ行は1つと数えます）",
    en="“{key}” (definition: {definition}) is there twice, with “{one}” and “{other}” as "
    "{column}. → leave one (equal rows count once)",
)
NO_WORDS = Message(
    "「{key}」の {part}「{name}」を表す言葉がありません",
    remedy="edition.yml の labels に {name}: {{ja: …, en: …}} を足すか、名前の誤りを直してください",
    en="no words for the {part} “{name}” of “{key}”. → add it to labels in edition.yml, or mend "
    "the name",
)


def one_of_each(rows: "pd.DataFrame", where: str) -> "pd.DataFrame":
    """The rows with equal ones taken as one; two sources that say the same are one, the first.

    Raises:
        InputError: two rows of one key and definition differ: every such key.
    """
    twice = rows.duplicated(list(_ROW), keep=False)
    if not twice.any():
        return rows.reset_index(drop=True)
    said = [column for column in rows.columns if column != "source"]
    once = rows.drop_duplicates(said, ignore_index=True)
    left = once[once.duplicated(list(_ROW), keep=False)]
    _raise(_differing(left, where))
    return once


def _differing(rows: "pd.DataFrame", where: str) -> Iterator[Problem]:
    for _, pair in rows.groupby(list(_ROW), sort=False):
        one, other = pair.iloc[0], pair.iloc[1]
        column = next(c for c in pair.columns if not _same(one[c], other[c]))
        words = {"definition": one["definition"], "column": column}
        yield TWICE.at(
            where, key=key_of(one), one=_word(one[column]), other=_word(other[column]), **words
        )


def _same(one: object, other: object) -> bool:
    return one == other or {str(one), str(other)} == {"nan"}


def admitted(
    rows: "pd.DataFrame",
    where: str,
    rules: Disclosure = RULES,
    own: Mapping[str, object] | None = None,
    scales: Mapping[str, tuple[float, float]] | None = None,
) -> "pd.DataFrame":
    """The rows if nothing is wrong with them, equal ones once.

    Args:
        rows: indicator rows that fit their schema.
        where: the file that they are to stand in.
        rules: what is hidden.
        own: the edition's own words by identifier, besides those that all editions have; None
            where no description is at hand, and names cannot be held against it.
        scales: indicator → its smallest and largest possible value, where it is a score.

    Raises:
        InputError: every row that may not be saved, one sentence a kind.
    """
    once = one_of_each(rows, where)
    found = list(disclosing(once, where, rules))
    found += [
        *_off_scale(once, where, scales or {}),
        *_ill_printed(once, where),
        *_wholes(once, where),
    ]
    if own is not None:
        found += _nameless(once, where, own)
    _raise(found)
    return once


def _raise(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise InputError(found)


def disclosing(
    rows: "pd.DataFrame", where: str, rules: Disclosure = RULES, most: int | None = _SHOWN
) -> Iterator[Problem]:
    """Rows from answers that tell of too few people: what ``check`` names of the history, too.

    Args:
        rows: indicator rows.
        where: the file that they stand in.
        rules: what is too few.
        most: how many of a kind to name; None for all.
    """
    import pandas as pd

    micro = (rows["basis"] == "microdata").to_numpy()
    # What is computed from answers tells of people, too: a base says that there are some.
    # What follows from a document's numbers tells no more of people than the document does.
    place = pd.MultiIndex.from_frame(rows[_PEOPLE])
    told = place.isin(place[(rows["basis"] == "published").to_numpy()])
    people = micro | (((rows["basis"] == "derived") & rows["n"].notna()).to_numpy() & ~told)
    hidden = (rows["flag"] == "suppressed").to_numpy()
    left = rows[["value", "n", "low", "high"]].notna().any(axis=1) | (rows["printed"] != HIDDEN)
    yield from _named(rows, hidden & left.to_numpy(), where, HIDDEN_TOLD, None, most)
    shown = people & ~hidden
    n = rows["n"].to_numpy(dtype=float)
    yield from _named(rows, micro & shown & rows["n"].isna().to_numpy(), where, NO_BASE, None, most)
    few = shown & (n < rules.smallest_base)
    cells = shown & ~few & _small_cells(rows, rules.smallest_cell)
    for which, message, least in (
        (few, SMALL_BASE, rules.smallest_base),
        (cells, SMALL_CELL, rules.smallest_cell),
    ):
        yield from _named(rows, which, where, message, partial(_base, least), most)
    yield from _half_hidden(rows[micro], where)


def _small_cells(rows: "pd.DataFrame", smallest: int) -> "Mask":
    """Shares of fewer than ``smallest`` people, or of all but so few; nobody may be shown.

    Where people are weighted a share does not tell how many they are: there the unweighted row
    of the same key says it, if there is one.
    """
    n, value = rows["n"].to_numpy(dtype=float), rows["value"].to_numpy(dtype=float)
    same = ["city", "fiscal_year", *KEY]
    counted = rows["definition"] == "unweighted"
    twin = counted.groupby([rows[name] for name in same], sort=False).transform("any")
    share = (rows["unit"].isin(_PERCENT) & ~((rows["definition"] == "weighted") & twin)).to_numpy()
    step = [decimals_of(text) for text in rows["printed"]]  # a whole percentage is no count
    blur = n * [0.5 * 10.0**-d for d in step] / 100
    count = value * n / 100
    least = smallest - 0.5
    one = (count > 0.5) & (count < least) & (blur < 1)
    rest = (n - count > 0.5) & (n - count < least) & (blur < 1)
    found: Mask = share & (one | rest)
    return found


def _half_hidden(rows: "pd.DataFrame", where: str) -> Iterator[Problem]:
    """What is hidden in one definition is hidden in all: they are the same people."""
    people = rows[rows["source"] != "pooled"]
    dark = people["flag"] == "suppressed"
    if not dark.any():
        return
    keys = ["city", "fiscal_year", *KEY]
    both = people.assign(dark=dark).groupby(keys, sort=False)["dark"].transform("nunique") > 1
    for _, pair in people[both].groupby(keys, sort=False):
        dark_of = pair["flag"] == "suppressed"
        named = {
            "hidden": pair.loc[dark_of, "definition"].iloc[0],
            "shown": pair.loc[~dark_of, "definition"].iloc[0],
        }
        yield HALF_HIDDEN.at(where, key=key_of(pair.iloc[0]), **named)


def _off_scale(
    rows: "pd.DataFrame", where: str, scales: Mapping[str, tuple[float, float]]
) -> Iterator[Problem]:
    """Values that their unit, or what they are a share of, does not allow."""
    import numpy as np

    low, high = np.full(len(rows), -np.inf), np.full(len(rows), np.inf)
    change = rows["indicator"].str.endswith("_change")
    asked = (rows["basis"] == "microdata") | rows["category"].isin(_ROLES)
    asked |= rows["indicator"].str.startswith(_SHARES) | (rows["indicator"] == "modified_nps")
    for unit, ends in _SCALES.items():
        of_unit = (
            rows["unit"].isin(_PERCENT if unit == "%" else (unit,))
            & ~change
            & (asked | (unit == "位"))
        )
        low[of_unit], high[of_unit] = ends
    for name, ends in scales.items():
        scored = (rows["indicator"] == name) & (rows["unit"] != "%") & ~change
        low[scored], high[scored] = ends
    value = rows["value"].to_numpy(dtype=float)
    outside = (value < low - _DUST) | (value > high + _DUST)
    at = {index: place for place, index in enumerate(rows.index)}
    yield from _named(
        rows,
        outside,
        where,
        OFF_SCALE,
        lambda r: {
            "found": _word(r["value"]),
            "low": _word(float(low[at[r.name]])),
            "high": _word(float(high[at[r.name]])),
            "unit": r["unit"],
        },
    )


def _ill_printed(rows: "pd.DataFrame", where: str) -> Iterator[Problem]:
    """Printed texts that are not the value rounded, and values outside their interval."""
    value = rows["value"].to_numpy(dtype=float)
    low, high = (rows[end].to_numpy(dtype=float) for end in ("low", "high"))
    slack = _DUST * (1 + abs(value))
    outside = (value < low - slack) | (value > high + slack)
    yield from _named(rows, outside, where, OUT_OF_INTERVAL, _ends)
    known = rows["value"].notna() & (rows["printed"] != HIDDEN)
    number = rows["printed"].map(_is_number).astype(bool)  # of a document's own: not 20万6千
    known &= (rows["basis"] != "published") | number
    wrong = [
        has and not _rounds_to(one, text)
        for text, one, has in zip(rows["printed"], value, known, strict=True)
    ]
    yield from _named(
        rows,
        wrong,
        where,
        NOT_AS_PRINTED,
        lambda r: {
            "found": r["printed"],
            "value": _word(r["value"]),
            "expected": printed(float(r["value"]), decimals_of(str(r["printed"]))),
        },
    )


def _is_number(text: str) -> bool:
    try:
        number(text)
    except ValueError:
        return False
    return True


def _rounds_to(value: float, text: str) -> bool:
    return _is_number(text) and round_half_up(value, decimals_of(text)) == number(text)


def _wholes(rows: "pd.DataFrame", where: str) -> Iterator[Problem]:
    """Wholes outside the range of groups that cover them (the bases add up to the whole's)."""
    means = rows[rows["unit"].isin([*_PERCENT, "点", "ポイント"]) & rows["n"].notna()]
    means = means[~means["indicator"].str.endswith("_change")]
    same = ["city", "fiscal_year", "indicator", "category", "definition", "basis", "unit"]
    parts = means[means["breakdown"] != "total"]
    if parts.empty or len(parts) == len(means):
        return
    ranges = parts.groupby([*same, "breakdown"], sort=False).agg(
        n_groups=("n", "sum"), least=("value", "min"), most=("value", "max")
    )
    wholes = means[means["breakdown"] == "total"].set_index(same)[["value", "n", "printed"]]
    both = ranges.reset_index("breakdown").join(wholes, how="inner")
    covered = both[both["n_groups"] == both["n"]]
    step = [0.5 * 10.0 ** -decimals_of(text) + _DUST for text in covered["printed"]]
    outside = (covered["value"] < covered["least"] - step) | (
        covered["value"] > covered["most"] + step
    )
    for index, row in covered[outside].head(_SHOWN).iterrows():
        told = dict(zip(same, index, strict=True))
        key = ".".join(x for x in (told["indicator"], "total.total", told["category"]) if x)
        ends = {"low": _word(row["least"]), "high": _word(row["most"])}
        told = {"key": key, "value": _word(row["value"]), "breakdown": row["breakdown"]}
        yield WHOLE_OUTSIDE.at(where, **told, **ends)


def _nameless(rows: "pd.DataFrame", where: str, own: Mapping[str, object]) -> Iterator[Problem]:
    """Names that nobody has described; what is written in Japanese is words already."""
    words = {key: str(key) for key in own}
    for part in ("indicator", "breakdown", "group"):
        for name in rows[part].unique():
            if name.isascii() and not _has_words(name, words):
                row = rows[rows[part] == name].iloc[0]
                yield NO_WORDS.at(where, key=key_of(row), part=part, name=name)


def _has_words(name: str, own: Mapping[str, str]) -> bool:
    try:
        label(name, "ja", own)
    except KeyError:
        return False
    return True


def key_of(row: "Mapping[str, object] | pd.Series") -> str:
    """The key that names a number in notebooks, Word fields and claims."""
    return ".".join(str(row[part]) for part in KEY if row[part] != "")


def _named(
    rows: "pd.DataFrame",
    which: "Mask | list[bool]",
    where: str,
    message: Message,
    words: "Callable[[pd.Series], Mapping[str, object]] | None" = None,
    most: int | None = _SHOWN,
) -> Iterator[Problem]:
    """One sentence a row, of the first ones."""
    if True not in which:
        return  # almost always; taking no rows out of a table costs as much as taking some
    found = rows[which]
    for _, row in found.head(len(found) if most is None else most).iterrows():
        yield message.at(where, key=key_of(row), **(words(row) if words else {}))


def _base(smallest: int, row: "pd.Series") -> dict[str, object]:
    return {"n": _word(row["n"]), "smallest": smallest}


def _ends(row: "pd.Series") -> dict[str, object]:
    return {name: _word(row[name]) for name in ("value", "low", "high")}


def _word(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def as_published(rows: "pd.DataFrame") -> "pd.DataFrame":
    """The rows with no digit that their printed form does not have, where people answered.

    A share to fifteen digits gives back who answered what, even where it is weighted; a chart
    drawn from it does, too, by the length of its bars. What is computed from other numbers is
    computed before this (differences, titles).
    """
    out = rows.copy()
    micro = (rows["basis"] == "microdata").to_numpy()
    decimals = [decimals_of(text) for text in rows.loc[micro, "printed"]]
    for name in ("value", "low", "high"):
        out.loc[micro, name] = [
            one if math.isnan(one) else float(round_half_up(one, digits))
            for one, digits in zip(rows.loc[micro, name], decimals, strict=True)
        ]
    return out
