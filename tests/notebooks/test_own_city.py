"""One's own city: what `citypromo use` chooses is in force in a real kernel, and only by hand."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

from helpers import chosen
from helpers.cli import main

ROOT = Path(__file__).parents[2]
CELL = 'city: str = "mihon"  # 市の ID\nfiscal_year: int = 2025\nlang: str = "ja"'
READ = "print(city, fiscal_year, type(fiscal_year).__name__)"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The descriptions of two cities."""
    folder = tmp_path_factory.mktemp("own_city")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    for edition in ("mihon/2025", "isehara/2024"):
        (folder / "data/raw" / edition).mkdir(parents=True)
        shutil.copy(ROOT / "data/raw" / edition / "edition.yml", folder / "data/raw" / edition)
    return folder


@pytest.fixture
def own(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The project as the command sees it, in an environment of its own; nothing is chosen."""
    monkeypatch.setenv("CITYPROMO_ROOT", str(copy))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "環境"))
    yield copy
    (copy / ".chosen").unlink(missing_ok=True)


@pytest.fixture(scope="module")
def run(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Run a cell as JupyterLab does, in a kernel that it has started; what the cell showed."""
    settings = tmp_path_factory.mktemp("settings")
    # As `citypromo use` leaves it in the environment; here where a person's own settings lie.
    profile = settings / "profile_default"
    profile.mkdir()
    (profile / chosen.HOOK.name).write_text(chosen.HOOK_TEXT, encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != chosen.TESTED}
    environment |= {"IPYTHONDIR": str(settings), "CITYPROMO_ROOT": str(copy)}
    manager, client = start_new_kernel(env=environment, cwd=str(copy / "notebooks"))

    def cell(code: str) -> str:
        shown: list[str] = []

        def keep(message: dict) -> None:
            content = message["content"]
            shown.append(content.get("text", "") + "\n".join(content.get("traceback", [])))

        client.execute_interactive(code, output_hook=keep, timeout=60)
        return "".join(shown)

    yield cell
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_the_cell_says_it_and_every_cell_reads_it(own, run):
    (own / ".chosen").write_text("isehara 2024\n", encoding="utf-8")
    said = run(CELL)
    assert "isehara 2024" in said and "mihon 2025" in said and "citypromo use --none" in said
    assert run(READ) == "isehara 2024 int\n"
    # Within the cell itself, in English, and where Notepad or a hand wrote the file.
    (own / ".chosen").write_text("isehara 令和6年度", encoding="utf-8-sig")
    assert run(CELL.replace("ja", "en") + "\n" + READ).endswith("\nisehara 2024 int\n")
    assert run(CELL.replace("ja", "en")).startswith("Works on isehara 2024")


def test_it_is_ignored_where_something_else_decides(own, run):
    (own / ".chosen").write_text("isehara 2024\n", encoding="utf-8")
    for name in ("CITYPROMO_RUN", chosen.TESTED):
        run(f"import os; os.environ[{name!r}] = '1'")
        assert run(CELL) == ""
        assert run(READ) == "mihon 2025 int\n"
        run(f"del os.environ[{name!r}]")
    # What papermill injects, and what somebody assigns on purpose, in part or for a reason.
    assert run('# Parameters\ncity = "nishitokyo"\nfiscal_year = 2025\n' + READ).startswith("nishi")
    assert run('city: str = "nishitokyo"\n' + READ).startswith("nishitokyo 2025")
    assert (
        run('city: str = "mihon".lower()\nfiscal_year: int = 2025\n' + READ) == "mihon 2025 int\n"
    )
    (own / ".chosen").unlink()
    assert run(CELL) == ""
    assert run(READ) == "mihon 2025 int\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("isehra 2024", "isehara"),
        ("isehara 2020", "2024"),
        ("isehara", "citypromo use"),
        ("", "citypromo use"),
        ("isehara 去年", "年度ではありません"),
    ],
)
def test_a_broken_choice_is_a_sentence_and_nothing_runs(own, run, text, words):
    run("city = fiscal_year = None")
    (own / ".chosen").write_text(text, encoding="utf-8")
    said = run(CELL)
    assert words in said and len(said.splitlines()) == 1, said
    assert run("print(city)") == "None\n"


def test_a_kernel_that_does_not_know_refuses_the_others_edition(own, run):
    (own / ".chosen").write_text("isehara 2024\n", encoding="utf-8")
    work = 'from helpers.desk.base import Base\nprint(Base("mihon", 2025))'
    assert run(work).startswith("見本市")  # the kernel knows: this is what somebody wrote
    run("hooks = get_ipython().ast_transformers; known = hooks[:]; hooks.clear()")
    said = run(work)
    run("hooks[:] = known")
    assert "citypromo use" in said and "isehara 2024" in said and len(said.splitlines()) == 1


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_command_chooses_shows_and_takes_back(own, capsys, lang):
    def use(*words: str) -> str:
        assert main(["use", *words, "--lang", lang]) == 0
        return capsys.readouterr().out

    nothing = use()
    assert "isehara" not in nothing
    assert "isehara 2024" in use("isehara", "R6")
    assert (own / ".chosen").read_text(encoding="utf-8") == "isehara 2024\n"
    assert "isehara 2024" in use()
    hook = Path(sys.prefix) / chosen.HOOK
    assert hook.read_text(encoding="utf-8") == chosen.HOOK_TEXT
    assert use("--none") == use() == nothing
    assert (nothing.isascii()) == (lang == "en")


def test_settings_that_are_there_stay(own):
    hook = Path(sys.prefix) / chosen.HOOK
    hook.parent.mkdir(parents=True)
    hook.write_text("# ours\n", encoding="utf-8")
    for _ in range(2):
        chosen.choose("isehara", 2024)
    assert hook.read_text(encoding="utf-8") == "# ours\n" + chosen.HOOK_TEXT


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["isehra", "2024"], 1, "isehara"),
        (["isehara", "2020"], 1, "2024"),
        (["isehara", "来年"], 1, "R7"),
        (["isehara"], 2, "--help"),
        (["isehara", "2024", "--none"], 2, "--help"),
    ],
)
def test_a_wrong_choice_is_a_sentence_and_changes_nothing(own, capsys, lang, words, status, said):
    chosen.choose("mihon", 2025)
    assert main(["use", *words, "--lang", lang]) == status
    told = capsys.readouterr().err
    assert said in told
    assert (own / ".chosen").read_text(encoding="utf-8") == "mihon 2025\n"


def test_an_environment_that_cannot_be_told_is_a_sentence(own, capsys):
    Path(sys.prefix).write_text("", encoding="utf-8")  # a file where a folder should be
    assert main(["use", "isehara", "2024"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (own / ".chosen").exists()


def test_git_ignores_it():
    assert "/.chosen" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
