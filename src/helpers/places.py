"""Where things are: raw files, cleaned tables, indicators, figures.

One thing decides where a notebook writes: whether a run has told it (``CITYPROMO_RUN``, the
run's staging folder, and ``CITYPROMO_NOTEBOOK``, its part of it). By hand it writes drafts, and
never touches what is published.
"""

import os
from dataclasses import dataclass
from pathlib import Path

RUN_VARIABLE = "CITYPROMO_RUN"
NOTEBOOK_VARIABLE = "CITYPROMO_NOTEBOOK"
ROOT_VARIABLE = "CITYPROMO_ROOT"


def project_root() -> Path:
    """The checkout that the working directory lies in, or the one this package belongs to."""
    if told := os.environ.get(ROOT_VARIABLE):
        return Path(told)
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / "notebooks").is_dir() and (folder / "data" / "raw").is_dir():
            return folder
    return Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Places:
    """The folders of one edition."""

    root: Path
    city: str
    fiscal_year: int

    @property
    def edition(self) -> str:
        """``nishitokyo/2025``, the edition's part of every path."""
        return f"{self.city}/{self.fiscal_year}"

    @property
    def raw(self) -> Path:
        """Raw files: read-only to programs."""
        return self.root / "data" / "raw" / self.edition

    @property
    def published_data(self) -> Path:
        """Cleaned tables and indicators of the last complete run."""
        return self.root / "data" / "processed" / self.edition

    @property
    def published_report(self) -> Path:
        """The last complete report."""
        return self.root / "reports" / self.edition

    def published(self, path: str) -> Path:
        """Where an output of the published edition is, ``data/…`` or ``report/…``."""
        top, _, rest = path.partition("/")
        return (self.published_data if top == "data" else self.published_report) / rest

    @property
    def draft(self) -> Path:
        """What a notebook opened by hand writes."""
        return self.root / "reports" / "_draft" / self.edition

    @property
    def staging(self) -> Path | None:
        """The folder that a run has told this process to write to, if any."""
        told = os.environ.get(RUN_VARIABLE)
        return Path(told) if told else None

    @property
    def out(self) -> Path:
        """Where this process writes: the notebook's part of the run, or the drafts."""
        if self.staging is None:
            return self.draft
        return self.staging / "parts" / os.environ.get(NOTEBOOK_VARIABLE, "by_hand")

    @property
    def data_out(self) -> Path:
        """Where cleaned tables and indicators are written now."""
        return self.out / "data"

    @property
    def figures_out(self) -> Path:
        """Where figures are written now."""
        return self.out / ("report/figures" if self.staging else "figures")

    def data_in(self, relative: str) -> Path:
        """The data folder that holds ``relative``: the run's own; by hand a draft goes first."""
        if self.staging:
            return self.staging / "data"
        draft = self.draft / "data"
        return draft if (draft / relative).exists() else self.published_data
