"""One side of a comparison: indicator rows, and what is known of where they came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.edition import Edition
from helpers.indicators.breaks import Parts, breaks, marked
from helpers.places import Places, project_root
from helpers.problems import InputError, Message
from helpers.tables import load_indicators, unrounded
from helpers.years import parse_year

NO_FILES = Message(
    "指標の表（indicators/*.csv）がありません",
    remedy="data/processed/<市>/<年度> か、その写しのフォルダーを指定してください",
    en="no indicators/*.csv. → name data/processed/<city>/<year>, or a copy of it",
)
NONE_BEFORE = Message(
    "比べる前の年度がありません",
    remedy="比べる年度かフォルダーを3つめに書いてください",
    en="no earlier year to compare with. → name a year or a folder as the third argument",
)
NO_INDICATORS = Message(
    "指標の表がありません",
    remedy="先に citypromo run {name} を実行してください",
    en="no indicators. → citypromo run {name} first",
)


@dataclass(frozen=True)
class Side:
    """The rows of one edition.

    Attributes:
        name: as a heading says it.
        year: the edition's fiscal year.
        rows: its indicator rows.
        edition: its configuration, where it can be opened.
        figures: the folder of its published figures.
    """

    name: str
    year: int
    rows: list[dict[str, Any]]
    edition: Edition | None = None
    figures: Path | None = None


def of_edition(city: str, fiscal_year: str | int) -> Side:
    """An edition of this project, as it was published last.

    Raises:
        InputError: there is no such edition, or it has no indicators yet.
    """
    edition = Edition.open(city, fiscal_year)
    places = edition.places
    rows = _rows(places.published_data, edition.id, breaks(edition))
    name = f"{edition.name.ja} {edition.year_label()}"
    return Side(name, edition.fiscal_year, rows, edition, places.published_report / "figures")


def of_folder(folder: Path, city: str, year: int) -> Side:
    """Indicators kept elsewhere: a copy of ``data/processed/<city>/<year>``, or a whole project.

    Raises:
        InputError: no indicators are found there.
    """
    named = int(folder.name) if folder.name.isdigit() and len(folder.name) == 4 else year
    places = Places(folder, city, named)
    candidates = (folder, folder.parent if folder.name == "indicators" else folder)
    for data in (*candidates, places.published_data):
        if any((data / "indicators").glob("*.csv")):
            figures = places.published_report / "figures" if data == places.published_data else None
            return Side(str(folder), named, _rows(data, str(folder)), None, figures)
    raise InputError(NO_FILES.at(str(folder)))


def earlier_year(city: str, year: int) -> int:
    """The newest year before ``year`` of which indicators are kept.

    Raises:
        InputError: there is none.
    """
    folder = Places(project_root(), city, year).published_data.parent
    names = [path.parent.name for path in folder.glob("*/indicators")]
    years = [int(name) for name in names if name.isdigit() and int(name) < year]
    if not years:
        raise InputError(NONE_BEFORE.at(f"{city} {year}"))
    return max(years)


def as_year(text: str) -> int | None:
    """The fiscal year that an argument states, or None if it is a path."""
    try:
        return parse_year(text)
    except ValueError:
        return None


def _rows(
    data: Path, name: str, by_year: Mapping[int, Parts] | None = None
) -> list[dict[str, Any]]:
    # A difference is one of the numbers inside; what is printed of them are other digits.
    frame = marked(unrounded(load_indicators(data), data), by_year or {})
    if frame.empty:
        raise InputError(NO_INDICATORS.at(name, name=name))
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
