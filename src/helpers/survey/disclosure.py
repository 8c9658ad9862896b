"""Which groups may be printed, and proof that the hidden ones cannot be computed back.

Hiding a group hides its whole row: base, shares, net, interval and bar, in every table, chart
and file of the edition (methods 5). Merging thin groups beforehand is better than hiding them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from helpers.survey.attack import TOTAL, Group, Nested, Sum, exposed, sums

HIDE_BELOW = 10  # base under which a row is hidden; also what hidden rows must have together
CAUTION_BELOW = 30  # base under which a row is 参考値


def hide(
    bases: pd.DataFrame,
    *,
    minimum: int = HIDE_BELOW,
    caution: int = CAUTION_BELOW,
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
