"""The survey looked at file by file, and its answers against those of the year before."""

import csv
from collections.abc import Iterator
from typing import Any

from helpers.edition import Edition
from helpers.indicators.breaks import counted_otherwise
from helpers.problems import InputError, Message, Problem
from helpers.reading.codebook import Codebook, Question, misnamed_rest, open_codebook
from helpers.reading.register import register_counts
from helpers.reading.respondents import Columns, Findings, read_source
from helpers.rounding import printed

FEWEST = 30  # answers of either year, before a jump means anything
JUMP = 0.2  # of the whole scale: years of one survey hardly ever differ by more

SCALE_CHANGED = Message(
    "設問 {name} の尺度か、肯定・否定とする回答が {year} 年度版と違います",
    "前年度と同じ尺度",
    "尋ね方が変わったなら別の名前の設問にしてください。このままなら、図の線はここで切れ、前年度との差は"
    "出しません",
    "the scale of {name}, or what counts as positive, is not that of the edition of {year}. → if "
    "the question changed, give it another name; as it is, lines end here and no difference is "
    "taken across the break",
    severity="warning",
)
MISNAMED_REST = Message(
    "{key} の名前は1つの回答の言葉ですが、入る回答は {held} です（図では「その他」とします）",
    remedy="positive と negative を見直すか、edition.yml の labels に {key} の名前を書いてください",
    en="{key} is called by the words of one answer, but holds “{held}” (figures call it other). → "
    "look at positive and negative, or name {key} in labels of edition.yml",
    severity="warning",
)
ANSWERS_JUMPED = Message(
    "{what} が、{year} 年度の {before} から {after} に大きく変わっています",
    remedy="回答の番号の向き（reverse、codes）や肯定とする回答が前年度と同じか、調査票で確かめてください",
    en="{what} goes from {before} in {year} to {after}. → see on the form whether the codes run "
    "the other way now (reverse, codes), or what is positive has changed",
    severity="warning",
)


def survey_problems(
    edition: Edition, codebook: Codebook, earlier: Edition | None
) -> Iterator[Problem]:
    """Everything wrong in the files of the survey and the register, and what is odd in them."""
    findings = Findings()
    sources: dict[str, Columns] = {}
    for name in codebook.sources:
        try:
            sources[name] = read_source(edition, codebook, name, findings)
        except InputError as error:
            yield from error.problems
    yield from findings.problems
    if codebook.residents:
        try:
            register_counts(edition, codebook)
        except InputError as error:
            yield from error.problems
    path = edition.places.raw / "codebook.yml"
    for name in codebook.questions:
        if held := misnamed_rest(edition, codebook, name):
            words = {"key": f"{name}.neutral", "held": "、".join(held)}
            yield MISNAMED_REST.at(f"{path} questions.{name}", **words)
    if earlier:
        yield from _held_against(edition, codebook, earlier, sources)


def _held_against(
    edition: Edition, codebook: Codebook, earlier: Edition, sources: dict[str, Columns]
) -> Iterator[Problem]:
    """Questions that are counted otherwise than last year, and answers that have jumped."""
    try:
        before = open_codebook(earlier)
    except InputError:  # it has no survey, or is itself at fault: nothing to compare with
        return
    yield from changed_questions(edition, codebook, before, earlier.fiscal_year)
    same = [name for name, one in codebook.sources.items() if one.sample == "random"]
    random = [columns for name, columns in sources.items() if name in same]
    now = dict(_numbers(codebook, random))
    old = _published(earlier) or dict(_numbers(before, _read(earlier, before)))
    broken = counted_otherwise(codebook, before)
    path = edition.places.raw / "codebook.yml"
    for key, (value, whole, unit) in now.items():
        question = key.partition(".")[0] if key.partition(".")[0] in codebook.questions else ""
        name = question or key.rpartition(".")[2]
        last = old.get(key)
        if last is None or name in broken or abs(value - last[0]) <= JUMP * whole:
            continue
        after, past = (f"{printed(one, 1)}{unit}" for one in (value, last[0]))
        words = {"what": key, "year": earlier.fiscal_year, "before": past, "after": after}
        yield ANSWERS_JUMPED.at(f"{path} questions.{name}", **words)


def changed_questions(
    edition: Edition, codebook: Codebook, before: Codebook, year: int
) -> Iterator[Problem]:
    """Questions whose scale, or what counts as a good answer, is not that of an earlier year."""
    path = edition.places.raw / "codebook.yml"
    for name in counted_otherwise(codebook, before):
        yield SCALE_CHANGED.at(f"{path} questions.{name}", name=name, year=year)


Numbers = dict[str, tuple[float, float, str]]
"""By the key of an indicator without its breakdown: number, width of its scale, unit."""


def _numbers(codebook: Codebook, sources: list[Columns]) -> Iterator[tuple[str, Any]]:
    """Unweighted numbers of the random sample that can be held against another year."""
    for variable, _, coded in codebook.variables():
        if not isinstance(coded, Question):
            continue
        answers = [int(str(v)) for one in sources for v in one[variable] if v is not None]
        if len(answers) < FEWEST:
            continue
        name, _, item = variable.partition(".")
        if coded.scale == "zero_to_ten":
            yield f"mean_score.{name}", (_mean(answers), 10.0, "")
        elif coded.scale == "multiple":
            yield f"{name}.{item}", (100 * _mean(answers), 100.0, "%")
        elif coded.points:
            points = [coded.points[a] for a in answers if a in coded.points]
            width = max(coded.points.values()) - min(coded.points.values())
            if points:
                yield f"{name}.{item}.score" if item else f"{name}.score", (
                    _mean(points), width, ""
                )  # fmt: skip
        elif coded.positive:
            good = [answer in coded.positive for answer in answers]
            yield f"{name}.positive", (100 * _mean(good), 100.0, "%")


def _mean(values: list[Any]) -> float:
    return sum(values) / len(values)


def _published(earlier: Edition) -> Numbers:
    """The same of an edition as it was published, where its indicators are kept."""
    path = earlier.places.published_data / "indicators" / "survey.csv"
    if not path.exists():
        return {}
    found: Numbers = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            whole = row.get("breakdown") in ("total", "field")
            if not whole or row.get("basis") != "microdata" or row.get("flag") == "suppressed":
                continue
            if row.get("definition") not in ("unweighted", "weighted") or not row.get("value"):
                continue
            group = [] if row["breakdown"] == "total" else [row["group"]]
            key = ".".join([row["indicator"], *group, *filter(None, [row["category"]])])
            if row["definition"] == "unweighted" or key not in found:
                found[key] = (float(row["value"]), 0.0, row["unit"])
    return found


def _read(earlier: Edition, codebook: Codebook) -> list[Columns]:
    """The answers of the year before, where its files are here and can be read."""
    found = []
    for name, source in codebook.sources.items():
        if source.sample == "random" and (earlier.places.raw / source.file).is_file():
            try:
                found.append(read_source(earlier, codebook, name, Findings()))
            except InputError:
                continue
    return found
