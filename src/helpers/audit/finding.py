"""What an audit found: one finding a claim or a row of a table, and all of them together."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.edition import Edition
from helpers.problems import Said
from helpers.sentences.verdict import FALSE, VERDICTS


@dataclass(frozen=True)
class Finding:
    """A verdict on one claim.

    Attributes:
        sentence: as published; for a table, which of its numbers.
        claimed: the number or word.
        kind: of claim; ``table`` for the arithmetic of a printed table.
        verdict: one of ``VERDICTS``.
        said: what the data say.
        right: a wording that the data carry; empty where the claim stands.
        remarks: what does not change the verdict and should be known.
        keys: of the indicators that it is about.
        page: where it is published.
    """

    sentence: Said
    claimed: str
    kind: str
    verdict: str
    said: Said
    right: Said
    remarks: tuple[Said, ...]
    keys: tuple[str, ...]
    page: str


@dataclass(frozen=True)
class Audit:
    """Everything that an edition's published text claims, judged."""

    edition: Edition
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> bool:
        """Whether something is false."""
        return any(finding.verdict == FALSE for finding in self.findings)

    def of(self, verdict: str) -> list[Finding]:
        """The findings of one verdict, in the order of the text."""
        return [finding for finding in self.findings if finding.verdict == verdict]

    def findings_for(self, keys: Iterable[str]) -> list[Finding]:
        """The findings about any of these indicators, worst first.

        Args:
            keys: whole keys, or their beginnings (``mgap``, ``attachment.age_group``).
        """
        wanted = list(keys)
        found = [
            finding
            for finding in self.findings
            if any(key == k or key.startswith(f"{k}.") for key in finding.keys for k in wanted)
        ]
        return sorted(found, key=lambda finding: VERDICTS.index(finding.verdict))


def as_json(audit: Audit) -> str:
    """The findings for other programs, both languages."""
    findings = [
        {
            "verdict": finding.verdict,
            "kind": finding.kind,
            "page": finding.page,
            "claimed": finding.claimed,
            "keys": list(finding.keys),
            "sentence": _both(finding.sentence),
            "said": _both(finding.said),
            "right": _both(finding.right),
            "remarks": [_both(remark) for remark in finding.remarks],
        }
        for finding in audit.findings
    ]
    counts = {verdict: len(audit.of(verdict)) for verdict in VERDICTS}
    whole = {"edition": audit.edition.id, "counts": counts, "findings": findings}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _both(said: Said) -> dict[str, str]:
    return {"ja": said.ja, "en": said.en}
