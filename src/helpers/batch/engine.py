"""What a batch asks of whatever runs its tasks: the processes of this machine, or a cluster."""

from collections.abc import Callable, Iterator
from typing import Protocol

from helpers.batch.outcome import EditionId, Outcome

# City, year, project → what became of it: ``run_one``, which every worker can import.
Task = Callable[[str, int, str], Outcome]
# An edition with its outcome, or with None where its worker was killed.
Ended = tuple[EditionId, Outcome | None]


class Engine(Protocol):
    """Runs a task somewhere else, as many at a time as it has workers."""

    def free(self) -> int:
        """How many more editions it could run now."""

    def submit(self, edition: EditionId) -> None:
        """Begin an edition."""

    def wait(self, seconds: float) -> Iterator[Ended]:
        """What has ended, after waiting so long at most for the first.

        Raises:
            InputError: the engine itself is gone.
        """

    def close(self) -> None:
        """End everything; what still runs is given up, and its last good report stays."""
