"""One description of what a city asks: ``edition.yml``, and what ``codebook.yml`` says besides.

A city with answers describes its questions in its codebook; a printed table of last year's report
is read by the same words.
"""

from collections.abc import Mapping
from typing import Any

from helpers import recorder
from helpers.edition import Edition
from helpers.edition.description import DESCRIBED, Described
from helpers.labels import label
from helpers.problems import Problems
from helpers.reading.codebook import Codebook, Question, open_codebook
from helpers.reading.plan import read_plan

BATTERY = "field"
"""The breakdown of every question of the codebook that is asked of items with points."""


def described(edition: Edition) -> Described:
    """Everything that an edition describes, in either of its files.

    Raises:
        InputError: its codebook cannot be read.
    """
    own: dict[str, Any] = {kind: dict(getattr(edition, kind)) for kind in DESCRIBED}
    if edition.plan:
        plan = read_plan(edition, Problems())  # whoever reads its numbers says what is wrong
        for kind, told in (("measures", plan.measures), ("policies", plan.policies)):
            own[kind] = told | {
                name: {**told.get(name, {}), **one.model_dump(exclude_unset=True)}
                for name, one in own[kind].items()
            }
    if recorder.exists(edition.places.raw / "codebook.yml"):
        told = _of_codebook(open_codebook(edition), edition.own_labels())
        own |= {kind: {**told[kind], **own[kind]} for kind in told}
    return Described.model_validate(own)


def _of_codebook(codebook: Codebook, labels: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    def said(name: str, text: str = "") -> str:
        try:
            return label(name, "ja", labels)
        except KeyError:
            return text or name.rpartition(".")[2]

    breakdowns = {
        name: {
            "ja": said(name),
            "groups": {one: {"ja": said(one), "also": raw} for one, raw in group.classes.items()},
        }
        for name, group in codebook.groups.items()
    }
    questions = {
        name: {"ja": said(name, one.text), "text": one.text, **_answers(name, one, said)}
        for name, one in codebook.questions.items()
        if one.columns or one.scale == "multiple"
    }
    rated = {n: q for n, q in codebook.questions.items() if q.items and q.points}
    batteries = {}
    if rated:
        items = {item: {"ja": said(item)} for q in rated.values() for item in q.items}
        asks = {name: {"ja": said(name, one.text)} for name, one in rated.items()}
        batteries[BATTERY] = {"ja": said(BATTERY), "items": items, "asks": asks}
    return {"breakdowns": breakdowns, "questions": questions, "batteries": batteries}


def _answers(name: str, question: Question, said: Any) -> dict[str, Any]:
    if question.scale == "multiple":
        options: dict[str, Any] = {i: {"ja": said(f"{name}.{i}")} for i in question.items}
        return {"options": options, "answers": "several"}
    if question.scale == "zero_to_ten":
        return {"scale": [0, 10]}
    options = {
        str(code): {
            "ja": words,
            "role": "positive" if code in question.positive
            else "negative" if code in question.negative
            else "neutral" if question.positive else "",
        }
        for code, words in question.answers.items()
    }  # fmt: skip
    return {"options": options}
