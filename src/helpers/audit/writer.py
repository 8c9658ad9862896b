"""Sentences from templates: numbers by key, and what must be said beside a change of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.audit.differences import within_error
from helpers.audit.evidence import Number
from helpers.audit.facts import Facts
from helpers.audit.forms import Refused
from helpers.problems import InputError, Said
from helpers.trends import sizes


@dataclass(frozen=True)
class Sentence:
    """One sentence to paste, with the keys of its numbers."""

    section: str
    text: Said
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Writer:
    """Fills templates; knows what a change may be called."""

    facts: Facts

    def sentence(self, section: str, ja: str, en: str, *keys: str) -> Iterator[Sentence]:
        """The sentence, if all its numbers may be written."""
        try:
            text = Said(self.facts.write(ja), self.facts.write(en, "en"))
        except InputError:
            return
        yield Sentence(section, text, keys)

    def number(self, key: str, definition: str = "", year: str = "") -> Number | None:
        """The number that may be written under a key, or None."""
        try:
            return self.facts.number(key, definition, year)
        except Refused:
            return None

    def name(self, key: str) -> Said:
        """A key in words."""
        return self.facts.naming.key(key)

    def change(self, key: str, definition: str = "", year: str = "") -> Said:
        """``（前年度から0.9ポイント減、標本誤差の範囲）``; nothing without a year before."""
        number = self.number(key, definition, year)
        try:
            before = self.facts.before(number) if number else None
        except Refused:
            before = None
        if number is None or before is None or before.quantity is None:
            return Said("", "")
        field = f"{{{key}{f'#{definition}' if definition else ''}@{number.year}|change}}"
        range_ = _range(before, number)
        ja = f"（前年度から{field}{'、' if range_.ja else ''}{range_.ja}）"
        return Said(ja, f" ({field} from the year before{', ' if range_.en else ''}{range_.en})")


def _range(before: Number, after: Number) -> Said:
    """What must be said beside a change: that it is within sampling error, or level."""
    if within_error(before, after):
        return Said("標本誤差の範囲", "within sampling error")
    change, first, unit = float(after.value - before.value), float(before.value), after.measure
    if change and unit != "位" and "level" in sizes(change, first, unit):
        return Said("横ばいの範囲", "which counts as level")
    return Said("", "")
