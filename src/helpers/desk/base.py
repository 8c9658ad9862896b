"""What the desks of all stages have in common: the edition and its places."""

from collections.abc import Mapping
from functools import cache

from helpers import seal
from helpers.chosen import hold_choice
from helpers.desk.look import Table, looked
from helpers.edition import Edition
from helpers.labels import label
from helpers.places import Places
from helpers.reading.codebook import ShownLabels


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
        return ShownLabels(self.edition, lang)

    def look(self, rows: object, *more: str) -> Table:
        """A table as readers may see it: a run publishes what this gives out, and no other table.

        Args:
            rows: indicator rows, shown by name and no more exact than printed; or a table, a
                series or a mapping of counts, shares, settings.
            more: further columns of indicator rows, ``n``, ``low``, ``high``, ``flag``.

        Raises:
            InputError: it holds a row a person, or indicator rows that must be hidden.
        """
        return looked(rows, *more, label=self.label)

    @property
    def places(self) -> Places:
        """The edition's folders."""
        return self.edition.places
