"""How a process forked from the server becomes a kernel like any other."""

import ctypes
import os
import random
import signal
import socket
import sys
import time
from typing import Any, NoReturn

import ipykernel_launcher  # type: ignore[import-untyped]
from ipykernel.kernelapp import IPKernelApp

from helpers.pipeline.leaving import leave

PR_SET_PDEATHSIG = 1
# What a kernel imports while it starts and runs its first cell. Not the inline backend of
# matplotlib: at its import it looks for the shell that it is to show figures in.
KERNEL_MODULES = (
    "ipykernel.debugger",
    "ipykernel.zmqshell",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "encodings.utf_8_sig",
    "faulthandler",
    "psutil",
    "resource",
    "sqlite3",
    "tornado.platform.asyncio",
)


def become_kernel(server: int, request: dict[str, Any], connection: socket.socket) -> NoReturn:
    """Run a kernel until it is shut down; the process ends with it.

    Args:
        server: process id of the fork server.
        request: ``arguments``, ``environment`` and ``folder``.
        connection: to say that the kernel is ready.
    """
    _leave_the_server(server)
    os.environ.clear()
    os.environ.update(request["environment"], JPY_PARENT_PID=str(server))
    time.tzset()
    os.chdir(request["folder"])
    _reseed()
    sys.argv = [ipykernel_launcher.__file__, *request["arguments"]]
    application = IPKernelApp.instance(parent_handle=server)
    application.initialize(request["arguments"])
    connection.sendall(b'{"ready": true}\n')
    connection.close()
    application.start()
    leave(0)


def _leave_the_server(server: int) -> None:
    """A session, signal handlers and a standard input of its own; death with the server."""
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server:  # it died before the line above
        os._exit(1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)


def _reseed() -> None:
    """Random streams that begin at import would be the same in every kernel."""
    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()
