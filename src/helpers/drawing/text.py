"""Breaking lines: Japanese by phrase with 禁則, English by word, lines of even length."""

import re
from functools import cache

import budoux

from helpers.drawing.fonts import width

# 行頭禁則 and 行末禁則: what must not begin a line, and what must not end one.
NEVER_FIRST = (
    "、。，．・：；？！）」』】〕〉》］｝ーゝゞ々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
    "％%℃〜～…),.:;?!]}"
)
NEVER_LAST = "（「『【〔〈《［｛([{＋−+"

# A number and what belongs to it, and Latin words, are never split.
# Compounds are pairs of kanji (居住・継続・意向); an odd one begins with three (高齢者・福祉).
_PAIRS = r"(?=(?:[一-鿿]{2})*(?![一-鿿]))"
_WHOLE = re.compile(
    rf"[−+]?[0-9][0-9,.]*[％%a-zA-Z]*|[ァ-ヶー]+|[一-鿿]{{2,3}}?{_PAIRS}|[A-Za-z][A-Za-z'’.-]*|.",
    re.DOTALL,
)
_COUNTERS = "年月日歳点人市位件万か回"  # what a number counts stays with it
_SPLIT_COST = 8.0  # breaking inside a phrase, against the square of what a line is short

_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_MID_SENTENCE_COST = 3.0  # a title breaks where one pauses, if the lines stay about even
_PAUSES = tuple("、。，．；;,.）")


@cache
def _phrases(text: str) -> list[str]:
    return budoux.load_default_japanese_parser().parse(text)


def _pieces(text: str, lang: str) -> list[tuple[str, bool]]:
    """The text in pieces between which a line may break, and whether a phrase ends there."""
    # A Japanese source under an English chart breaks as Japanese.
    if lang != "ja" and not _JAPANESE.search(text):
        return [(word, True) for word in re.findall(r"\S+\s*", text)]
    pieces: list[tuple[str, bool]] = []
    for phrase in _phrases(text):
        atoms = _WHOLE.findall(phrase)
        pieces += [(atom, index == len(atoms) - 1) for index, atom in enumerate(atoms)]
    joined: list[tuple[str, bool]] = []
    for piece, ends in pieces:
        before = joined[-1][0] if joined else ""
        glued = before and (
            piece[0] in NEVER_FIRST
            or before.rstrip()[-1:] in NEVER_LAST  # the space behind an operator, too
            or (before[-1].isdigit() and (piece[0] in _COUNTERS or piece[0].isdigit()))
            or (before.endswith(("令和", "平成", "昭和")) and piece[0].isdigit())
            or (before[-1] == "年" and piece[0] == "度")
        )
        if glued:
            joined[-1] = (joined[-1][0] + piece, ends)
        else:
            joined.append((piece, ends))
    return joined


def wrap(
    text: str, limit: float, size: float, *, bold: bool = False, lang: str = "ja", even: bool = True
) -> list[str]:
    """Break a text into lines that fit.

    Args:
        text: one paragraph; a line break in it is kept.
        limit: width of a line in millimetres.
        size: type size in points.
        bold: the weight.
        lang: ``ja`` breaks by phrase, anything else by word.
        even: lines of even length (titles); otherwise lines as full as phrases allow (notes).

    Returns:
        At least one line. A single piece wider than the limit stays whole: the lint finds it.
    """
    if "\n" in text:
        parts = text.split("\n")
        return [
            line
            for part in parts
            for line in wrap(part, limit, size, bold=bold, lang=lang, even=even)
        ]
    if width(text, size, bold) <= limit:
        return [text]
    pieces = _pieces(text, lang)
    wide = [width(piece, size, bold) for piece, _ in pieces]
    # best[i] = (lines, cost, start of the last line) for the first i pieces: as few lines as
    # possible, then even (or full) lines, seldom broken inside a phrase.
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(pieces) + 1):
        options: list[tuple[int, float, int]] = []
        closing, last = pieces[end - 1][0].rstrip(), end == len(pieces)
        taken = width(closing, size, bold)
        for start in range(end - 1, -1, -1):
            taken += wide[start] if start < end - 1 else 0.0
            short = limit - taken
            if short < 0 and start < end - 1:
                break
            lines, cost, _ = best[start]
            cost += short**2 / limit if even or not last else 0.0
            cost += 0.0 if last or pieces[end - 1][1] else _SPLIT_COST
            cost += _MID_SENTENCE_COST * (even and not last and not closing.endswith(_PAUSES))
            options.append((lines + 1, cost, start))
        best.append(min(options))
    return _lines(pieces, [start for _, _, start in best])


def _lines(pieces: list[tuple[str, bool]], starts: list[int]) -> list[str]:
    """The lines, read backwards from where each begins."""
    lines: list[str] = []
    end = len(pieces)
    while end > 0:
        lines.insert(0, "".join(piece for piece, _ in pieces[starts[end] : end]).strip())
        end = starts[end]
    return lines
