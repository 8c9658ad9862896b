"""An audit on the terminal: what is wrong first, what is right in a line each."""

from helpers.audit.finding import Audit, Finding
from helpers.audit.words import WORDS, counts, page, title
from helpers.sentences.verdict import ROUNDING, TRUE, VERDICTS


def as_text(audit: Audit, lang: str = "ja") -> str:
    """Grouped by verdict, the false ones first, and the count."""
    words = WORDS[lang]
    lines = [title(audit, lang)]
    if not audit.findings:
        return "\n".join([*lines, words["none"]])
    for verdict in VERDICTS:
        if found := audit.of(verdict):
            lines += ["", f"[{words[verdict]}] {len(found)}"]
            brief = verdict == TRUE
            tables = [f for f in found if f.kind == "table"] if brief else []
            for finding in found:
                if finding not in tables:
                    lines += _brief(finding, lang) if brief else _lines(finding, lang)
            if tables:
                lines.append("  " + words["tables"].format(n=len(tables)))
    return "\n".join([*lines, "", counts(audit, lang)])


def _lines(finding: Finding, lang: str) -> list[str]:
    """The sentence, the claim, the data, the right wording, the remarks."""
    words = WORDS[lang]
    lines = [f"  {' '.join(filter(None, (page(finding, lang), _quoted(finding, lang))))}"]
    lines.append(f"    {finding.claimed} ← {getattr(finding.said, lang)}")
    right = getattr(finding.right, lang)
    if right and finding.verdict != ROUNDING:
        lines.append(f"    → {words['right']}{right}")
    lines += [f"    {words['remark']}{getattr(remark, lang)}" for remark in finding.remarks]
    return lines


def _brief(finding: Finding, lang: str) -> list[str]:
    parts = (page(finding, lang), finding.claimed, _quoted(finding, lang))
    lines = [f"  {' '.join(filter(None, parts))}"]
    return lines + [f"    {WORDS[lang]['remark']}{getattr(r, lang)}" for r in finding.remarks]


def _quoted(finding: Finding, lang: str) -> str:
    sentence = getattr(finding.sentence, lang)
    if finding.kind == "table":
        return sentence
    inner = sentence.replace("「", "『").replace("」", "』")  # quotes within a quotation
    return f"「{inner}」"
