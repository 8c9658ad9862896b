"""Last year's edition of the same city: what a table looked like before its shape changed."""

from helpers.edition import Edition, editions
from helpers.problems import InputError, Problem, Said, near, nearest
from helpers.reading.cell import plain
from helpers.reading.files import Cells, read_cells
from helpers.reading.heading import Heading, find_heading
from helpers.reading.messages.tables import NO_COLUMN


def earlier_edition(edition: Edition) -> Edition | None:
    """The newest edition before this one, if it can be opened."""
    years = [y for city, y in editions() if city == edition.city and y < edition.fiscal_year]
    try:
        return Edition.open(edition.city, max(years)) if years else None
    except InputError:
        return None


def earlier_heading(name: str, earlier: Edition | None) -> Heading | None:
    """The heading that a table had in the earlier edition's file, if it can be read."""
    if earlier is None or name not in earlier.tables:
        return None
    table = earlier.tables[name]
    try:
        cells = read_cells(earlier.places.raw / table.file, table.sheet)
    except InputError:
        return None
    return find_heading(cells, table)


def missing_column(
    name: str,
    place: str,
    edition: Edition,
    cells: Cells,
    heading: Heading,
    earlier: Edition | None,
) -> Problem:
    """The message for a column that is not there: both shapes, and the one line that mends it."""
    names = edition.tables[name].said[place]
    before = earlier_heading(name, earlier)
    taken = {at for columns in heading.columns.values() for at in columns}
    free = [
        heading.text(at)
        for at in range(len(heading.levels))
        if at not in taken and heading.text(at)
    ]
    new = _renamed(place, names, heading, before, free)
    shapes = Said("", "")
    if before and earlier:
        year = earlier.fiscal_year
        shapes = Said(
            f"（{year} 年度の見出し: {before.shown()} / 今年度の見出し: {heading.shown()}）",
            f" (heading of {year}: “{before.shown()}” / now: “{heading.shown()}”)",
        )
    return NO_COLUMN.at(
        cells.where(heading.top + edition.tables[name].header_rows - 1, 0),
        place=place,
        table=name,
        names="」か「".join(names),
        shapes=shapes,
        near=near(names[0], free or [heading.shown()]),
        line=f"{place.removeprefix('columns.')}: [{', '.join([*names, new or '…'])}]",
    )


def _renamed(
    place: str, names: list[str], heading: Heading, before: Heading | None, free: list[str]
) -> str:
    """What the column is probably called now: the free one in its old position, or most alike."""
    for at in before.columns.get(place, []) if before else []:
        if at < len(heading.levels) and heading.text(at) in free:
            return heading.text(at)
    close = nearest(plain(names[0]), free) if free else ""
    return next((text for text in free if f"「{text}」の誤り" in close), "")
