"""Lock what is installed: exact versions with hashes, and an environment.yml that agrees.

    pip install uv && python tools/lock.py

Run it after changing the dependencies in pyproject.toml. The lock holds for Python 3.11 and
newer on Linux, Windows and macOS, and names no package index.
"""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
UV = ["uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11"]
PLAIN = ["--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
HEAD = """\
# Made by tools/lock.py from requirements.txt; do not edit.
#   conda env create -f environment.yml && conda activate citypromo
name: citypromo
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python=3.12
  - pip
  - pip:
"""


def main() -> None:
    """Write the three requirements files and environment.yml."""
    run = ["requirements.txt"]
    dev = ["requirements-dev.txt", "--group", "dev", "-c", "requirements.txt"]
    for output, *options in (run, dev):
        subprocess.run([*UV, *PLAIN, *options, "-o", output], cwd=ROOT, check=True)
    installer = [*UV[:3], "-", *UV[4:], *PLAIN, "-o", "requirements-installer.txt"]
    subprocess.run(installer, cwd=ROOT, check=True, input=b"uv")
    (ROOT / "environment.yml").write_text(environment(), encoding="utf-8", newline="\n")


def environment() -> str:
    """environment.yml with the same versions as requirements.txt, and this project itself."""
    lines = [f"      - {pin}" for pin in pins(ROOT / "requirements.txt")]
    return HEAD + "\n".join([*lines, "      - -e ."]) + "\n"


def pins(path: Path) -> list[str]:
    """``name==version ; marker`` of every package in a lock file."""
    text = path.read_text(encoding="utf-8")
    return [
        re.sub(r"\s*\\$", "", line) for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)
    ]


if __name__ == "__main__":
    main()
