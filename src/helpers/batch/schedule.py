"""Which edition comes next: a city's in the order of years, cities independent of one another.

Earlier editions are the history that later ones draw. Cities with the most years left go first,
so that at the end no core waits for one long chain.
"""

import heapq
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import replace

from helpers.batch.outcome import FAILED, EditionId, Outcome
from helpers.problems import Message

TRIES = 3
KILLED = Message(
    "処理していたワーカーが {tries} 回とも途中で終了しました",
    remedy="メモリー不足でないか確かめ、citypromo run {city} {year} で1件だけ実行してください",
    en="its worker was killed {tries} times. → look whether memory is short, and try "
    "citypromo run {city} {year} alone",
)


class Schedule:
    """The editions of a batch that wait, run, and are over.

    Args:
        editions: what is to run.

    Attributes:
        outcomes: of those that are over, in the order of their ends.
    """

    def __init__(self, editions: Iterable[EditionId]):
        self._waiting: dict[str, deque[int]] = defaultdict(deque)
        for city, year in sorted(set(editions)):
            self._waiting[city].append(year)
        self._ready = [(-len(years), city) for city, years in self._waiting.items()]
        heapq.heapify(self._ready)
        self._tries: dict[EditionId, int] = defaultdict(int)
        self.running: set[EditionId] = set()
        self.outcomes: list[Outcome] = []

    def __len__(self) -> int:
        """How many are not over."""
        return len(self.running) + sum(map(len, self._waiting.values()))

    def start(self) -> EditionId | None:
        """The next edition, running from now on; None if none may start now."""
        if not self._ready:
            return None
        _, city = heapq.heappop(self._ready)
        edition = city, self._waiting[city].popleft()
        self.running.add(edition)
        self._tries[edition] += 1
        return edition

    def end(self, outcome: Outcome) -> Outcome:
        """An edition is over, well or not; the city's next may start."""
        outcome = replace(outcome, tries=self._tries[outcome.edition])
        self.running.remove(outcome.edition)
        self.outcomes.append(outcome)
        self._put_back(outcome.city)
        return outcome

    def lost(self, edition: EditionId) -> Outcome | None:
        """Its worker is gone: it will start again, or it is over after three tries."""
        city, year = edition
        tries = self._tries[edition]
        if tries < TRIES:
            self.running.remove(edition)
            self._waiting[city].appendleft(year)
            self._put_back(city)
            return None
        problem = KILLED.at(f"{city} {year}", tries=tries, city=city, year=year)
        return self.end(Outcome(city, year, FAILED, problem.text("ja"), problem.text("en")))

    def _put_back(self, city: str) -> None:
        if left := len(self._waiting[city]):
            heapq.heappush(self._ready, (-left, city))
