"""Claims in words: what a number is said to be the share of, and how things are said to go."""

from helpers.audit.case import Case
from helpers.audit.claim import STATUSES
from helpers.audit.evidence import Evidence, Number
from helpers.audit.verdict import (
    FALSE,
    MISLEADING,
    TRUE,
    UNKNOWN,
    Judgement,
    agrees,
)
from helpers.audit.writing import joined, with_unit
from helpers.labels import LABELS
from helpers.problems import Said

# What an indicator is, where a report may easily describe it as something else.
MEANINGS = {
    "daytime_population_index": Said(
        "常住人口100人に対する昼間人口（市外から来る人も数える）",
        "daytime population per 100 residents, people coming in included",
    ),
    "mgap": Said(
        "意欲の差し引きに人口を掛けた量（人数でも割合でもない）",
        "net intent times population: neither persons nor a share",
    ),
}


def judge_description(case: Case) -> Judgement:
    """A number described as another one: false where that other one differs."""
    number, key = case.newest(case.claim.what[0]), case.claim.described
    if number is None:
        return case.missing(case.claim.what[0])
    others = [
        series[number.year]
        for definition in case.evidence.definitions([key])
        if number.year in (series := case.evidence.series(key, definition))
    ]
    if not others:
        return case.missing(key)
    claimed = case.claim.quantity
    bare = claimed.__class__(claimed.number, claimed.step, "", claimed.about)
    fits = [agrees(other.interval, other.value, bare) for other in others]
    said = joined([case.naming.full(number), *(case.naming.full(other) for other in others)])
    if FALSE not in fits:
        return Judgement(TRUE, said)
    return Judgement(FALSE, said, _meaning(case, number, others[0]))


def _meaning(case: Case, number: Number, other: Number) -> Said:
    indicator = number.key.partition(".")[0]
    what = MEANINGS.get(indicator, case.naming.key(number.key))
    name, shown = case.naming.key(number.key), with_unit(number.printed, number.unit)
    instead, value = case.naming.key(other.key), case.naming.number(other)
    by = case.naming.definition(other.definition)
    return Said(
        f"{name.ja} {shown.ja}は「{what.ja}」。{instead.ja}は{value.ja}（{by.ja}）",
        f"{name.en} {shown.en} is the {what.en}; {instead.en}: {value.en} ({by.en})",
    )


def judge_status(case: Case) -> Judgement:
    """``順調``: what the indicators' targets say of each (methods 4).

    One that is level neither bears the word out nor speaks against it.
    """
    found: list[tuple[str, Said]] = []
    for key in case.claim.what:
        stem = ".".join(key.split(".")[1:3])  # kpi.page_views
        year = case.claim.year or case.year
        status = status_of(case.evidence, f"kpi_status.{stem}", year)
        if status is None:
            return case.missing(key)
        progress = case.evidence.series(f"kpi_progress.{stem}", "").get(year)
        name, word = case.naming.key(key), LABELS[status]
        shown = with_unit(progress.printed, progress.unit) if progress else Said("", "")
        rate = Said(f"（進捗率 {shown.ja}）", f" (progress {shown.en})") if progress else shown
        found.append(
            (status, Said(f"{name.ja}: {word[0]}{rate.ja}", f"{name.en}: {word[1]}{rate.en}"))
        )
    said = joined([words for _, words in found])
    held = [status for status, _ in found if status in case.claim.statuses]
    rest = [words for status, words in found if status not in (*case.claim.statuses, "level")]
    if not held:
        neutral = not rest and "on_pace" in case.claim.statuses
        return Judgement(UNKNOWN if neutral else FALSE, said, said)
    if not rest:
        return Judgement(TRUE, said)
    others, claimed = joined(rest), case.claim.claimed
    ja, en = f"「{claimed}」とはいえないもの: {others.ja}", f"not “{claimed}”: {others.en}"
    return Judgement(MISLEADING, said, Said(ja, en))


def status_of(evidence: Evidence, key: str, year: int) -> str | None:
    """The id of a status that is printed in words."""
    number = evidence.all_definitions(key).get("", {}).get(year)
    words = {LABELS[name][0]: name for ids in STATUSES.values() for name in ids}
    return words.get(number.printed) if number else None
