"""What a report has to give to a document: figures by key, numbers by key."""

import difflib
from dataclasses import dataclass
from functools import cached_property

from helpers.audit.history import read_rows
from helpers.report.office.figure_mark import base_of, width_of
from helpers.report.office.likeness import Looks
from helpers.report.office.numbers import Numbers
from helpers.report.reported import Figure, Reported


@dataclass(frozen=True)
class Catalogue:
    """The figures and numbers of one report."""

    reported: Reported

    @property
    def edition(self) -> str:
        """``mihon 2025``."""
        return self.reported.edition.id

    @property
    def city(self) -> str:
        """The city's id."""
        return self.reported.edition.city

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every figure at every width, by its file name without ending."""
        return {figure.stem: figure for figure in self.reported.all_figures}

    @cached_property
    def numbers(self) -> Numbers:
        """The indicators by key; read when the first one is asked for."""
        published = self.reported.edition.places.published_data

        def earlier(year: int) -> list[dict[str, str]]:
            return read_rows(published.with_name(str(year)))

        return Numbers(self.reported.rows, self.reported.edition.fiscal_year, earlier)

    @cached_property
    def looks(self) -> Looks:
        """What the figures of all the city's reports look like; read when first asked for."""
        return Looks(self.reported.edition.places.published_report.parent)

    def has(self, key: str) -> bool:
        """Whether the report has the figure, at any width."""
        return any(base_of(stem) == base_of(key) for stem in self.figures)

    def figure(self, key: str, shown_mm: float | None) -> Figure:
        """The figure for a key: the very one, or that of the width nearest to the shown one.

        Raises:
            KeyError: the report has it at no width.
        """
        if key in self.figures and (key != base_of(key) or shown_mm is None):
            return self.figures[key]
        widths = {
            width_of(stem): stem
            for stem in self.figures
            if base_of(stem) == base_of(key) and not stem.endswith(("_large", "_en"))
        }
        if not widths:
            raise KeyError(key)
        wanted = width_of(key) if shown_mm is None else shown_mm
        return self.figures[widths[min(widths, key=lambda width: abs(width - wanted))]]

    def nearest(self, key: str) -> str:
        """The figure whose name is most like one that the report does not have, or nothing."""
        bases = sorted({base_of(stem) for stem in self.figures})
        return next(iter(difflib.get_close_matches(base_of(key), bases, n=1, cutoff=0.5)), "")

    def words(self, what: str, key: str) -> str:
        """The ``title`` (the finding) or ``caption`` of a figure; empty where there is none."""
        if not self.has(key):
            return ""
        figure = self.figure(key, None)
        return figure.title if what == "title" else figure.subject
