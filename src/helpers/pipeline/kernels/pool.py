"""A pool lends kernels to notebooks and lets none outlive the run.

``reused``, on every system: as many kernels as work side by side, each lent again and again; it
is renewed after each notebook, and retired when anything is left of it. ``stock``: papermill's
own, one a notebook, the reference.
"""

import ast
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Any, Self

from helpers.pipeline.helper_code import package_files
from helpers.pipeline.kernels.imports import AHEAD, USUAL, imported_by
from helpers.pipeline.kernels.runtime import FOLDER, Runtime, has_ended
from helpers.pipeline.notebook import Notebook
from helpers.problems import InputError, Problem, nearest

if TYPE_CHECKING:  # slow to import, and not needed where nothing runs
    from jupyter_client import AsyncKernelManager

VARIABLE = "CITYPROMO_KERNELS"
KINDS = ("reused", "stock")
# A notebook is one of several side by side: threads of a library would only get in the way, and
# one thread gives the same last digit on every machine and with every kind of kernel.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
# A failing shell line fails its cell; nothing is logged on the terminal; kernels side by side
# would fight for a history file.
ARGUMENTS = ("--InteractiveShell.system_raise_on_error=True", "--Application.log_level=50")
OWN_ARGUMENTS = ("--HistoryManager.hist_file=:memory:", "--IPKernelApp.parent_handle=0")
# As a kernel does, without the working directory on the path while it imports.
LAUNCH = (
    "import sys; sys.path[:] = filter(None, sys.path);"
    " from helpers.pipeline.kernels.renewal import main; main()"
)
# What a kernel prints before its output is captured is for nobody's eyes.
SILENT: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
# What is asked of a kernel, as expressions: they leave no name behind.
RENEWAL = "__import__('helpers.pipeline.kernels.renewal', fromlist=['renewal'])"
RENEW = f"{RENEWAL}.renew()"
IMPORT = f"{RENEWAL}.get_ready"
RENEWAL_TIMEOUT_S = 20.0


class KernelsStopped(RuntimeError):
    """The run was interrupted; there are no more kernels."""


def chosen_kind() -> str:
    """``reused``, or as ``CITYPROMO_KERNELS`` says.

    Raises:
        InputError: the variable names no kind.
    """
    told = os.environ.get(VARIABLE) or KINDS[0]
    if told not in KINDS:
        raise InputError(Problem(VARIABLE, f"「{told}」は使えません", remedy=nearest(told, KINDS)))
    return told


def open_pool(
    workers: int = 1,
    folder: Path | None = None,
    notebooks: Sequence[Notebook] | None = None,
    environment: Mapping[str, str] | None = None,
) -> "Pool":
    """Kernels for one run, to be used in a ``with``: when it ends, so do all kernels.

    Returns at once; what takes time goes on in other processes.

    Args:
        workers: how many kernels will work at the same time.
        folder: the kernels' working directory (``notebooks/``).
        notebooks: what will run, if known: what the first ones import is imported at once.
        environment: variables on top of this process's, as they are now, for all kernels.

    Raises:
        InputError: ``CITYPROMO_KERNELS`` is wrong.
    """
    if chosen_kind() == "stock":
        return StockPool(folder, environment)
    pool = ReusedPool(folder, environment)
    try:
        pool.expect(workers if notebooks is None else len(notebooks), workers, notebooks)
    except BaseException:
        pool.close()
        raise
    return pool


class Kernel(ABC):
    """A kernel of a pool.

    Attributes:
        manager: what jupyter_client and papermill know it by.
    """

    manager: "AsyncKernelManager"

    @property
    @abstractmethod
    def alive(self) -> bool:
        """Whether its process runs."""

    @abstractmethod
    def kill(self) -> None:
        """End it at once, and what it has started."""

    def end(self, now: bool = False) -> None:
        """End it, in good order unless it must be now, and remove what is left of it."""
        from jupyter_core.utils import run_sync

        run_sync(_shut_down)(self.manager, now)


async def _shut_down(manager: "AsyncKernelManager", now: bool) -> None:
    """End a kernel, if it lives; in good order as jupyter_client does, but asking more often."""
    if now and manager.has_kernel:
        await manager._async_shutdown_kernel(now=True)
    elif manager.has_kernel:
        await manager._async_request_shutdown()
        await manager._async_finish_shutdown(pollinterval=0.01)
    await manager._async_cleanup_resources()


class OwnKernel(Kernel):
    """A kernel of this very interpreter: its process is there at once, its manager when wanted.

    jupyter_client is slow to import; meanwhile the kernel gets ready.

    Args:
        path: what the names of its connection file and sockets begin with.
        folder: its working directory.
        environment: its variables.
    """

    def __init__(self, path: Path, folder: str, environment: Mapping[str, str]):
        self._file = Path(f"{path}.json")
        self._addresses = _addresses(path)
        self._closing = ExitStack()  # what was asked of it meanwhile
        self.new = True
        self._file.touch(0o600)  # it holds the key
        self._file.write_text(json.dumps(self._addresses), encoding="utf-8", newline="\n")
        own: dict[str, Any] = {"start_new_session": True}  # Ctrl-C is for the run
        if os.name == "nt":
            own = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}  # type: ignore[attr-defined]
        self._process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, "-f", str(self._file), *ARGUMENTS, *OWN_ARGUMENTS],
            cwd=folder,
            env={**environment, "JPY_PARENT_PID": str(os.getpid())},  # as with papermill
            stdin=subprocess.PIPE,  # the lifeline: it closes when this process ends
            **own,
            **SILENT,
        )

    @cached_property
    def manager(self) -> "AsyncKernelManager":  # type: ignore[override]
        """Its manager, which has not started it."""
        from jupyter_client import AsyncKernelManager
        from jupyter_client.kernelspec import KernelSpec
        from jupyter_client.provisioning import LocalProvisioner

        manager = AsyncKernelManager(kernel_name="python3", connection_file=str(self._file))
        manager.load_connection_info(self._addresses)  # type: ignore[arg-type]
        spec = KernelSpec(argv=[sys.executable], language="python")
        provisioner = LocalProvisioner(
            kernel_id=manager.kernel_id, kernel_spec=spec, parent=manager
        )
        provisioner.process, provisioner.pid = self._process, self._process.pid
        provisioner.pgid = None if os.name == "nt" else self._process.pid
        manager.provisioner = provisioner
        return manager

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self._process.poll() is None and not has_ended(self._process.pid)

    def kill(self) -> None:
        """End it at once, and what it has started."""
        with suppress(OSError):
            if os.name == "nt":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self, now: bool = False) -> None:
        """End it; where nobody has asked for its manager, at once."""
        self._closing.close()
        if "manager" in vars(self):
            super().end(now)
        else:
            self.kill()
            self._process.wait()
            if self._process.stdin is not None:
                self._process.stdin.close()
        self._file.unlink(missing_ok=True)

    def get_ready(self, modules: Sequence[str]) -> None:
        """Have it import what will be wanted, and go on: it does so as soon as it can."""
        client = self.manager.blocking_client()
        client.start_channels(shell=True, iopub=False, stdin=False, hb=False, control=False)
        self._closing.callback(client.stop_channels)
        wanted = {"": f"{IMPORT}({list(modules)!r})"}
        client.execute("", silent=True, store_history=False, user_expressions=wanted)

    def lent(self) -> None:
        """From now on it is a notebook's."""
        self._closing.close()
        self.new = False


def _addresses(path: Path) -> dict[str, Any]:
    """Where a kernel listens, and the key to what it hears."""
    names = [f"{name}_port" for name in ("shell", "iopub", "stdin", "control", "hb")]
    said = {"key": secrets.token_hex(16), "signature_scheme": "hmac-sha256"}
    if os.name != "nt":
        # Sockets need no free port and print no notice; Windows has none that ZeroMQ can use.
        ports = dict(zip(names, range(1, len(names) + 1), strict=True))
        return {"transport": "ipc", "ip": str(path), **ports, **said}
    with ExitStack() as held:  # all at once, so that they are different ones
        sockets = [held.enter_context(closing(socket.socket())) for _ in names]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        free = {name: each.getsockname()[1] for name, each in zip(names, sockets, strict=True)}
    return {"transport": "tcp", "ip": "127.0.0.1", **free, **said}


class PapermillKernel(Kernel):
    """A manager that has started nothing: nbclient does all, the engine lets it."""

    def __init__(self, manager: "AsyncKernelManager"):
        self.manager = manager

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return bool(self.manager.has_kernel)

    def kill(self) -> None:
        """End it at once, and what it has started."""
        import asyncio

        if self.manager.provisioner is not None:
            asyncio.run(self.manager.provisioner.kill())


class Pool(ABC):
    """Kernels for one run; threads may use it side by side.

    Args:
        folder: the kernels' working directory.
        environment: variables on top of this process's.

    Attributes:
        retired: the kernels that were not renewed: the notebook that had run, and what it left.
    """

    kind: str

    def __init__(self, folder: Path | None, environment: Mapping[str, str] | None):
        if sys.platform == "win32":
            import asyncio

            # ZeroMQ cannot wait in the event loop that Windows has by default.
            asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
        self.folder = str((folder or Path.cwd()).resolve())
        self.stopped = False
        self.retired: list[tuple[str, list[str]]] = []
        self.runtime = Runtime()
        self._given = {**ONE_THREAD, **os.environ, **(environment or {})}
        self._changed = threading.Condition()
        self._living: set[Kernel] = set()
        self._beside = ThreadPoolExecutor(2, "kernels")

    @property
    def environment(self) -> dict[str, str]:
        """The kernels' variables; what they write for a while goes with the run."""
        temporary = str(self.runtime.temporary)
        return {**self._given, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), temporary)}

    def expect(  # noqa: B027  # stock kernels are started when they are asked for
        self, notebooks: int, workers: int, known: Sequence[Notebook] | None = None
    ) -> None:
        """Be told what will be asked for.

        Args:
            notebooks: how many more.
            workers: how many kernels at the same time.
            known: the notebooks themselves, in their order.
        """

    @abstractmethod
    def _borrow(self) -> Kernel:
        """A kernel; waits until there is one."""

    @abstractmethod
    def _take_back(self, kernel: Kernel, notebook: str) -> None:
        """What becomes of a kernel whose notebook has succeeded; beside the caller."""

    @contextmanager
    def kernel(self, notebook: str = "") -> Iterator["AsyncKernelManager"]:
        """A kernel as if no notebook had run in it.

        Afterwards it is made so again, or shut down, while the caller goes on; it is ended at
        once if the notebook failed.

        Args:
            notebook: the name of what will run.

        Raises:
            KernelsStopped: the pool has been stopped.
        """
        kernel = self._borrow()
        try:
            self.check()
            yield kernel.manager
        except BaseException:
            self._end(kernel, now=True)
            raise
        self._beside.submit(self._take_back, kernel, notebook)

    def _end(self, kernel: Kernel, now: bool = False) -> None:
        try:
            kernel.end(now)
        finally:
            with self._changed:
                self._living.discard(kernel)
                self._changed.notify_all()

    def check(self) -> None:
        """A kernel that was just starting when the pool was stopped runs nothing.

        Raises:
            KernelsStopped: the pool has been stopped.
        """
        if self.stopped:
            raise KernelsStopped

    def stop(self) -> None:
        """Kill every kernel now and start no more; the notebooks that ran in them fail."""
        with self._changed:
            self.stopped = True
            living = list(self._living)
            self._changed.notify_all()
        for kernel in living:
            kernel.kill()

    def settle(self) -> None:
        """Wait until lent kernels are as new or gone: all is written that they had to write."""
        self._beside.shutdown()
        self._beside = ThreadPoolExecutor(2, "kernels")

    def close(self) -> None:
        """Wait until lent kernels are as new or gone, then end all and remove what is left."""
        self._beside.shutdown()
        self.stop()
        for kernel in list(self._living):
            self._end(kernel, now=True)
        self.runtime.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is not None:
            self.stop()
        self.close()


class ReusedPool(Pool):
    """Lends each kernel again and again, for as long as it is as new."""

    kind = "reused"

    def __init__(self, folder: Path | None, environment: Mapping[str, str] | None):
        super().__init__(folder, environment)
        self._idle: deque[OwnKernel] = deque()
        self._workers = self._expected = 0

    def expect(self, notebooks: int, workers: int, known: Sequence[Notebook] | None = None) -> None:
        """Start as many kernels as will work side by side.

        The first gets ready for the first notebooks. The others have time for all that will be
        wanted: a stage waits for its longest notebook, which the first kernel takes.
        """
        first = USUAL if known is None else imported_by(known[:workers])
        with self._changed:
            self._workers, self._expected = workers, notebooks
            for kernel in [kernel for kernel in self._idle if kernel.new and known]:
                kernel.get_ready(first)
            while len(self._living) < min(workers, notebooks):
                self._start_one(first if known is None or not self._living else imported_by(known))
            self._changed.notify_all()

    def _borrow(self) -> OwnKernel:
        with self._changed:
            while True:
                self.check()
                while self._idle:
                    kernel = self._idle.popleft()
                    if kernel.alive:
                        self._expected -= 1
                        kernel.lent()
                        return kernel
                    self._living.discard(kernel)  # someone killed it
                if len(self._living) < max(self._workers, 1):
                    self._start_one()
                else:
                    self._changed.wait()

    def _start_one(self, imports: Sequence[str] = ()) -> None:
        """Start a kernel and go on; one thread at a time, for two could be given one port."""
        told = {AHEAD: " ".join(imports), FOLDER: str(self.runtime.folder)}
        kernel = OwnKernel(self.runtime.new(), self.folder, {**self.environment, **told})
        self._living.add(kernel)
        self._idle.append(kernel)

    def _take_back(self, kernel: Kernel, notebook: str) -> None:
        assert isinstance(kernel, OwnKernel)
        left = self._renewed(kernel)
        if not left:
            with self._changed:
                self._idle.append(kernel)
                self._changed.notify_all()
            return
        if not self.stopped:
            self.retired.append((notebook, left))
        with self._changed:
            self._living.discard(kernel)
            if self._expected > 0 and not self.stopped:  # it gets ready while this one ends
                self._start_one()
            self._living.add(kernel)
            self._changed.notify_all()
        self._end(kernel)

    def _renewed(self, kernel: OwnKernel) -> list[str]:
        """What is left of the notebook that has run in a kernel; nothing where it is as new."""
        client = kernel.manager.blocking_client()
        client.start_channels(shell=True, iopub=False, stdin=False, hb=False, control=False)
        try:
            wanted = {"left": RENEW}
            asked = client.execute("", silent=True, store_history=False, user_expressions=wanted)
            end = time.monotonic() + RENEWAL_TIMEOUT_S
            while time.monotonic() < end and not self.stopped and kernel.alive:
                try:
                    reply = client.get_shell_msg(timeout=0.5)
                except Empty:
                    continue
                if reply["parent_header"].get("msg_id") == asked:
                    answer = reply["content"]["user_expressions"]["left"]
                    if answer["status"] != "ok":
                        return [f"{answer['ename']}: {answer['evalue']}"]
                    return list(json.loads(ast.literal_eval(answer["data"]["text/plain"])))
            return ["no answer"]
        except (OSError, ValueError, KeyError, SyntaxError) as error:
            return [repr(error)]
        finally:
            client.stop_channels()


class StockPool(Pool):
    """Lends a manager that has started nothing, one a notebook."""

    kind = "stock"

    def _borrow(self) -> PapermillKernel:
        from helpers.pipeline.engine import StockKernel

        with self._changed:
            self.check()
            options = {"arguments": ARGUMENTS, "cwd": self.folder, "env": self.environment}
            manager = StockKernel(
                kernel_name="python3",
                connection_file=f"{self.runtime.new()}.json",
                check=self.check,
                options={**options, **SILENT},
            )
            kernel = PapermillKernel(manager)
            self._living.add(kernel)
        return kernel

    def _take_back(self, kernel: Kernel, notebook: str) -> None:  # noqa: ARG002
        self._end(kernel)


class KeptKernels:
    """Lends one pool to run after run, for as long as the helpers are what they were.

    Who edits a helper between two runs gets kernels that have imported what is there now.

    Args:
        root: the project; its helpers are watched.
    """

    def __init__(self, root: Path):
        self._root = root
        self._pool: Pool | None = None
        self._helpers: frozenset[tuple[Path, int, int]] = frozenset()

    def get_ready(self, guess: Sequence[Notebook] = ()) -> Pool:
        """Start a first kernel, once something will run, before it is known what.

        Args:
            guess: what may run first, if there is something to go by.
        """
        now = _state(self._root)
        if self._pool is None or self._pool.stopped or self._helpers != now:
            self.close()
            folder = self._root / "notebooks"
            self._pool, self._helpers = open_pool(1, folder, guess[:1] or None), now
        return self._pool

    @contextmanager
    def lend(self, workers: int, notebooks: Sequence[Notebook]) -> Iterator[Pool]:
        """The pool for one run, as ``open_pool`` gives one; not for two runs at a time.

        Args:
            workers: how many kernels will work at the same time.
            notebooks: what will run.
        """
        pool = self.get_ready()
        pool.retired.clear()
        pool.expect(len(notebooks), workers, notebooks)
        try:
            yield pool
            pool.settle()
        except BaseException:
            pool.stop()
            raise

    def close(self) -> None:
        """End all kernels."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.close()


def _state(root: Path) -> frozenset[tuple[Path, int, int]]:
    """What would differ after an edit of a helper; not read, for kernels are waited for."""
    seen = ((path, path.stat()) for path in package_files(root / "src"))
    return frozenset((path, status.st_mtime_ns, status.st_size) for path, status in seen)
