"""Asking for what a command was not told, where someone sits at a terminal."""

from collections.abc import Callable, Mapping

from helpers.scaffold.city_code import read_city_code
from helpers.years import parse_year

QUESTIONS: Mapping[str, str] = {
    "name_ja": "市の名前（例: 鎌倉市）",
    "name_en": "ローマ字の名前（例: Kamakura）",
    "code": "全国地方公共団体コード（6桁）",
    "year": "年度（例: 令和7年度）",
}
_CHECKS: Mapping[str, Callable[[str], object]] = {"code": read_city_code, "year": parse_year}


def missing_options(given: Mapping[str, str | None]) -> list[str]:
    """The options that are still needed, as they are typed: ``--name-ja``."""
    return [f"--{name.replace('_', '-')}" for name in QUESTIONS if not given.get(name)]


def ask(given: Mapping[str, str | None], read: Callable[[str], str] = input) -> dict[str, str]:
    """Everything needed: what was given, and answers to the rest, asked again while wrong."""
    answers: dict[str, str] = {}
    for name, question in QUESTIONS.items():
        answer = given.get(name) or ""
        while not answer:
            answer = read(f"{question}: ").strip()
            try:
                _CHECKS.get(name, str)(answer)
            except ValueError as error:
                print(error)
                answer = ""
        answers[name] = answer
    return answers
