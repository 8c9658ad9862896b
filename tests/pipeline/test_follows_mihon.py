"""The sample city follows its inputs: twenty keys one by one, then all of them to the byte."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from twins import left, replaced

from helpers.edition import Edition
from helpers.pipeline.kernels import KeptKernels
from helpers.pipeline.plan import Planning
from helpers.pipeline.progress import Progress
from helpers.pipeline.run import run

ROOT = Path(__file__).parents[2]
RAW, LAST = "data/raw/mihon/2025", "data/raw/mihon/2024"
SURVEY = "13_clean_survey"
# What is edited, and a notebook that has read it and must run for it.
KEYS = {
    "a definition": (f"{RAW}/codebook.yml", "positive: [1, 2]", "positive: [1]", "25_"),
    "words of an answer": (f"{RAW}/codebook.yml", "1: 感じている", "1: とても感じている", "25_"),
    "a class": (f"{RAW}/codebook.yml", 'east: ["1", 東部]', 'east: ["1", 東部, 東]', SURVEY),
    "a register": (f"{RAW}/codebook.yml", 'date: "2023-10-01"', 'date: "2023-10-02"', SURVEY),
    "the name of the city": (f"{RAW}/edition.yml", "name: {ja: 見本市", "name: {ja: 見本町", "31_"),
    "last year's codebook": (f"{LAST}/codebook.yml", "positive: [1, 2]", "positive: [2, 1]", "26_"),
    "last year's population": (f"{LAST}/edition.yml", "persons: 103590", "persons: 103591", "26_"),
    "moved in": (f"{RAW}/movement_register.csv", "\n2024", "\n2024 ", "12_"),
    "history": (
        "data/processed/mihon/2024/indicators/survey.csv",
        "mihon,2024,attachment,total,total,positive",
        "mihon,2024,attachment,total,total,negative_",
        "31_figures_attachment_years",
    ),
    "a helper of charts": ("src/helpers/figures/likert.py", '"""', '"""So. ', "31_figures_attachment"),
    "a helper of the survey": ("src/helpers/survey/weights.py", '"""', '"""So. ', "25_"),
    "a helper of readers": ("src/helpers/reading/cell.py", '"""', '"""So. ', "12_"),
    "a cell of cleaning": ("notebooks/12_clean_statistics.ipynb", "## 保存", "## 保存 ", "12_"),
    "a cell of a figure": ("notebooks/38_figures_reputation.ipynb", "Desk(city", "Desk( city", "38_"),
    "a printed number": (f"{RAW}/printed_tables.csv", "\n", "\n\n", "11_"),
    "a remark in the codebook": (f"{RAW}/codebook.yml", "# コード", "# 符号", ""),
    "a remark in the edition": (f"{RAW}/edition.yml", "city: mihon", "city: mihon # 市", ""),
    "what goes out": (f"{RAW}/edition.yml", "notebooks:", "deliverables: [gallery]\nnotebooks:", ""),
    "claims": (f"{RAW}/claims.yml", "\n", "\n# so\n", ""),
    "a helper of the PDF": ("src/helpers/report/pdf/document.py", '"""', '"""So. ', ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the project in which mihon 2025 has been run once."""
    made = tmp_path_factory.mktemp("mihon")
    for folder in ("src", "notebooks", "data/raw/mihon", "data/processed/mihon"):
        shutil.copytree(ROOT / folder, made / folder, ignore=shutil.ignore_patterns("*.parquet"))
    shutil.copy(ROOT / "requirements.txt", made)
    with pytest.MonkeyPatch.context() as environment, KeptKernels(made) as kernels:
        environment.setenv("CITYPROMO_ROOT", str(made))
        environment.setenv("PYTHONPATH", str(made / "src"))
        brought_up_to_date(made, kernels)
        yield made


def brought_up_to_date(project: Path, kernels: KeptKernels, again: bool = False) -> list[str]:
    edition = Edition.open("mihon", 2025)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        done = run(edition, progress=Progress(nowhere), again=again, kernels=kernels)
    assert not done.failures, "\n".join(map(str, done.failures))
    return [each.notebook for each in done.executed]


def planned(project: Path) -> list[str]:
    """The notebooks that would run for what they themselves have read."""
    reasons = Planning(Edition.open("mihon", 2025), {}).reasons_to_run()
    return [name for name, why in reasons.items() if why and "の結果が変われば" not in why.ja]


def test_no_kernel_is_retired(project):
    log = (project / "reports/mihon/2025/run.log").read_text(encoding="utf-8")
    assert "カーネルを交換" not in log


@pytest.mark.parametrize(("file", "old", "new", "reader"), KEYS.values(), ids=KEYS)
def test_each_key_is_seen(project, file, old, new, reader):
    kept = (project / file).read_bytes()
    replaced(file, old, new)(project)
    found = planned(project)
    (project / file).write_bytes(kept)
    assert planned(project) == []
    if reader:
        assert any(name.startswith(reader) for name in found)
    else:
        assert found == []


def test_all_of_them_at_once_leave_what_a_run_from_nothing_leaves(project):
    for name in ("a definition", "words of an answer", "the name of the city", "claims",
                 "a helper of charts", "a cell of cleaning"):  # fmt: skip
        replaced(*KEYS[name][:3])(project)
    with KeptKernels(project) as kernels:
        executed = brought_up_to_date(project, kernels)
        every = len(Edition.open("mihon", 2025).notebooks)
        assert 0 < len(executed) < every
        followed = left(project)
        assert len(brought_up_to_date(project, kernels, again=True)) == every
    assert left(project) == followed
