"""How a process forked from the server becomes a kernel like any other."""

import ctypes
import os
import random
import signal
import socket
import sys
import time
from typing import Any

import ipykernel.debugger  # noqa: F401  (what a kernel imports, imported before it is forked)
import ipykernel.kernelapp as ipykernel_app
import ipykernel_launcher

PR_SET_PDEATHSIG = 1


def become_kernel(server: int, request: dict[str, Any], connection: socket.socket) -> None:
    """Run a kernel until it is shut down.

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
    application = ipykernel_app.IPKernelApp.instance(parent_handle=server)
    application.initialize(request["arguments"])
    connection.sendall(b'{"ready": true}\n')
    connection.close()
    application.start()


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
