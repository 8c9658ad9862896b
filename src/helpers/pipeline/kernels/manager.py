"""How jupyter_client starts our kernels and papermill's; slow to import."""

import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from traitlets import Any as AnyTrait
from traitlets import Callable, Dict

from helpers.pipeline.kernels.renewal import LAUNCH


class OwnSpecs(KernelSpecManager):
    """Knows one kernel, whatever is installed: the user's ``python3`` may be another Python."""

    spec = AnyTrait()

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002
        """The one kernel."""
        return self.spec


def own_kernel(path: Path) -> AsyncKernelManager:
    """The manager of a kernel of this very interpreter, not yet started.

    Args:
        path: what the names of its connection file and sockets begin with.
    """
    command = [sys.executable, "-c", LAUNCH, "-f", "{connection_file}"]
    # Sockets need no free port and print no notice; Windows has none that ZeroMQ can use.
    address = {} if os.name == "nt" else {"transport": "ipc", "ip": str(path)}
    return AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=OwnSpecs(spec=KernelSpec(argv=command, language="python")),
        connection_file=f"{path}.json",
        **address,
    )


class StockKernel(AsyncKernelManager):
    """Starts the installed ``python3`` kernel, with the options of the pool."""

    options = Dict()
    check = Callable()

    async def start_kernel(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Start the kernel; nbclient calls this."""
        options = dict(self.options)
        kwargs["extra_arguments"] = [*kwargs.get("extra_arguments", ()), *options.pop("arguments")]
        await super().start_kernel(**{**options, **kwargs})
        self.check()
