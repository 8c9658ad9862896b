"""Claims judged without files: the real rows of an edition, or rows made for one test."""

from functools import cache

from helpers.audit.auditing import finding_of
from helpers.audit.claim import Claim, read_claims
from helpers.audit.history import published_rows
from helpers.edition import Edition
from helpers.sentences.evidence import Evidence
from helpers.sentences.naming import Naming

SEEDS = {"nishitokyo": 2025, "isehara": 2024}
EDITIONS = {**SEEDS, "mihon": 2025}
PLAIN = {
    "breakdown": "total",
    "group": "total",
    "category": "",
    "unit": "人",
    "n": "",
    "low": "",
    "high": "",
    "basis": "published",
    "definition": "",
    "flag": "",
}


@cache
def edition(city: str) -> Edition:
    return Edition.open(city, EDITIONS[city])


@cache
def evidence(city: str) -> Evidence:
    return Evidence(published_rows(edition(city)))


@cache
def claims(city: str) -> list[Claim]:
    return read_claims(edition(city))


def judged(claim: Claim, city: str = "nishitokyo", rows=None):
    """The finding of a claim, on the city's rows or on these."""
    known = evidence(city) if rows is None else Evidence(rows)
    return finding_of(claim, edition(city), known, Naming(edition(city)))


def row(indicator: str, year: int, printed: str, unit: str = "人", **more):
    return {
        **PLAIN,
        "indicator": indicator,
        "fiscal_year": year,
        "printed": printed,
        "unit": unit,
    } | more


def claim(kind: str, claimed: str, *what: str, **more) -> Claim:
    known = {"sentence": "（試験の文）", "kind": kind, "claimed": claimed, "what": list(what)}
    return Claim.model_validate(known | more)


def find(city: str, part: str, claimed: str) -> Claim:
    """The shipped claim whose sentence holds ``part`` and that claims ``claimed``."""
    found = [c for c in claims(city) if part in c.sentence and c.claimed == claimed]
    assert found, (part, claimed)
    return found[0]
