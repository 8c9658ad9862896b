"""A store of objects: on a real S3-compatible server, and in a folder that fsspec opens."""

import json
import os
import subprocess
import sys
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from stores import EDITION, ENDPOINT, make_report

from helpers.batch.home import StoreHome
from helpers.batch.journal import Journal
from helpers.batch.outcome import DONE, Outcome
from helpers.batch.refusal import refusal
from helpers.batch.scratch import Scratch, sweep
from helpers.batch.store import Store
from helpers.batch.store_task import bring, bring_indicators
from helpers.batch.version import (
    DAY_S,
    Damaged,
    editions_in,
    fetch,
    find_version,
    publish,
    published_in,
)
from helpers.commands.batch import _asked
from helpers.places import Places
from helpers.problems import InputError, Problem


def numbers(store: Store, root: Path, edition=EDITION) -> set[str]:
    """What the files of the published version say."""
    version = find_version(store, edition)
    assert version is not None
    assert fetch(store, version, version.files, Places(root, *edition)) == []
    found = [p for p in root.rglob("*") if p.is_file() and p.name != "manifest.json"]
    assert len(found) == 5
    return {path.read_text() for path in found}


def versions(store: Store) -> set[str]:
    return {path.partition("/")[0] for path in store.files("versions/aoba/2025")}


def test_objects(store):
    assert store.read("a/b") is None
    store.write("a/b/名前 1+2.txt", b"1")
    store.write("a/b/名前 1+2.txt", b"2")
    store.write("a/empty", b"")
    store.write("ab/c", b"3")
    assert store.read("a/b/名前 1+2.txt") == b"2"
    assert store.read("a/empty") == b""
    assert set(store.files("a")) == {"b/名前 1+2.txt", "empty"}
    store.delete("a")
    assert store.files("a") == {}
    assert store.read("ab/c") == b"3"


def test_an_object_is_seen_whole_or_not_at_all(store):
    contents = [digit * 3_000_000 for digit in (b"1", b"2")]
    store.write("a/one", contents[0])
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(lambda: [store.write("a/one", content) for content in contents * 5])
        while not writing.done():
            assert store.read("a/one") in contents
    assert list(store.files("a")) == ["one"]


def test_a_large_object_is_sent_in_parts(store):
    content = os.urandom(12_000_000)
    store.write("large", content)
    assert store.read("large") == content


def test_a_version_stays_for_who_reads_it(store, tmp_path):
    """The new report in one step, the one before kept, older ones deleted."""
    assert find_version(store, EDITION) is None
    names = []
    for number in (1, 2, 3):
        publish(store, make_report(tmp_path / "project", number))
        version = find_version(store, EDITION)
        names.append(version.digest)
        assert numbers(store, tmp_path / f"read{number}") == {str(number)}
        assert version.before == (names[-2] if number > 1 else "")
    assert versions(store) == set(names[1:])
    assert published_in(store) == {EDITION}


def test_what_arrives_otherwise_is_not_published(store, tmp_path):
    publish(store, make_report(tmp_path / "project", 1))
    places = make_report(tmp_path / "project", 2)
    (places.published_data / "answers.parquet").write_bytes(b"3")  # not what the manifest says
    with pytest.raises(InputError, match="前の報告書はそのまま"):
        publish(store, places)
    assert numbers(store, tmp_path / "read") == {"1"}


def test_what_was_given_up_is_deleted_after_a_day(folder_store, tmp_path):
    """Another batch may be sending what nobody points to yet."""
    store, top = folder_store
    for name, age in (("old", 2 * DAY_S), ("young", DAY_S / 2)):
        store.write(f"versions/aoba/2025/{name}/report/index.html", b"0")
        path = top / f"versions/aoba/2025/{name}/report/index.html"
        os.utime(path, (path.stat().st_mtime - age,) * 2)
    publish(store, make_report(tmp_path / "project", 1))
    assert versions(store) == {"young", find_version(store, EDITION).digest}


def test_resuming_looks_for_reports_in_the_store(store, tmp_path):
    """What the journal calls done, but nobody has published, is run."""
    publish(store, make_report(tmp_path / "project", 1))
    journal = Journal(tmp_path)
    journal.begin([EDITION, ("aoba", 2024)])
    for edition in (EDITION, ("aoba", 2024)):
        journal.add(Outcome(*edition, DONE))
    home = StoreHome(tmp_path / "elsewhere", store.address)
    left, before = _asked(Namespace(resume=True), False, journal, home)
    assert (left, [outcome.edition for outcome in before]) == ([("aoba", 2024)], [EDITION])


def test_damage_is_found(store, tmp_path):
    for year in (2023, 2024, 2025):
        publish(store, make_report(tmp_path / "project", 1, ("aoba", year)))
    version = find_version(store, EDITION)
    store.write(f"{version.folder}/report/index.html", b"x")
    damaged = fetch(store, version, version.files, Places(tmp_path / "read", *EDITION))
    assert [p.where.endswith("report/index.html") for p in damaged] == [True]
    assert not (tmp_path / "read/reports/aoba/2025/index.html").exists()
    # One's own report is made again.
    places = Places(tmp_path / "own", *EDITION)
    assert bring(store, places) == version.digest
    manifest = f"{version.folder}/report/manifest.json"
    store.write(manifest, store.read(manifest).replace(b'"number": 1', b'"number": 2'))
    with pytest.raises(Damaged, match="aoba --years 2025"):
        find_version(store, EDITION)
    assert bring(store, places) == ""
    # The numbers of an earlier one must not be missing unseen.
    earlier = find_version(store, ("aoba", 2024))
    store.write(f"{earlier.folder}/data/indicators/all.csv", b"x")
    with pytest.raises(Damaged, match="aoba --years 2024"):
        bring(store, places)
    editions = [("aoba", year) for year in (2023, 2024, 2025)]
    found = bring_indicators(store, editions, tmp_path / "all")
    assert ["2024" in found[0].where, "2025" in found[1].where, len(found)] == [True, True, 2]
    whole = {p.relative_to(tmp_path / "all") for p in (tmp_path / "all").rglob("*") if p.is_file()}
    assert whole == {Path("data/processed/aoba/2023/indicators/all.csv")}


def test_what_does_not_fit_together_is_named_by_the_store(folder_store, tmp_path):
    """The folder that the combined output is made in is gone when somebody reads the sentence."""
    (store, _), project = folder_store, tmp_path / "project"
    for folder in ("notebooks", "src"):
        (project / folder).mkdir(parents=True)
    publish(store, make_report(tmp_path / "made", 1))
    home, outcomes = StoreHome(project, store.address), [Outcome(*EDITION, DONE)]
    with pytest.raises(InputError) as caught, home.at_hand(outcomes) as root:
        path = root / "data/processed/aoba/2025/indicators/all.csv"
        assert (path.exists(), root.stat().st_mode & 0o077) == (True, 0)
        raise InputError(Problem(str(path), "架空の誤り"))
    assert caught.value.problems[0].where.startswith(f"{store.name}/data/processed/aoba/2025")
    assert not root.exists()


def test_what_an_edition_needs_is_brought_and_no_more(store, tmp_path):
    for year in (2023, 2024, 2025, 2026):
        for name in ("edition.yml", "data/答.xlsx"):
            store.write(f"data/raw/aoba/{year}/{name}", b"raw")
        publish(store, make_report(tmp_path / "project", year, ("aoba", year)))
    store.write("data/raw/asagiri/2025/edition.yml", b"raw")
    for year, name in ((2020, "indicators/a.csv"), (2020, "a.parquet"), (2024, "indicators/b.csv")):
        store.write(f"data/processed/aoba/{year}/{name}", b"copied from a disk")
    bring(store, Places(tmp_path / "own", *EDITION))
    found = {
        path.relative_to(tmp_path / "own").as_posix()
        for path in (tmp_path / "own").rglob("*")
        if path.is_file()
    }
    raw = {f"data/raw/aoba/{y}/{n}" for y in (2024, 2025) for n in ("edition.yml", "data/答.xlsx")}
    history = {
        path
        for year in (2023, 2024)
        for path in (
            f"data/processed/aoba/{year}/indicators/all.csv",
            f"reports/aoba/{year}/figures/図.csv",
            f"reports/aoba/{year}/manifest.json",
        )
    }
    own = {f"reports/aoba/2025/{n}" for n in ("index.html", "figures/図.csv", "figures/図.png")}
    own |= {"reports/aoba/2025/manifest.json", "data/processed/aoba/2025/answers.parquet"}
    own |= {"data/processed/aoba/2025/indicators/all.csv"}
    assert found == raw | history | own | {"data/processed/aoba/2020/indicators/a.csv"}


def said(address: str) -> tuple[str, str]:
    with pytest.raises(InputError) as caught:
        editions_in(Store(address))
    (problem,) = caught.value.problems
    return problem.text("ja"), problem.text("en")


def test_an_empty_store_says_what_belongs_there(store):
    ja, en = said(store.address)
    assert "data/raw/<市>/<年度>/edition.yml" in ja
    assert "data/raw/<city>/<year>/edition.yml" in en


def test_what_cannot_be_opened_is_a_sentence(monkeypatch):
    assert "citypromo[batch]" in said("nothing://at/all")[0]
    ja, en = said("ftp://me:secret@127.0.0.1:9/folder")
    assert "使えません" in ja
    assert "cannot be used" in en
    assert "secret" not in ja + en
    problem = refusal(OSError("http://server/?key=1"), "file:///folder", "data/raw")
    assert "server" not in problem.text("ja") + problem.text("en")


def test_refusals_are_sentences(s3, monkeypatch):
    server = os.environ[ENDPOINT]
    ja, en = said("s3://not-there/folder")
    assert ("バケットがありません" in ja, "no such bucket" in en) == (True, True)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another-secret")
    closed = said(s3)
    assert ("権限がありません" in closed[0], "no access" in closed[1]) == (True, True)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    assert "権限がありません" in said(s3)[0]
    monkeypatch.setenv(ENDPOINT, "http://127.0.0.1:9")
    silent = said(s3)
    assert ("使えません" in silent[0], "AWS_ENDPOINT_URL" in silent[1]) == (True, True)
    for text in (ja, en, *closed, *silent):
        assert not [word for word in (server, "another-secret", "nobody", ":9") if word in text]


def test_a_name_that_leads_elsewhere_is_refused(s3, tmp_path):
    """Who may write to a bucket must not be able to write to a worker."""
    store = Store(s3)
    for name in ("..\\..\\x", "C:x"):
        store.write(f"data/raw/aoba/2025/{name}", b"x")
        with pytest.raises(InputError, match="使えない名前"):
            bring(store, Places(tmp_path, *EDITION))
        store.delete("data")
    for name in ("data/../../../../x", "data//x", "report/./x", "report/C:/x"):
        manifest = json.dumps({"outputs": {name: sha256(b"x").hexdigest()}}).encode()
        digest = sha256(manifest).hexdigest()
        store.write(f"versions/aoba/2025/{digest}/report/manifest.json", manifest)
        told = json.dumps({"published": digest, "before": ""})
        store.write("reports/aoba/2025.json", told.encode())
        with pytest.raises(Damaged):
            find_version(store, EDITION)


def test_a_scratch_folder_is_one_process_s_own(tmp_path):
    """A living one is left alone; what a killed process has left is removed."""
    mine, other = Scratch(tmp_path), Scratch(tmp_path)
    assert mine.root != other.root
    other.close()
    die = "from helpers.batch.scratch import Scratch; import os, pathlib, sys\n"
    die += "(Scratch(pathlib.Path(sys.argv[1])).root / 'answers').touch(); os._exit(9)"
    subprocess.run([sys.executable, "-c", die, str(tmp_path)], check=False)
    assert (other.root / "answers").exists()
    sweep(tmp_path)
    assert (mine.root.exists(), other.root.exists()) == (True, False)
    subprocess.run([sys.executable, "-c", die, str(tmp_path)], check=False)
    again = Scratch(tmp_path)
    assert (again.root, list(again.root.iterdir())) == (other.root, [])
    for scratch in (mine, again):
        scratch.close()
        assert not scratch.root.exists()
