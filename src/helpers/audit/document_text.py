"""The audit of a document on the terminal, and the 正誤表 of what is wrong in it."""

from helpers.audit.documents import (  # fmt: skip
    CLASSES,
    CONTRADICTED,
    FOUND,
    UNCHECKED,
    VERIFIED,
    Checked,
    DocumentAudit,
)
from helpers.audit.words import WORDS

SAID = {
    "ja": {
        VERIFIED: "記述で確かめた", FOUND: "見つかった（確認して受け入れる）",
        CONTRADICTED: "数値と合わない", UNCHECKED: "確かめていない",
        "title": "{city} {year}の文書の確認", "columns": "頁|文・表|データ|書き方・キー",
        "share": "数値 {known}／{every}（{share:.0f}％）を確かめました",
        "none": "数値を述べた文も表もありません。",
        "open": "確かめていない数値: ", "page": "{page}頁",
        "errata": "正誤表", "heads": "頁\t誤\t正\t理由",
        "no_errata": "正誤表に載せるものはありません。",
    },
    "en": {
        VERIFIED: "Verified by a claim", FOUND: "Found (confirm to accept)",
        CONTRADICTED: "Contradicted by the numbers", UNCHECKED: "Not checked",
        "title": "{city} {year}: a document audited", "columns": "Page|Text|Data|Wording, keys",
        "share": "{known} of {every} numbers checked ({share:.0f}%)",
        "none": "No sentence and no table states a number.",
        "open": "numbers not checked: ", "page": "p. {page}",
        "errata": "Errata", "heads": "Page\tPrinted\tRight\tWhy",
        "no_errata": "Nothing to correct.",
    },
}  # fmt: skip


def share(audit: DocumentAudit, lang: str = "ja") -> str:
    """How many of the numbers are checked."""
    known, every = audit.numbers
    percent = 100 * known / every if every else 0.0
    return SAID[lang]["share"].format(known=known, every=every, share=percent)


def document_as_text(audit: DocumentAudit, lang: str = "ja") -> str:
    """The share that is checked, then each class, what contradicts first."""
    words = SAID[lang]
    if not audit.checked:
        return words["none"]
    counts = "、" if lang == "ja" else ", "
    lines = [
        share(audit, lang),
        counts.join(f"{words[state]} {len(audit.of(state))}" for state in CLASSES),
    ]
    for state in CLASSES:
        if found := audit.of(state):
            lines += ["", f"[{words[state]}] {len(found)}"]
            for number, each in enumerate(found, start=1):
                lines += _lines(each, f"{number}. " if state == FOUND else "", lang)
    return "\n".join(lines)


def _lines(each: Checked, number: str, lang: str) -> list[str]:
    words, passage = SAID[lang], each.passage
    page = words["page"].format(page=passage.page) + " " if passage.page else ""
    verdict = f"{WORDS[lang][each.verdict]}: " if each.verdict else ""
    lines = [f"  {number}{page}「{passage.quoted}」"]
    if said := each.said.of(lang):
        lines.append(f"    {verdict}{said}")
    if each.state == CONTRADICTED and (right := each.right.of(lang)):
        lines.append(f"    → {WORDS[lang]['right']}{right}")
    for statement in each.statements if each.state == FOUND else ():
        lines.append(f"    {statement.claimed} = {'、'.join(statement.what)}")
    if each.open and each.state != UNCHECKED:
        lines.append(f"    {words['open']}{'、'.join(each.open)}")
    return lines


def errata(audit: DocumentAudit, lang: str = "ja") -> str:
    """Page, printed, right and why, a line each and tabs between: it pastes into a Word table."""
    words = SAID[lang]
    rows = [
        "\t".join((e.passage.page, e.passage.quoted, e.right.of(lang), e.said.of(lang)))
        for e in audit.of(CONTRADICTED)
    ]
    return "\n".join([words["errata"], words["heads"], *rows] if rows else [words["no_errata"]])
