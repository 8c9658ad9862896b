"""What one notebook could leave to the next in a kernel: noted before it, compared after it.

``State`` is what has a name: the process, the interpreter, the shell, the libraries' switches.
``Reach`` is what can be reached from modules: functions, classes, containers, objects; of all
modules the first layer, of those that notebooks work with the deeper ones. Values are compared
by identity, and kept, for the identity of what is gone is given to something new.
"""

import array
import asyncio
import atexit
import collections
import contextlib
import csv
import decimal
import faulthandler
import functools
import gc
import importlib.abc
import importlib.machinery
import locale
import logging
import os
import signal
import socket
import stat
import sys
import threading
import time
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextvars import copy_context
from operator import is_not
from pathlib import Path
from types import FunctionType, MappingProxyType, ModuleType
from typing import Any

from helpers.pipeline.kernels.imports import of_environment

# What notebooks work with is looked at closely; of all else, classes, functions and containers.
CLOSELY = frozenset({"helpers", "matplotlib", "pandas", "numpy", "seaborn", "mpl_toolkits"})
DEPTH, SHALLOW = 4, 2
# What runs the cells changes with every cell: only its functions and classes are looked at.
RUNNING = frozenset(
    """
    IPython ipykernel zmq tornado traitlets jupyter_client comm matplotlib_inline prompt_toolkit
    asyncio _asyncio concurrent threading _weakrefset weakref selectors queue contextlib sqlite3
    importlib _frozen_importlib _frozen_importlib_external zipimport linecache tokenize traceback
    logging warnings typing typing_extensions abc functools re sys gc inspect ast dis copyreg
    stack_data executing _pydevd_sys_monitoring pydevd _pydevd_bundle _pydev_bundle
    asttokens pure_eval pygments decorator jedi parso psutil multiprocessing
    """.split()  # noqa: SIM905
)
ATOMS = (str, int, float, bool, bytes, complex, type(None), ModuleType)
BOXES = (dict, list, set, collections.deque, bytearray, array.array)
MANY = 5000
BYTES = 1 << 20
# Set anew for each request by the kernel, or notes that libraries keep for themselves.
# The last two are ptyprocess's, with the first shell line.
NO_STATE = frozenset(
    {"__builtins__", "__warningregistry__", "__slotnames__", "_gc", "cline_in_traceback"}
    | {"_epoch", "_EOF", "_INTR"}
)
# In the names of what takes in more and more, by design.
TAKES_IN = ("cache", "memo", "_cython_", "_value2member_map_", "_core._backends")
BY_KERNEL = {"builtins": {"input", "_", "get_ipython", "display"}, "getpass": {"getpass"}}
KERNEL_CONTEXT = ("ipykernel", "shell_parent", "parent", "_shell", "_control")
# Noted by name, as the environment, and written anew to be put back.
ENVIRONMENT = frozenset({"posix.environ[]", "nt.environ[]", "os.environ._data[]"})
_GONE = object()


class Note:
    """Something that can be changed, and what it held when it was noted."""

    __slots__ = ("box", "held", "keys", "kind", "late", "name", "read")

    def __init__(self, name: str, box: Any, late: bool, kind: type | None):
        self.name, self.box, self.kind, self.late = name, box, kind, late
        self.read = _reader(box)
        self.keys, self.held = _keys(box), self.read(box)

    def same(self) -> bool:
        """Whether it holds what it held."""
        now = self.read(self.box)
        return len(now) == len(self.held) and not any(map(is_not, now, self.held))

    def changes(self) -> list[str]:
        """What is different, in names; from now on this is what it holds."""
        keys, held = self.keys, self.held
        if self.name.startswith("helpers.") and self.name.endswith("[]") and keys:
            for key in self.box.keys() - set(keys or ()):
                del self.box[key]  # what our own code remembers may be what a file said
        self.keys, self.held = _keys(self.box), self.read(self.box)
        if isinstance(self.box, functools._lru_cache_wrapper) and not self.held:
            return []  # it has been made to forget
        if self.name in ENVIRONMENT or "_schema_registry" in self.name:
            return []  # compared by name; pandera's notes of frames that come and go
        if keys is None or self.keys is None:
            grown = len(self.held) >= len(held) and (self.late or _cache(self.name))
            return [] if grown or _equal(self.held, held) else [self.name]
        before = dict(zip(keys, held, strict=True))
        now = dict(zip(self.keys, self.held, strict=True))
        return [
            f"{self.name}.{key}"
            for key in before.keys() | now.keys()
            if self._counts(key, before, now)
        ]

    def _counts(self, key: Any, before: Mapping[Any, Any], now: Mapping[Any, Any]) -> bool:
        """Whether a changed entry is a notebook's doing."""
        old, new = before.get(key, _GONE), now.get(key, _GONE)
        if old is new or key in NO_STATE or key in BY_KERNEL.get(self.name, ()):
            return False
        if self.name == "helpers.recorder" and not callable(old):
            return False  # what is noted of this very notebook
        if isinstance(new, ModuleType) and sys.modules.get(f"{self.name}.{key}") is new:
            return False  # a package has been asked for one more of its modules
        if before.get("__pydantic_complete__") is False and str(key).startswith("__"):
            return False  # a model is built when it is first used
        if old is _GONE:
            # What a cache takes in, or an object works out when it is first asked.
            worked_out = self.kind is not None and not callable(getattr(self.kind, str(key), None))
            return not (self.late or worked_out or _cache(self.name))
        return True


def _keys(box: Any) -> list[Any] | None:
    if isinstance(box, dict):
        return list(dict.keys(box))
    return list(box) if isinstance(box, MappingProxyType) else None


def _reader(box: Any) -> Callable[[Any], Sequence[Any]]:
    """What reads what something holds, in order."""
    if isinstance(box, dict):
        return lambda box: list(dict.values(box))
    if isinstance(box, MappingProxyType):
        return lambda box: list(box.values())
    if type(box) is FunctionType:
        return _of_function
    if isinstance(box, functools._lru_cache_wrapper):
        return _results
    if isinstance(box, array.array) or _is_array(box):
        return lambda box: [box.tobytes()]
    return list


def _is_array(value: Any) -> bool:
    """Whether it is an array of numbers that is small enough to be compared."""
    if type(value).__name__ != "ndarray" or type(value).__module__ != "numpy":
        return False
    return bool(value.nbytes <= BYTES and not value.dtype.hasobject and value.flags.c_contiguous)


def _of_function(function: Any) -> list[Any]:
    inside = [_content(cell) for cell in function.__closure__ or ()]
    return [function.__code__, function.__defaults__, function.__kwdefaults__, *inside]


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # not yet filled
        return _GONE


def _results(cached: Any) -> list[Any]:
    """What a function with a cache has answered so far; the collector knows where it is kept."""
    answers: list[Any] = []
    for inside in gc.get_referents(cached):
        if type(inside) is dict and inside is not getattr(cached, "__dict__", None):
            for each in inside.values():
                linked = type(each).__name__ == "_lru_list_elem"
                answers += gc.get_referents(each) if linked else [each]
    return answers


def _equal(now: Sequence[Any], held: Sequence[Any]) -> bool:
    """Numbers and texts may be other objects; nothing else is asked, for it may answer anything."""
    return len(now) == len(held) and all(
        a is b or (type(a) is type(b) and type(a) in ATOMS and a == b)
        for a, b in zip(now, held, strict=True)
    )


def _cache(name: str) -> bool:
    return any(word in name.lower() for word in TAKES_IN)


class Reach:
    """Everything that can be reached from modules, and what has changed of it."""

    def __init__(self) -> None:
        self._modules: dict[str, Any] = {}
        self._late: set[str] = set()
        self.reached: dict[int, Any] = {}
        self._notes: list[Note] = []
        self.answering: list[tuple[Any, int]] = []

    def new(self) -> set[str]:
        """Names of modules that have been loaded since all was last noted."""
        known = self._modules.keys() - self._late
        return sys.modules.keys() - known - {"__main__", "__mp_main__"}

    def note(self, names: Collection[str], late: bool = False) -> None:
        """Note modules, and what can be reached from them.

        Args:
            names: their names in ``sys.modules``.
            late: loaded while a notebook runs; what they only take in is no change.
        """
        for name in names:
            if name in self._modules:
                continue  # it was late
            module = self._modules[name] = sys.modules.get(name)
            if isinstance(module, ModuleType) and not name.startswith(__package__):
                self.add(name, vars(module), late)
                walk = Walk(self, name, late)
                for key, value in list(vars(module).items()):
                    if key not in NO_STATE and not key.startswith("__"):
                        walk.follow(f"{name}.{key}", value, DEPTH if walk.close else SHALLOW)
        if late:
            self._late.update(names)
            return
        self._late.clear()
        for each in self._notes:
            each.late = False

    def forget_answers(self) -> None:
        """What functions of ours with a cache have learned since they were noted they forget."""
        for function, size in self.answering:
            if function.cache_info().currsize > size:
                function.cache_clear()

    def changes(self) -> list[str]:
        """What is not as it was noted; from now on, as it is now."""
        found = [
            f"sys.modules: {name}"
            for name, module in self._modules.items()
            if sys.modules.get(name) is not module
        ]
        for each in self._notes:
            if not each.same():
                found += each.changes()
        return found

    def add(self, name: str, box: Any, late: bool, kind: type | None = None) -> None:
        """Note something that can be changed."""
        self._notes.append(Note(name, box, late, kind))


class Walk:
    """The way from a module to what can be reached from it, so many layers deep."""

    def __init__(self, reach: Reach, module: str, late: bool):
        first = module.partition(".")[0]
        self.module, self.late, self.add = module, late, reach.add
        self.close, self.running = first in CLOSELY, first in RUNNING
        self.reached, self.answering = reach.reached, reach.answering

    def follow(self, name: str, value: Any, depth: int) -> None:
        """Note a value, and what it holds."""
        if depth == 0 or type(value) in ATOMS or id(value) in self.reached:
            return
        inside = self._inside(name, value)
        if inside is not None:
            self.reached[id(value)] = value  # kept, for its number would be another's
            for key, each in inside:
                self.follow(key, each, depth - 1)

    def _inside(self, name: str, value: Any) -> Iterable[tuple[str, Any]] | None:
        """Note a value; what it holds, or nothing where it is not looked at."""
        kind = type(value)
        if isinstance(value, type):
            return self._in_class(name, value) if value.__module__ == self.module else None
        if kind in (FunctionType, functools._lru_cache_wrapper):
            near = self.close and value.__module__ == self.module
            return self._in_function(name, value) if near else None
        if self.running:
            return None
        if isinstance(value, dict):
            self.add(f"{name}[]", value, self.late)
            return [(f"{name}[{key!r:.20}]", each) for key, each in list(value.items())[:MANY]]
        if isinstance(value, (*BOXES, tuple)):
            if kind is not tuple:
                self.add(f"{name}[]", value, self.late)
            flat = isinstance(value, bytearray | array.array)
            return [] if flat else [(f"{name}[]", each) for each in list(value)[:MANY]]
        if _is_array(value):
            self.add(f"{name}[]", value, self.late)
            return []
        home = kind.__module__
        near = home == self.module or home.partition(".")[0] in CLOSELY
        if near and type(getattr(value, "__dict__", None)) is dict:
            self.add(f"{name}.", value.__dict__, self.late, kind)
            return [(f"{name}.{key}", each) for key, each in value.__dict__.items()]
        return None

    def _in_class(self, name: str, value: type) -> list[tuple[str, Any]]:
        self.add(name, vars(value), self.late or self.running)
        kinds = (FunctionType, functools._lru_cache_wrapper) if self.close else ()
        return [
            (f"{name}.{key}", each)
            for key, each in vars(value).items()
            if type(each) in kinds or (isinstance(each, BOXES) and not key.startswith("__"))
        ]

    def _in_function(self, name: str, value: Any) -> list[tuple[str, Any]]:
        inside = []
        if type(value) is FunctionType:
            self.add(f"{name}()", value, self.late)
            inside = [(f"{name}()", _content(cell)) for cell in value.__closure__ or ()]
        elif self.module.startswith("helpers."):
            self.add(f"{name}()", value, self.late)
            self.answering.append((value, value.cache_info().currsize))
            inside = [(f"{name}()", each) for each in _results(value)]
        return [*inside, (name, getattr(value, "__wrapped__", None))]


class Late(importlib.abc.MetaPathFinder):
    """Notes a module that is loaded while a notebook runs, before anyone can change it."""

    def __init__(self, reach: Reach):
        self.reach = reach

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The spec that the others find, with a loader that tells when it is done."""
        for finder in sys.meta_path:
            find = None if finder is self else getattr(finder, "find_spec", None)
            if find is not None and (spec := find(name, path, target)) is not None:
                if isinstance(spec.loader, importlib.machinery.SourceFileLoader):
                    spec.loader.exec_module = self._noting(spec.loader, name)  # type: ignore[assignment,method-assign]
                return spec
        return None

    def _noting(self, loader: Any, name: str) -> Callable[[ModuleType], None]:
        def exec_module(module: ModuleType) -> None:
            del loader.exec_module  # only this once
            loader.exec_module(module)
            if sys.modules.get(name) is module and of_environment(module):
                self.reach.note([name], late=True)

        return exec_module


def state(shell: Any) -> dict[str, Any]:
    """What has a name: the process, the interpreter, the shell, the libraries' switches."""
    found = {**_process(), **_interpreter(), **_of_shell(shell)}
    if numpy := sys.modules.get("numpy"):
        found["numpy errors"] = numpy.geterr()
        found["numpy printing"] = numpy.get_printoptions()
        found["numpy"] = (numpy.geterrcall(), numpy.getbufsize())
    if arrow := sys.modules.get("pyarrow"):
        found["pyarrow"] = (arrow.cpu_count(), arrow.io_thread_count())
    if matplotlib := sys.modules.get("matplotlib"):
        found["rcParams"] = dict(dict.items(matplotlib.rcParams))
        found["rcParams by default"] = dict(dict.items(matplotlib.rcParamsDefault))
    if "pandas._config.config" in sys.modules:
        config = sys.modules["pandas._config.config"]
        with warnings.catch_warnings(action="ignore"):  # of options that will go
            found["pandas options"] = {k: config.get_option(k) for k in config._registered_options}
    return found


def _process() -> dict[str, Any]:
    umask = os.umask(0o077)
    os.umask(umask)
    timers = [getattr(signal, name) for name in dir(signal) if name.startswith("ITIMER_")]
    return {
        "environment": dict(os.environ),
        "folder": str(Path.cwd()),
        "umask": umask,
        "nice": os.nice(0) if hasattr(os, "nice") else 0,
        "signals": [signal.getsignal(each) for each in sorted(signal.valid_signals())],
        "timers": [signal.getitimer(each)[0] > 0 for each in timers],
        "limits": _limits(),
        "locale": locale.setlocale(locale.LC_ALL),
        "timezone": time.tzname,
        "children": _children(),
        "open files": _open_files(),
    }


def _interpreter() -> dict[str, Any]:
    return {
        "sys.path": list(sys.path),
        "sys.argv": list(sys.argv),
        "import": [*sys.meta_path, *sys.path_hooks],
        "streams": [sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook],
        "warnings": list(warnings.filters),
        "decimal": str(decimal.getcontext()).partition(", flags")[0],
        "context": _context(),
        "collector": (gc.isenabled(), gc.get_threshold(), list(gc.callbacks)),
        "recursion": sys.getrecursionlimit(),
        "switching": (sys.getswitchinterval(), sys.get_int_max_str_digits()),
        "tracing": (sys.gettrace(), sys.getprofile(), faulthandler.is_enabled()),
        "sockets": socket.getdefaulttimeout(),
        "csv": (csv.field_size_limit(), csv.list_dialects()),
        "logging": (logging.root.level, logging.root.manager.disable, list(logging.root.handlers)),
        "at the end": atexit._ncallbacks(),
        "threads": {each for each in threading.enumerate() if not _of_zmq(each)},
        "tasks": _tasks(),
    }


def _of_shell(shell: Any) -> dict[str, Any]:
    formatters = shell.display_formatter.formatters
    return {
        "shell": {name: repr(getattr(shell, name)) for name in shell.trait_names(config=True)},
        "shell attributes": sorted(name for name in vars(shell) if name[:1] != "_"),
        "traceback": (shell.InteractiveTB.mode, shell.CustomTB, shell.custom_exceptions),
        "magics": {kind: dict(each) for kind, each in shell.magics_manager.magics.items()},
        "extensions": set(shell.extension_manager.loaded),
        "events": {name: list(each) for name, each in shell.events.callbacks.items()},
        "cells": [*shell.input_transformers_cleanup, *shell.input_transformers_post],
        "trees": [*shell.ast_transformers],
        "formats": {
            name: [dict(f.type_printers), dict(f.deferred_printers), dict(f.singleton_printers)]
            for name, f in formatters.items()
        },
        "formats used": {
            name: (f.enabled, getattr(f, "float_precision", "")) for name, f in formatters.items()
        },
    }


def _context() -> dict[str, Any]:
    """Context variables other than the kernel's own, and those that are noted above."""
    noted = ("decimal_context", "numpy.ufunc.extobj", "format_options")
    return {
        variable.name: value
        for variable, value in copy_context().items()
        if variable.name not in noted and not variable.name.startswith(KERNEL_CONTEXT)
    }


def _limits() -> list[tuple[int, int]]:
    try:
        import resource
    except ImportError:  # Windows has none
        return []
    names = [name for name in dir(resource) if name.startswith("RLIMIT_")]
    return [resource.getrlimit(getattr(resource, name)) for name in names]


def _children() -> list[int]:
    """The processes that this one has started."""
    tasks = Path("/proc/self/task")
    if (tasks / str(os.getpid()) / "children").exists():  # quicker than all processes
        found: list[int] = []
        for task in tasks.iterdir():
            with contextlib.suppress(OSError):  # the thread has just ended
                found += map(int, (task / "children").read_text().split())
        return sorted(found)
    import psutil  # type: ignore[import-untyped]

    return sorted(child.pid for child in psutil.Process().children())


def _open_files() -> list[tuple[int, int]]:
    """Files that are open, as device and number; not pipes and sockets."""
    numbers = Path("/dev/fd")
    known = [int(each.name) for each in numbers.iterdir()] if numbers.is_dir() else range(3, 512)
    found = []
    for number in known:
        with contextlib.suppress(OSError):
            status = os.fstat(number)
            if stat.S_ISREG(status.st_mode):
                found.append((status.st_dev, status.st_ino))
    return sorted(found)


def _of_zmq(thread: threading.Thread) -> bool:
    """ZeroMQ starts a thread for its garbage when a large picture is first sent."""
    return "zmq" in type(thread).__module__


def _tasks() -> list[str]:
    """What waits in the event loop: the kernel's own tasks, always the same."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return []
    return sorted(str(getattr(t.get_coro(), "__qualname__", "")) for t in asyncio.all_tasks(loop))


def difference(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """What of a state is not as it was, each in a few words."""
    for name, new in now.items():
        old = before.get(name)
        if old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            changed = sorted(str(k) for k in old.keys() | new.keys() if old.get(k) != new.get(k))
            yield f"{name}: {', '.join(changed)}"
        elif isinstance(old, list | set) and isinstance(new, list | set):
            gained = [str(each) for each in new if each not in old]
            lost = [str(each) for each in old if each not in new]
            yield f"{name}: +{gained} -{lost}"[:300]
        else:
            yield f"{name}: {str(old)[:100]} -> {str(new)[:100]}"
