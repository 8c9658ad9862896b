"""A title that the analyst types is read like any sentence and held against the rows of its figure.

Refused is what the rows contradict: a number that is not theirs, in digits or in words; an extreme
that names another group; a change that went the other way. A number that nothing in the rows bears
out is refused, too. What is true of the rows stands as it is typed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from helpers.drawing import Context
from helpers.edition import Edition
from helpers.labels import LABELS
from helpers.sentences.evidence import Evidence
from helpers.sentences.grammar import YEAR, numbers
from helpers.sentences.indicator_row import Row, name
from helpers.sentences.naming import Naming
from helpers.sentences.numbers import plain
from helpers.sentences.understanding import Lexicon, Reader
from helpers.sentences.verdict import FALSE, ROUNDING, TRUE

# 73% is what the rows print or it is not: 72.5 may round to it, but the figure prints 72.5.
_EXACT = re.compile(r"[+−-]?[\d,.]+(?:%|点|人|世帯|件|位)?")


def choose(written: str | None, computed: str, rows: Iterable[Row], context: Context) -> str:
    """The analyst's title if there is one and what it says is true of the rows.

    Raises:
        ValueError: a sentence that names what the rows do not bear out, and what they say.
    """
    if written is None:
        return computed
    known = [row for row in rows if row.known]
    evidence = Evidence(_fields(row) for row in known)

    def word(identifier: str) -> str:
        try:
            return name(identifier, context)
        except KeyError:
            return identifier.rpartition(".")[2]

    lexicon = Lexicon(evidence, word, context.edition.split()[0])
    naming = Naming(cast("Edition", _Words(context)))  # asked for words and the year of a plan
    borne: set[str] = set()
    everything = [t for t in lexicon.topics if t.category in ("positive", "")] or lexicon.topics
    reader = Reader(lexicon, context.year, everything)  # what a title does not name is the figure
    for part in reader.understand(written):
        verdict = part.judged(context.year, evidence, naming)
        if verdict.verdict == FALSE:
            raise ValueError(_refusal(written, part.reading.claimed, verdict.said.ja))
        if verdict.verdict in (TRUE, ROUNDING) and not _EXACT.fullmatch(part.reading.claimed):
            borne |= {text for text, _ in numbers(part.reading.claimed)}
    rest = _without_names(written, known, context)
    for text, unit in numbers(rest):
        if text not in borne and not _printed(text, unit, known):
            raise ValueError(_refusal(written, text, ""))
    return written


@dataclass(frozen=True)
class _Words:
    context: Context

    def own_labels(self, lang: str) -> Mapping[str, str]:
        return self.context.words.get(lang, self.context.labels)

    def plan_year(self, _measure: str) -> int:
        """No year: which of several targets is the plan's is not among the rows of a figure."""
        return -1


def _refusal(written: str, found: str, said: str) -> str:
    """What is wrong, what the rows say, how to mend it."""
    beside = f"（数値は {said}）" if said else ""
    return (
        f"題名「{written}」の「{found}」は、この図の数値にありません{beside}。"
        "題名を直すか、title= を外して計算された題名を使ってください。"
    )


def _fields(row: Row) -> dict[str, object]:
    """A row of the figure as evidence: what is printed in it."""
    return {
        "indicator": row.indicator,
        "breakdown": row.breakdown,
        "group": row.group,
        "category": row.category,
        "fiscal_year": row.year,
        "printed": row.printed,
        "unit": row.unit,
        "definition": row.definition,
        "flag": row.flag,
        "basis": "",
        "n": row.n,
        "low": row.low,
        "high": row.high,
    }


def _without_names(written: str, rows: Iterable[Row], context: Context) -> str:
    """The title without the names in it that have digits: 18〜19歳, 0〜5点, years."""
    words = [pair[context.lang != "ja"] for pair in LABELS.values()]
    named = {each for row in rows for each in (row.indicator, row.group, row.category)}
    words += [context.labels[each] for each in sorted(named) if each in context.labels]
    rest = YEAR.sub(" ", plain(written))
    for text in sorted({plain(w) for w in words if re.search(r"\d", w)}, key=len, reverse=True):
        rest = rest.replace(text, " ")
    return rest


def _printed(text: str, unit: str, rows: Iterable[Row]) -> bool:
    """Whether a number is one that is printed in the figure, or the base of one."""
    bare = text.replace(",", "").lstrip("+−-")
    digits = re.search(r"\d+(?:\.\d+)?", bare)
    for row in rows:
        shown = {row.printed.replace(",", "").lstrip("+−-"), f"{row.n:g}"}
        if digits and digits[0] in shown and bare.removeprefix(digits[0]) in ("", unit):
            return True
    return False
