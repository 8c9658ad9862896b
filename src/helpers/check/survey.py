"""The survey looked at file by file, and its answers against those of the year before."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.edition import Edition
from helpers.indicators.breaks import counted_otherwise
from helpers.problems import InputError, Message, Problem, listed
from helpers.reading.codebook import Codebook, Question, misnamed_rest, open_codebook
from helpers.reading.files import as_on_disk
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


NOT_RANDOM = Message(
    "無作為抽出（sample: random）の調査がありません。答えた人を数え、重みも誤差の範囲も付けません",
    remedy="市民全体の割合とは書けません。無作為抽出の調査なら sample: random と書いてください",
    en="no survey is a random sample (sample: random): numbers are of those who answered, without "
    "weights and without intervals. → they are not of all citizens, and cannot be said to be",
    severity="warning",
)
NOT_WEIGHTED = Message(
    "住民基本台帳（residents）も重み（weight）もないので、重みを付けません",
    remedy="年齢の偏りは直りません。台帳の人数があれば codebook.yml に residents を書いてください",
    en="there is neither a register (residents) nor a weight: answers are not weighted. → they "
    "lean to those who answer more; with a register, write residents into codebook.yml",
    severity="warning",
)
EMPTY_CLASS = Message(
    "住民基本台帳の {group} の区分 {names} に、答えた人がいません（重みが計算できません）",
    "どの区分にも回答がある",
    "codebook.yml の groups.{group} の weighting で、隣の区分とまとめてください",
    "nobody answered of the register's {group} {names}: no weights can be fitted. → merge it with "
    "its neighbour at groups.{group}, weighting, in codebook.yml",
)
THIN_CLASSES = Message(
    "{group} の区分 {names} は答えた人が少ないため、重み付けではまとめます",
    "どの区分も30人以上、かつ回答者の5％以上",
    "まとめ方を決めるときは、codebook.yml の groups.{group} の weighting に書いてください",
    "few of {group} {names} answered (fewer than 30, or than 5 % of all): weights take them "
    "together. → to decide which, write weighting at groups.{group} in codebook.yml",
    severity="warning",
)
NO_CLASS_IN_REGISTER = Message(
    "{group} の区分 {names} に答えた人がいますが、住民基本台帳にありません",
    "同じ区分",
    "groups.{group} の weighting に入れないか、台帳の表に足してください",
    "people of {group} {names} answered, but the register has none. → leave it out of weighting at "
    "groups.{group}, or add it to the register's table",
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
    path = edition.places.raw / "codebook.yml"
    weighted = any(one.weight for one in codebook.sources.values())
    if not codebook.sample:
        yield NOT_RANDOM.at(f"{path} sources")
    elif not codebook.residents and not weighted:
        yield NOT_WEIGHTED.at(f"{path} residents")
    counts: Counter[tuple[str, ...]] = Counter()
    if codebook.residents:
        try:
            counts = register_counts(edition, codebook)
        except InputError as error:
            yield from error.problems
            findings.problems.extend(error.problems)
    if codebook.sample and not any(one.severity == "error" for one in findings.problems):
        yield from _unweightable(codebook, sources, counts, path)
    for name in codebook.questions:
        if held := misnamed_rest(edition, codebook, name):
            words = {"key": f"{name}.neutral", "held": "、".join(held)}
            yield MISNAMED_REST.at(f"{path} questions.{name}", **words)
    if earlier:
        yield from _held_against(edition, codebook, earlier, sources)


def _unweightable(
    codebook: Codebook,
    sources: dict[str, Columns],
    register: Counter[tuple[str, ...]],
    path: Path,
) -> Iterator[Problem]:
    """What keeps the weights from being made: they are made, and whatever stops them is said."""
    groups = list(codebook.residents.groups) if codebook.residents else []
    given = any(one.weight for one in codebook.sources.values())
    odd = False
    for at, name in enumerate(groups if not given else ()):
        if name == codebook.strata:
            continue
        margin = codebook.groups[name].margins
        people = [value for one in codebook.sample for value in sources[one][name]]
        answered = {margin[str(value)] for value in people if str(value) in margin}
        counted = {margin[key[at]] for key, n in register.items() if n and key[at] in margin}
        lacking = ((EMPTY_CLASS, counted - answered), (NO_CLASS_IN_REGISTER, answered - counted))
        for message, classes in lacking if people else ():
            if classes:
                odd = True
                words = {"group": name, "names": listed(sorted(classes))}
                yield message.at(f"{path} groups.{name}", **words)
    if odd or not (groups or given):
        return
    # Late: most editions are examined without these.
    import pandas as pd

    from helpers.indicators.weighting import sample_of, thin, weighted_design

    kept = [*codebook.groups, "cluster", "weight"]
    parts = [
        pd.DataFrame(
            {n: sources[one][n] for n in ("source", *kept) if n in sources[one]}, dtype=object
        )
        for one in codebook.sample
    ]
    rows = [[*classes, persons] for classes, persons in register.items()]
    table = pd.DataFrame(rows, columns=[*groups, "persons"]) if groups else None
    people = sample_of(pd.concat(parts, ignore_index=True), codebook)
    try:
        weighted_design(people, table, codebook)
        for name, run in thin(people, table, codebook):
            words = {"group": name, "names": listed(run)}
            yield THIN_CLASSES.at(f"{path} groups.{name}", **words)
    except InputError as error:
        yield from error.problems


def _held_against(
    edition: Edition, codebook: Codebook, earlier: Edition, sources: dict[str, Columns]
) -> Iterator[Problem]:
    """Questions that are counted otherwise than last year, and answers that have jumped."""
    try:
        before = open_codebook(earlier)
    except InputError:  # it has no survey, or is itself at fault: nothing to compare with
        return
    yield from changed_questions(edition, codebook, before, earlier.fiscal_year)
    random = [columns for name, columns in sources.items() if name in codebook.sample]
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
        path = as_on_disk(earlier.places.raw / source.file)
        if name in codebook.sample and path.is_file():
            try:
                found.append(read_source(earlier, codebook, name, Findings()))
            except InputError:
                continue
    return found
