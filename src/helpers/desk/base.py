"""What the desks of all stages have in common: the edition and its places."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from helpers import seal
from helpers.chosen import hold_choice
from helpers.desk.look import Table, looked
from helpers.drawing.style import plain
from helpers.edition import Edition
from helpers.edition.description import Described
from helpers.labels import LABELS, label
from helpers.places import Places
from helpers.reading.codebook import ShownLabels
from helpers.reading.described import described


@dataclass(frozen=True)
class Words(Mapping[str, str]):
    """The edition's own words; for what neither it nor the house names, those it is described by.

    Looked up one by one, so that a figure depends on its own alone.
    """

    own: Mapping[str, str]
    lang: str
    about: Callable[[], Described]

    def __getitem__(self, identifier: str) -> str:
        return self.own[identifier] if identifier in self.own else self._described[identifier]

    def __contains__(self, identifier: object) -> bool:
        if identifier in self.own:
            return True
        name = str(identifier)
        if name in LABELS or name.rpartition(".")[2] in LABELS:
            return False
        return name in self._described

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self.own, *self._described]))

    def __len__(self) -> int:
        return len({*self.own, *self._described})

    @cached_property
    def _described(self) -> dict[str, str]:
        return {
            name: getattr(words, self.lang)
            for name, words in self.about().words()
            if words.ja != name or not name.isascii()
        }


class Base:
    """An edition, opened for one notebook.

    Args:
        city: the city's id.
        fiscal_year: Western or Japanese calendar.
        lang: language of the figures, ``ja`` or ``en``.

    Raises:
        InputError: there is no such edition, its configuration is wrong, or another edition was
            chosen for notebooks opened by hand and this kernel does not know.
    """

    def __init__(self, city: str, fiscal_year: int | str, lang: str = "ja"):
        hold_choice(city, fiscal_year)
        seal.take()
        self.edition = Edition.open(city, fiscal_year)
        self.lang = lang
        plain()  # whatever a notebook draws shows Japanese

    def __repr__(self) -> str:
        """Which edition this is."""
        edition = self.edition
        line = f"{edition.name.ja} {edition.year_label()}: {edition.report.ja}"
        return f"{line}【架空データ】" if edition.fictional else line

    def label(self, identifier: str) -> str:
        """What the edition calls an indicator, a group or a category."""
        return label(identifier, self.lang, self.labels(self.lang))

    @cache  # noqa: B019  # a desk lives as long as its notebook
    def labels(self, lang: str) -> Mapping[str, str]:
        """What the edition itself calls its identifiers."""
        return Words(ShownLabels(self.edition, lang), lang, lambda: self.about)

    @cached_property
    def about(self) -> Described:
        """What the edition describes: questions, batteries, breakdowns, formulas."""
        return described(self.edition)

    def look(self, rows: object, *more: str) -> Table:
        """A table as readers may see it: a run publishes what this gives out, and no other table.

        Args:
            rows: indicator rows, shown by name and no more exact than printed; or a table, a
                series or a mapping of counts, shares, settings.
            more: further columns of indicator rows, ``n``, ``low``, ``high``, ``flag``.

        Raises:
            InputError: it holds a row a person, or indicator rows that must be hidden.
        """
        return looked(rows, *more, label=self.label, rules=self.edition.disclosure)

    @property
    def places(self) -> Places:
        """The edition's folders."""
        return self.edition.places
