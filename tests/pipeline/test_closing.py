"""A closed edition is verified and never made again, whatever has changed around it."""

import json
import shutil
from pathlib import Path

import pytest
from test_manifest import edition, published  # noqa: F401

from helpers import cli
from helpers.batch.task import bring_up_to_date
from helpers.edition import Edition
from helpers.pipeline import plan
from helpers.pipeline.closing import close, reopen, verify_closed
from helpers.pipeline.manifest import verify
from helpers.pipeline.publication import JOURNAL, staging_folder
from helpers.pipeline.run import run
from helpers.problems import InputError


@pytest.fixture
def closed(published: Edition) -> Edition:  # noqa: F811
    close(published)
    return published


def closing(edition: Edition) -> Path:  # noqa: F811
    return edition.places.published_data / "closed.json"


def test_closed_holds_the_report_and_its_indicators(closed):
    known = json.loads(closing(closed).read_text(encoding="utf-8"))
    assert set(known) == {"date", "commit", "files"}
    assert {"data/indicators/all.csv", "report/manifest.json"} <= set(known["files"])
    assert "report/figures/one.png" in known["files"]
    assert not [name for name in known["files"] if name.endswith(".parquet")]
    assert verify(closed)  # closed.json is no foreign file


def test_a_closed_edition_is_not_run_though_everything_has_changed(closed, capsys):
    for path in closed.places.raw.iterdir():
        path.write_text("nonsense", encoding="utf-8")
    before = (closed.places.published_report / "manifest.json").read_bytes()
    result = run(closed, again=True)
    assert result.executed == [] and not result.published
    told = ["run", closed.places.city, str(closed.places.fiscal_year), "--again", "--lang", "en"]
    assert cli.main(told) == 0  # though its edition.yml is nonsense now
    said = capsys.readouterr().out.splitlines()
    assert "are as they were then; nothing is run" in said[-1]
    assert cli.main(["plan", *told[1:3], "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines() == said[-1:]
    assert (closed.places.published_report / "manifest.json").read_bytes() == before


def test_a_worker_of_a_batch_verifies_it_too(closed, monkeypatch):
    places = closed.places
    monkeypatch.setattr(plan, "helpers_digest", lambda root: "")  # the tiny one has other files
    (places.raw / "edition.yml").write_text("nonsense", encoding="utf-8")
    outcome = bring_up_to_date(places.city, places.fiscal_year, places.root)
    assert (outcome.state, outcome.said) == ("unchanged", "")
    (places.published_report / "figures" / "one.png").write_text("2", encoding="utf-8")
    outcome = bring_up_to_date(places.city, places.fiscal_year, places.root)
    assert outcome.state == "failed" and "--reopen" in outcome.said


@pytest.mark.parametrize("name", ["report/figures/one.png", "data/indicators/all.csv"])
@pytest.mark.parametrize("how", ["changed", "gone"])
def test_what_is_not_as_it_was_is_named(closed, name, how, capsys):
    path = closed.places.published(name)
    path.write_text("2", encoding="utf-8") if how == "changed" else path.unlink()
    with pytest.raises(InputError, match=f"{path.name}.*--reopen"):
        run(closed)
    words = ["run", closed.places.city, str(closed.places.fiscal_year)]
    assert cli.main(words) == 1
    assert str(path) in capsys.readouterr().err


def test_another_report_that_is_whole_in_itself_is_not_the_closed_one(closed):
    """``manifest.json`` made anew would please ``verify``: the closing knows better."""
    known = json.loads(closing(closed).read_text(encoding="utf-8"))
    known["files"]["report/manifest.json"] = "0" * 64
    closing(closed).write_text(json.dumps(known), encoding="utf-8")
    assert verify(closed)
    with pytest.raises(InputError, match=r"manifest\.json"):
        verify_closed(closed.places)


def test_a_clone_without_the_report_says_so(closed):
    shutil.rmtree(closed.places.published_report)
    (closed.places.published_data / "table.parquet").unlink()  # git ignores it
    said = verify_closed(closed.places)
    assert said is not None and "報告書はここにありません" in said.ja and "1 個" in said.ja
    (closed.places.published_data / "indicators" / "all.csv").write_text("2", encoding="utf-8")
    with pytest.raises(InputError, match=r"all\.csv"):
        verify_closed(closed.places)


def test_only_a_whole_report_is_closed(published):  # noqa: F811
    (published.places.published_report / "figures" / "one.svg").write_text("2", encoding="utf-8")
    with pytest.raises(InputError, match=r"one\.svg"):
        close(published)
    assert not closing(published).exists()


def test_a_publication_that_was_interrupted_is_finished_first(published):  # noqa: F811
    staging = staging_folder(published.places)
    staging.mkdir(parents=True, exist_ok=True)
    (staging / JOURNAL).write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"途中で止まっています.*citypromo run mihon 2025"):
        close(published)


@pytest.mark.parametrize("city", ["nowhere", "a" * 300, "README.md", "a/b/c"])
def test_a_city_that_is_not_there_is_no_damaged_closing(published, city, capsys):  # noqa: F811
    (published.places.root / "data" / "processed" / "README.md").write_text("", encoding="utf-8")
    assert cli.main(["run", city, "2025"]) == 1
    assert "closed.json" not in capsys.readouterr().err


def test_without_a_report_there_is_nothing_to_close(edition):  # noqa: F811
    with pytest.raises(InputError, match="公開された報告書がありません"):
        close(edition)


def test_reopened_it_is_an_edition_like_any_other(closed):
    reopen(closed.places)
    assert verify_closed(closed.places) is None
    with pytest.raises(InputError, match="閉じていません"):
        reopen(closed.places)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"date": 1, "commit": "", "files": []}', "\0"])
def test_a_damaged_closing_is_a_sentence(closed, text):
    closing(closed).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"closed\.json.*git checkout -- data/processed/"):
        run(closed)


def test_the_command_closes_and_reopens(published, capsys):  # noqa: F811
    words = ["close", published.places.city, str(published.places.fiscal_year)]
    assert cli.main(words) == 0
    said = capsys.readouterr().out
    assert "閉じたときのまま" in said and f"data/processed/{published.places.edition}" in said
    assert cli.main(words) == 0  # once more: it says the same
    assert cli.main([*words, "--reopen"]) == 0
    assert cli.main([*words, "--reopen"]) == 1
