"""Papermill's own kernels: started, waited for and shut down by nbclient, one after the other."""

from typing import Any

from jupyter_client import AsyncKernelManager
from traitlets import Callable, Dict

from helpers.pipeline.kernels.manager import SILENT
from helpers.pipeline.kernels.pool import ARGUMENTS, Pool


class StockManager(AsyncKernelManager):
    """Starts the installed ``python3`` kernel, with the options of the pool."""

    options = Dict()
    check = Callable()

    async def start_kernel(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Start the kernel; nbclient calls this."""
        kwargs["extra_arguments"] = [*kwargs.get("extra_arguments", ()), *ARGUMENTS]
        await super().start_kernel(**{**self.options, **kwargs})
        self.check()


class StockPool(Pool):
    """Lends managers that have started nothing: nbclient does all, the engine lets it."""

    kind = "stock"

    def _manager(self) -> AsyncKernelManager:
        return StockManager(
            kernel_name="python3",
            connection_file=f"{self.runtime.new()}.json",
            check=self.check,
            options={"cwd": self.folder, "env": dict(self.environment), **SILENT},
        )
