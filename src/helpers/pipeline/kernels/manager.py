"""Kernel managers for kernels of this very interpreter, reached through Unix sockets."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from traitlets import Any as AnyTrait

LAUNCH = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
# Kernels side by side would fight for a history file.
NO_HISTORY = "--HistoryManager.hist_file=:memory:"
# What a kernel prints before its output is captured is for nobody's eyes.
SILENT: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class OwnSpecs(KernelSpecManager):
    """Knows one kernel, whatever is installed: the user's ``python3`` may be another Python."""

    spec = AnyTrait()

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002
        """The one kernel."""
        return self.spec


def kernel_manager(path: Path, provisioner: dict[str, object] | None = None) -> AsyncKernelManager:
    """A manager, its kernel not yet started.

    Args:
        path: what the names of its connection file and sockets begin with.
        provisioner: how to start it other than as a process (see ``provisioner.py``).
    """
    metadata = {"kernel_provisioner": provisioner} if provisioner else {}
    spec = KernelSpec(argv=[*LAUNCH, NO_HISTORY], language="python", metadata=metadata)
    # Sockets need no free port and print no notice; Windows has none that ZeroMQ can use.
    address = {} if os.name == "nt" else {"transport": "ipc", "ip": str(path)}
    return AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=OwnSpecs(spec=spec),
        connection_file=f"{path}.json",
        **address,
    )
