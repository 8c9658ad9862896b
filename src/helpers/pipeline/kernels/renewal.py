"""Inside a kernel that is lent again and again: as new before each notebook, or it says why not.

The kernel starts here (``main``). Before a notebook it is prepared: what the notebook imports is
imported and used once, and everything is noted. After it the kernel is renewed: a new namespace,
what analysts set every day put back, and all else compared with what was noted. Whatever is
different is told to the pool, which ends the kernel. Nothing here depends on the system.
"""

import contextlib
import gc
import importlib
import json
import linecache
import os
import random
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from helpers.pipeline.kernels.imports import AHEAD, import_ahead, imported, of_environment, use_once
from helpers.pipeline.kernels.runtime import FOLDER, remove
from helpers.pipeline.kernels.snapshot import Late, Reach, difference, state
from helpers.pipeline.process_end import end_process

# What matplotlib knows of its backend, once a figure has been made.
BACKEND = {
    "matplotlib.pyplot": ("_backend_mod", "_REPL_DISPLAYHOOK", "draw_if_interactive"),
    "matplotlib.backends": ("backend",),
}


def main() -> NoReturn:
    """A kernel, from its start to its end."""
    gc.disable()  # it would look through everything again and again while modules are imported
    _end_with_the_run(Path(os.environ.pop(FOLDER)))
    names = os.environ.pop(AHEAD, "").split()
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # a run steps through nothing
    import ipykernel_launcher  # type: ignore[import-untyped]
    from ipykernel.kernelapp import IPKernelApp

    # It is imported with the first large picture otherwise, and registers itself for the end.
    importlib.import_module("zmq.utils.garbage")

    del sys.modules["debugpy"]
    os.environ["PYDEVD_USE_FRAME_EVAL"] = "NO"  # as debugpy leaves it
    sys.argv[0] = ipykernel_launcher.__file__
    application = IPKernelApp.instance()
    application.initialize(sys.argv[1:])
    _kernel.shell = application.shell
    assert application.shell is not None
    with application.shell.builtin_trap:  # pandas asks for get_ipython when it is imported
        import_ahead(names)
    gc.freeze()  # what is there already is left alone by the collector
    gc.enable()
    application.start()
    end_process(0)


def _end_with_the_run(runtime: Path) -> None:
    """Whatever ends the run closes this kernel's standard input, which nothing else reads."""
    lifeline = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)

    def wait() -> None:
        os.read(lifeline, 1)
        with contextlib.suppress(Exception):
            import psutil  # type: ignore[import-untyped]

            for child in psutil.Process().children(recursive=True):
                child.kill()
        remove(runtime)  # nobody else will
        os._exit(1)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


def get_ready(modules: list[str]) -> None:
    """Import what a notebook will want, while the run is not ready for it."""
    with _kernel.shell.builtin_trap, _uncollected():
        import_ahead(modules)


def prepare(told: dict[str, str], cells: list[str], observe: bool) -> None:
    """Before a notebook: its variables and imports; then everything is noted.

    Args:
        told: environment variables of this notebook alone.
        cells: the sources of its code cells.
        observe: whether to note what it reads (``helpers.recorder``).
    """
    recorder = importlib.import_module("helpers.recorder") if observe else None
    if recorder is not None and _kernel.unused:
        recorder.install()  # so that it is there when all is noted
    _kernel.prepare(told, cells)
    if recorder is not None:
        recorder.begin(told)


def renew() -> str:
    """After a notebook: JSON, a list of what is not as it was."""
    return json.dumps(_kernel.renew())


class Kernel:
    """This process's kernel and what was noted of it."""

    def __init__(self) -> None:
        self.shell: Any = None
        self._told: list[str] = []
        self._state: dict[str, Any] = {}
        self._boxes: list[tuple[Any, Any]] = []
        self._backend: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self._reach = Reach()
        self._late = Late(self._reach)

    @property
    def unused(self) -> bool:
        """Whether no notebook has run here."""
        return not self._state

    def prepare(self, told: dict[str, str], cells: list[str]) -> None:
        """Before a notebook."""
        os.environ.update(told)
        self._told = list(told)
        with self.shell.builtin_trap, _uncollected():
            import_ahead(imported(cells))
        if new := self._reach.new():
            with _uncollected():
                use_once(new)
                self._reach.changes()  # what an import registers elsewhere is no notebook's doing
                self._reach.note(self._reach.new())
            if not self.unused:  # else no notebook has left anything that must not be frozen
                gc.collect()
            gc.freeze()
        _close_fonts()
        self._boxes = [(box, box.copy()) for box in _put_back_whole(self.shell)]
        self._backend = [
            (vars(sys.modules[module]), {n: vars(sys.modules[module]).get(n, self) for n in names})
            for module, names in BACKEND.items()
            if module in sys.modules
        ]
        self._state = state(self.shell)
        sys.meta_path.insert(0, self._late)

    def renew(self) -> list[str]:
        """After a notebook: what is not as it was."""
        if self._late not in sys.meta_path:
            return ["import: the finder is gone"]
        sys.meta_path.remove(self._late)
        names = self.shell.user_ns
        self._new_namespace()
        self._put_back()
        dirt = self._left()
        if dirt and all(each.startswith("open files") for each in dirt):
            names.clear()  # one by one, so that files are written before they are closed
        if any(each.startswith(("open files", "threads", "children")) for each in dirt):
            gc.collect()  # what only waits to be collected is nobody's any more
            dirt = self._left()
        return dirt + self._reach.changes()

    def _left(self) -> list[str]:
        return list(difference(self._state, state(self.shell)))

    def _new_namespace(self) -> None:
        """A new ``__main__``, and none of the modules that are the analyst's own."""
        shell = self.shell
        history = shell.history_manager
        history.reset(new_session=False)
        history.input_hist_parsed[:], history.input_hist_raw[:] = [""], [""]
        shell.execution_count, shell.last_execution_result = 1, None
        shell.user_module, shell.user_ns = shell.prepare_user_module()
        shell.user_ns_hidden.clear()
        shell.init_sys_modules()
        shell.init_user_ns()
        shown = dict.fromkeys(("_", "__", "___"), "")
        shell.user_ns.update(shown)
        vars(shell.displayhook).update(shown)
        for name in ("last_traceback", "last_value", "last_type", "last_exc"):
            vars(sys).pop(name, None)
        shell.compile._filename_map.clear()
        for name in [each for each in linecache.cache if "ipykernel_" in each]:
            del linecache.cache[name]
        own = [name for name in self._reach.new() if not of_environment(sys.modules[name])]
        for name in own:
            del sys.modules[name]
        importlib.invalidate_caches()

    def _put_back(self) -> None:
        """What analysts set every day, and what is drawn by chance."""
        noted = self._state
        if warnings.filters != noted["warnings"]:
            warnings.filters[:] = noted["warnings"]  # type: ignore[index]
            warnings._filters_mutated()  # type: ignore[attr-defined]
        os.environ.clear()
        os.environ.update({k: v for k, v in noted["environment"].items() if k not in self._told})
        noted["environment"] = dict(os.environ)
        os.chdir(noted["folder"])
        sys.path[:] = noted["sys.path"]
        random.seed()
        if numpy := sys.modules.get("numpy"):
            numpy.random.seed()
            if "numpy" in noted:
                numpy.seterr(**noted["numpy errors"])
                numpy.set_printoptions(**noted["numpy printing"])
        if plt := sys.modules.get("matplotlib.pyplot"):
            plt.close("all")
        for space, held in self._backend:
            space.update(held)
            for name in [name for name, value in held.items() if value is self]:
                del space[name]  # it was not there
        if matplotlib := sys.modules.get("matplotlib"):
            dict.update(matplotlib.rcParams, noted.get("rcParams", {}))
            dict.update(matplotlib.rcParamsDefault, noted.get("rcParams by default", {}))
        for box, held in self._boxes:
            if box != held:
                box.clear()
                (box.extend if isinstance(box, list) else box.update)(held)
        if "pandas options" in noted:
            pandas = sys.modules["pandas._config.config"]
            with warnings.catch_warnings(action="ignore"):  # of options that will go
                for name, value in noted["pandas options"].items():
                    if pandas.get_option(name) is not value:
                        pandas.set_option(name, value)
        self._reach.forget_answers()
        _forget_the_notebook()
        _close_fonts()


_kernel = Kernel()


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _put_back_whole(shell: Any) -> Iterator[Any]:
    """Dictionaries and lists that get back what they held.

    The first figure of a notebook has the shell show figures; seaborn's themes give the letters
    that stand for colours other ones.
    """
    yield from shell.events.callbacks.values()
    for each in shell.display_formatter.formatters.values():
        yield from (each.type_printers, each.deferred_printers, each.singleton_printers)
    if colours := sys.modules.get("matplotlib.colors"):
        yield from (colours._colors_full_map, colours._colors_full_map.cache)
    if backends := sys.modules.get("matplotlib.backends.registry"):
        yield backends.backend_registry._backend_to_gui_framework


def _forget_the_notebook() -> None:
    """The key of its outputs, and the answers that it has read."""
    for name in ("helpers.seal", "helpers.person_rows", "helpers.desk.look"):
        if module := sys.modules.get(name):
            module.forget()


def _close_fonts() -> None:
    """Matplotlib keeps the files of fonts open, which Windows then does not remove."""
    if fonts := sys.modules.get("matplotlib.font_manager"):
        fonts._get_font.cache_clear()
