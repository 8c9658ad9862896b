"""The batch itself: takes from the schedule, gives to the engine, notes what comes back."""

from collections.abc import Callable

from helpers.batch.engine import Engine
from helpers.batch.journal import Journal
from helpers.batch.outcome import EditionId, Outcome
from helpers.batch.schedule import Schedule

WAIT_S = 2.0  # then it looks whether somebody has joined


def drive(
    schedule: Schedule,
    engine: Engine,
    journal: Journal,
    say: Callable[[Outcome], None] = lambda _: None,
    again: Callable[[EditionId], None] = lambda _: None,
) -> list[Outcome]:
    """Run every edition of a schedule; one that fails never stops the others.

    Args:
        schedule: what is to run.
        engine: what runs it; closed at the end, whatever happens.
        journal: learns of each outcome at once.
        say: told each outcome.
        again: told of each edition whose worker was killed and that will start again.

    Returns:
        The outcomes in the order of their ends.

    Raises:
        InputError: the engine is gone.
    """
    try:
        while schedule:
            for _ in range(engine.free()):
                if (edition := schedule.start()) is None:
                    break
                engine.submit(edition)
            for edition, found in engine.wait(WAIT_S):
                outcome = schedule.end(found) if found else schedule.lost(edition)
                if outcome is None:
                    again(edition)
                    continue
                journal.add(outcome)
                say(outcome)
    finally:
        engine.close()
    return schedule.outcomes
