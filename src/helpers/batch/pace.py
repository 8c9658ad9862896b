"""How fast a batch goes, and how long it will take: said no more exactly than it is known."""

import time
from collections import deque
from collections.abc import Callable

_LOOKS_BACK = 60  # editions; what is said follows a change of pace, and does not jump


class Pace:
    """Counts editions.

    Args:
        total: how many there are.
        clock: seconds, from any beginning.
    """

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic):
        self.total, self.done = total, 0
        self._clock = clock
        self._ends = deque([clock()], maxlen=_LOOKS_BACK + 1)

    def count(self) -> None:
        """One more is over."""
        self.done += 1
        self._ends.append(self._clock())

    @property
    def per_hour(self) -> float:
        """Editions an hour of late; 0 before the first."""
        seconds = self._ends[-1] - self._ends[0]
        return (len(self._ends) - 1) / seconds * 3600 if seconds > 0 else 0.0

    @property
    def left_s(self) -> float | None:
        """Seconds left at this pace, if it is known."""
        return (self.total - self.done) / self.per_hour * 3600 if self.per_hour else None

    def line(self, failed: int, lang: str) -> str:
        """Where the batch is."""
        left = duration(self.left_s, lang) if self.done >= 2 else "…"
        rate = f"{self.per_hour:,.0f}" if self.done >= 2 else "…"
        if lang == "en":
            return f"{self.done}/{self.total}  failed {failed}  {rate} an hour  {left} left"
        return f"{self.done}/{self.total} 件  失敗 {failed}  毎時 {rate} 件  残り {left}"


def duration(seconds: float | None, lang: str) -> str:
    """``約 3 時間 10 分``; to ten minutes above an hour, to the minute below."""
    if seconds is None:
        return "…"
    minutes = round(seconds / 60)
    if minutes < 1:
        return "1 分以内" if lang == "ja" else "less than a minute"
    if minutes < 60:
        return f"約 {minutes} 分" if lang == "ja" else f"about {minutes} min"
    hours, tens = divmod(round(minutes / 10) * 10, 60)
    if lang == "ja":
        return f"約 {hours} 時間" + (f" {tens} 分" if tens else "")
    return f"about {hours} h" + (f" {tens} min" if tens else "")
