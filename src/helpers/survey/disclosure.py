"""What of a survey may be printed: groups merged, answers by roles, groups hidden (methods 5).

Few people are protected in this order, so that as much as possible can still be told: a class is
merged with its neighbour where classes have an order; a question's single answers give way to
their roles in a breakdown; the group is hidden whole, and with it the next smallest, as long as
subtraction from the totals narrows something hidden down to fewer than three values. The pattern
is one for all measures and definitions, and what earlier years merged or hid stays so. The attack
(``helpers.survey.attack``) proves it on what is published.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from helpers.survey.attack import TOTAL, Group, Nested, Sum, exposed, sums
from helpers.survey.calibration import FloatArray
from helpers.tables import RULES, Disclosure

UNKNOWN = "unknown"  # people of unknown class: never printed, but part of the sums
_RANGE = re.compile(r"under_\d+|\d+-\d+|\d+\+")

Key = tuple[str, str]
Cells = dict[tuple[str, Key], tuple[int, int]]  # group and share → people who said so, and base


@dataclass(frozen=True, eq=False)
class Part:
    """Who gave an answer: one share that is printed.

    Attributes:
        key: indicator and category.
        question: what was asked; the parts of one question and kind exclude one another.
        single: one answer of the form, which its question's roles (positive, …) sum up.
        values: (n,) 1 who said so, 0 who answered otherwise, NaN who did not answer.
        grouped: printed for groups too, not of all alone.
    """

    key: Key
    question: str
    single: bool
    values: FloatArray
    grouped: bool = True


@dataclass(frozen=True)
class Before:
    """What earlier years hid or merged.

    Attributes:
        hidden: groups of which nothing was printed.
        groups: groups that were printed.
        roles: (indicator, breakdown) of which only roles were printed.
    """

    hidden: frozenset[Group] = frozenset()
    groups: frozenset[Group] = frozenset()
    roles: frozenset[Key] = frozenset()

    @classmethod
    def of(cls, years: Iterable[Before]) -> Before:
        """What any of the years did."""
        found = list(years)
        return cls(
            frozenset(key for year in found for key in year.hidden),
            frozenset(key for year in found for key in year.groups),
            frozenset(key for year in found for key in year.roles),
        )


@dataclass(frozen=True, eq=False)
class Protection:
    """The one pattern of an edition.

    Attributes:
        frame: the respondents, their classes merged where few answered.
        flags: breakdown, group, n, flag, reason, as ``hide`` gives them.
        merged: the groups that stand for several classes: group → its classes.
        roles: (question, breakdown) of which only roles are printed.
        singles: (indicator, category) of single answers that roles sum up.
        nowhere: (indicator, category) printed for no group, nor for all.
    """

    frame: pd.DataFrame
    flags: pd.DataFrame
    merged: Mapping[Group, tuple[str, ...]] = field(default_factory=dict)
    roles: frozenset[Key] = frozenset()
    singles: frozenset[Key] = frozenset()
    nowhere: frozenset[Key] = frozenset()

    @property
    def hidden(self) -> set[Group]:
        """The groups of which nothing is printed."""
        return hidden_groups(self.flags)

    def hides(self, indicator: str, breakdown: str, category: str) -> bool:
        """Whether an answer is printed for no group of a breakdown."""
        key = (indicator, category)
        single = key in self.singles and (indicator, breakdown) in self.roles
        return single or key in self.nowhere


def protect(
    frame: pd.DataFrame,
    parts: Sequence[Part],
    breakdowns: Sequence[str],
    *,
    ladders: Mapping[str, Sequence[str]] | None = None,
    merging: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    rules: Disclosure = RULES,
    before: Before | None = None,
) -> Protection:
    """Decide what is merged, told by roles only, or hidden.

    Args:
        frame: the respondents with their classes.
        parts: the shares that are printed, on the same rows.
        breakdowns: columns of ``frame``.
        ladders: the classes of a breakdown in their order, where they have one.
        merging: breakdown → name of a merged class → its classes, tried first.
        rules: what is too small.
        before: what earlier years did.
    """
    before, merging = before or Before(), merging or {}
    whole = _cells(pd.Series("total", frame.index), parts)
    nowhere = frozenset(_nowhere(parts, whole, rules))
    told = [part for part in parts if part.grouped and part.key not in nowhere]
    roles = [part for part in told if not part.single]
    out = frame.copy()
    merged: dict[Group, tuple[str, ...]] = {}
    for name in breakdowns:
        ladder = (ladders or {}).get(name, ())
        runs = _runs(out[name], roles, name, ladder, merging.get(name, {}), rules, before)
        merged |= {(name, title): tuple(run) for title, run in runs.items() if len(run) > 1}
        if any(len(run) > 1 for run in runs.values()):
            into = {c: title for title, run in runs.items() for c in run}
            out[name] = pd.Categorical(out[name].astype(object).map(into), list(runs))
    counted = {name: _cells(out[name], told) for name in breakdowns}
    flags = _flags(out, counted, whole, roles, rules, before)
    dark = hidden_groups(flags)
    singly = {part.question for part in told if part.single}
    by_roles = frozenset(
        (question, name)
        for name in breakdowns
        for question in singly
        if (question, name) in before.roles
        or _tells_singles(question, name, counted[name], whole, told, dark, rules)
    )
    summed = frozenset(
        part.key for part in told if part.single and not any(_equal(part, role) for role in roles)
    )
    return Protection(out, flags, merged, by_roles, summed, nowhere)


def _equal(part: Part, role: Part) -> bool:
    """Whether a role is one answer only: then hiding the answer hides nothing."""
    same = role.question == part.question
    return same and bool(np.array_equal(part.values, role.values, equal_nan=True))


def hidden_groups(flags: pd.DataFrame) -> set[Group]:
    """The groups of which nothing is printed, from ``hide``."""
    dark = flags[flags["flag"] == "suppressed"]
    return set(zip(dark["breakdown"], dark["group"], strict=True))


def ordered(classes: Sequence[str]) -> bool:
    """Whether the names of classes are ranges (``under_1``, ``1-5``, ``70+``), in their order."""
    return len(classes) > 1 and all(_RANGE.fullmatch(name) for name in classes)


def _runs(
    column: pd.Series,
    parts: Sequence[Part],
    name: str,
    ladder: Sequence[str],
    merging: Mapping[str, Sequence[str]],
    rules: Disclosure,
    before: Before,
) -> dict[str, list[str]]:
    """The groups in which the classes of a breakdown are printed: group → its classes."""
    titles = {tuple(run): title for title, run in merging.items()}
    runs = [[c] for c in ladder]

    def title(run: Sequence[str]) -> str:
        if len(run) == 1:
            return run[0]
        return titles.get(tuple(run), f"{run[0]}_to_{run[-1]}")

    for size in range(2, len(ladder)):  # what was merged before stays merged
        for start in range(len(ladder) - size + 1):
            run = list(ladder[start : start + size])
            if (name, title(run)) in before.groups:
                runs = [r for r in runs if not set(r) & set(run)] + [run]
    runs.sort(key=lambda run: ladder.index(run[0]))
    while len(runs) > 2:
        groups = column.astype(object).map({c: title(run) for run in runs for c in run})
        cells = _cells(groups, parts)
        small = set(_small(cells, rules, parts))
        at = [
            i
            for i, run in enumerate(runs)
            if title(run) in small or (len(run) == 1 and (name, run[0]) in before.hidden)
        ]
        if not at:
            break
        base = [_base(cells, title(run)) for run in runs]
        first = min(at, key=lambda i: base[i])
        beside = [i for i in (first - 1, first + 1) if 0 <= i < len(runs)]
        described = [
            i for i in beside if any({*runs[first], *runs[i]} <= set(run) for run in titles)
        ]
        other = min(described or beside, key=lambda i: base[i])
        low, high = sorted((first, other))
        runs[low : high + 1] = [runs[low] + runs[high]]
    return {title(run): run for run in runs}


def _cells(groups: pd.Series, parts: Sequence[Part]) -> Cells:
    """People who gave each answer, and who answered the question, in every group."""
    names = groups.astype(object).where(groups.notna(), UNKNOWN)
    codes, found = pd.factorize(names)
    out: Cells = {}
    for part in parts:
        answered = ~np.isnan(part.values)
        n = np.bincount(codes[answered], minlength=len(found))
        k = np.bincount(codes[answered], weights=part.values[answered], minlength=len(found))
        for i, group in enumerate(found):
            out[str(group), part.key] = round(float(k[i])), int(n[i])
    return out


def _base(cells: Cells, group: str) -> int:
    return min((n for (g, _), (_, n) in cells.items() if g == group), default=0)


def _small(cells: Cells, rules: Disclosure, parts: Sequence[Part]) -> Iterator[str]:
    """Groups of which one of the parts tells of too few people: of them, or of all others."""
    keys = {part.key for part in parts}
    for (group, key), (k, n) in cells.items():
        small = n < rules.smallest_base or few(k, rules) or few(n - k, rules)
        if small and group != UNKNOWN and key in keys:
            yield group


def few(people: int, rules: Disclosure) -> bool:
    """Whether they are too few to be told of; nobody is nobody."""
    return 0 < people < rules.smallest_cell


def _flags(
    frame: pd.DataFrame,
    counted: Mapping[str, Cells],
    whole: Cells,
    roles: Sequence[Part],
    rules: Disclosure,
    before: Before,
) -> pd.DataFrame:
    """Which groups are hidden: too small themselves, or computed back from the totals."""
    bases = [("total", "total", _base(whole, "total"))]
    also = set(before.hidden)
    for name, cells in counted.items():
        found = dict.fromkeys(group for group, _ in cells)
        order = frame[name].cat.categories if hasattr(frame[name], "cat") else sorted(found)
        known = [str(g) for g in order if str(g) in found] + [g for g in found if g == UNKNOWN]
        bases += [(name, group, _base(cells, group)) for group in known]
        also |= {(name, group) for group in _small(cells, rules, roles)}
    table = pd.DataFrame(bases, columns=["breakdown", "group", "n"])
    unprinted = [(name, UNKNOWN) for name in counted]
    base, caution = rules.smallest_base, rules.caution_base
    while True:
        flags = hide(table, minimum=base, caution=caution, also=also, unprinted=unprinted)
        more = _bare_roles(flags, counted, whole, roles, rules)
        if more is None:
            return _reasons(flags, counted, roles, rules)
        also.add(more)


def _reasons(
    flags: pd.DataFrame, counted: Mapping[str, Cells], roles: Sequence[Part], rules: Disclosure
) -> pd.DataFrame:
    """Primary is what is too small itself; what protects it is secondary."""
    small = {(name, g) for name, cells in counted.items() for g in _small(cells, rules, roles)}
    keys = list(zip(flags["breakdown"], flags["group"], strict=True))
    dark = flags["flag"] == "suppressed"
    reason = ["primary" if key in small else "secondary" for key in keys]
    return flags.assign(reason=pd.Series(reason, flags.index).where(dark, ""))


def _bare_roles(
    flags: pd.DataFrame,
    counted: Mapping[str, Cells],
    whole: Cells,
    roles: Sequence[Part],
    rules: Disclosure,
) -> Group | None:
    """The next group to hide: a role that total − groups leaves too few people for."""
    for name, cells in counted.items():
        of = flags[flags["breakdown"] == name]
        dark = set(of.loc[of["flag"] == "suppressed", "group"])
        shown = of[(of["flag"] != "suppressed") & (of["group"] != UNKNOWN)]
        if len(shown) and dark and any(_bare(r.key, dark, cells, whole, rules) for r in roles):
            return name, str(shown.loc[shown["n"].idxmin(), "group"])
    return None


def _bare(key: Key, dark: Collection[str], cells: Cells, whole: Cells, rules: Disclosure) -> bool:
    """Whether fewer are left than a cell must have, for those who said so or for the rest."""
    k, n = (sum(cells.get((g, key), (0, 0))[i] for g in {*dark, UNKNOWN}) for i in (0, 1))
    k_all, n_all = whole["total", key]
    least = rules.smallest_cell
    return (k < least <= k_all) or (n - k < least <= n_all - k_all)


def _tells_singles(
    question: str,
    name: str,
    cells: Cells,
    whole: Cells,
    parts: Sequence[Part],
    dark: Collection[Group],
    rules: Disclosure,
) -> bool:
    """Whether a question's single answers would tell of few people in a breakdown."""
    roles = [part for part in parts if not part.single]
    own = [part for part in parts if part.single and part.question == question]
    own = [part for part in own if not any(_equal(part, role) for role in roles)]
    hidden = {group for breakdown, group in dark if breakdown == name}
    if set(_small(cells, rules, own)) - hidden:
        return True
    return bool(hidden) and any(_bare(part.key, hidden, cells, whole, rules) for part in own)


def _nowhere(parts: Sequence[Part], whole: Cells, rules: Disclosure) -> Iterator[Key]:
    """Answers that too few of all gave, each with others until enough are hidden together."""
    for question in dict.fromkeys(part.question for part in parts):
        own = [part for part in parts if part.question == question]
        roles = [part for part in own if not part.single]
        dark = _enough({part.key: whole["total", part.key][0] for part in roles}, rules)
        yield from dark
        families: dict[Key | None, dict[Key, int]] = {}
        for part in own:
            if part.single:
                said = part.values == 1
                above = (r.key for r in roles if said.any() and (r.values[said] == 1).all())
                family = families.setdefault(next(above, None), {})
                family[part.key] = whole["total", part.key][0]
        for role, family in families.items():
            yield from family if role in dark else _enough(family, rules)


def _enough(counts: Mapping[Key, int], rules: Disclosure) -> set[Key]:
    """The small ones of answers that sum up to a known number, and what hides their sum."""
    dark = {key for key, k in counts.items() if few(k, rules)}
    rest = sorted(counts.keys() - dark, key=lambda key: (counts[key], key))
    while (
        dark and rest and (len(dark) < 2 or sum(counts[key] for key in dark) < rules.smallest_cell)
    ):
        dark.add(rest.pop(0))
    return dark


def hide(
    bases: pd.DataFrame,
    *,
    minimum: int = RULES.smallest_base,
    caution: int = RULES.caution_base,
    nested: Nested | None = None,
    also: Collection[Group] = (),
    unprinted: Collection[Group] = (),
) -> pd.DataFrame:
    """Decide for each group whether it is printed, printed with caution, or hidden.

    Hidden: bases under `minimum`, 0 included (primary). Then, as long as the attack narrows some
    hidden base down to fewer than `minimum` values, the smallest printed row of the shortest sum
    it stands in (secondary): so every sum a reader can form (total = groups, parent = children)
    has no hidden row, or two or more with `minimum` respondents together. A breakdown whose rows
    are all hidden can be protected no further: leave it out altogether.

    Args:
        bases: columns breakdown, group, n (or n_min: `Estimates.frame` fits), with the row
            total.total; several rows of a group (measures, questions) count by their smallest
            base, so the pattern is the same for all of them.
        minimum: bases below are hidden.
        caution: bases below are flagged.
        nested: parent group -> the groups it is the sum of, e.g. 18-29 -> 18-19, 20-29; the sum
            of each breakdown to the total is always assumed.
        also: groups that are hidden elsewhere (another year, another table).
        unprinted: groups of `bases` that are printed nowhere and need no protection, such as
            people of unknown class: nobody knows who they are, and they blur the sums.

    Returns:
        Frame breakdown, group, n, flag ("", "small_base", "suppressed"), reason ("", "primary",
        "secondary"), in the order of first appearance.

    Raises:
        ValueError: no row total.total, without which no sum could be checked.
    """
    column = "n_min" if "n_min" in bases else "n"
    smallest = bases.groupby(["breakdown", "group"], sort=False)[column].min().reset_index()
    n = {(str(r[0]), str(r[1])): int(r[2]) for r in smallest.itertuples(index=False, name=None)}
    if TOTAL not in n:
        raise ValueError("bases must hold the row total.total: readers subtract from it")
    blurred = set(unprinted) & n.keys()
    primary = {key for key, base in n.items() if base < minimum} | (set(also) & n.keys())
    primary = (set(n) if TOTAL in primary else primary) - blurred
    known = sums(n, nested or {})
    hidden = set(primary)
    while more := _more(n, known, hidden, minimum):
        hidden.add(more)
    rows = []
    for key, base in n.items():
        reason = "primary" if key in primary else "secondary" if key in hidden else ""
        flag = "suppressed" if reason else "small_base" if base < caution else ""
        rows.append((*key, base, "" if key in blurred else flag, reason))
    return pd.DataFrame(rows, columns=["breakdown", "group", "n", "flag", "reason"])


def _more(
    n: Mapping[Group, int], known: Sequence[Sum], hidden: Collection[Group], minimum: int
) -> Group | None:
    """Return the row to hide next, None when nothing is exposed or nothing is left to hide."""
    bare = set(exposed(n, known, hidden, minimum))
    tables = [[whole, *parts] for whole, parts in known if bare & {whole, *parts}]
    for table in sorted(tables, key=len):
        shown = [key for key in table if key not in hidden and key != TOTAL]
        if shown:
            return min(shown, key=lambda key: n[key])
    return None
