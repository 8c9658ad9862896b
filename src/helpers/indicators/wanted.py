"""Which numbers are wanted from the survey: each an indicator, a category and a measure."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from helpers.bands import BANDS, NEGATIVE, POSITIVE
from helpers.indicators.mgap import QUESTIONS, UNIT
from helpers.labels import label
from helpers.reading.codebook import Codebook, Question
from helpers.survey.attack import Asked
from helpers.survey.disclosure import Part
from helpers.survey.measure import Measure, mean, mgap, net, share

ROLES = ("positive", "neutral", "negative")


@dataclass(frozen=True)
class Wanted:
    """One number to estimate, and how it is printed."""

    indicator: str
    category: str
    measure: Measure
    unit: str = "%"
    decimals: int = 1

    @property
    def part(self) -> Part | None:
        """Who gave the answer, where the number is a share of answers."""
        if self.unit != "%" or self.measure.kind != "share":
            return None
        single = self.category.rpartition(".")[2].isdecimal()
        band = self.indicator in BANDS or self.indicator == "score_share"
        asked = self.category.removesuffix(f".{self.category.rpartition('.')[2]}")
        several = "" if single or band or self.category in ROLES else f".{self.category}"
        question = asked if band else f"{self.indicator}{several}"
        values = self.measure.values[:, 0]
        return Part((self.indicator, self.category), question, single, values)


def percent(answers: pd.Series, codes: Iterable[int]) -> Measure:
    """The share of some answers in per cent, among those who answered."""
    return replace(share(answers, list(codes)), scale=100.0)


def asked_of(
    codebook: Codebook, rows: pd.DataFrame, own: Mapping[str, Mapping[str, str]] | None = None
) -> Asked:
    """What a survey asked, as the attack needs it: which number counts which answers.

    Args:
        codebook: of the edition.
        rows: its indicator rows: they say which groups are printed.
        own: language → the edition's own words.
    """
    answers: dict[str, list[str]] = {}
    shares: dict[tuple[str, str], tuple[str, list[str]]] = {}
    means: dict[tuple[str, str], tuple[str, dict[str, float]]] = {}
    for name, question in codebook.questions.items():
        if question.scale == "zero_to_ten":
            answers[name] = [str(score) for score in range(11)]
            for band, codes in BANDS.items():
                shares[band, name] = (name, [str(code) for code in codes])
            shares |= {("score_share", f"{name}.{s}"): (name, [s]) for s in answers[name]}
            means["mean_score", name] = (name, {s: float(s) for s in answers[name]})
            nets = {s: 100.0 * ((int(s) in POSITIVE) - (int(s) in NEGATIVE)) for s in answers[name]}
            means["modified_nps", name] = (name, nets)
        elif question.columns:
            answers[name] = [str(answer) for answer in question.valid]
            for category, answer_codes in _answers(question).items():
                shares[name, category] = (name, [str(code) for code in answer_codes])
        elif question.scale == "multiple":
            for item in question.items:
                answers[f"{name}.{item}"] = ["1", "0"]
                shares[name, item] = (f"{name}.{item}", ["1"])
    micro = rows[(rows["basis"] == "microdata") & (rows["breakdown"] != "total")]
    micro = micro[micro["indicator"] != "sample_age"]
    printed = {
        str(b): [*dict.fromkeys(part["group"]), "unknown"] for b, part in micro.groupby("breakdown")
    }
    nested: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for name, group in codebook.groups.items():
        shown = [g for g in printed.get(name, ()) if g not in group.classes and g != "unknown"]
        runs = {**group.weighting, **group.merging}
        for title in shown:
            first, to, last = title.partition("_to_")
            order = list(group.classes)
            run = order[order.index(first) : order.index(last) + 1] if to else runs.get(title, [])
            nested[name, title] = [(name, one) for one in run]
    names = {
        *(g for groups in printed.values() for g in groups),
        *(part for run in nested.values() for _, part in run),
        *(indicator for indicator, _ in shares),
        *(".".join(key) for key in shares),
    }
    words = {name: _words(name, own or {}) for name in names}
    return Asked(answers, shares, means, printed, nested, words)


def _words(name: str, own: Mapping[str, Mapping[str, str]]) -> list[str]:
    found = []
    for lang in ("ja", "en"):
        with contextlib.suppress(KeyError):
            found.append(label(name, lang, own.get(lang)))
    return found


def shares_wanted(frame: pd.DataFrame, codebook: Codebook, names: Sequence[str]) -> list[Wanted]:
    """Positive, neutral and negative shares of questions, and of each single answer.

    Raises:
        InputError: a question that nobody knows; one that the city does not ask is left out.
    """
    wanted = []
    for name in codebook.asked(names):
        for category, codes in _answers(codebook.questions[name]).items():
            wanted.append(Wanted(name, category, percent(frame[name], codes)))
    return wanted


def _answers(question: Question) -> dict[str, list[int]]:
    told = {*question.positive, *question.negative}
    neutral = [answer for answer in question.valid if answer not in told]
    parts = {"positive": question.positive, "neutral": neutral, "negative": question.negative}
    # Where nothing is said to be good or bad, 「肯定的 0％」 would be an invention.
    return {**(parts if told else {}), **{str(answer): [answer] for answer in question.valid}}


def items_wanted(frame: pd.DataFrame, codebook: Codebook, names: Sequence[str]) -> list[Wanted]:
    """The share that chose each option of a question with several answers."""
    return [
        Wanted(name, item, percent(frame[f"{name}.{item}"], [1]))
        for name in codebook.asked(names)
        for item in codebook.questions[name].items
    ]


def scores_wanted(frame: pd.DataFrame) -> list[Wanted]:
    """The three bands, the mean and the modified NPS of the questions from 0 to 10."""
    wanted = []
    for name in _intents(frame):
        answers = frame[name]
        wanted += [Wanted(band, name, percent(answers, codes)) for band, codes in BANDS.items()]
        wanted.append(Wanted("mean_score", name, mean(answers), "点", 2))
        points = replace(net(answers), scale=100.0)
        wanted.append(Wanted("modified_nps", name, points, "ポイント"))
    return wanted


def distribution_wanted(frame: pd.DataFrame) -> list[Wanted]:
    """The share of each score from 0 to 10; category ``recommend.7``."""
    return [
        Wanted("score_share", f"{name}.{score}", percent(frame[name], [score]))
        for name in _intents(frame)
        for score in range(11)
    ]


def mgap_wanted(frame: pd.DataFrame, population: float | None) -> list[Wanted]:
    """The amounts of intent and mGAP, unrounded; ``population`` in 万人, if it is known.

    mGAP has two names: ``mgap`` is what charts draw, in any definition, and ``mgap_unrounded``
    never holds what a city rounded on the way. Without all three questions there is none of it.
    """
    if population is None or len(_intents(frame)) < len(QUESTIONS):
        return []
    wanted = [
        Wanted("intent_amount", name, replace(net(frame[name]), scale=100.0 * population), UNIT)
        for name in QUESTIONS
    ]
    total = mgap(frame[list(QUESTIONS)], population)
    return [*wanted, *(Wanted(name, "total", total, UNIT) for name in ("mgap", "mgap_unrounded"))]


def _intents(frame: pd.DataFrame) -> list[str]:
    """The questions of mGAP that the survey asked."""
    return [name for name in QUESTIONS if name in frame]
