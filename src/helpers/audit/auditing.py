"""The audit: every claim and every printed table of an edition, held against its numbers."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from helpers.audit.claim import FILE, Claim, read_claims
from helpers.audit.finding import Audit, Finding
from helpers.audit.history import published_rows
from helpers.audit.passages import Passage
from helpers.audit.tables import table_findings
from helpers.edition import Edition
from helpers.edition.description import MEASURES, text_id
from helpers.problems import Message, Problems, Said, near
from helpers.reading.described import described
from helpers.sentences.evidence import Evidence
from helpers.sentences.judging import judge
from helpers.sentences.naming import Naming
from helpers.sentences.numbers import plain
from helpers.sentences.understanding import judge_sentence, reader_of
from helpers.sentences.verdict import UNKNOWN, Judgement
from helpers.years import parse_year

if TYPE_CHECKING:
    import pandas as pd

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


NOT_IN_SENTENCE = Message(
    "claimed の「{found}」は sentence にありません",
    expected="文に書いてある数値",
    remedy="claimed か sentence を、印刷された文のとおりに直してください",
    en="“{found}” of claimed is not in sentence. → write both as they are printed",
)
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_FIRST = re.compile("最も|一番|トップ|首位|最下位|最高|最低|最多|最少")


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


def audit_sentence(edition: Edition, sentence: str) -> Audit:
    """Judge one sentence by the indicators of the last complete run.

    Raises:
        InputError: there are no indicators yet.
    """
    claim = Claim.model_validate({"sentence": sentence})
    evidence, naming = Evidence(published_rows(edition)), Naming(edition)
    return Audit(edition, (finding_of(claim, edition, evidence, naming),))


def audit_rows(edition: Edition, rows: Iterable[Mapping[str, Any]]) -> Audit:
    """The same on rows as they come from a CSV file or a frame, the edition's own first."""
    evidence, naming = Evidence(rows), Naming(edition)
    claims = [*read_claims(edition), *_reasons(edition)]
    _check(claims, edition, evidence)
    findings = [finding_of(claim, edition, evidence, naming) for claim in claims]
    findings = _with_uncovered(claims, findings)
    return Audit(edition, (*findings, *table_findings(edition, evidence, naming)))


def _with_uncovered(claims: list[Claim], findings: list[Finding]) -> list[Finding]:
    """The numbers of a sentence that none of its claims covers, under the first of them."""
    told, seen = [], set()
    for claim, finding in zip(claims, findings, strict=True):
        quoted = claim.sentence
        if quoted not in seen and all(c.kind for c in claims if c.sentence == quoted):
            covered = "、".join(plain(c.claimed) for c in claims if c.sentence == quoted)
            known = _DIGITS.findall(covered)
            numbers = Passage(quoted, claim.page).numbers
            left = [n for n in numbers if set(_DIGITS.findall(n)) - set(known)]
            if left:
                said = Said(
                    f"この文の {'、'.join(left)} は、どの記述も確かめていません",
                    f"no claim covers {', '.join(left)} of this sentence",
                )
                finding = replace(finding, remarks=(*finding.remarks, said))  # noqa: PLW2901
        seen.add(quoted)
        told.append(finding)
    return told


def _reasons(edition: Edition) -> Iterator[Claim]:
    """The sentences of a plan's 判断理由, each about the measures of its 施策."""
    if edition.plan is None and not edition.policies:
        return
    about = described(edition)
    for ident, policy in about.policies.items():
        own = [name for name, one in about.measures.items() if one.policy == ident]
        for sentence in re.findall(r"[^。\n]+。?", policy.reason):
            if sentence.strip():
                # A sentence that names a measure is about that one, else about all of the 施策.
                named = [name for name in own if name in text_id(sentence)]
                what = [f"{MEASURES}.{MEASURES}.{name}.actual" for name in named or own]
                page = policy.number or policy.ja
                yield Claim.model_validate({"sentence": sentence.strip(), "page": page,
                                            "what": what})  # fmt: skip


def _check(claims: list[Claim], edition: Edition, evidence: Evidence) -> None:
    """A key with a slip must not read as missing data."""
    problems, path = Problems(), edition.places.raw / FILE
    for index, claim in enumerate(claims):
        where = f"{path} claims.{index}"
        for found in _foreign(claim):
            problems.note(NOT_IN_SENTENCE.at(where, found=found))
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


def _foreign(claim: Claim) -> list[str]:
    """Numbers that are claimed and do not stand in the sentence: it is what is judged."""
    sentence, claimed = plain(claim.sentence), plain(claim.claimed)
    if _FIRST.search(sentence):  # 最も低い is said of the first
        claimed = claimed.replace("1番目", "")
    there = {n.replace(",", "") for n in _DIGITS.findall(sentence)}
    return [n for n in _DIGITS.findall(claimed) if n.replace(",", "") not in there]


def finding_of(claim: Claim, edition: Edition, evidence: Evidence, naming: Naming) -> Finding:
    """One claim judged."""
    keys = tuple(filter(None, (*claim.what, claim.described)))
    if read := claim.to_be_read:
        reader = reader_of(evidence, naming, claim.what)
        judged, meant = judge_sentence(read, reader, naming)
        keys = keys or meant
    else:
        judged = judge(claim, edition.fiscal_year, evidence, naming)
    if judged.verdict == UNKNOWN and claim.needs:
        judged = Judgement(UNKNOWN, Said(claim.needs.ja, claim.needs.en))
    notes = (Said(claim.note.ja, claim.note.en),) if claim.note else ()
    return Finding(
        Said(claim.sentence, claim.sentence),
        claim.claimed or claim.sentence,
        claim.kind or "sentence",
        judged.verdict,
        judged.said,
        judged.right,
        (*judged.remarks, *notes),
        keys,
        claim.page,
    )
