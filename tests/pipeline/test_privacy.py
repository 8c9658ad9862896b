"""The scan for respondents' rows: finds each planted one, and nothing in aggregates."""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from docx import Document
from pptx import Presentation

from helpers.pipeline.inputs import file_digest
from helpers.pipeline.manifest import Success
from helpers.pipeline.privacy import leaks, verify_no_respondent
from helpers.problems import InputError

QUESTIONS = [f"q{i}" for i in range(12)]


@pytest.fixture
def responses() -> pd.DataFrame:
    answers = {q: pd.array([(i * k + 1) % 11 for k in range(1, 21)], dtype="Int64")
               for i, q in enumerate(QUESTIONS)}  # fmt: skip
    frame = pd.DataFrame({"person": [f"resident-{k:05d}" for k in range(1, 21)], **answers})
    frame.loc[3, "q4"] = pd.NA
    return frame


def notebook(**data: str) -> str:
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    return json.dumps({"cells": [{"cell_type": "code", "source": [], "outputs": [output]}]})


def planted(responses: pd.DataFrame) -> dict[str, str]:
    """One row of a respondent, in every kind of artifact that could hold it."""
    row = responses.loc[[3], QUESTIONS]
    return {
        "table.csv": row.to_csv(index=False),
        "float.csv": row.astype("Float64").to_csv(index=False, na_rep="nan"),
        "log.txt": row.to_string(),
        "plain.ipynb": notebook(**{"text/plain": row.to_string()}),
        "html.ipynb": notebook(**{"text/html": row.to_html()}),
        "page.html": row.to_html(),
        "manifest.json": json.dumps({"first": " ".join(map(str, row.iloc[0]))}),
        "name.svg": "<svg><desc>resident-00004</desc></svg>",
    }


ARTIFACTS = (
    "table.csv", "float.csv", "log.txt", "plain.ipynb", "html.ipynb", "page.html",
    "manifest.json", "name.svg",
)  # fmt: skip


@pytest.mark.parametrize("name", ARTIFACTS)
def test_a_planted_row_is_found(tmp_path, responses, name):
    (tmp_path / name).write_text(planted(responses)[name], encoding="utf-8")
    problems = leaks(tmp_path.iterdir(), [pa.Table.from_pandas(responses)])
    assert len(problems) == 1
    assert name in str(problems[0])


def a_workbook(row: pd.DataFrame, path: Path) -> None:
    row.to_excel(path, startrow=3)


def a_word_table(row: pd.DataFrame, path: Path) -> None:
    document = Document()
    table = document.add_table(1, len(row.columns))
    for cell, value in zip(table.rows[0].cells, row.iloc[0], strict=True):
        cell.text = "" if pd.isna(value) else str(value)
    document.save(str(path))


def a_slide(row: pd.DataFrame, path: Path) -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    table = slide.shapes.add_table(1, len(row.columns), 0, 0, 10**6, 10**6).table
    for cell, value in zip(table.rows[0].cells, row.iloc[0], strict=True):
        cell.text = "" if pd.isna(value) else str(value)
    show.save(str(path))


@pytest.mark.parametrize(
    ("name", "write"), [("a.xlsx", a_workbook), ("a.docx", a_word_table), ("a.pptx", a_slide)]
)
def test_a_planted_row_is_found_in_office_files(tmp_path, responses, name, write):
    write(responses.loc[[3], QUESTIONS], tmp_path / name)
    assert len(leaks(tmp_path.iterdir(), [pa.Table.from_pandas(responses)])) == 1
    write(responses[QUESTIONS].mean().round(1).to_frame().T, tmp_path / name)
    assert leaks(tmp_path.iterdir(), [pa.Table.from_pandas(responses)]) == []


def test_aggregates_are_not_accused(tmp_path, responses):
    means = responses[QUESTIONS].mean().round(1)
    (tmp_path / "means.csv").write_text(means.to_csv(), encoding="utf-8")
    counts = responses["q3"].value_counts().to_frame()
    (tmp_path / "counts.html").write_text(counts.to_html(), encoding="utf-8")
    (tmp_path / "zeros.csv").write_text(",".join("0" * 12), encoding="utf-8")
    assert leaks(tmp_path.iterdir(), [pa.Table.from_pandas(responses)]) == []


def test_what_is_published_is_looked_at_again_when_the_answers_change(tmp_path, responses):
    (tmp_path / "data").mkdir()
    (tmp_path / "report").mkdir()
    answers, planted_row = tmp_path / "data/responses.parquet", tmp_path / "report/table.csv"
    responses.to_parquet(answers)
    planted_row.write_text(planted(responses)["table.csv"], encoding="utf-8")
    with pytest.raises(InputError, match=r"table\.csv"):
        verify_no_respondent(tmp_path, {})
    kept = {"report/table.csv": file_digest(planted_row)}
    published = {"data/responses.parquet": file_digest(answers), **kept}
    verify_no_respondent(tmp_path, {"31_figures": Success({}, {}, published)})
    with pytest.raises(InputError, match=r"table\.csv"):
        other = {"data/responses.parquet": "other answers", **kept}
        verify_no_respondent(tmp_path, {"31_figures": Success({}, {}, other)})
