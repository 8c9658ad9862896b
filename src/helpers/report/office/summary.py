"""What a check found and a refresh did, as text."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from helpers.report.office.finding import LAYERS, STATES, Finding, Words
from helpers.report.office.refresh import Refreshed

_KINDS: dict[str, Words] = {
    "picture": ("画像", "Pictures"),
    "number": ("数値", "Numbers"),
    "words": ("図の題と説明", "Titles and captions"),
    "typed": (
        "文中に手で打った数値（refresh では更新されません）",
        "Numbers typed in the text (no refresh renews them)",
    ),
}
_OTHER_CITY = ("別の市の図なので、そのまま残します", "a figure of another city; left as it is")
_COMPRESSED = (
    "Word はこの文書を保存するとき画像を圧縮するので、図の細かさと中のキーが失われることが"
    "あります。「ファイル」→「オプション」→「詳細設定」の「ファイル内のイメージを圧縮しない」に印を付けて"
    "ください。",
    "Word compresses pictures when it saves this document: figures may lose detail and the key "
    "inside them. → tick File > Options > Advanced > “Do not compress images in file”",
)
Did = Literal["check", "refresh"]


def summary(result: Refreshed, did: Did, lang: str) -> str:
    """Every finding on a line, by kind; then the counts and what a person must do."""
    lines = []
    for kind, words in _KINDS.items():
        of_kind = [finding for finding in result.findings if finding.kind == kind]
        if of_kind:
            lines += [_in(words, lang), *(f"  {_line(each, did, lang)}" for each in of_kind)]
    return "\n".join([*lines, *_counts(result, did, lang)])


def all_well(findings: Iterable[Finding], did: Did) -> bool:
    """Whether nothing is left to do for the reader of the text."""
    mended = did == "refresh"
    return not any(f.needs_a_person or (f.to_mend and not mended) for f in findings)


def _line(finding: Finding, did: Did, lang: str) -> str:
    state = _in(STATES[finding.state], lang)
    if finding.to_mend and did == "refresh":
        state = _in(("更新しました", "refreshed"), lang)
    parts = [f"{_in(finding.place, lang)}: {state}"]
    if finding.kind == "picture":
        by = LAYERS.get(finding.by)
        told = f"（{_in(by, lang)}）" if by and lang == "ja" else f" ({by[1]})" if by else ""
        parts += [f"{finding.key}{told}"] if finding.key else []
        parts += [finding.old] if finding.state == "other_edition" else []
    else:
        changed = finding.new not in ("", finding.old)
        parts += [f"{finding.old} → {finding.new}" if changed else finding.old, finding.key]
    note = _in(_OTHER_CITY if finding.refused else finding.note, lang)
    return "  ".join(filter(None, [*parts, note]))


def _counts(result: Refreshed, did: Did, lang: str) -> list[str]:
    counts = Counter(finding.state for finding in result.findings)
    parts = [f"{_in(words, lang)} {counts[s]}" for s, words in STATES.items() if counts[s]]
    before = ("更新の前: ", "Before: ") if did == "refresh" and result.content else ("", "")
    lines = [_in(before, lang) + ("、" if lang == "ja" else ", ").join(parts)] if parts else []
    if not parts:
        lines.append(_in(("図も数値も見つかりません。", "No figures, no numbers found."), lang))
    if result.unused:
        label = ("この文書にない図", "Figures that the document does not show")
        lines.append(f"{_in(label, lang)}: {', '.join(result.unused)}")
    if result.compressed:
        lines.append(_in(_COMPRESSED, lang))
    if did == "check" and result.content is not None:
        lines.append(_in(("refresh で更新できます。", "refresh will mend what is old."), lang))
    return lines


def _in(words: Words, lang: str) -> str:
    return words[0 if lang == "ja" else 1]
