"""The end of a process, without taking every module apart: somebody waits for it."""

import atexit
import contextlib
import os
import sys
import threading
from typing import NoReturn


def end_process(status: int) -> NoReturn:
    """End this process as Python itself does, but let the system clear its memory at once.

    Threads that are no daemons end first, then what is registered for the end is done, and what
    was printed is written: the order of CPython's ``Py_FinalizeEx``.

    Args:
        status: exit status, 0 for success.
    """
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        # Who reads no more, or a disk that is full, is nothing to be said now.
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(status)
