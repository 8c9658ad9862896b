"""What a notebook reads of the project while a run executes it: the inputs in its key.

Rooms that read say so through ``reading``, ``exists``, ``listing``, ``asked`` and ``rows``, which
know what no hook sees: files that C++ and Rust open, and questions that raise no audit event.
Beside them stands an audit hook, for whatever a cell does by itself. Between ``begin`` and
``end`` each input is noted by its path in the project, what was asked of it, and more:

- ``path``: its bytes; also of a file that was not there
- ``path, exists``: whether it is there
- ``folder, listing, *.xlsx``: which paths of a folder fit a pattern
- ``path, part, tables/population``: a part of a description; no part: whether it is valid
- ``folder, rows, attachment``: an indicator's rows in the tables of a folder
- ``name, program``: a program was started; what that reads nobody knows

The hook also keeps a notebook from writing outside its part of the run, and from reading what is
no input: results of this very edition, and data outside the project.
"""

import json
import os
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from helpers.places import NOTEBOOK_VARIABLE, ROOT_VARIABLE, RUN_VARIABLE
from helpers.problems import InputError, Message

PROJECT_VARIABLE = "CITYPROMO_PROJECT"

Name = tuple[str, str, str]  # path in the project, what was asked of it, and more
EXISTS, LISTING, PART, ROWS, PROGRAM = "exists", "listing", "part", "rows", "program"

WRITES = Message(
    "{path} に書き込もうとしました",
    "ノートブックが書くのは desk.save と desk.publish の結果だけ",
    "ファイルを書き換えるのをやめるか、プロジェクトの外に書いてください",
    "tried to write {path}; a notebook writes only through desk.save and desk.publish. "
    "→ do not change the file, or write outside the project",
)
RESULT = Message(
    "{path} を読もうとしました（この年度版の結果で、入力ではありません）",
    "desk.table、desk.indicators で読む",
    "desk の関数で読んでください",
    "tried to read {path}, a result of this very edition and no input. "
    "→ read it by desk.table or desk.indicators",
)
NO_INPUT = Message(
    "プロジェクトの外のデータ {path} を読もうとしました",
    "data/raw の下のファイル",
    "ファイルを data/raw の年度のフォルダーに置いてください",
    "tried to read data outside the project: {path}. → put the file into the edition's folder "
    "under data/raw",
)
NETWORK = Message(
    "ネットワークの {path} につなごうとしました",
    "data/raw の下のファイル",
    "先にファイルとして data/raw の年度のフォルダーに保存してください",
    "tried to connect to {path}. → save the data as a file under data/raw first",
)
ANOTHERS = Message(
    "{path} を読もうとしました（この年度版の入力ではありません）",
    "この市のこの年度までのファイル",
    "ファイルをこの年度版の data/raw のフォルダーに置いてください",
    "tried to read {path}, which is no input of this edition. → put the file into the edition's "
    "folder under data/raw",
)
# What holds data, wherever it lies; other files outside the project belong to libraries.
DATA = {
    *(".csv", ".tsv", ".txt", ".json", ".xml", ".html", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods"),
    *(".parquet", ".feather", ".arrow", ".sav", ".dta", ".sas7bdat", ".db", ".sqlite", ".zip"),
    *(".pkl", ".pickle", ".yml", ".yaml", ".npy", ".npz", ".gz", ".docx", ".pdf"),
}
# What a path is that is no input: of a library or the notebook's own part, a result of this very
# edition, or outside the project.
PASSED_OVER, A_RESULT, OUTSIDE = "passed over", "a result", "outside"
# Programs that matplotlib asks for fonts, once in the life of a computer.
HARMLESS = {"fc-list", "system_profiler"}


class _Watch:
    """One notebook under observation: where what lies, and what was noted so far.

    Args:
        told: the variables of the notebook: its project, run, part and view of the inputs.
    """

    def __init__(self, told: Mapping[str, str]):
        run = Path(told[RUN_VARIABLE])
        self.notebook = told.get(NOTEBOOK_VARIABLE, "")
        self.names: dict[Name, None] = {}
        self.refused: dict[str, InputError] = {}
        self._written: set[str] = set()
        edition = "/".join(run.name.rsplit("-", 1))  # mihon-2025, the name of its run's folder
        # The first that a path lies in says what it is.
        areas = {run / "parts" / self.notebook: PASSED_OVER}
        areas |= {run / "data": f"data/processed/{edition}", run / "inputs": ""}
        if not self.notebook:  # the deliverables, made by the run itself from what notebooks left
            areas[run / "report"] = f"reports/{edition}"
        self._makes = "" if self.notebook else os.path.normcase(run / "report") + os.sep
        areas[run] = A_RESULT
        areas |= dict.fromkeys(map(Path, _libraries()), PASSED_OVER)
        self._project = Path(told[PROJECT_VARIABLE]) if PROJECT_VARIABLE in told else None
        if project := self._project:
            results = (f"data/processed/{edition}", f"reports/{edition}", "reports/_draft")
            areas |= {project / result: A_RESULT for result in results}
            areas |= {project / ".git": PASSED_OVER, project: ""}
        self._areas = [
            (os.path.normcase(name) + os.sep, kind)
            for folder, kind in areas.items()
            for name in dict.fromkeys((str(folder), os.path.realpath(folder)))
        ]

    def place(self, path: Any) -> tuple[str, str]:
        """What a path is.

        Returns:
            Its name as an input, or ``PASSED_OVER``, ``A_RESULT``, ``OUTSIDE``; and the full path.
        """
        full = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  # links are not followed
        compared = os.path.normcase(full) + os.sep
        for folder, kind in self._areas:
            if compared.startswith(folder):
                rest = full[len(folder) :].replace(os.sep, "/")
                if kind in (PASSED_OVER, A_RESULT):
                    return kind, full
                if "__pycache__" in rest or rest.rpartition("/")[2].startswith("~$"):
                    return PASSED_OVER, full
                return "/".join(filter(None, (kind, rest))), full
        return OUTSIDE, full

    def read(self, path: Any) -> None:
        """A file is opened to be read."""
        name, full = self.place(path)
        if full in self._written:
            return
        if name == OUTSIDE:
            if Path(full).suffix.lower() in DATA and self._is_the_analysts(full):
                self._refuse(NO_INPUT, full)
        elif name == A_RESULT:
            self._refuse(RESULT, full)
        elif name != PASSED_OVER:
            self.names[(name, "", "")] = None
            if self._project and not Path(full).exists() and (self._project / name).is_file():
                self._refuse(ANOTHERS, name)

    def write(self, path: Any) -> None:
        """A file or folder is written, moved or removed."""
        name, full = self.place(path)
        makes = self._makes and os.path.normcase(full).startswith(self._makes)
        if name == OUTSIDE or makes:
            self._written.add(full)
        elif name != PASSED_OVER:
            self._refuse(WRITES, full)

    def note(self, path: Any, question: str, more: str = "") -> None:
        """A question about a path, where it is one about inputs."""
        name, _ = self.place(path)
        if name not in (PASSED_OVER, A_RESULT, OUTSIDE, "", "notebooks"):
            self.names[(name, question, more)] = None

    def start(self, program: Any) -> None:
        """Another program is started."""
        name = Path(str(program).split(" ")[0]).name
        if name not in HARMLESS:
            self.names[(name, PROGRAM, "")] = None

    def connect(self, host: str) -> None:
        """A connection is opened to a host; kernels themselves are on this machine."""
        if host not in ("localhost", "::1", "") and not host.startswith("127."):
            self._refuse(NETWORK, host)

    def _refuse(self, message: Message, path: str) -> None:
        """Refuse what is happening, and remember it should the cell go on regardless."""
        error = InputError(message.at(self.notebook, path=path))
        self.refused.setdefault(path, error)
        raise error

    def _is_the_analysts(self, path: str) -> bool:
        """Whether a file outside the project is neither a library's nor made by this notebook."""
        hidden = any(part.startswith(".") for part in Path(path).parts)
        system = path.startswith(("/usr/", "/etc/", "/proc/", "/sys/", "/dev/", "/System/"))
        installed = {"AppData", "Library", "Windows", "Program Files"} & set(Path(path).parts)
        library = hidden or system or bool(installed)
        return not library and Path(path).is_file()


class _Process:
    """This process: who is under observation in it, and whether the hook is in place."""

    watch: _Watch | None = None
    hooked = False


_process = _Process()
# Set while a reader of ours is at work, which says itself what it asks.
_own: ContextVar[bool] = ContextVar("own", default=False)


def reading(path: Path) -> Path:
    """The path of a file whose bytes are about to be read, by whatever library."""
    if _process.watch and not _own.get():
        _process.watch.read(path)
    return path


def exists(path: Path) -> bool:
    """Whether a file or folder is there; one that was looked for and not found counts too."""
    if _process.watch and not _own.get():
        _process.watch.note(path, EXISTS)
    with by_parts():
        return path.exists()


def listing(folder: Path, pattern: str = "*") -> list[Path]:
    """The paths of a folder that fit a pattern, sorted; none where there is no folder."""
    if _process.watch and not _own.get():
        _process.watch.note(folder, LISTING, pattern)
    with by_parts():
        return sorted(folder.glob(pattern))


def asked(path: Path, *part: str) -> None:
    """A part of a description was asked for; none: whether the description is valid."""
    if _process.watch:
        _process.watch.note(path, PART, "/".join(part))


def rows(folder: Path, indicator: str) -> None:
    """The rows of an indicator were asked for, in whichever table of a folder they stand."""
    if _process.watch:
        _process.watch.note(folder, ROWS, indicator)


@contextmanager
def by_parts() -> Iterator[None]:
    """While a reader opens a file of which it says by parts what is asked of it."""
    token = _own.set(True)
    try:
        yield
    finally:
        _own.reset(token)


class Described(dict[str, Any]):
    """A dictionary of a description: which of its keys were asked for counts, not all of it.

    Args:
        content: the keys and values.
        path: the description's file.
        part: where the dictionary stands in it.
    """

    def __init__(self, content: Mapping[str, Any], path: Path, part: str):
        super().__init__(content)
        self._place = (path, part)

    def _all(self) -> None:
        asked(*self._place)

    def __getitem__(self, key: str) -> Any:
        asked(*self._place, str(key))
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, or a default."""
        asked(*self._place, str(key))
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        asked(*self._place, str(key))
        return super().__contains__(key)

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[dict[str, Any]]]:
        return dict, (dict(self),)


def _whole(name: str) -> Callable[..., Any]:
    """A method of dictionaries that looks at all of it."""
    plain = getattr(dict, name)

    def method(self: Described, *arguments: Any) -> Any:
        self._all()
        return plain(self, *arguments)

    method.__name__ = name
    return method


for _name in ("__iter__", "__len__", "__eq__", "__or__", "__ror__", "__reversed__", "__repr__",
              "keys", "values", "items", "copy"):  # fmt: skip
    setattr(Described, _name, _whole(_name))


def install() -> None:
    """Put the hook in place, once for the life of a process; it sleeps but for ``begin``."""
    if not _process.hooked:
        _process.hooked = True
        for name in ("stat", "access"):
            setattr(os, name, _probing(getattr(os, name)))
        for name in ("exists", "isfile", "isdir"):  # written in C since Python 3.12, on Windows
            if not hasattr(getattr(os.path, name), "__code__"):
                setattr(os.path, name, _probing(getattr(os.path, name)))
        sys.addaudithook(_hook)


def begin(told: Mapping[str, str]) -> None:
    """Before the first cell of a run's notebook, or before the deliverables: note from now on.

    Args:
        told: the environment variables of this notebook alone; for the deliverables without the
            notebook's name.
    """
    install()
    _process.watch = _Watch(told) if told.get(RUN_VARIABLE) else None
    if ROOT_VARIABLE in told:
        # Relative paths lead to the view of the inputs, as desk's do.
        os.chdir(Path(told[ROOT_VARIABLE]) / "notebooks")


def end() -> str:
    """After the last cell: JSON of the ``names`` noted, and in words what was ``refused``."""
    watch, _process.watch = _process.watch, None
    if watch is None:
        return json.dumps({"names": [], "refused": []})
    refused = [(error.text("ja"), error.text("en")) for error in watch.refused.values()]
    return json.dumps({"names": _least(watch.names), "refused": refused}, ensure_ascii=False)


def _least(names: Iterable[Name]) -> list[Name]:
    """The names without those that others say already, sorted."""
    known = set(names)

    def is_said(name: Name) -> bool:
        path, question, more = name
        whole = (path, PART, more.partition("/")[0])
        return question in (EXISTS, PART) and (
            (path, "", "") in known or ("/" in more and whole in known)
        )

    return sorted(name for name in known if not is_said(name))


def _probing(real: Callable[..., Any]) -> Callable[..., Any]:
    """A function that asks whether a path is there, noted; no audit event tells of it."""

    def probe(path: Any, *arguments: Any, **options: Any) -> Any:
        if _process.watch and not _own.get() and isinstance(path, _PATH):
            _process.watch.note(path, EXISTS)
        return real(path, *arguments, **options)

    probe.__name__ = real.__name__
    return probe


_PATH = str | bytes | os.PathLike
_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _opened(watch: _Watch, path: Any, mode: str | None, flags: Any) -> None:
    writes = flags & _FLAGS if isinstance(flags, int) else set(mode or "") & set("wax+")
    if isinstance(path, _PATH) and writes:
        watch.write(path)
    elif isinstance(path, _PATH) and not _own.get():
        watch.read(path)


def _listed(watch: _Watch, folder: Any) -> None:
    if not _own.get() and not isinstance(folder, int):
        watch.note(folder or ".", LISTING, "*")


def _changed(watch: _Watch, path: Any, *more: Any) -> None:
    """A path is changed; one that is seen from a folder's number is part of a larger change."""
    if isinstance(path, _PATH) and more[-1:] in ((), (-1,), (None,)):
        watch.write(path)


def _made(watch: _Watch, path: Any, _: int, *seen_from: Any) -> None:
    if not isinstance(path, int) and not Path(os.fsdecode(path)).is_dir():
        _changed(watch, path, *seen_from)


def _moved(watch: _Watch, source: Any, target: Any, *seen_from: Any) -> None:
    _changed(watch, source, *seen_from)
    _changed(watch, target, *seen_from)


def _connected(watch: _Watch, _: Any, address: Any) -> None:
    if isinstance(address, tuple):
        watch.connect(str(address[0]))


def _requested(watch: _Watch, address: Any, *_: Any) -> None:
    if not str(address).startswith("file:"):
        watch.connect(str(address))


_EVENTS: Mapping[str, Callable[..., None]] = {
    "open": _opened,
    "os.listdir": _listed,
    "os.scandir": _listed,
    "os.remove": _changed,
    "os.rmdir": _changed,
    "os.truncate": lambda watch, path, _: _changed(watch, path),
    "os.mkdir": _made,
    "os.rename": _moved,
    "os.link": lambda watch, _, *target: _changed(watch, *target),
    "os.symlink": lambda watch, _, *target: _changed(watch, *target),
    "shutil.rmtree": lambda watch, folder, *_: _changed(watch, folder),
    "sqlite3.connect": lambda watch, path: watch.read(path),
    "socket.connect": _connected,
    "urllib.Request": _requested,
    **dict.fromkeys(
        ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn"),
        lambda watch, program, *_: watch.start(program),
    ),
    # A line that begins with ! goes through a terminal of its own.
    **dict.fromkeys(("os.fork", "os.forkpty"), lambda watch: watch.start("fork")),
}


def _hook(event: str, told: tuple[Any, ...]) -> None:
    """An audit event of Python, while a notebook is under observation."""
    if _process.watch and (handle := _EVENTS.get(event)):
        handle(_process.watch, *told)


def _libraries() -> list[str]:
    """Where the code and data of libraries and of this package lie: other parts of the key."""
    own = str(Path(__file__).parents[1])
    paths = [own, sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values()]
    return [path for path in dict.fromkeys(paths) if path not in ("", os.sep, "/usr")]
