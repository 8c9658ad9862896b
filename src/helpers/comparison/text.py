"""A comparison for the terminal: what matters first, long lists only counted."""

from helpers.comparison.change import BEYOND, UNKNOWN, Change
from helpers.comparison.comparison import Comparison
from helpers.comparison.words import (
    SECTIONS,
    WORDS,
    chance,
    difference,
    heading,
    margin,
    other,
    section_title,
    side,
)

_MOST = {BEYOND: 30, UNKNOWN: 30}
_MOST_ELSEWHERE = 10


def as_text(comparison: Comparison, lang: str = "ja") -> str:
    """The comparison as lines; a long list is cut, and says by how much."""
    words = WORDS[lang]
    if comparison.empty:
        return f"{heading(comparison, lang)}: {words['empty']}"
    lines = [heading(comparison, lang)]
    name = comparison.namer(lang)
    for kind, judgement in SECTIONS:
        found = comparison.kind(kind, judgement)
        said = comparison.method if kind == "method" else []
        if not found and not said:
            continue
        lines += ["", f"[{section_title(kind, judgement, lang)}] {len(found) + len(said)}"]
        if judgement == BEYOND:
            lines.append(f"  {chance(comparison, lang)}")
        lines += [f"  {what}: {old} → {new}" for what, old, new in said]
        shown = [each for each in found if _matters(each, kind)][
            : _MOST.get(judgement, _MOST_ELSEWHERE)
        ]
        lines += [f"  {name(each)} {_line(each, lang)}" for each in shown]
        if len(found) > len(shown):
            lines.append(words["rest"].format(n=len(found) - len(shown)))
    lines += _figures(comparison, lang)
    return "\n".join(lines)


def _matters(change: Change, kind: str) -> bool:
    """Whether a row is worth a line: not the third definition of a number, not each group."""
    if change.row["definition"] in ("unweighted", "by_source") and kind != "revision":
        return False
    return change.judgement != "within" or change.row["breakdown"] == "total"


def _line(change: Change, lang: str) -> str:
    definition = f"〈{change.row['definition']}〉" if change.row["definition"] else ""
    before, after = side(change, "before", lang), side(change, "after", lang)
    if change.kind in ("new", "dropped"):
        return f"{definition} {before or after}"
    parts = [difference(change, lang), margin(change, lang), other(change, lang)]
    said = " ".join(filter(None, parts))
    return f"{definition} {before} → {after}  {said}".rstrip()


def _figures(comparison: Comparison, lang: str) -> list[str]:
    """Figures of one side only; the pictures themselves are in the page."""
    lines = [f"  + {f.stem}" for f in comparison.figures if f.before is None]
    lines += [f"  − {f.stem}" for f in comparison.figures if f.after is None]
    return ["", f"[{WORDS[lang]['figures']}]", *lines] if lines else []
