"""Kernels without the price of starting one a notebook: reused, put right, retired when dirty.

One interface, ``open_pool``; ``CITYPROMO_KERNELS=stock`` puts papermill's own kernels behind it.
"""

from helpers.pipeline.kernels.pool import (
    KINDS,
    KeptKernels,
    KernelsStopped,
    Pool,
    chosen_kind,
    open_pool,
)

__all__ = ["KINDS", "KeptKernels", "KernelsStopped", "Pool", "chosen_kind", "open_pool"]
