"""What a batch says while it goes on: one line that changes on a terminal, else now and then."""

import sys
import time

from helpers.batch.outcome import EditionId, Outcome
from helpers.batch.pace import Pace

EVERY_S = 30.0  # where lines stay


class Teller:
    """Counts outcomes and says where the batch is.

    Args:
        total: how many editions there are.
        lang: ``ja`` or ``en``.
    """

    def __init__(self, total: int, lang: str):
        self._pace, self._lang, self._failed = Pace(total), lang, 0
        self._live = sys.stdout.isatty()
        self._said = time.monotonic()

    def say(self, outcome: Outcome) -> None:
        """One more is over."""
        self._pace.count()
        if not outcome.well:
            self._failed += 1
            first = outcome.sentence(self._lang).partition("\n")[0]
            self._line(f"× {outcome.city} {outcome.year}  {first}")
        now = time.monotonic()
        last = self._pace.done == self._pace.total
        if self._live or last or now - self._said >= EVERY_S:
            self._said = now
            end = "\n" if last or not self._live else ""
            print(self._start() + self._pace.line(self._failed, self._lang), end=end, flush=True)

    def again(self, edition: EditionId) -> None:
        """A worker was killed."""
        city, year = edition
        ja = f"{city} {year}: ワーカーが途中で終了したので、別のワーカーで実行し直します"
        en = f"{city} {year}: its worker was killed; it runs again elsewhere"
        self._line(ja if self._lang == "ja" else en)

    def _line(self, text: str) -> None:
        print(self._start() + text, flush=True)

    def _start(self) -> str:
        """Where a line that changes stands, a new one takes its place."""
        return "\r\x1b[K" if self._live else ""
