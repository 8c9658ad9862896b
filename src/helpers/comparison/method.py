"""What two editions say differently about how their numbers were made."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from helpers.comparison.change import Row
from helpers.comparison.side import Side
from helpers.edition import Edition
from helpers.edition.description import Asked
from helpers.problems import InputError
from helpers.reading.codebook import Codebook, open_codebook
from helpers.survey import interval

_ASKED = ("text", "scale", "answers", "positive", "negative", "points", "sources")


def method_changes(before: Side, after: Side) -> list[tuple[str, str, str]]:
    """What, how it was, how it is: intervals, notes of sources, questions, classes and samples."""
    ways = interval_of_shares(before.rows), interval_of_shares(after.rows)
    found = [("割合の95％区間", *ways)] if all(ways) and ways[0] != ways[1] else []
    if before.edition is None or after.edition is None:
        return found
    found += _notes(before.edition, after.edition)
    found += _described(before.edition, after.edition)
    books = _codebook(before.edition), _codebook(after.edition)
    if books[0] and books[1]:
        found += _books(books[0], books[1])
    return found


def interval_of_shares(rows: Iterable[Row]) -> str:
    """Which interval the shares of a survey were published with: what their own numbers say.

    Of a plain count the interval follows from share and base, so that its ends tell it, to the
    digits that are printed.

    Returns:
        「Wilson」, 「Korn–Graubard」; empty where there are no such shares, or both fit as well.
    """
    shares = [
        row
        for row in rows
        if row["basis"] == "microdata"
        and row["definition"] == "unweighted"
        and row["unit"] == "%"
        and 0 < row["value"] < 100
        and not math.isnan(row["low"] + row["high"] + row["n"])
    ]
    if not shares:
        return ""
    value, n = (np.array([row[name] for row in shares]) for name in ("value", "n"))
    ends = np.array([(row["low"], row["high"]) for row in shares]).T
    share = value / 100
    deviation = np.sqrt(share * (1 - share) / (n - 1))
    ways = {
        "Wilson": interval.wilson(share, n - 1),
        "Korn–Graubard": interval.korn_graubard(share, deviation, n, n - 1, most=n),
    }
    misses = {
        name: float(np.abs(100 * np.array(found) - ends).mean()) for name, found in ways.items()
    }
    best, other = sorted(misses, key=lambda name: misses[name])
    return best if misses[best] < 0.5 * misses[other] else ""


def _notes(before: Edition, after: Edition) -> Iterator[tuple[str, str, str]]:
    for name in before.sources.keys() & after.sources.keys():
        notes = before.sources[name].note, after.sources[name].note
        if notes[0] != notes[1]:
            yield (f"出典 {name} の注", *notes)


def _described(before: Edition, after: Edition) -> Iterator[tuple[str, str, str]]:
    """Lists that are others now: the options of a question, the items of a battery, groups."""
    parts: list[tuple[str, Any, Any, str]] = [
        ("設問", before.questions, after.questions, "options"),
        ("一括設問", before.batteries, after.batteries, "items"),
        ("区分", before.breakdowns, after.breakdowns, "groups"),
    ]
    for kind, old, new, field in parts:
        for name in dict.fromkeys([*old, *new]):
            if (name in old) != (name in new):
                there = ("あり", "なし") if name in old else ("なし", "あり")
                yield (f"{kind} {name}", there[0], there[1])
                continue
            lists = [getattr(one[name], field) for one in (old, new)]
            gone, more = ([x for x in a if x not in b] for a, b in (lists, lists[::-1]))
            if gone or more:
                texts = ("、".join(gone) or "なし", "、".join(more) or "なし")
                yield (f"{kind} {name} の {field}（なくなったもの / 増えたもの）", *texts)
            elif kind == "設問" and _roles(old[name]) != _roles(new[name]):
                said = [", ".join(f"{k}: {v}" for k, v in _roles(o[name])) for o in (old, new)]
                yield (f"{kind} {name} の role", said[0], said[1])
        for name in [n for n in old if n in new and kind == "設問"]:
            if old[name].base != new[name].base:
                yield (f"{kind} {name} の base", str(old[name].base), str(new[name].base))
    for name in [n for n in before.formulas if n in after.formulas]:
        values = before.formulas[name].value, after.formulas[name].value
        if values[0] != values[1]:
            yield (f"指数 {name} の式", *values)


def _roles(question: Asked) -> list[tuple[str, str]]:
    return [(name, option.role) for name, option in question.options.items()]


def _codebook(edition: Edition) -> Codebook | None:
    try:
        return open_codebook(edition) if (edition.places.raw / "codebook.yml").exists() else None
    except InputError:
        return None


def _books(before: Codebook, after: Codebook) -> Iterator[tuple[str, str, str]]:
    parts: list[tuple[str, Any, Any, tuple[str, ...]]] = [
        ("設問", before.questions, after.questions, _ASKED),
        ("区分", before.groups, after.groups, ("weighting",)),
        ("調査", before.sources, after.sources, ("sample", "strata")),
    ]
    for kind, old, new, fields in parts:
        for name in dict.fromkeys([*old, *new]):
            if (name in old) != (name in new):
                words = ("あり", "なし") if name in old else ("なし", "あり")
                yield (f"{kind} {name}", *words)
                continue
            for field in fields:
                values = getattr(old[name], field), getattr(new[name], field)
                if values[0] != values[1]:
                    yield (f"{kind} {name} の {field}", str(values[0]), str(values[1]))
            if kind == "区分" and list(old[name].classes) != list(new[name].classes):
                first, second = ("、".join(group[name].classes) for group in (old, new))
                yield (f"{kind} {name} の classes", first, second)
