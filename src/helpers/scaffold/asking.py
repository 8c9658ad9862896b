"""Asking for what a command was not told, where someone sits at a terminal."""

from collections.abc import Callable, Mapping

from helpers.edition import read_year
from helpers.problems import Said, Unfit
from helpers.scaffold.city_code import read_city_code

QUESTIONS: Mapping[str, Said] = {
    "name_ja": Said("市の名前（例: 鎌倉市）", "Name of the city in Japanese"),
    "name_en": Said("ローマ字の名前（例: Kamakura）", "Name of the city in English (Kamakura)"),
    "code": Said("全国地方公共団体コード（6桁）", "Code of the municipality (six digits)"),
    "year": Said("年度（例: 令和7年度）", "Fiscal year (2025 or R7)"),
}
_CHECKS: Mapping[str, Callable[[str], object]] = {"code": read_city_code, "year": read_year}


def missing_options(given: Mapping[str, str | None]) -> list[str]:
    """The options that are still needed, as they are typed: ``--name-ja``."""
    return [f"--{name.replace('_', '-')}" for name in QUESTIONS if not given.get(name)]


def ask(
    given: Mapping[str, str | None], read: Callable[[str], str] = input, lang: str = "ja"
) -> dict[str, str]:
    """Everything needed: what was given, and answers to the rest, asked again while wrong."""
    answers: dict[str, str] = {}
    for name, question in QUESTIONS.items():
        answer = given.get(name) or ""
        while not answer:
            answer = read(f"{getattr(question, lang)}: ").strip()
            try:
                _CHECKS.get(name, str)(answer)
            except Unfit as error:
                print(getattr(error.said, lang))
                answer = ""
        answers[name] = answer
    return answers
