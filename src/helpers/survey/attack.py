"""The attack on a printed table: what can a reader infer about the rows that are hidden?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from helpers.survey.calibration import FloatArray

Group = tuple[str, str]
Nested = Mapping[Group, Sequence[Group]]
Sum = tuple[Group, list[Group]]
TOTAL: Group = ("total", "total")
PRECISE = 1e-6


def attack(
    counts: pd.DataFrame, hidden: Collection[Group], nested: Nested | None = None
) -> pd.DataFrame:
    """Compute what a reader can infer about hidden rows: the audit test.

    The strongest reader: knows every printed count exactly (shares to 0.1 % give them away),
    that counts are not negative, and that groups add up to totals. Two linear programmes a
    hidden number: its smallest and its largest possible value.

    Args:
        counts: columns breakdown, group, category, n; with the row total.total for each
            category. Breakdowns must be complete: persons of unknown class are a group too.
        hidden: groups whose rows are not printed.
        nested: parent group -> the groups it is the sum of.

    Returns:
        Frame breakdown, group, category ("" = the base), n (the truth), low, high.

    Raises:
        ValueError: the counts themselves do not add up, or a category of a group is missing.
    """
    table = counts.pivot(index=["breakdown", "group"], columns="category", values="n")
    if table.isna().to_numpy().any():
        raise ValueError("every group needs a count for every category, 0 included")
    numbers = table.to_numpy(dtype=float)
    true = {(str(b), str(g)): row for (b, g), row in zip(table.index, numbers, strict=True)}
    known = sums(true, nested or {})
    for whole, parts in known:
        if np.any(np.abs(true[whole] - sum(true[key] for key in parts)) > PRECISE):
            raise ValueError(f"{whole}: its groups do not add up; add the unknown as a group")
    dark = [key for key in true if key in set(hidden)]
    rows: list[tuple[str, str, str, float, float, float]] = []
    width = len(table.columns)
    matrix, right = _equations(true, known, dark)
    for i, key in enumerate(dark):
        goals = {str(c): [i * width + j] for j, c in enumerate(table.columns)}
        for category, cells in {**goals, "": list(range(i * width, (i + 1) * width))}.items():
            truth = float(true[key].sum()) if category == "" else float(true[key][cells[0] % width])
            rows.append((*key, category, truth, *_range(cells, matrix, right)))
    return pd.DataFrame(rows, columns=["breakdown", "group", "category", "n", "low", "high"])


def exposed(
    n: Mapping[Group, int], known: Sequence[Sum], hidden: Collection[Group], minimum: int
) -> list[Group]:
    """Return the hidden groups whose base the attack narrows to fewer than `minimum` values.

    Persons of unknown class who are no group are taken to be known to the reader.
    """
    true = {key: np.array([float(base)]) for key, base in n.items()}
    dark = [key for key in n if key in hidden]
    matrix, right = _equations(true, known, dark)
    ranges = [_range([i], matrix, right) for i in range(len(dark))]
    return [
        key for key, (low, high) in zip(dark, ranges, strict=True) if high - low < minimum - PRECISE
    ]


def sums(groups: Iterable[Group], nested: Nested) -> list[Sum]:
    """List every sum a reader can form, as (whole, parts): breakdowns to the total, and nested."""
    keys = list(groups)
    breakdowns = dict.fromkeys(b for b, _ in keys if b != TOTAL[0])
    found = [(TOTAL, [key for key in keys if key[0] == b]) for b in breakdowns]
    found += [(whole, list(parts)) for whole, parts in nested.items()]
    return [(whole, parts) for whole, parts in found if {whole, *parts} <= set(keys)]


def _equations(
    true: Mapping[Group, FloatArray], known: Sequence[Sum], dark: Sequence[Group]
) -> tuple[FloatArray, FloatArray]:
    """Write the sums as linear equations in the hidden cells: (e, cells) and (e,)."""
    if not dark:
        return np.zeros((0, 0)), np.zeros(0)
    width = len(true[dark[0]])
    at = {key: i * width for i, key in enumerate(dark)}
    rows = [np.zeros(len(dark) * width)]
    for whole, parts in known:
        signed = [(whole, -1.0), *((key, 1.0) for key in parts)]
        for j in range(width):
            row = np.zeros(len(dark) * width)
            for key, sign in signed:
                if key in at:
                    row[at[key] + j] += sign
            if row.any():
                rows.append(row)
    matrix = np.stack(rows)
    return matrix, matrix @ np.concatenate([true[key] for key in dark])


def _range(cells: Sequence[int], matrix: FloatArray, right: FloatArray) -> tuple[float, float]:
    """Return the smallest and the largest possible sum of some hidden cells."""
    from scipy.optimize import linprog  # a second to import, for hidden rows alone

    goal = np.zeros(matrix.shape[1])
    goal[list(cells)] = 1.0
    low = linprog(goal, A_eq=matrix, b_eq=right)
    high = linprog(-goal, A_eq=matrix, b_eq=right)
    unbounded = high.status == 3
    if low.status != 0 or (high.status != 0 and not unbounded):
        raise ArithmeticError(f"linear programme: {low.message} {high.message}")
    return float(low.fun), np.inf if unbounded else float(-high.fun)
