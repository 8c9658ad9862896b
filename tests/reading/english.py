"""What a message says in English, without what it quotes."""

import re

from helpers.problems import Problem

# Kana, kanji, and the signs that stand between them; full-width letters.
_JAPANESE = re.compile("[\u3001-\u303f\u3040-\u30ff\u3400-\u9fff\uff01-\uff60]")
_QUOTED = re.compile("“[^”]*”")
_CELL = re.compile(r"\S+\.\w{2,4} (?:\S+!)?[A-Z]{1,3}\d+")


def english(problem: Problem) -> str:
    """The sentence without contents of cells (in “ ”) and without addresses of cells."""
    assert problem.en, f"not said in English: {problem}"
    if not problem.cells:
        assert problem.text("en") == f"{problem.where}: {problem.en}"
    return _CELL.sub("", _QUOTED.sub("", problem.en))


def japanese_in(text: str) -> bool:
    return bool(_JAPANESE.search(text))
