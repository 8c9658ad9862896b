"""Staging, verification and manifest, with files that no kernel has made."""

import json
from pathlib import Path

import pytest
import tiny

from helpers.edition import Edition
from helpers.pipeline.inputs import Inputs
from helpers.pipeline.manifest import Success, read_successes, verify, write_manifest
from helpers.pipeline.plan import Planning
from helpers.pipeline.publication import publish
from helpers.pipeline.staging import FORMATS, Staging, verify_staged
from helpers.problems import InputError

NONE = Success({}, {}, {})
CODE = {"コード": "1"}
READ = {("data/raw/mihon/2025/number.txt", "", ""): "2", ("data/raw", "listing", "*"): "3"}
NOTEBOOK = json.dumps({"cells": [{"outputs": []}, {}]})
TIMES = {"started": "2026-04-01T09:00:00+0900", "finished": "2026-04-01T09:01:00+0900"}


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edition:
    monkeypatch.setenv("CITYPROMO_ROOT", str(tiny.make_project(tmp_path)))
    return Edition.open(tiny.CITY, tiny.YEAR)


def staged(edition: Edition) -> tuple[Staging, dict[str, Success]]:
    """All notebooks' parts, put together."""
    staging, successes = Staging(edition.places), {}
    staging.prepare(Inputs.of(edition.places))
    for name in edition.notebooks:
        part = staging.part(name)
        files = {f"report/notebooks/{name}.ipynb": NOTEBOOK}
        if name == "11_clean":
            files["data/table.parquet"] = "1"
        if name == "21_indicators":
            files["data/indicators/all.csv"] = "1"
        if name == "31_figures":
            files |= {f"report/figures/one.{ending}": "1" for ending in FORMATS}
            files["report/figures/one.csv"] = (
                "\ufeff項目,キー\r\n正,attachment.total.total.positive\r\n"
            )
        for path, text in files.items():
            (part / path).parent.mkdir(parents=True, exist_ok=True)
            (part / path).write_text(text, encoding="utf-8")
        successes[name] = staging.complete(name, CODE, READ)
        staging.take(name, successes[name].outputs, staging.staged(name))
    staging.put_together()
    return staging, successes


@pytest.fixture
def published(edition: Edition) -> Edition:
    staging, successes = staged(edition)
    verify_staged(edition, staging.folder, successes, edition.notebooks)
    read = Inputs.of(edition.places).copied(staging.folder / "copies").values
    write_manifest(Planning(edition, {}), successes | {"deliverables": NONE}, read, {}, TIMES, "")
    publish(edition.places)
    return edition


def test_the_manifest_says_it_all(published):
    manifest = tiny.manifest(published.places.root)
    assert manifest["edition"] == "mihon 2025"
    assert manifest["figures"] == {"one": ["attachment"]}
    assert manifest["inputs"].keys() == {
        f"data/raw/mihon/2025/{name}" for name in ("claims.yml", "edition.yml", "number.txt")
    }
    assert len(manifest["lock"]) == 64
    assert manifest["packages"]["papermill"]
    assert manifest["started"] < manifest["finished"]
    assert manifest["outputs"].keys() >= {"data/table.parquet", "report/figures/one.pdf"}
    assert manifest["notebooks"]["11_clean"]["parameters"]["lang"] == "ja"
    read = read_successes(published.places)["11_clean"]
    assert (read.code, read.inputs) == (CODE, READ)
    assert verify(published) == len(manifest["outputs"]) + 1


def test_verify_finds_one_changed_byte_in_any_file(published):
    places = published.places
    files = [p for f in (places.published_data, places.published_report) for p in f.rglob("*")]
    for path in (path for path in files if path.is_file()):
        good = path.read_bytes()
        for position in {0, len(good) // 2, len(good) - 1}:
            bad = bytearray(good)
            bad[position] ^= 1
            path.write_bytes(bytes(bad))
            with pytest.raises(
                (InputError, UnicodeDecodeError), match=r"変わりました|ありません|decode"
            ):
                verify(published)
        path.write_bytes(good)
    verify(published)


def test_verify_finds_what_is_missing_and_what_does_not_belong(published):
    (published.places.published_report / "figures" / "one.pdf").unlink()
    (published.places.published_report / "figures" / "mine.pdf").write_text("x")
    with pytest.raises(InputError) as caught:
        verify(published)
    assert len(caught.value.problems) == 2
    assert "なくなりました" in str(caught.value)
    assert "報告書のファイルではありません" in str(caught.value)


def test_verify_without_a_report(edition):
    with pytest.raises(InputError, match="公開された報告書がありません"):
        verify(edition)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: (folder / "report/figures/one.svg").unlink(), "one.svg"),
        (lambda folder: (folder / "report/figures/one.svg").write_text(""), "one.svg"),
        (lambda folder: (folder / "report/figures/one.svg").write_text("2"), "書いたときのまま"),
        (lambda folder: (folder / "data/indicators/all.csv").unlink(), "指標が1つも"),
        (lambda folder: (folder / "report/notebooks/11_clean.ipynb").unlink(), "11_clean"),
        (
            lambda folder: (folder / "report/notebooks/11_clean.ipynb").write_text(
                NOTEBOOK.replace("[]", '[{"output_type": "error"}]', 1)
            ),
            "誤りのセル",
        ),
    ],
    ids=["no svg", "empty", "changed", "no indicators", "no notebook", "error cell"],
)
def test_what_is_not_whole_is_not_published(edition, spoil, words):
    staging, successes = staged(edition)
    spoil(staging.folder)
    with pytest.raises(InputError, match=words):
        verify_staged(edition, staging.folder, successes, edition.notebooks)


def test_two_notebooks_may_not_write_one_file(edition):
    staging = Staging(edition.places)
    staging.prepare(Inputs.of(edition.places))
    outputs = {}
    for name in ("31_figures", "32_figures"):
        (staging.part(name) / "report" / "same.txt").write_text("x")
        outputs[name] = staging.complete(name, CODE, READ).outputs
    staging.take("31_figures", outputs["31_figures"], staging.staged("31_figures"))
    with pytest.raises(InputError, match="31_figures も書いています"):
        staging.take("32_figures", outputs["32_figures"], staging.staged("32_figures"))


def test_complete_parts_survive_an_interruption_and_spoiled_ones_do_not(edition):
    staging, successes = staged(edition)
    staging.part("32_figures")
    after = Staging(edition.places)
    after.prepare(Inputs.of(edition.places))
    assert after.success("11_clean") == successes["11_clean"]
    assert after.success("32_figures") is None
    assert not any(staging.data.iterdir())
    (staging.folder / "parts/11_clean/data/table.parquet").write_text("2")
    assert after.success("11_clean") is None
    after.prepare(Inputs.of(edition.places), again=True)
    assert after.success("21_indicators") is None
