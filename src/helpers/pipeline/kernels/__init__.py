"""Kernels without the price of starting them: forked, started ahead, or papermill's own.

One interface, ``open_pool``; which kind stands behind it is chosen by what the system can do.
"""

from helpers.pipeline.kernels.choice import KINDS, chosen_kind, open_pool
from helpers.pipeline.kernels.kept import KeptKernels
from helpers.pipeline.kernels.pool import KernelsStopped, Pool

__all__ = ["KINDS", "KeptKernels", "KernelsStopped", "Pool", "chosen_kind", "open_pool"]
