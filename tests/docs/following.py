"""Following a page of docs/ literally: its commands, its edits, and what it says comes out.

A ``console`` block is run; a ``diff`` block is applied to the file named last before it (to the
one cell of a notebook where it fits); a ``csv`` block is written to the file named last before
it; a line ``→ `path`: `text``` is what must be there afterwards, and was not before.
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"`((?:data|notebooks)/[^`]+\.\w+)`")
_RESULT = re.compile(r"^- → `([^`]+)`(?:: `([^`]+)`)?$", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """A block of a page: what kind, on which file, and its text."""

    kind: str
    path: str
    text: str


def steps(page: str) -> list[Step]:
    found = []
    for match in _BLOCK.finditer(page):
        named = _PATH.findall(page[: match.start()].rpartition("```")[2])
        found.append(Step(match[1], "" if match[1] == "console" else named[-1], match[2]))
    return found


def results(page: str) -> list[tuple[str, str]]:
    return _RESULT.findall(page)


def there(project: Path, path: str, text: str) -> bool:
    file = project / path
    return file.is_file() and (not text or text in file.read_text(encoding="utf-8-sig"))


def follow(project: Path, step: Step) -> None:
    if step.kind == "console":
        for line in step.text.splitlines():
            assert line.startswith("$ "), line
            _run(project, line[2:].split())
    elif step.kind == "diff":
        _edit(project / step.path, step.text)
    else:
        (project / step.path).write_text(step.text, encoding="utf-8")


def _run(project: Path, words: list[str]) -> None:
    if words[0] == "citypromo":
        words = [sys.executable, "-m", "helpers.cli", *words[1:]]
    environment = os.environ | {"CITYPROMO_ROOT": str(project), "PYTHONUTF8": "1"}
    done = subprocess.run(
        words,
        cwd=project,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=300,
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"


def _edit(path: Path, text: str) -> None:
    lines = text.splitlines()
    old = "\n".join(line[1:] for line in lines if line[0] in " -")
    new = "\n".join(line[1:] for line in lines if line[0] in " +")
    content = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        old, new = f"\n{old}\n", f"\n{new}\n"  # whole lines
        assert f"\n{content}".count(old) == 1, f"{path}: {old}"
        path.write_text(f"\n{content}".replace(old, new)[1:], encoding="utf-8")
        return
    notebook = json.loads(content)
    fitting = [cell for cell in notebook["cells"] if old in "".join(cell["source"])]
    assert len(fitting) == 1, f"{path}: {old}"
    fitting[0]["source"] = "".join(fitting[0]["source"]).replace(old, new)
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
