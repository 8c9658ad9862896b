"""Kernels kept from run to run: started once, never stale, never shared by two notebooks."""

import os
from pathlib import Path

import psutil
import pytest
import tiny
from kernel_notebooks import printed

from helpers.cli import main
from helpers.edition import Edition
from helpers.pipeline.kernels import KeptKernels
from helpers.pipeline.progress import Progress
from helpers.pipeline.run import run
from helpers.problems import InputError, Problem

pytestmark = pytest.mark.usefixtures("whole")
SAYS = "import os\nprint(number, os.getpid(), os.getppid())"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = tiny.make_project(tmp_path)
    for name, value in tiny.environment(project).items():
        monkeypatch.setenv(name, value)
    tiny.write_notebook(project, "11_clean", f"{tiny.CLEAN}\n{SAYS}")
    return project


def ran(kernels: KeptKernels) -> list[str]:
    """A run of the tiny edition, in this process as a batch does it; what was executed."""
    edition = Edition.open(tiny.CITY, tiny.YEAR)
    result = run(edition, progress=Progress(), kernels=kernels)
    return [done.notebook for done in result.executed]


def said() -> tuple[str, str, str]:
    """Number, process and parent process of the first notebook, as it printed them."""
    number, process, parent, _ = printed(Path("11_clean.ipynb")).split()
    return number, process, parent


def test_two_runs_have_the_same_kernels(project):
    with KeptKernels(project) as kernels:
        ran(kernels)
        first = said()
        living = {child.pid for child in psutil.Process().children()}
        tiny.set_number(project, 1)
        ran(kernels)
        second = said()
    assert (first[0], second[0]) == ("0", "1")
    assert {int(first[1]), int(second[1])} <= living  # renewed, not started
    with pytest.raises(ProcessLookupError):
        os.kill(int(first[1]), 0)


def test_a_helper_changed_between_two_runs_is_imported_anew(project):
    names = project / "src/helpers/figures/palette_a.py"
    with KeptKernels(project) as kernels:
        ran(kernels)
        names.write_text('name = "three"\n', encoding="utf-8")
        assert ran(kernels) == ["31_figures"]
    assert (tiny.report(project) / "figures" / "three.png").exists()


def test_no_kernel_starts_where_nothing_has_to_run(project, monkeypatch):
    command = ["run", tiny.CITY, str(tiny.YEAR)]
    assert main(command) == 0

    def refuse(*_, **__):
        raise AssertionError("a kernel was started")

    monkeypatch.setattr("helpers.pipeline.kernels.pool.open_pool", refuse)
    assert main(command) == 0


def test_after_a_failed_run_the_next_one_gets_kernels(project):
    with KeptKernels(project) as kernels:
        tiny.write_notebook(project, "11_clean", "1 / 0")
        assert run(Edition.open(tiny.CITY, tiny.YEAR), kernels=kernels).report is None
        tiny.write_notebook(project, "11_clean", tiny.CLEAN)
        assert "11_clean" in ran(kernels)


def test_a_report_that_could_not_be_put_in_place_is_said_to_be_published_later(
    project, monkeypatch, capsys
):
    """Nothing is left to execute then, but there is a new report."""

    def held(places):
        raise InputError(Problem(places.edition, "開かれている"))

    command = ["run", tiny.CITY, str(tiny.YEAR)]
    with monkeypatch.context() as system:
        system.setattr("helpers.pipeline.publication.publish", held)
        assert main(command) == 1
    capsys.readouterr()
    assert main(command) == 0
    assert "公開しました" in capsys.readouterr().out
    assert main(command) == 0
    assert "公開しました" not in capsys.readouterr().out
