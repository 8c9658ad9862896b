"""``verify``, ``plan``, ``check``, ``diff``, ``audit`` and ``list`` write nothing anywhere."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))
from tiny import command, environment, make_project, run

from helpers.cli import main

ROOT = Path(__file__).parents[2]
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> Path:
    """A tiny edition with a published report, run in English."""
    project = make_project(tmp_path_factory.mktemp("tiny"))
    done = run(project, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert JAPANESE.findall(done.stdout + done.stderr) == []
    again = run(project, "--lang", "en")
    assert "nothing" in again.stdout.lower()
    assert JAPANESE.findall(again.stdout + again.stderr) == []
    return project


@pytest.fixture(scope="module")
def known(tmp_path_factory) -> Path:
    """The sample city's raw files and the committed history of its years; no report."""
    project = tmp_path_factory.mktemp("known")
    for part in ("data/raw/mihon", "data/processed/mihon", "notebooks"):
        skip = shutil.ignore_patterns("*.parquet")
        shutil.copytree(ROOT / part, project / part, ignore=skip)
    return project


def everything(project: Path) -> dict[str, tuple[int, int]]:
    """Every file and folder with its size and the time of its last change."""
    paths = [project, *project.rglob("*")]
    seen = {path: path.stat() for path in paths if "__pycache__" not in path.parts}
    return {str(path): (found.st_size, found.st_mtime_ns) for path, found in seen.items()}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "words",
    ["check mihon 2025", "diff mihon 2025", "diff mihon 2025 2023", "audit mihon 2025", "list",
     "plan mihon 2025", "audit mihon 2025 --sentences"],
)  # fmt: skip
def test_what_only_looks_writes_nothing(words, lang, known, monkeypatch, capsys):
    monkeypatch.setenv("CITYPROMO_ROOT", str(known))
    before = everything(known)
    main([*words.split(), "--lang", lang])
    capsys.readouterr()
    assert everything(known) == before


@pytest.mark.parametrize("words", ["verify mihon 2025", "plan mihon 2025", "check mihon 2025"])
def test_what_looks_at_a_report_writes_nothing(words, ran, monkeypatch, capsys):
    monkeypatch.setenv("CITYPROMO_ROOT", str(ran))
    before = everything(ran)
    assert main([*words.split(), "--lang", "en"]) == 0
    out, err = capsys.readouterr()
    assert JAPANESE.findall(out + err) == []
    assert everything(ran) == before


@pytest.mark.parametrize("words", ["verify mihon 2025", "plan mihon 2025", "check mihon 2025"])
def test_a_read_only_file_system_is_enough(words, ran):
    """As root too, for whom permissions are no hindrance: mounted read-only in a name space."""
    if not shutil.which("unshare"):
        pytest.skip("no name spaces here")
    mount = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && '
    begin = ["unshare", "-m", "sh", "-c"]
    refused = subprocess.run(
        [*begin, f'{mount} ! touch "$0/x"', ran], capture_output=True, check=False
    )
    if refused.returncode:
        pytest.skip("no right to mount read-only here")
    told = environment(ran) | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*begin, mount + 'exec "$@"', ran, *command(*words.split())],
        cwd=ran, env=told, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_an_interrupted_publication_is_said_and_left_alone(ran, monkeypatch, capsys):
    journal = ran / "reports" / ".staging" / "mihon-2025" / "publish.json"
    journal.parent.mkdir(parents=True, exist_ok=True)
    journal.write_text("{}")
    monkeypatch.setenv("CITYPROMO_ROOT", str(ran))
    try:
        before = everything(ran)
        for lang, said in (("ja", "途中で止まっています"), ("en", "was interrupted")):
            assert main(["verify", "mihon", "2025", "--lang", lang]) == 1
            out, err = capsys.readouterr()
            assert out == ""
            assert len(err.splitlines()) == 1
            assert said in err
            assert "citypromo run mihon 2025" in err
        assert everything(ran) == before
    finally:
        journal.unlink()


def test_a_page_that_cannot_be_written_is_a_sentence(known, monkeypatch, capsys):
    monkeypatch.setenv("CITYPROMO_ROOT", str(known))
    for lang, said in (("ja", "書き出せません"), ("en", "cannot be written")):
        file = str(known / "none" / "page.html")
        assert main(["check", "mihon", "2025", "--html", file, "--lang", lang]) == 1
        err = capsys.readouterr().err
        assert len(err.splitlines()) == 1
        assert said in err
        assert file in err
    assert main(["diff", "mihon", "2025", "--csv", os.fspath(known)]) == 1  # a folder
    assert "書き出せません" in capsys.readouterr().err
