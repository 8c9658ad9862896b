"""What the recorder notes is what the operating system sees: compared with strace, on Linux."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import tiny
import twins

OPENED = re.compile(r'^(\d+) .*openat?\([^"]*"([^"]+)", ([A-Z_|]+).*\) = \d+$', re.MULTILINE)


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace (Linux)")
def test_no_file_is_read_that_is_in_no_key(tmp_path: Path) -> None:
    project = twins.make(tmp_path / "project")
    log = tmp_path / "calls"
    command = ["strace", "-f", "-s", "4096", "-e", "trace=open,openat", "-o", str(log)]
    done = subprocess.run(
        [*command, *tiny.command("run", tiny.CITY, str(tiny.YEAR))],
        cwd=project,
        env=tiny.environment(project),
        capture_output=True,
        text=True,
        check=False,
    )
    if "Operation not permitted" in done.stderr:
        pytest.skip("this machine forbids strace")
    assert done.returncode == 0, done.stderr
    made = tiny.manifest(project)["notebooks"]
    noted = {text.split("\t")[0] for each in made.values() for text in each["inputs"]}
    staging = project / "reports" / ".staging" / f"{tiny.CITY}-{tiny.YEAR}"
    calls = log.read_text(encoding="utf-8", errors="replace")
    driver = calls.partition(" ")[0]
    seen = set()
    for process, path, how in OPENED.findall(calls):
        if process == driver or "WR" in how or "DIRECTORY" in how or "__pycache__" in path:
            continue
        for folder, name in ((staging / "inputs", ""), (staging / "data", "data/processed/")):
            if Path(path).is_relative_to(folder):
                below = Path(path).relative_to(folder).as_posix()
                seen.add(f"{name}{tiny.CITY}/{tiny.YEAR}/{below}" if name else below)
    assert len(seen) > 8
    # The rows of tables are noted by their folder.
    unnoted = {path for path in seen if path not in noted and str(Path(path).parent) not in noted}
    assert not unnoted
