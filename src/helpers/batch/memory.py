"""What a worker and the kernels that it has started take: memory and processor time."""

import threading
from types import TracebackType
from typing import Self

import psutil  # type: ignore[import-untyped]

_EVERY_S = 2.0


class Watch:
    """Looks at this process and its descendants while an edition runs.

    Attributes:
        memory_mb: held at the end.
        peak_mb: the most seen, looked at every two seconds.
        cpu_s: processor time between beginning and end, of processes that have ended too.
    """

    def __enter__(self) -> Self:
        self._stop = threading.Event()
        self._before, self.memory_mb = used()
        self.peak_mb, self.cpu_s = self.memory_mb, 0.0
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def _look(self) -> None:
        while not self._stop.wait(_EVERY_S):
            self.peak_mb = max(self.peak_mb, used()[1])

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()
        after, self.memory_mb = used()
        self.peak_mb = max(self.peak_mb, self.memory_mb)
        # Less than before where a helper process has been replaced meanwhile.
        self.cpu_s = max(after - self._before, 0.0)


def used() -> tuple[float, float]:
    """Processor time in seconds and memory in MB of this process and all below it."""
    cpu = memory = 0.0
    me = psutil.Process()
    for process in [me, *me.children(recursive=True)]:
        try:
            cpu += sum(process.cpu_times()[:4])  # its own and its ended children's
            memory += _held(process)
        except psutil.Error:  # it has just ended, or may not be looked at
            continue
    return cpu, memory


def _held(process: psutil.Process) -> float:
    """MB; shared pages count once where the system tells."""
    try:
        details = process.memory_full_info()
    except OSError:  # a system that does not tell what is the process's alone
        return float(process.memory_info().rss) / 1e6
    return float(getattr(details, "pss", details.uss)) / 1e6
