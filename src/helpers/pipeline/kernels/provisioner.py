"""The provisioner: how jupyter_client gets a kernel from the fork server instead of a process."""

import asyncio
import signal
import socket
import sys
import threading
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Unicode

from helpers.pipeline.kernels.manager import LAUNCH
from helpers.pipeline.kernels.messages import receive, send

START_TIMEOUT_S = 60


class ForkedProvisioner(LocalProvisioner):
    """A kernel forked on request; entry point ``citypromo-forked``.

    It prepares a launch as for a local process and only then does something else.
    """

    server_address = Unicode(help="the fork server's socket").tag(config=True)

    _connection: socket.socket | None = None
    _exit_code: int | None = None

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self._reading = threading.Lock()

    @property
    def has_process(self) -> bool:
        """Whether a kernel has been forked and its end not been noticed."""
        return self._connection is not None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Ask for a kernel and wait until it listens.

        Raises:
            RuntimeError: not a kernel of this interpreter, or it did not start.
        """
        if cmd[:4] != LAUNCH[:4]:
            raise RuntimeError(f"only kernels of {sys.executable} can be forked, not {cmd[0]}")
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(START_TIMEOUT_S)
        try:
            connection.connect(self.server_address)
            request = {
                "arguments": cmd[3:],
                "environment": kwargs["env"],
                "folder": str(kwargs["cwd"]),
            }
            send(connection, request)
            # Blocks this thread's loop: nothing else runs in it while a kernel starts.
            answer = receive(connection)
        except OSError as error:
            connection.close()
            raise RuntimeError(f"no kernel could be forked: {error}") from error
        if not answer or "ready" not in answer[0]:
            connection.close()
            raise RuntimeError(f"the forked kernel ended before it was ready: {answer}")
        self._connection, self._exit_code = connection, None
        return self.connection_info

    async def poll(self) -> int | None:
        """The kernel's exit code, once it has ended."""
        with self._reading:
            if self._connection is not None and self._exit_code is None:
                self._connection.setblocking(False)
                try:
                    messages = receive(self._connection)
                except BlockingIOError:
                    return None
                # No message: the server is gone, and its kernels with it.
                self._exit_code = messages[0]["ended"] if messages else -signal.SIGKILL
            return 0 if self._exit_code is None else self._exit_code

    async def wait(self) -> int | None:
        """Wait until the kernel has ended."""
        while (code := await self.poll()) is None:
            await asyncio.sleep(0.01)
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        return code

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and all that it started."""
        if self._connection is not None:
            send(self._connection, {"signal": int(signum)})

    async def kill(self, restart: bool = False) -> None:  # noqa: ARG002
        """Kill the kernel."""
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:  # noqa: ARG002
        """Ask the kernel to end."""
        await self.send_signal(signal.SIGTERM)
