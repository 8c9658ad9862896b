"""What two editions say differently about how their numbers were made."""

from collections.abc import Iterator
from typing import Any

from helpers.comparison.side import Side
from helpers.edition import Edition
from helpers.problems import InputError
from helpers.reading.codebook import Codebook, open_codebook

_ASKED = ("text", "scale", "answers", "positive", "negative", "points", "sources")


def method_changes(before: Side, after: Side) -> list[tuple[str, str, str]]:
    """What, how it was, how it is: notes of sources, questions, classes and samples."""
    if before.edition is None or after.edition is None:
        return []
    found = list(_notes(before.edition, after.edition))
    books = _codebook(before.edition), _codebook(after.edition)
    if books[0] and books[1]:
        found += _books(books[0], books[1])
    return found


def _notes(before: Edition, after: Edition) -> Iterator[tuple[str, str, str]]:
    for name in before.sources.keys() & after.sources.keys():
        notes = before.sources[name].note, after.sources[name].note
        if notes[0] != notes[1]:
            yield (f"出典 {name} の注", *notes)


def _codebook(edition: Edition) -> Codebook | None:
    try:
        return open_codebook(edition) if (edition.places.raw / "codebook.yml").exists() else None
    except InputError:
        return None


def _books(before: Codebook, after: Codebook) -> Iterator[tuple[str, str, str]]:
    parts: list[tuple[str, Any, Any, tuple[str, ...]]] = [
        ("設問", before.questions, after.questions, _ASKED),
        ("区分", before.groups, after.groups, ("weighting",)),
        ("調査", before.sources, after.sources, ("sample", "strata")),
    ]
    for kind, old, new, fields in parts:
        for name in dict.fromkeys([*old, *new]):
            if (name in old) != (name in new):
                words = ("あり", "なし") if name in old else ("なし", "あり")
                yield (f"{kind} {name}", *words)
                continue
            for field in fields:
                values = getattr(old[name], field), getattr(new[name], field)
                if values[0] != values[1]:
                    yield (f"{kind} {name} の {field}", str(values[0]), str(values[1]))
            if kind == "区分" and list(old[name].classes) != list(new[name].classes):
                first, second = ("、".join(group[name].classes) for group in (old, new))
                yield (f"{kind} {name} の classes", first, second)
