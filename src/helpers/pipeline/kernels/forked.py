"""Kernels forked from a process that has imported everything. Linux only."""

import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.pipeline.kernels.imports import PREPARE, VARIABLE
from helpers.pipeline.kernels.pool import ARGUMENTS, Pool

if TYPE_CHECKING:
    from jupyter_client import AsyncKernelManager

# As a kernel does, without the working directory on the path while it imports.
SERVER = "import sys; del sys.path[0]; from helpers.pipeline.kernels.server import main; main()"
SERVER_ENVIRONMENT = {
    # A kernel sets the backend before matplotlib is imported; so must its server.
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    # Arrow's allocator has a thread of its own, and what forks must have no other thread.
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}


class ForkedPool(Pool):
    """A fork server, started at once, and a kernel forked whenever one is asked for.

    Args:
        folder: the kernels' working directory.
        environment: variables on top of this process's.
        imports: modules to import ahead.
        prepare: whether more kernels will be wanted than work at the same time: then the server
            makes later ones quicker while the first are at work.

    Attributes:
        address: the server's socket, for whoever starts kernels by its provisioner.
    """

    kind = "forked"

    def __init__(
        self,
        folder: Path | None,
        environment: Mapping[str, str] | None,
        imports: Sequence[str],
        prepare: bool,
    ):
        super().__init__(folder, environment)
        self._told = {VARIABLE: " ".join(imports), PREPARE: "1" if prepare else ""}
        self.address = ""
        self._server: subprocess.Popen[bytes] | None = None
        self._start_server()

    def _start_server(self) -> None:
        """Start the server; it can be asked at once, and answers when it has imported all."""
        self.address = f"{self.runtime.new()}-server"
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.address)
            listener.listen()
            self._server = subprocess.Popen(
                [sys.executable, "-c", SERVER, str(listener.fileno())],
                env={**SERVER_ENVIRONMENT, **self.environment, **self._told},
                cwd=self.folder,
                stdin=subprocess.PIPE,  # the lifeline: it closes when this process ends
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[listener.fileno()],
                start_new_session=True,  # Ctrl-C in the terminal is not meant for it
            )

    def _manager(self) -> "AsyncKernelManager":
        from helpers.pipeline.kernels.manager import kernel_manager

        if self._server is None or self._server.poll() is not None:
            self._start_server()  # someone killed it
        config = {"server_address": self.address}
        return kernel_manager(
            self.runtime.new(), {"provisioner_name": "citypromo-forked", "config": config}
        )

    def _start(self, manager: "AsyncKernelManager") -> None:
        from jupyter_core.utils import run_sync

        run_sync(manager._async_start_kernel)(
            cwd=self.folder, env=dict(self.environment), extra_arguments=list(ARGUMENTS)
        )

    def close(self) -> None:
        """Wait until lent kernels have shut down, then end the server."""
        super().close()
        if self._server is not None:
            self._server.kill()  # its kernels have ended; what it is preparing nobody needs
            self._server.wait()
        self.runtime.remove()
