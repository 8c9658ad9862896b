"""One cell of a survey file: its answer, or why there is none, or what is wrong with it."""

import re
import unicodedata
from dataclasses import dataclass

from helpers.problems import Problem, described, listed
from helpers.reading.cell import plain
from helpers.reading.codebook import Coded, Group, Question
from helpers.reading.messages.survey import (
    DATE_FOR_CLASS,
    STRANGE_ANSWER,
    STRANGE_CLASS,
    STRANGE_OPTION,
)

CHOSEN = ("○", "〇", "◯", "レ", "✓", "✔")
_BETWEEN = re.compile(r"[;,、/|]|\s+(?=\S)")

_DATE = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}.*|\d{1,2}月\d{1,2}日|\d{1,2}-[A-Za-z]{3}")
_WHOLE = re.compile(r"(-?\d+)(?:\.0+)?")
_POINTS = re.compile(r"(\d+)点")


@dataclass(frozen=True)
class Reading:
    """What the text of one cell means; exactly one of value, missing and wrong is given.

    Attributes:
        value: an answer, or the name of a class.
        missing: why there is no answer (a key of ``MISSING``).
        wrong: what is wrong with it, its place not said yet.
        note: a harmless oddity that was read all the same.
    """

    value: int | str | None = None
    missing: str = ""
    wrong: Problem | None = None
    note: str = ""


def read_cell(text: str, coded: Group | Question) -> Reading:
    """The meaning of one cell by the codebook."""
    clean = plain(text)
    if isinstance(coded, Group):
        for name, raw in coded.classes.items():  # first: a class may take in 無回答 (sex)
            if clean in map(plain, [name, *raw]):
                return Reading(value=name)
    if reason := _missing(clean, coded):
        return Reading(missing=reason)
    return _strange_class(text, coded) if isinstance(coded, Group) else _read_answer(text, coded)


def read_options(text: str, question: Question) -> tuple[list[str], str, Problem | None]:
    """The options that one cell holds: ``1,3,5``, ``市報;LINE;``, ``1 3 5``.

    An option's words may hold the signs that part options (知人、友人): the longest that fits is
    meant.

    Returns:
        The options; why there are none; what is wrong, its place not said yet.
    """
    clean = unicodedata.normalize("NFKC", text)
    if reason := _missing(plain(clean), question):
        return [], reason, None
    written = question.written
    starts = [0, *(sign.end() for sign in _BETWEEN.finditer(clean))]
    stops = [*(sign.start() for sign in _BETWEEN.finditer(clean)), len(clean)]
    found: dict[str, None] = {}
    at = 0
    while at < len(starts):
        pieces = (
            (_option(clean[starts[at] : stops[end]], written), end)
            for end in reversed(range(at, len(starts)))
        )
        option, end = next((one for one in pieces if one[0]), (written.get("*"), at))
        if option is None and clean[starts[at] : stops[at]].strip():
            return [], "", _strange_option(clean[starts[at] : stops[at]], question)
        if option and clean[starts[at] : stops[end]].strip():
            found[option] = None
        at = end + 1
    return list(found), "" if found else question.blank, None


def _option(text: str, written: dict[str, str]) -> str | None:
    """The option that a piece of a cell is; 1 3 are two numbers and not 13."""
    return None if re.fullmatch(r"\s*\d+(?:\s+\d+)+\s*", text) else written.get(plain(text))


def _strange_option(text: str, question: Question) -> Problem:
    words = {"found": described(text.strip(), {*question.written})}
    options = listed(texts[0] for texts in question.options.values() if texts)
    return STRANGE_OPTION.at("", **words, options=options)


def _missing(clean: str, coded: Coded) -> str:
    if not clean:
        return coded.blank
    for reason in ("no_answer", "dont_know", "not_applicable"):
        if clean in map(plain, getattr(coded, reason)):
            return reason
    return ""


def _strange_class(text: str, group: Group) -> Reading:
    message = DATE_FOR_CLASS if _DATE.fullmatch(plain(text)) else STRANGE_CLASS
    return Reading(wrong=message.at("", found=described(text), classes=listed(group.classes)))


def _read_answer(text: str, question: Question) -> Reading:
    clean = plain(text)
    number, note = _number(text, clean, question)
    codes = {plain(code): answer for code, answer in question.codes.items()}
    words = {plain(word): answer for answer, word in question.answers.items()}
    answer = codes.get(clean, words.get(clean, number))
    if answer is None or answer not in question.valid:
        low, high = question.valid[0], question.valid[-1]
        return Reading(
            wrong=STRANGE_ANSWER.at("", found=described(text, _codes(question)), low=low, high=high)
        )
    if question.reverse:
        answer = question.valid[0] + question.valid[-1] - answer
    return Reading(value=answer, note=note)


def _codes(question: Question) -> set[str]:
    """What the codebook knows of the question's cells: a text among these is no person's."""
    words = {*question.codes, *question.answers.values(), *map(str, question.answers)}
    return words | {*question.no_answer, *question.dont_know, *question.not_applicable}


def _number(text: str, clean: str, question: Question) -> tuple[int | None, str]:
    """A whole number however it is typed, and a note where it is typed oddly."""
    if match := _WHOLE.fullmatch(clean):
        return int(match[1]), "全角の数字を読みました" if text.strip() != clean else ""
    if question.scale == "zero_to_ten" and (match := _POINTS.fullmatch(clean)):
        return int(match[1]), "「点」の付いた数字を読みました"
    if question.scale == "multiple" and clean in CHOSEN:
        return 1, ""
    return None, ""
