"""What would stop a run is asked by check, in one go: the sample city, broken in many ways."""

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from helpers.check.examination import examine
from helpers.check.report import as_html, as_json, as_text
from helpers.edition import Edition
from helpers.indicators import breaks
from helpers.reading.codebook import open_codebook
from helpers.reading.register import read_register, save_register
from helpers.reading.respondents import read_responses
from helpers.reading.responses import save_responses

ROOT = Path(__file__).parents[2]
CODEBOOK, EDITION, PRINTED = "codebook.yml", "edition.yml", "printed_tables.csv"
JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


@pytest.fixture
def sample(tmp_path, monkeypatch):
    """The sample city in a project of its own."""
    raw = tmp_path / "data" / "raw" / "mihon"
    shutil.copytree(ROOT / "data" / "raw" / "mihon", raw)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    processed = ROOT / "data/processed/mihon/2024/indicators/survey.csv"
    kept = tmp_path / "data/processed/mihon/2024/indicators"
    kept.mkdir(parents=True)
    shutil.copy(processed, kept)
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    return raw / "2025"


def described(path: Path, change) -> None:
    """Change what a YAML file says, wherever it says it."""
    content = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    change(content)
    text = json.dumps(content, ensure_ascii=False)  # JSON is YAML, and knows no aliases
    path.write_text(text, encoding="utf-8")


def said() -> str:
    return as_text(examine("mihon", 2025))


def without(*keys):
    def change(content):
        inner = content
        for key in keys[:-1]:
            inner = inner[key]
        del inner[keys[-1]]

    return change


def changed(value, *keys):
    def change(content):
        inner = content
        for key in keys[:-1]:
            inner = inner[key]
        inner[keys[-1]] = value

    return change


def no_scores(content):
    asked = content["questions"]
    for name in [name for name, one in asked.items() if one["scale"] == "zero_to_ten"]:
        del asked[name]


def no_labels(content):
    for name in ("childcare", "roads", "east", "activities.festival"):
        del content["labels"][name]


def only_register_of(*groups):
    def change(content):
        held = content["residents"]["groups"]
        content["residents"]["groups"] = {name: held[name] for name in groups}

    return change


# File, what happens to it, what check must say: of each one line, in both languages.
BROKEN = {
    "labels": (EDITION, no_labels, ["childcare", "roads", "east", "activities.festival"]),
    "no 0-10 question": (CODEBOOK, no_scores, ["37_figures_intents", "39_figures_mgap_years"]),
    "no random sample": (CODEBOOK, changed("open", "sources", "resident", "sample"), ["random"]),
    "no register": (CODEBOOK, without("residents"), ["residents"]),
    "register without districts": (CODEBOOK, only_register_of("age_group", "sex"), ["district"]),
    "register without ages": (CODEBOOK, only_register_of("district", "sex"), ["age_group"]),
    "question renamed": (
        CODEBOOK,
        lambda c: c["questions"].update(stay=c["questions"].pop("housing_satisfaction")),
        ["32_figures_living"],
    ),
    "fields not asked": (
        CODEBOOK,
        lambda c: [c["questions"].pop(n) for n in ("field_satisfaction", "field_importance")],
        ["batteries", "36_figures_fields"],
    ),
    "housing not asked": (
        CODEBOOK, without("questions", "housing_satisfaction"), ["32_figures_living"]
    ),
    "tenure not asked": (CODEBOOK, without("groups", "tenure"), ["tenure"]),
    "no good answer": (
        CODEBOOK,
        lambda c: [c["questions"]["attachment"].pop(n) for n in ("positive", "negative")],
        ["attachment", "positive"],
    ),
    "a source less": (
        CODEBOOK,
        lambda c: (c["sources"].pop("event"),),
        ["26_indicators_changes", "resident", "monitor"],
    ),
    "no persons": (EDITION, without("population", "persons"), ["persons"]),
    "no population": (EDITION, without("population"), ["population"]),
    "no commuters": (EDITION, without("tables", "commuters"), ["34_figures_commuters"]),
    "no daytime": (EDITION, without("tables", "daytime"), ["34_figures_daytime"]),
    "no associations": (EDITION, without("tables", "associations"), ["35_figures_associations"]),
    "no movement": (EDITION, without("tables", "movement_register"), ["33_figures_population"]),
    "no second stage": (
        EDITION,
        lambda c: c.update(notebooks=[n for n in c["notebooks"] if n[0] != "2"]),
        ["31_figures_attachment"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_a_run_would_stop_at_is_named(sample, name):
    file, change, words = BROKEN[name]
    described(sample / file, change)
    found = examine("mihon", 2025)
    for lang in ("ja", "en"):
        text, page = as_text(found, lang), as_html(found, lang)
        assert [word for word in words if word not in text or word not in page] == []
    assert json.loads(as_json(found))["errors"] == len(found.errors)
    own = re.sub("“[^”]*”", "", "\n".join(problem.en for problem in found.errors))
    assert not JAPANESE.search(own)


def test_the_sample_itself_is_well(sample):
    for change in (lambda content: None,):
        described(sample / EDITION, change)
        described(sample / CODEBOOK, change)
    assert examine("mihon", 2025).problems == []


def test_missing_words_are_one_line_with_what_to_add(sample):
    described(sample / EDITION, no_labels)
    (problem,) = examine("mihon", 2025).errors
    assert "childcare: {ja: …, en: …} / " in str(problem)


def test_without_a_printed_table_or_a_codebook(sample):
    (sample / PRINTED).unlink()
    (sample / CODEBOOK).unlink()
    text = said()
    assert "printed_tables.csv" in text
    assert "codebook.yml" in text


def test_the_year_before_is_asked_for(sample):
    (sample.parent / "2024" / "市政モニター_R6.xlsx").unlink()
    text = said()
    assert "26_indicators_changes" in text
    assert "市政モニター_R6.xlsx" in text


@pytest.mark.parametrize(("text", "errors"), [("507位", 0), ("601位", 0), ("501位", 1)])
def test_last_years_reprinted_column(sample, text, errors):
    """Equal values are one number; of different ones both are named."""
    lines = (sample / PRINTED).read_text(encoding="utf-8").splitlines()
    old = next(line for line in lines if "魅力度" in line and "2024年調査 順位" in line)
    printed = old.rpartition(",")[2]
    new = printed if errors == 0 else text
    content = "\n".join(line.replace(printed, new) if line == old else line for line in lines)
    (sample / PRINTED).write_text(content + "\n", encoding="utf-8")
    found = [p for p in examine("mihon", 2025).errors if "2024 年度版" in str(p)]
    assert len(found) == errors
    assert all(
        text.removesuffix("位") in str(p) and printed.removesuffix("位") in str(p) for p in found
    )


def test_reversed_codes_are_one_warning_with_both_values(sample):
    described(sample / CODEBOOK, changed("true", "questions", "residence_intention", "reverse"))
    found = [p for p in examine("mihon", 2025).problems if "大きく変わって" in str(p)]
    (problem,) = [p for p in found if "residence_intention" in p.where]
    assert problem.severity == "warning"
    assert "2024 年度の 8" in str(problem)  # 80-odd per cent wished to stay
    assert len(found) == 1


def test_a_changed_definition_is_a_break_and_no_jump(sample):
    described(sample / CODEBOOK, changed(["1"], "questions", "attachment", "positive"))
    found = examine("mihon", 2025)
    assert found.errors == []
    text = as_text(found)
    assert "attachment の尺度か" in text
    assert "大きく変わって" not in text
    assert "どちらかといえば感じている、わからない" in text  # what the rest holds now
    edition = Edition.open("mihon", 2025)
    assert breaks.breaks(edition) == {2025: {"attachment": {"shares"}}}


def test_a_survey_without_scores_runs_all_the_same(sample):
    """What needs the questions from 0 to 10 is left out; the rest is computed."""
    described(sample / CODEBOOK, no_scores)
    edition = Edition.open("mihon", 2025)
    codebook = open_codebook(edition)
    save_responses(read_responses(edition, codebook).responses, codebook, edition.places)
    save_register(read_register(edition, codebook), edition.places)
    content = json.loads((ROOT / "notebooks/25_indicators_survey.ipynb").read_text("utf-8"))
    names: dict[str, object] = {}
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    made = set(names["table"]["indicator"])
    assert {"attachment", "activities", "field_satisfaction", "sample_age"} <= made
    assert not made & {"mgap", "mean_score", "modified_nps", "share_8_10"}
