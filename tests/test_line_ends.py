"""The same bytes on every system: Windows would write CRLF, and Git for Windows check it out."""

import ast
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for top in ("src", "tools") for path in (ROOT / top).rglob("*.py"))


def leaves_line_ends_to_the_system(call: ast.Call) -> bool:
    """Whether a call writes text without saying how its lines end."""
    if not isinstance(call.func, ast.Attribute) or any(k.arg == "newline" for k in call.keywords):
        return False
    if call.func.attr == "write_text":
        return True
    mode = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else ""
    return call.func.attr == "open" and mode in ("w", "a", "x")


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("path.write_text(text, encoding='utf-8')", True),
        ("path.open('a', encoding='utf-8')", True),
        ("path.write_text(text, encoding='utf-8', newline='\\n')", False),
        ("path.open('r', encoding='utf-8')", False),
        ("path.open('wb')", False),
    ],
)
def test_the_rule_sees_what_it_must(code, found):
    call = ast.parse(code).body[0].value
    assert leaves_line_ends_to_the_system(call) == found


def test_every_text_file_is_written_with_said_line_ends():
    wrong = [
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and leaves_line_ends_to_the_system(node)
    ]
    assert len(SOURCES) > 100
    assert wrong == []


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_for_windows_checks_out_the_bytes_that_were_committed(tmp_path):
    """With ``core.autocrlf``, the default there, and our attributes."""

    def git(*arguments):
        settings = ["-c", "core.autocrlf=true", "-c", "user.name=a", "-c", "user.email=a@b"]
        subprocess.run(
            ["git", *settings, *arguments], cwd=tmp_path, check=True, capture_output=True
        )

    written = {"data/raw/a.csv": b"a\r\nb\n", "edition.yml": b"city: a\n", "a.ipynb": b"{\n}\n"}
    git("init", "--quiet")
    shutil.copyfile(ROOT / ".gitattributes", tmp_path / ".gitattributes")
    for name, content in written.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    git("add", "--all")
    git("commit", "--quiet", "--message", "a")
    for name in written:
        (tmp_path / name).unlink()
    git("checkout", "--", ".")
    assert {name: (tmp_path / name).read_bytes() for name in written} == written
