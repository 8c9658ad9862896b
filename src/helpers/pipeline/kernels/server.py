"""The fork server: one process, of one thread, that has imported everything and forks kernels.

Each connection asks for one kernel and stands for it from then on: through it come signals for
the kernel, and back go that it is ready and how it ended. When a connection closes, its kernel
is killed; when the lifeline (standard input) closes, because the run has ended in whatever way,
all kernels are killed, the runtime folder is deleted, and the server ends.
"""

import builtins
import contextlib
import gc
import os
import selectors
import shutil
import signal
import socket
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

from helpers.pipeline.kernels.imports import PREPARE, VARIABLE, import_ahead, imported_by
from helpers.pipeline.kernels.messages import receive, send
from helpers.pipeline.notebook import notebooks_in

LIFELINE = 0
# When nobody has asked for this long, the first kernels are at work and there is time.
IDLE_S = 0.1


class Server:
    """Forks kernels until the lifeline closes.

    Args:
        listener: where connections arrive.
        prepare: work that makes later kernels quicker; done once, while the first ones run.
    """

    def __init__(self, listener: socket.socket, prepare: Callable[[], None] | None = None):
        self._listener = listener
        self._prepare = prepare
        self._kernels: dict[int, socket.socket] = {}
        self._wake, self._waker = socket.socketpair()
        self._waker.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._waker.fileno())
        # poll, for its state is the process's own: epoll's is shared with whoever is forked.
        self._selector = selectors.PollSelector()
        for source in (LIFELINE, self._wake, listener):
            self._selector.register(source, selectors.EVENT_READ)

    def serve(self) -> tuple[dict[str, Any], socket.socket] | None:
        """Answer until the lifeline closes.

        Returns:
            In the server nothing, at its end. In a forked process the request that it has to
            become a kernel for, and the connection to say so.
        """
        while True:
            for key, _ in self._wait():
                if key.fileobj == LIFELINE:
                    self._end()
                    return None
                if key.fileobj is self._wake:
                    self._reap()
                elif key.fileobj is self._listener:
                    self._selector.register(self._listener.accept()[0], selectors.EVENT_READ)
                elif isinstance(key.fileobj, socket.socket) and key.fileobj.fileno() >= 0:
                    request = self._hear(key.fileobj)
                    if request and self._fork(key.fileobj):
                        return request, key.fileobj

    def _wait(self) -> list[tuple[selectors.SelectorKey, int]]:
        """What has come; the first time that nothing comes for a while, prepare."""
        if self._prepare and self._kernels:
            if events := self._selector.select(IDLE_S):
                return events
            self._prepare()
            self._prepare = None
        return self._selector.select()

    def _hear(self, connection: socket.socket) -> dict[str, Any] | None:
        """Do what a connection says; a request for a kernel is left to the caller."""
        messages = receive(connection)
        for message in messages or [{"signal": signal.SIGKILL}]:
            if "signal" not in message:
                return message
            for pid, its in self._kernels.items():
                if its is connection:
                    _signal(pid, message["signal"])
        if not messages:
            self._forget(connection)
        return None

    def _fork(self, connection: socket.socket) -> bool:
        """Fork; in the new process, where this is true, only its own connection stays open."""
        pid = os.fork()
        if pid:
            self._kernels[pid] = connection
            return False
        signal.set_wakeup_fd(-1)
        for source in [key.fileobj for key in self._selector.get_map().values()]:
            if isinstance(source, socket.socket) and source is not connection:
                source.close()
        self._waker.close()
        return True

    def _reap(self) -> None:
        """Take leave of kernels that have ended, and tell their owners how."""
        self._wake.recv(1 << 10)
        for pid in list(self._kernels):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                connection = self._kernels.pop(pid)
                if connection.fileno() >= 0:
                    send(connection, {"ended": os.waitstatus_to_exitcode(status)})
                    self._forget(connection)

    def _forget(self, connection: socket.socket) -> None:
        self._selector.unregister(connection)
        connection.close()

    def _end(self) -> None:
        """Kill all kernels and delete the folder of their sockets and connection files."""
        for pid in self._kernels:
            _signal(pid, signal.SIGKILL)
        for pid in self._kernels:
            os.waitpid(pid, 0)
        shutil.rmtree(Path(self._listener.getsockname()).parent, ignore_errors=True)


def _signal(pid: int, number: int) -> None:
    for send_signal in (os.killpg, os.kill):
        try:
            send_signal(pid, number)
        except ProcessLookupError:
            continue  # not yet the leader of its own group, or gone
        return


def _prepare() -> None:
    """Import what any notebook here does, and use libraries once: no later kernel has to."""
    import_ahead(imported_by(notebooks_in(Path.cwd())))
    with contextlib.suppress(Exception):  # what is broken is said by the notebook that needs it
        if "helpers.desk.figures" in sys.modules:
            from helpers.desk.rehearsal import rehearse

            rehearse()
    gc.collect()
    gc.freeze()


def main() -> None:
    """Import, serve, and in a forked process become a kernel."""
    prepare = _prepare if os.environ.pop(PREPARE) else None
    imports = os.environ.pop(VARIABLE).split()
    told = set(os.environ)
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # a run steps through nothing
    gc.disable()  # it would look through everything again and again while modules are imported
    from helpers.pipeline.kernels.birth import KERNEL_MODULES, become_kernel

    # pandas decides at import, by the kernel that it finds, how wide a table is shown.
    builtins.get_ipython = lambda: types.SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    import_ahead([*KERNEL_MODULES, *imports])
    del builtins.get_ipython  # type: ignore[attr-defined]
    del sys.modules["debugpy"]
    os.environ["PYDEVD_USE_FRAME_EVAL"] = "NO"  # as debugpy leaves it
    gc.freeze()  # what is there already is left alone by the collector: its pages stay shared
    server = os.getpid()
    born = Server(socket.socket(fileno=int(sys.argv[1])), prepare).serve()
    if born:
        gc.enable()
        request, connection = born
        # Some modules set variables when they are imported; a kernel has them as if it had done so.
        imported = {name: value for name, value in os.environ.items() if name not in told}
        request["environment"] = {**imported, **request["environment"]}
        become_kernel(server, request, connection)
    else:
        os._exit(0)  # nothing is left to tidy up, and the run waits
