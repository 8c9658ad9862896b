"""What is installed: pinned, with hashes, the same for pip and conda, and no index named."""

import re
import subprocess
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
LOCKS = [ROOT / "requirements.txt", ROOT / "requirements-dev.txt"]


def pins(text: str) -> dict[str, str]:
    """Package → version with marker, of a lock file or of conda's pip list."""
    found = re.findall(r"^\s*(?:- )?([A-Za-z0-9_.-]+)==([^\\\n]+)", text, re.MULTILINE)
    return {name.lower(): rest.strip() for name, rest in found}


def test_conda_and_pip_install_the_same():
    lock = pins(LOCKS[0].read_text(encoding="utf-8"))
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    packages = environment["dependencies"][-1]["pip"]
    assert packages[-1] == "-e ."
    assert pins("\n".join(packages)) == lock
    assert len(lock) > 50


def test_the_lock_for_tests_only_adds():
    # Only the versions: a package may be wanted on more systems by the tests.
    run, test = (
        {name: pin.partition(";")[0].strip() for name, pin in pins(path.read_text("utf-8")).items()}
        for path in LOCKS
    )
    assert run.items() <= test.items()


def test_every_pin_has_hashes():
    for path in LOCKS:
        blocks = re.split(r"^(?=[A-Za-z0-9])", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        blocks = [block for block in blocks if "==" in block]
        assert all("--hash=sha256:" in block for block in blocks)


def test_what_pyproject_asks_for_is_locked():
    wanted = re.findall(
        r'^    "([A-Za-z0-9_-]+)', (ROOT / "pyproject.toml").read_text(), re.MULTILINE
    )
    lock = pins(LOCKS[1].read_text(encoding="utf-8"))
    assert {name.lower() for name in wanted if name.lower() in lock} >= {
        "pandas",
        "papermill",
        "nbval",
    }


def test_no_file_names_a_package_index():
    files = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    index = re.compile(
        rb"pypi" rb"\.org|files\.python" rb"hosted|registry\.npm" rb"js|--(extra-)?index-url"
    )
    named = [
        name
        for name in files
        if name and (ROOT / name).is_file() and index.search((ROOT / name).read_bytes())
    ]
    assert named in ([], ["tests/test_environment.py"])
