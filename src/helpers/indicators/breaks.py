"""Breaks in the series of a survey: from a year on, a question is counted in another way.

A share of 74 % that counts 1 and 2 as positive and one of 24 % that counts 1 alone are two
numbers, not a fall. The later one carries the flag ``series_break``: charts leave a gap before
it, and no difference is taken across it.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from helpers.edition import Edition, editions
from helpers.edition.description import Answered, Described, Formula
from helpers.problems import InputError
from helpers.reading.codebook import Codebook, Question, open_codebook

if TYPE_CHECKING:  # slow to import: ``check`` compares codebooks without it
    import pandas as pd

FLAG = "series_break"
ANSWERS, SHARES, SCORE = "answers", "shares", "score"
PRINTED = "printed"
"""Beside the others: printed numbers of the question, too, are of another definition."""
WHOLE = "whole"
"""The mean over the items of a battery, where the items are others."""
SUMS = ("mgap", "mgap_unrounded")
"""Indicators made of the three questions of mGAP together."""

Parts = Mapping[str, Collection[str]]
"""Question → which of its numbers are counted otherwise: single answers, shares, mean score."""


def counted_otherwise(now: Codebook, before: Codebook) -> dict[str, set[str]]:
    """The questions of both years that are counted in another way than before, and what of them.

    Another scale, or other answers, change every number of a question.
    """
    found = {}
    for name, question in now.questions.items():
        if old := before.questions.get(name):
            ways = [_counted(one) for one in (question, old)]
            parts = {part for part, way in ways[0].items() if way != ways[1][part]}
            if question.points and {*question.items} != {*old.items}:
                parts.add(WHOLE)
            if parts:
                found[name] = {ANSWERS, SHARES, SCORE} if ANSWERS in parts else parts
    return found


def _counted(question: Question) -> dict[str, object]:
    good, bad = sorted(question.positive), sorted(question.negative)
    return {
        ANSWERS: (question.scale, question.valid),
        SHARES: (good, bad),
        SCORE: question.points,
    }


def described_otherwise(now: Described, before: Described) -> dict[str, set[str]]:
    """What both years describe, but not in the same way: every number of it breaks its series."""
    found = {}
    for name, one, old in _both(now, before):
        if one != old:
            found[name] = {ANSWERS, SHARES, SCORE, PRINTED}
    return found


def _both(now: Described, before: Described) -> Iterator[tuple[str, object, object]]:
    """What of each name decides its numbers, now and before; the words of a name do not."""
    for name, question in now.questions.items():
        if old := before.questions.get(name):
            yield name, (*_ways(question), question.answers), (*_ways(old), old.answers)
    for name, formula in now.formulas.items():
        if then := before.formulas.get(name):
            yield name, _of_formula(formula), _of_formula(then)
    for battery in now.batteries.values():
        for name, ask in battery.asks.items():
            if found := before.ask(name):
                yield name, _ways(ask), _ways(found[1])


def _of_formula(one: Formula) -> tuple[object, ...]:
    return one.questions, one.value, one.total


def other_items(now: Described, before: Described) -> dict[str, set[str]]:
    """What is asked of a list of items that has changed: its whole is of other items."""
    found: dict[str, set[str]] = {}
    for name, battery in now.batteries.items():
        then = before.batteries.get(name)
        if then and {*then.items} != {*battery.items}:
            found |= {ask: {WHOLE, PRINTED} for ask in battery.asks}
    return found


def _ways(one: Answered) -> tuple[object, ...]:
    options = {key: (option.role, option.points) for key, option in one.options.items()}
    return options, one.scale, one.base


def breaks(edition: Edition) -> dict[int, Parts]:
    """Fiscal year → the questions that are counted otherwise from that year on.

    Each year's own codebook and description say how it counted; a year without one is passed
    over.
    """
    years = sorted(y for city, y in editions() if city == edition.city)
    found: dict[int, Parts] = _of_codebooks(edition, years)
    if edition.questions or edition.batteries or edition.formulas:
        same = [year for year in years if year <= edition.fiscal_year]
        told = {year: described for year in same if (described := _edition(edition, year))}
        for (_, before), (year, now) in pairwise(told.items()):
            changed = {**other_items(now, before), **described_otherwise(now, before)}
            if changed:
                found[year] = {**found.get(year, {}), **changed}
    return found


def _edition(edition: Edition, year: int) -> Edition | None:
    try:
        same = year == edition.fiscal_year
        return edition if same else Edition.open(edition.city, year)
    except InputError:
        return None


def _of_codebooks(edition: Edition, years: list[int]) -> dict[int, Parts]:
    books = [(year, _codebook(edition, year)) for year in years if year <= edition.fiscal_year]
    known = [(year, book) for year, book in books if book]
    found: dict[int, Parts] = {}
    for (_, before), (year, now) in pairwise(known):
        if changed := counted_otherwise(now, before):
            found[year] = changed
    return found


def _codebook(edition: Edition, year: int) -> Codebook | None:
    try:
        same = year == edition.fiscal_year
        return open_codebook(edition if same else Edition.open(edition.city, year))
    except InputError:
        return None


def marked(rows: "pd.DataFrame", by_year: Mapping[int, Parts]) -> "pd.DataFrame":
    """Indicator rows, flagged where their question is counted otherwise from their year on.

    What is hidden stays hidden; a small base is still seen by its n.
    """
    if not by_year:
        return rows
    import pandas as pd

    columns = (rows[name] for name in ("indicator", "category", "breakdown", "fiscal_year"))
    about = [
        _about(str(indicator), str(category), str(breakdown), by_year.get(int(year), {}))
        for indicator, category, breakdown, year in zip(*columns, strict=True)
    ]
    printed = [
        PRINTED in by_year.get(int(year), {}).get(str(indicator), ())
        for indicator, year in zip(rows["indicator"], rows["fiscal_year"], strict=True)
    ]
    told = rows["flag"].isin(["suppressed", "rounded_inputs"]) | (rows["basis"] != "microdata")
    told &= ~pd.Series(printed, rows.index, dtype=bool) | (rows["flag"] == "suppressed")
    broken = pd.Series(about, rows.index, dtype=bool) & ~told
    return rows.assign(flag=rows["flag"].mask(broken, FLAG))


def _about(indicator: str, category: str, breakdown: str, changed: Parts) -> bool:
    """Whether a row's number follows from what is counted otherwise."""
    if indicator in changed:
        if WHOLE in changed[indicator] and breakdown == "total":
            return True
        single = ANSWERS if category.isdecimal() else SCORE if category == SCORE else SHARES
        return single in changed[indicator]
    from helpers.indicators.mgap import QUESTIONS

    if indicator in SUMS:
        return any(ANSWERS in changed.get(question, ()) for question in QUESTIONS)
    return ANSWERS in changed.get(category.partition(".")[0], ())
