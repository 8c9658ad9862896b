"""Make the raw files of the fictional sample city 見本市 (mihon), editions 2023 to 2025.

The same program writes the same bytes every time. ``edition.yml`` and ``codebook.yml`` are
written by hand and not touched.

    python tools/make_mihon.py            # into data/raw/mihon
    python tools/make_mihon.py /tmp/mihon
"""

import sys
from pathlib import Path

from mihon.document import make_printed_tables
from mihon.questionnaire import YEARS
from mihon.statistics import (
    make_areas,
    make_associations,
    make_commuters,
    make_daytime,
    make_movement,
    make_register,
)
from mihon.surveys import make_residents
from mihon.volunteers import make_events, make_monitors


def make(folder: Path) -> None:
    """Write every raw file below ``folder``."""
    answers = {}
    for year in YEARS:
        place = folder / str(year)
        place.mkdir(parents=True, exist_ok=True)
        answers[year] = make_residents(place, year)
        make_monitors(place, year)
        make_events(place, year)
        make_register(place, year)
        make_movement(place, year)
        make_daytime(place)
        make_areas(place)
        make_commuters(place)
        make_associations(place, year)
        make_printed_tables(place, year, answers)


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[1]
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else root / "data" / "raw" / "mihon")
