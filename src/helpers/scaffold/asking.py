"""Asking for what a command was not told, where someone sits at a terminal."""

import sys
from collections.abc import Callable, Mapping

from helpers.edition import read_year
from helpers.national import Ambiguous, Municipality, named
from helpers.problems import Said, Unfit
from helpers.scaffold.city_code import read_city_code
from helpers.scaffold.new_city import read_kinds

QUESTIONS: Mapping[str, Said] = {
    "name_ja": Said("市の名前（例: 鎌倉市）", "Name of the city in Japanese"),
    "name_en": Said("ローマ字の名前（例: Kamakura）", "Name of the city in English (Kamakura)"),
    "code": Said("全国地方公共団体コード（6桁）", "Code of the municipality (six digits)"),
    "year": Said("年度（例: 令和7年度）", "Fiscal year (2025 or R7)"),
}
MORE: Mapping[str, Said] = {
    "has": Said(
        "あるもの: statistics（統計だけ）、printed（印刷された調査）、answers（回答データ）",
        "What there is: statistics, printed (tables of a survey), answers",
    ),
    "report": Said("文書の題名", "Title of the document"),
    "source": Said("調査・統計の出典", "Source of the survey"),
}
"""What may be left out: the Enter key takes what stands in City."""
_CHECKS: Mapping[str, Callable[[str], object]] = {
    "code": read_city_code,
    "year": read_year,
    "has": lambda text: read_kinds(text) if text else None,
}


def missing_options(given: Mapping[str, str | None]) -> list[str]:
    """The options that are still needed, as they are typed: ``--name-ja``."""
    return [f"--{name.replace('_', '-')}" for name in QUESTIONS if not given.get(name)]


def ask(
    given: Mapping[str, str | None], read: Callable[[str], str] = input, lang: str = "ja"
) -> dict[str, str]:
    """Everything needed: what was given, and answers to the rest, asked again while wrong."""
    answers: dict[str, str] = {}
    some = any(not given.get(name) for name in QUESTIONS)  # someone answers
    for name, question in {**QUESTIONS, **MORE}.items():
        answer = given.get(name) or ""
        asked = 0 if name in QUESTIONS else int(not some)
        while not answer and not (asked and name in MORE):
            asked += 1
            answer = read(f"{getattr(question, lang)}: ").strip()
            try:
                _CHECKS.get(name, str)(answer)
            except Unfit as error:
                print(getattr(error.said, lang))
                answer, asked = "", 0
        if answer or name in QUESTIONS:
            answers[name] = answer
    return answers


def which(text: str, lang: str = "ja", read: Callable[[str], str] = input) -> Municipality:
    """The municipality that is meant; whom several are called so, is asked at a terminal.

    Raises:
        Unfit: none is called so, or several are and nobody can answer.
    """
    try:
        return named(text)
    except Ambiguous as several:
        if not sys.stdin.isatty():
            raise
        for number, one in enumerate(several.found, 1):
            print(f"{number}  {one}")
        question = Said("番号", "Number").of(lang)
        while True:
            answer = read(f"{question} (1–{len(several.found)}): ").strip()
            if answer.isdigit() and 1 <= int(answer) <= len(several.found):
                return several.found[int(answer) - 1]
