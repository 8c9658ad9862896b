"""The audit: every claim and every printed table of an edition, held against its numbers."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from helpers.audit.case import Case
from helpers.audit.changes import judge_change
from helpers.audit.claim import CHANGES, FILE, Claim, read_claims
from helpers.audit.evidence import Evidence
from helpers.audit.finding import Audit, Finding
from helpers.audit.history import published_rows
from helpers.audit.naming import Naming
from helpers.audit.numbers import (
    judge_difference,
    judge_order,
    judge_series,
    judge_share,
    judge_value,
)
from helpers.audit.tables import table_findings
from helpers.audit.trend_words import judge_trend
from helpers.audit.verdict import (
    FALSE,
    MISLEADING,
    NOTHING,
    ROUNDING,
    TRUE,
    UNKNOWN,
    Judgement,
    all_of,
)
from helpers.audit.wordings import judge_description, judge_status
from helpers.edition import Edition
from helpers.problems import Message, Problems, Said, near
from helpers.years import parse_year

if TYPE_CHECKING:
    import pandas as pd

_JUDGES: Mapping[str, Callable[[Case], Judgement]] = {
    **dict.fromkeys(CHANGES, judge_change),
    "trend": judge_trend,
    "series": judge_series,
    "share_of": judge_share,
    "difference": judge_difference,
    "order": judge_order,
    "described_as": judge_description,
    "status": judge_status,
}
BAD_AGAINST = Message(
    "against「{found}」は previous、baseline、年度、指標のキーのどれでもありません",
    remedy="{near}",
    en="against “{found}” is neither previous, baseline, a year nor a key. → {near}",
)

BAD_DEFINITION = Message(
    "定義「{found}」の数値はありません",
    remedy="{near}",
    en="there is no number by the definition “{found}”. → {near}",
)


def audit(edition: Edition, indicators: "pd.DataFrame", history: "pd.DataFrame") -> Audit:
    """Judge every claim of ``claims.yml`` and every printed table.

    Args:
        edition: whose claims are judged.
        indicators: its indicator rows.
        history: rows of earlier editions of the city; may hold this edition's again.

    Raises:
        InputError: ``claims.yml`` cannot be read, or names an indicator that is not there.
    """
    rows = [*indicators.to_dict("records"), *history.to_dict("records")]
    return audit_rows(edition, [{str(name): row[name] for name in row} for row in rows])


def audit_published(edition: Edition) -> Audit:
    """Judge an edition by the indicators of its last complete run and of earlier editions.

    Raises:
        InputError: as ``audit``; or there are no indicators yet.
    """
    return audit_rows(edition, published_rows(edition))


def audit_rows(edition: Edition, rows: Iterable[Mapping[str, Any]]) -> Audit:
    """The same on rows as they come from a CSV file or a frame, the edition's own first."""
    evidence, naming = Evidence(rows), Naming(edition)
    claims = read_claims(edition)
    _check(claims, edition, evidence)
    findings = [finding_of(claim, edition, evidence, naming) for claim in claims]
    return Audit(edition, (*findings, *table_findings(edition, evidence, naming)))


def _check(claims: list[Claim], edition: Edition, evidence: Evidence) -> None:
    """A key with a slip must not read as missing data."""
    problems, path = Problems(), edition.places.raw / FILE
    for index, claim in enumerate(claims):
        where = f"{path} claims.{index}"
        if not claim.needs:
            for key in filter(None, (*claim.what, claim.described)):
                if key not in evidence:
                    problems.note(evidence.unknown(key, where))
            known = [d for key in claim.what for d in evidence.all_definitions(key)]
            for definition in claim.definition:
                if known and definition not in known:
                    words = {"found": definition, "near": near(definition, known)}
                    problems.note(BAD_DEFINITION.at(where, **words))
        if claim.against not in ("previous", "baseline") and claim.against not in evidence:
            try:
                parse_year(claim.against)
            except ValueError:
                words = {"found": claim.against, "near": near(claim.against, evidence.keys)}
                problems.note(BAD_AGAINST.at(where, **words))
    problems.stop_if_any()


def finding_of(claim: Claim, edition: Edition, evidence: Evidence, naming: Naming) -> Finding:
    """One claim judged."""
    judged = _judged(claim, edition, evidence, naming)
    if judged.verdict == UNKNOWN and claim.needs:
        judged = Judgement(UNKNOWN, Said(claim.needs.ja, claim.needs.en))
    notes = (Said(claim.note.ja, claim.note.en),) if claim.note else ()
    return Finding(
        Said(claim.sentence, claim.sentence),
        claim.claimed,
        claim.kind,
        judged.verdict,
        judged.said,
        judged.right,
        (*judged.remarks, *notes),
        tuple(filter(None, (*claim.what, claim.described))),
        claim.page,
    )


def _judged(claim: Claim, edition: Edition, evidence: Evidence, naming: Naming) -> Judgement:
    """The claim under each definition of its series that it may mean."""
    definitions = claim.definition or evidence.definitions(claim.what)
    judge = _JUDGES.get(claim.kind, judge_value)
    found = {
        definition: judge(Case(claim, definition, edition.fiscal_year, evidence, naming))
        for definition in definitions
    }
    known = {name: each for name, each in found.items() if each.verdict != UNKNOWN}
    if not known:
        return all_of(list(found.values()) or [Judgement(UNKNOWN)])
    if not claim.definition:
        known = _first(known, claim, evidence)
    verdicts = {each.verdict for each in known.values()}
    if FALSE in verdicts and verdicts & {TRUE, ROUNDING}:
        return _by_definition(known, naming)
    return all_of(list(known.values()))


def _first(found: dict[str, Judgement], claim: Claim, evidence: Evidence) -> dict[str, Judgement]:
    """The city's published method comes before other estimates from the same answers.

    Series of other sources stay: a register may well contradict the number of a table.
    """
    if "city_method" not in found:
        rest = {name: each for name, each in found.items() if name != "weighted"}
        return rest or found
    estimated = ("microdata", "derived")
    return {
        name: each
        for name, each in found.items()
        if name == "city_method"
        or any(
            number.basis not in estimated
            for key in claim.what
            for number in evidence.series(key, name).values()
        )
    }


def _by_definition(found: Mapping[str, Judgement], naming: Naming) -> Judgement:
    """True only under some of the definitions: the sentence must say which it means."""
    words = {TRUE: ("合う", "fits"), ROUNDING: ("合う", "fits")}
    parts = []
    for name, each in found.items():
        by, fits = naming.definition(name), words.get(each.verdict, ("合わない", "does not fit"))
        parts.append(
            Said(f"{by.ja}では{fits[0]}: {each.said.ja}", f"{by.en} {fits[1]}: {each.said.en}")
        )
    said = Said("。".join(p.ja for p in parts), ". ".join(p.en for p in parts))
    good = [naming.definition(n) for n, e in found.items() if e.verdict in words]
    right = Said(
        f"どの数値かを書き添える（合うのは {'、'.join(g.ja for g in good)}）",
        f"say which series is meant (it fits {', '.join(g.en for g in good)})",
    )
    remarks = tuple(dict.fromkeys(r for each in found.values() for r in each.remarks))
    return Judgement(MISLEADING, said, right, remarks or ()) if good else Judgement(FALSE, NOTHING)
