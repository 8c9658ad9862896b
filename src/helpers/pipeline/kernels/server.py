"""The fork server: one process, of one thread, that has imported everything and forks kernels.

Each connection asks for one kernel and stands for it from then on: through it come signals for
the kernel, and back go that it is ready and how it ended. When a connection closes, its kernel
is killed; when the lifeline (standard input) closes, because the run has ended in whatever way,
all kernels are killed, the runtime folder is deleted, and the server ends.
"""

import gc
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import types
from dataclasses import dataclass, field
from typing import Any

from helpers.pipeline.kernels.imports import import_ahead

LIFELINE = 0


def receive(connection: socket.socket) -> dict[str, Any] | None:
    """One message, a line of JSON; nothing when the other side is gone."""
    received = bytearray()
    while not received.endswith(b"\n"):
        try:
            part = connection.recv(1 << 16)
        except ConnectionError:
            return None
        if not part:
            return None
        received += part
    return dict(json.loads(received))


def send(connection: socket.socket, message: dict[str, Any]) -> None:
    """Send one message; whoever is gone needs none."""
    try:
        connection.sendall(json.dumps(message).encode() + b"\n")
    except OSError:
        return


@dataclass
class Server:
    """Forks kernels until the lifeline closes.

    Attributes:
        listener: where connections arrive.
        kernels: process id and connection of each kernel that lives.
    """

    listener: socket.socket
    kernels: dict[int, socket.socket] = field(default_factory=dict)

    def serve(self) -> tuple[dict[str, Any], socket.socket] | None:
        """Answer until the lifeline closes.

        Returns:
            In the server nothing, at its end. In a forked process the request that it has to
            become a kernel for, and the connection to say so.
        """
        wake, waker = socket.socketpair()
        waker.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker.fileno())
        # poll, for its state is the process's own: epoll's is shared with whoever is forked.
        with selectors.PollSelector() as selector:
            for source in (LIFELINE, wake, self.listener):
                selector.register(source, selectors.EVENT_READ)
            while True:
                for source in [key.fileobj for key, _ in selector.select()]:
                    if source == LIFELINE:
                        self.end()
                        return None
                    if source is wake:
                        wake.recv(1 << 10)
                        for connection in self.reap():
                            selector.unregister(connection)
                            connection.close()
                    elif source is self.listener:
                        selector.register(self.listener.accept()[0], selectors.EVENT_READ)
                    elif isinstance(source, socket.socket) and source.fileno() >= 0:
                        message = receive(source)
                        if message is None:
                            selector.unregister(source)
                            self.signal(source, signal.SIGKILL)
                            source.close()
                        elif "signal" in message:
                            self.signal(source, message["signal"])
                        elif self.fork(source):
                            signal.set_wakeup_fd(-1)
                            others = (key.fileobj for key in selector.get_map().values())
                            for other in {waker, *others} - {LIFELINE, source}:
                                other.close()  # type: ignore[union-attr]
                            return message, source

    def fork(self, connection: socket.socket) -> bool:
        """Fork; whether this is the new process."""
        pid = os.fork()
        if pid:
            self.kernels[pid] = connection
        return pid == 0

    def signal(self, connection: socket.socket, number: int) -> None:
        """Send a signal to the connection's kernel, if it lives, and to all that it started."""
        for pid, its in self.kernels.items():
            if its is connection:
                _signal(pid, number)

    def reap(self) -> list[socket.socket]:
        """Take leave of kernels that have ended, and tell how; their connections."""
        gone = []
        for pid in list(self.kernels):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                gone.append(self.kernels.pop(pid))
                send(gone[-1], {"ended": os.waitstatus_to_exitcode(status)})
        return gone

    def end(self) -> None:
        """Kill all kernels and delete the folder of their sockets and connection files."""
        folder = os.path.dirname(self.listener.getsockname())
        for pid in self.kernels:
            _signal(pid, signal.SIGKILL)
        for pid in self.kernels:
            os.waitpid(pid, 0)
        shutil.rmtree(folder, ignore_errors=True)


def _signal(pid: int, number: int) -> None:
    for send_signal in (os.killpg, os.kill):
        try:
            send_signal(pid, number)
        except ProcessLookupError:
            continue  # not yet the leader of its own group, or gone
        return


def main() -> None:
    """Import, serve, and in a forked process become a kernel."""
    # pandas decides at import, by the kernel that it finds, how wide a table is shown.
    import builtins

    from helpers.pipeline.kernels.birth import become_kernel

    builtins.get_ipython = lambda: types.SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    import_ahead()
    del builtins.get_ipython  # type: ignore[attr-defined]
    # What is there already is left alone by the collector: its pages stay shared.
    gc.collect()
    gc.freeze()
    server = os.getpid()
    born = Server(socket.socket(fileno=int(sys.argv[1]))).serve()
    if born:
        become_kernel(server, *born)


if __name__ == "__main__":
    main()
