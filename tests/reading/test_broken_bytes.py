"""No bytes, however broken, give a traceback, hang, or take the machine's memory."""

import random
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from writing import bomb, grid, write_csv, write_ods, write_xls, write_xlsx

from helpers.problems import InputError
from helpers.reading.files import read_cells

WRITERS = {"xlsx": write_xlsx, "xls": write_xls, "ods": write_ods, "csv": write_csv}
RUN = """
import resource, sys, time
from pathlib import Path
sys.path.insert(0, {here!r})
from test_broken_bytes import spoil_many
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
print("slowest", spoil_many(Path({folder!r}), {kind!r}, {count}))
"""


def spoil_many(folder: Path, kind: str, count: int) -> float:
    """Read a file cut anywhere and with wrong bytes anywhere; the seconds of the slowest."""
    import time

    path = folder / f"a.{kind}"
    WRITERS[kind](path, grid())
    good, chance, slowest = path.read_bytes(), random.Random(kind), 0.0
    for _ in range(count):
        content = bytearray(good[: chance.randrange(len(good))] if chance.random() < 0.3 else good)
        for _ in range(chance.choice([0, 1, 3, 30])):
            if content:
                content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(bytes(content))
        start = time.perf_counter()
        try:
            read_cells(path)
        except InputError as error:
            assert path.name in str(error)
        slowest = max(slowest, time.perf_counter() - start)
    return slowest


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no module resource")
@pytest.mark.parametrize("kind", WRITERS)
def test_broken_bytes_are_refused_in_a_sentence(tmp_path, kind):
    """In a process of its own: the reader of old files could end it."""
    here = str(Path(__file__).parent)
    code = RUN.format(here=here, folder=str(tmp_path), kind=kind, count=400)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert float(done.stdout.split()[-1]) < 5


@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv"])
def test_memory_is_bounded_by_the_size_of_the_file(tmp_path, kind):
    rows = [["番号", *range(30)], *([i, *((i * k) % 7 for k in range(30))] for i in range(1500))]
    path = tmp_path / f"a.{kind}"
    WRITERS[kind](path, rows)
    read_cells(path)  # what is imported late is not the file's
    tracemalloc.start()
    cells = read_cells(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(cells.values) == 1501
    size = path.stat().st_size
    if kind == "xlsx":  # what is packed counts by what it unpacks to
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
    assert peak < 4 * size + 2_000_000


def test_a_bomb_is_refused_before_it_is_opened(tmp_path):
    path = bomb(tmp_path / "a.xlsx", 300)
    tracemalloc.start()
    with pytest.raises(InputError, match="異常な圧縮"):
        read_cells(path)
    assert tracemalloc.get_traced_memory()[1] < 10 * path.stat().st_size + 2_000_000
    tracemalloc.stop()
