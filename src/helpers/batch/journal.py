"""The journal of a batch: what was asked, and each edition's outcome as soon as it is known.

A batch that is interrupted goes on from it; one line an edition, so a crash costs one line at most.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from helpers.batch.outcome import EditionId, Outcome
from helpers.problems import InputError, Message

NAME = "journal.jsonl"
NO_JOURNAL = Message(
    "続きから始める一括処理の記録がありません",
    remedy="--resume を外して始めてください",
    en="there is no earlier batch to go on with. → begin without --resume",
)


class Journal:
    """A file that grows line by line.

    Args:
        folder: where the batch writes.
    """

    def __init__(self, folder: Path):
        self._path = folder / NAME

    def begin(self, editions: Iterable[EditionId]) -> None:
        """Start anew, with what was asked."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"editions": list(editions)}, ensure_ascii=False)
        self._path.write_text(f"{line}\n", encoding="utf-8", newline="\n")

    def add(self, outcome: Outcome) -> None:
        """Note an outcome."""
        with self._path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")

    def read(self) -> tuple[list[EditionId], list[Outcome]]:
        """What was asked, and the last outcome of each edition.

        Raises:
            InputError: there is no journal.
        """
        try:
            first, *lines = self._path.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            raise InputError(NO_JOURNAL.at(str(self._path))) from None
        asked = [(city, year) for city, year in json.loads(first)["editions"]]
        last: dict[EditionId, Outcome] = {}
        for line in lines:
            try:
                outcome = Outcome(**json.loads(line))
            except (ValueError, TypeError):  # the crash came in the middle of a line
                continue
            last[outcome.edition] = outcome
        return asked, list(last.values())
