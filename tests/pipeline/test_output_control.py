"""What of a notebook's outputs is published: by their type, whatever they show and hold."""

import copy
import json
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers import person_rows, seal
from helpers.desk.look import looked, passed, person_in
from helpers.pipeline.execution import execute
from helpers.pipeline.kernels import open_pool
from helpers.pipeline.notebook import Notebook
from helpers.pipeline.output_control import CAP, TOO_MUCH, Cap, controlled, without_answers
from helpers.problems import InputError
from helpers.tables import Disclosure

SECRET = "ひみつ"
SETUP = f"""
import base64, io, json, logging, sys, traceback, warnings
import pandas as pd
from IPython.display import HTML, JSON, SVG, Image, Latex, Markdown, display, update_display
from helpers import person_rows
from helpers.desk.figures import Desk
desk = Desk("mihon", 2025)
n = 60
people = pd.DataFrame({{
    "person": [f"resident-{{i:05d}}" for i in range(n)],
    "age_group": ["18-29", "30-49", "50+"] * 20,
    "q1": ["{SECRET}5", "{SECRET}3", "{SECRET}1", "{SECRET}2"] * 15,
    "q2": ["{SECRET}4", "{SECRET}3", "{SECRET}2"] * 20,
    "q3": ["{SECRET}1", "{SECRET}0"] * 30,
}})
person_rows.note(people)
counts = people["age_group"].value_counts()
looked = desk.look(counts)
"""
# Cells that show answers of people, each in another way. What they show must not be published.
SHOWN = {
    "head": "people.drop(columns='person').head()",
    "row": "people.iloc[7]",
    "dictionary": "print(people.iloc[7].to_dict())",
    "sample": "people.sample(3, random_state=1)",
    "list": "people.values.tolist()[:3]",
    "text": "people.iloc[7].to_string()",
    "json_printed": "print(people.head().to_json(force_ascii=False))",
    "json": "JSON(json.loads(people.head().to_json(orient='records')))",
    "html": "HTML(people.head().to_html())",
    "markdown": "Markdown('| ' + ' | '.join(people.iloc[7]) + ' |')",
    "latex": "Latex(' & '.join(people.iloc[7]))",
    "svg": "SVG(f'<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{people.q1[0]}</text></svg>')",
    "png": "display({'image/png': base64.b64encode(people.q1[0].encode()).decode()}, raw=True)",
    "stderr": "sys.stderr.write(people.q1[0])",
    "warning": "warnings.warn(people.q1[0])",
    "log": "logging.error(people.q1[0])",
    "traceback": "try:\n    int(people.q1[0])\nexcept ValueError:\n    traceback.print_exc()",
    "styler": "people.head().style.format(str)",
    "own_mime": "display({'application/x-own': people.q1[0]}, raw=True)",
    "update": "display(1, display_id='u')\nupdate_display(people.head(), display_id='u');",
    "own_class": "class Own:\n    def _repr_html_(self):\n        return people.head().to_html()\nOwn()",
    "forged_mark": f"display(people.head(), metadata={{'{seal.MARK}': 'a' * 64}})",
    "copied_mark": "data, mark = looked._repr_mimebundle_()\n"
    "display({'text/html': people.head().to_html()}, raw=True, metadata=mark)",
    "copied_mark_added": "data, mark = looked._repr_mimebundle_()\n"
    "display({**data, 'text/markdown': people.q1[0]}, raw=True, metadata=mark)",
    "changed": "changed = desk.look(counts)\nchanged['x'] = people.q1.head(3).to_list()\nchanged",
    "its_class": "type(looked)(people.head())",
    "made_of_it": "looked.assign(x=people.q1.head(3).to_list())",
    "attributes": "marked = people.head()\nmarked.attrs.update(looked.attrs)\nmarked",
    "old_seal": "import os\nos.environ.get('CITYPROMO_SEAL', '') and people.head()",
    "index": "counts.rename(lambda group: people.q1[0])",
}

# A kernel sends what is printed when its clock says so, in one message or in several.
LATER = "sys.stdout.flush()\nimport time\ntime.sleep(0.4)"
PRINTED = {
    "in_parts": f"print('a')\n{LATER}\nprint('b')",
    "around": f"print('a')\n{LATER}\ndisplay(looked)\nprint('b')",
    "two_streams": f"print('a')\n{LATER}\nsys.stderr.write('b')\nsys.stderr.flush();",
    "in_turns": f"print('a')\n{LATER}\nsys.stderr.write('b')\nsys.stderr.flush()\nprint('c')",
    "three_parts": f"print('a')\n{LATER}\nprint('b', end='')\n{LATER}\nprint('c')",
    "by_a_program": f"print('a')\n{LATER}\n!echo b",
    "warned": f"print('a')\n{LATER}\nwarnings.warn('b')\n{LATER}\nprint('c')\n{LATER}\nlogging.error('d')",
}
MANY = {"around": 2, "two_streams": 2, "in_turns": 2, "warned": 2}


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict]]:
    """The outputs of all these cells, as a run leaves them; one kernel for all."""
    folder = tmp_path_factory.mktemp("executed")
    cells = [new_markdown_cell("# 題"), new_code_cell(SETUP)]
    cells += [new_code_cell(code, metadata={"name": name}) for name, code in SHOWN.items()]
    cells.append(new_code_cell("looked", metadata={"name": "looked"}))
    cells.append(new_code_cell("print('長い' * 3_000_000)", metadata={"name": "long"}))
    cells += [new_code_cell(code, metadata={"name": name}) for name, code in PRINTED.items()]
    notebook = run(folder, cells)
    return {cell.metadata.get("name", ""): cell.get("outputs", []) for cell in notebook.cells}


def run(folder: Path, cells: list) -> nbformat.NotebookNode:
    path, output = folder / "41_own.ipynb", folder / "out.ipynb"
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": spec}), path)
    with open_pool(1, folder) as pool:
        run.done = execute(Notebook(path), {}, output, pool)
    return nbformat.read(output, 4)


@pytest.mark.parametrize("name", SHOWN)
def test_no_way_of_showing_people_is_published(executed, name):
    outputs = executed[name]
    assert [list(output["data"]) for output in outputs] in ([["text/plain"]], [])
    assert SECRET not in json.dumps(outputs, ensure_ascii=False)
    assert "desk.look" in json.dumps(outputs) or name == "old_seal"


def test_a_table_that_passed_is_published_without_the_mark(executed):
    (output,) = executed["looked"]
    assert "18-29" in output["data"]["text/html"]
    assert output["metadata"] == {}


def test_a_long_output_is_cut_with_a_sentence(executed):
    texts = [output["data"]["text/plain"] for output in executed["long"]]
    assert TOO_MUCH.ja in texts and max(map(len, texts)) < 1000


@pytest.mark.parametrize("name", PRINTED)
def test_what_is_printed_in_parts_is_one_output_as_if_at_once(executed, name):
    assert f"（{MANY.get(name, 1)} 件）" in executed[name][-1]["data"]["text/plain"]


def test_an_error_says_nothing_of_a_person(tmp_path):
    cells = [
        new_markdown_cell("# 題"),
        new_code_cell(f"row = {{'q1': '{SECRET}' + '5', 'q2': 3}}\nkey = 'age' + '_group'"),
        new_code_cell('raise ValueError(f\'cannot use {row} of Taro at {"090-12" + "34-5678"}\')'),
    ]
    outputs = run(tmp_path, cells).cells[-1].outputs
    said = json.dumps(outputs, ensure_ascii=False) + str(run.done.failure)
    assert "ValueError: cannot use" in said and "41_own" in said
    assert f"{SECRET}5" not in said and "1234" not in said


# --- without a kernel -----------------------------------------------------------------------


def executed_notebook(*outputs: dict) -> dict:
    return {"cells": [{"cell_type": "code", "source": "x", "outputs": list(outputs)}]}


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    value = seal.new_key()
    monkeypatch.setenv(seal.VARIABLE, value)
    monkeypatch.setattr(seal, "_key", "")
    return value


def sealed_output(text: str) -> dict:
    data = {"text/plain": text}
    return {"output_type": "display_data", "data": data, "metadata": seal.sealed(data)}


def test_a_seal_fits_its_own_output_and_its_own_run_alone(key):
    good = sealed_output("a\nb")
    other, older = copy.deepcopy(good), copy.deepcopy(good)
    other["data"]["text/plain"] = "c"
    stored = copy.deepcopy(good) | {"data": {"text/plain": ["a\n", "b"]}}  # as files hold it
    (cell,) = controlled(executed_notebook(good, stored), key)["cells"]
    assert [output["data"]["text/plain"] for output in cell["outputs"]] == ["a\nb", ["a\n", "b"]]
    for notebook, run_key in (
        (executed_notebook(other), key),
        (executed_notebook(older), "b" * 64),
    ):
        (cell,) = controlled(notebook, run_key)["cells"]
        assert ["desk.look" in o["data"]["text/plain"] for o in cell["outputs"]] == [True]


def test_by_hand_nothing_is_marked(monkeypatch):
    monkeypatch.delenv(seal.VARIABLE, raising=False)
    monkeypatch.setattr(seal, "_key", "")
    shown = passed(pd.DataFrame({"人数": [20, 30]}, index=["a", "b"]))._repr_mimebundle_()
    assert set(shown) == {"text/html", "text/plain"}


def test_sealed_outputs_are_capped_too(key):
    notebook = executed_notebook(*(sealed_output(f"{i}" * (CAP // 2 - 5)) for i in range(3)))
    (cell,) = controlled(notebook, key, "en")["cells"]
    assert [len(o["data"]["text/plain"]) for o in cell["outputs"]][:2] == [CAP // 2 - 5] * 2
    assert cell["outputs"][2]["data"]["text/plain"] == TOO_MUCH.en


def message(kind: str, **content: object) -> dict:
    return {"msg_type": kind, "header": {"msg_type": kind}, "content": content}


def test_what_exceeds_the_cap_is_thrown_away_while_it_comes():
    cap, text = Cap(), "x" * (CAP // 4)
    passed_on = [cap.fitted(message("stream", name="stdout", text=text), 1) for _ in range(9)]
    texts = [m["content"].get("text", "") for m in passed_on]
    assert texts.count(text) == 3 and [TOO_MUCH.ja in t for t in texts].count(True) == 1
    error = cap.fitted(message("error", ename="E", evalue=text, traceback=[text] * 9), 1)
    assert error["msg_type"] == "error" and len(str(error)) < 5000
    assert cap.fitted(message("stream", name="stdout", text=text), 2)["content"]["text"] == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("'attachmnt'", "'attachmnt'"),  # the code says it
        ("'東町'", "…"),
        ("could not convert string to float: '山田太郎'", "could not convert string to float: …"),
        ("name 'pb' is not defined", "name … is not defined"),
        ("{'q1': 5}", "{…: …}"),
        ("a\nb 山田", "a"),
    ],
)
def test_of_a_message_stays_what_the_code_says(text, said):
    assert without_answers(text, ["x = table['attachmnt']"]) == said


# --- the door of tables ---------------------------------------------------------------------


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "person": [f"resident-{i:05d}" for i in range(60)],
            "age_group": ["18-29", "30-49", "50+"] * 20,
            "sex": ["female", "male"] * 30,
            **{f"q{k}": [(i * (k + 3) + i // 7) % 5 + 1 for i in range(60)] for k in range(9)},
        }
    )
    monkeypatch.setattr(person_rows, "_seen", [])
    person_rows.note(frame)
    return frame


@pytest.mark.parametrize(
    "show",
    [
        lambda people: people.head(),
        lambda people: people.drop(columns="person").head(3),
        lambda people: people.drop(columns="person").iloc[7],
        lambda people: people.drop(columns="person").iloc[7].to_dict(),
        lambda people: people[["age_group", "q1"]],
        lambda people: people.set_index("age_group").drop(columns="person").head(),
        lambda people: people[["person"]],
        lambda people: people.drop(columns="person").head().T,
        lambda people: people.drop(columns="person").rename(columns=lambda name: f"列{name}"),
        lambda people: people.filter(regex="^q").astype(float).iloc[[7]],
        lambda people: people.sort_values("q1").drop(columns="person").tail(4),
        lambda people: people.drop(columns="person").to_dict("records"),
        lambda people: people["q1"],
    ],
)
def test_a_row_a_person_does_not_pass(people, show):
    with pytest.raises(InputError, match=r"desk\.look") as refused:
        looked(show(people), label=str)
    assert "resident-0" not in str(refused.value) and "18-29" not in str(refused.value)


@pytest.mark.parametrize(
    "show",
    [
        lambda people: people["age_group"].value_counts(),
        lambda people: pd.crosstab(people["age_group"], people["sex"]),
        lambda people: people.groupby("age_group")[["q1", "q2"]].mean(),
        lambda people: people.groupby(["age_group", "sex"]).size(),
        lambda people: people[["q1", "q2", "q3"]].mean(),
        lambda people: {"n": 60, "deff": "1.31"},
        lambda people: people[["q1", "q2", "q3", "q4", "q5"]].describe(),
    ],
)
def test_counts_and_means_pass(people, show):
    assert len(looked(show(people), label=str))


def test_small_counts_are_hidden_and_never_one_alone(people):
    people.loc[:3, "age_group"] = "70+"  # 4 people; 18-29 loses 2, 30-49 and 50+ one each
    shown = looked(people["age_group"].value_counts(sort=False), label=str)
    assert shown["count"].to_dict() == {"70+": "x", "30-49": 19, "50+": 19, "18-29": "x"}
    strict = Disclosure(smallest_base=20)  # as an edition may ask for
    shown = looked(people["age_group"].value_counts(sort=False), label=str, rules=strict)
    assert set(shown["count"]) == {"x"}


def test_a_frame_of_a_file_that_nobody_noted_is_known_by_its_looks(monkeypatch):
    monkeypatch.setattr(person_rows, "_seen", [])
    raw = pd.DataFrame({f"問{k}": [(i * k) % 5 + 1 for i in range(9)] for k in range(1, 8)})
    assert person_in(raw) and person_in(raw.rename(columns=lambda name: name[1:] + "番"))
