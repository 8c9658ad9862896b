"""The scan for respondents' rows: finds each planted one, and nothing in aggregates."""

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from docx import Document
from pptx import Presentation

from helpers.edition import Edition
from helpers.person_rows import Words
from helpers.pipeline.inputs import file_digest
from helpers.pipeline.manifest import Success
from helpers.pipeline.privacy import leaks, look_through, verify_no_respondent
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


# --- in every format ------------------------------------------------------------------------

GROUPS = {"age_group": ["18-29", "30-49", "50+"], "sex": ["female", "male"]}
SCALE = {
    1: "とても感じる",
    2: "やや感じる",
    3: "どちらでもない",
    4: "あまり感じない",
    5: "感じない",
}
ANSWERS = [f"attachment_{k}" for k in range(1, 19)]
WORDS = Words(
    {f"問{k} 設問": f"attachment_{k}" for k in range(1, 19)} | {"年齢": "age_group"},
    {name: {word: str(code) for code, word in SCALE.items()} for name in ANSWERS},
)


def survey() -> pd.DataFrame:
    """Sixty people, two groups, eighteen questions of five answers each; seeded by hand."""
    groups = {n: [kinds[(i * 7) % len(kinds)] for i in range(60)] for n, kinds in GROUPS.items()}
    answers = {
        name: [(i * (k + 2) + i * i // (k + 3)) % 5 + 1 for i in range(60)]
        for k, name in enumerate(ANSWERS)
    }
    people = [f"resident-{i:05d}" for i in range(60)]
    return pd.DataFrame({"person": people, **groups, **answers})


PEOPLE = survey().drop(columns="person")
ROW = PEOPLE.iloc[7]
FEW = PEOPLE.iloc[:, 2:9]  # seven columns
WORDED = PEOPLE.replace(dict.fromkeys(ANSWERS, SCALE))


def cell(source: str = "", kind: str = "code", **output: object) -> str:
    outputs = [{"output_type": "display_data", "metadata": {}, **output}] if output else []
    made = {"cell_type": kind, "source": source, "outputs": outputs, "metadata": {}}
    return json.dumps({"cells": [made], "nbformat": 4, "metadata": {}}, ensure_ascii=False)


def binary(write: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    write(buffer)
    return buffer.getvalue()


def zipped(name: str, content: str) -> bytes:
    def write(buffer: io.BytesIO) -> None:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)

    return binary(write)


def page_of_pdf(lines: Iterable[str]) -> bytes:
    """A page with a line of text below another, its stream compressed."""
    text = "\n".join(
        f"BT 1 0 0 1 9 {700 - 9 * i} Tm ({line}) Tj ET" for i, line in enumerate(lines)
    )
    stream = zlib.compress(text.encode())
    return b"%PDF-1.4\n1 0 obj << /Filter /FlateDecode >>\nstream\n" + stream + b"\nendstream"


def picture(texts: Iterable[object]) -> str:
    drawn = "".join(f"<g><!-- {text} --><path d='M0 0'/></g>" for text in texts)
    return f"<svg xmlns='http://www.w3.org/2000/svg'>{drawn}</svg>"


def records(frame: pd.DataFrame) -> list[dict]:
    return json.loads(frame.to_json(orient="records"))


EVERYWHERE: dict[str, Callable[[], str | bytes]] = {
    "default.ipynb": lambda: cell(data={"text/html": PEOPLE.head().to_html(max_cols=8)}),
    "wrapped.ipynb": lambda: cell(data={"text/plain": PEOPLE.head().to_string(line_width=60)}),
    "series.ipynb": lambda: cell(data={"text/plain": ROW.to_string()}),
    "dict.ipynb": lambda: cell(text=str(ROW.to_dict())),
    "list.ipynb": lambda: cell(text=str(ROW.to_list())),
    "json.ipynb": lambda: cell(data={"application/json": records(PEOPLE.head())}),
    "own_json.ipynb": lambda: cell(data={"application/vnd.own+json": {"rows": records(FEW)}}),
    "error.ipynb": lambda: cell(output_type="error", evalue=str(ROW.to_dict()), traceback=[]),
    "markdown.ipynb": lambda: cell(f"例: {ROW.to_dict()}", "markdown"),
    "source.ipynb": lambda: cell(f"# {' '.join(map(str, ROW))}"),
    "svg.ipynb": lambda: cell(data={"image/svg+xml": picture(ROW)}),
    "stream.ipynb": lambda: cell(output_type="stream", name="stdout", text=FEW.head().to_string()),
    "widgets.ipynb": lambda: cell(data={"text/latex": " & ".join(map(str, ROW))}),
    "wide.html": lambda: f"<html>{PEOPLE.head().to_html()}</html>",
    "seven.csv": lambda: FEW.head(3).to_csv(index=False),
    "seven_without_heading.csv": lambda: FEW.head(5).to_csv(index=False, header=False),
    "turned.csv": PEOPLE.head(3).T.to_csv,
    "table.tsv": lambda: PEOPLE.head(3).to_csv(sep="\t"),
    "semicolon.csv": lambda: PEOPLE.head(3).to_csv(sep=";"),
    "utf16.csv": lambda: PEOPLE.head(3).to_csv().encode("utf-16"),
    "table.zip": lambda: zipped("inner/a.csv", PEOPLE.head(3).to_csv()),
    "table.csv.gz": lambda: gzip.compress(PEOPLE.head(3).to_csv().encode()),
    "compressed.pdf": lambda: page_of_pdf([",".join(map(str, ROW))]),
    "cells.pdf": lambda: page_of_pdf(map(str, ROW)),
    "no_person.parquet": lambda: binary(PEOPLE.to_parquet),
    "no_person.feather": lambda: binary(PEOPLE.to_feather),
    "book.xlsx": lambda: binary(lambda b: PEOPLE.head(2).to_excel(b, startrow=5)),
    "words.csv": lambda: WORDED.head(2).to_csv(index=False, header=False),
    "words_named.csv": lambda: WORDED.iloc[:2, 2:8].to_csv(index=False),
    "headings.csv": lambda: (
        PEOPLE.iloc[:2, 2:8]
        .set_axis([f"問{k} 設問" for k in range(1, 7)], axis=1)
        .to_csv(index=False)
    ),
    "columns.json": lambda: FEW.head(9).to_json(),
    "lines.json": lambda: FEW.head(3).to_json(orient="records", lines=True),
    "values.json": lambda: FEW.head(9).to_json(orient="values"),
    "long.csv": lambda: PEOPLE.head(2).reset_index().melt("index").sort_values("index").to_csv(),
    "one_question.csv": lambda: PEOPLE[["attachment_1"]].to_csv(index=False),
    "picture.svg": lambda: picture(ROW),
    "run.log": lambda: f"12:00:00  ValueError: {ROW.to_dict()}",
}


@pytest.mark.parametrize("name", EVERYWHERE)
def test_answers_are_found_in_every_format(tmp_path, name):
    content = EVERYWHERE[name]()
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (problem,) = leaks([path], [pa.Table.from_pandas(survey())], WORDS)
    for said in (problem.text("ja"), problem.text("en")):
        assert name in said and "resident-" not in said
        for answer in (*SCALE.values(), "attachment", "18-29", "50+"):
            assert answer not in said.replace(name, "")


COUNTED: dict[str, Callable[[], str]] = {
    "counts.csv": lambda: PEOPLE["attachment_1"].value_counts().to_csv(),
    "crosstab.html": lambda: pd.crosstab(PEOPLE["age_group"], PEOPLE["attachment_1"]).to_html(),
    "means.csv": lambda: PEOPLE[ANSWERS].mean().round(2).to_csv(),
    "medians.csv": lambda: PEOPLE.groupby("age_group")[ANSWERS].median().to_csv(),
    "groups.txt": lambda: "age_group 18-29 61.0\nsex female 60.1\nattachment_1 positive 55.5",
    "scale.svg": lambda: picture(range(11)),
    "legend.svg": lambda: picture(SCALE.values()),
    "years.csv": lambda: "\n".join(f"{2000 + i},{i % 5 + 1},{i % 3}" for i in range(25)),
}


@pytest.mark.parametrize("name", COUNTED)
def test_what_is_counted_is_not_accused(tmp_path, name):
    (tmp_path / name).write_text(COUNTED[name](), encoding="utf-8")
    assert leaks([tmp_path / name], [pa.Table.from_pandas(survey())], WORDS) == []


def test_a_failed_run_and_drafts_are_looked_through(project):
    edition = Edition.open("isehara", 2024)
    places = edition.places
    aside = project / "reports" / "_failed" / "isehara" / "2024"
    for folder in (places.draft / "data", places.draft / "figures", aside):
        folder.mkdir(parents=True)
    assert look_through(edition, aside) == []
    survey().to_parquet(places.draft / "data" / "responses.parquet")
    (aside / "24.ipynb").write_text(cell(text=str(ROW.to_dict())), encoding="utf-8")
    (aside / "25.ipynb").write_text(cell(text="12 34"), encoding="utf-8")
    (places.draft / "figures" / "a.csv").write_text(FEW.head().to_csv(), encoding="utf-8")
    problems = look_through(edition, aside)
    assert [Path(problem.where).name for problem in problems] == ["24.ipynb", "a.csv"]
    assert [path.name for path in aside.iterdir()] == ["25.ipynb"]
    assert (places.draft / "figures" / "a.csv").exists()


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
