"""Where a table's heading is and which column is which: by name, wherever they have moved.

A column that is gone is told with last year's heading beside this year's.
"""

import itertools
import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from helpers.edition import Edition, Table, editions
from helpers.problems import InputError, Problem, Said, near, nearest
from helpers.reading.cell import plain
from helpers.reading.files import Cells, read_cells
from helpers.reading.messages.tables import NO_COLUMN

_SEARCHED = 40  # rows from the top in which a heading is looked for


@dataclass(frozen=True)
class Heading:
    """The heading of a table.

    Attributes:
        top: its first row.
        levels: for each column, the texts of its rows from above, without repetition.
        columns: for each described column (``year``, ``columns.moved_in``), where it is; none,
            or several where the name fits several.
    """

    top: int
    levels: list[list[str]]
    columns: dict[str, list[int]]
    folded: bool = False

    def blocks(self) -> list["Heading"]:
        """The table, or the tables of one shape that stand side by side; none if it is unclear."""
        counts = {len(at) for at in self.columns.values()}
        if len(counts) != 1 or 0 in counts:
            return [] if counts != {1} else [self]
        count = counts.pop()
        if count == 1:
            return [self]
        parts = [{place: [at[i]] for place, at in self.columns.items()} for i in range(count)]
        ends = [(min(at)[0], max(at)[0]) for at in (part.values() for part in parts)]
        apart = all(left[1] < right[0] for left, right in itertools.pairwise(ends))
        keyed = "year" in self.columns or "group" in self.columns
        if not apart or not keyed:
            return []
        return [replace(self, columns=part, folded=True) for part in parts]

    def text(self, column: int) -> str:
        """The heading of a column in one line."""
        return " ".join(self.levels[column])

    @property
    def found(self) -> int:
        """How many of the described columns are there, once each."""
        return sum(len(columns) == 1 for columns in self.columns.values())

    @property
    def present(self) -> int:
        """How many of the described columns are there, once or several times."""
        return sum(bool(columns) for columns in self.columns.values())

    def shown(self) -> str:
        """The headings from left to right, for a message."""
        texts = [self.text(column) for column in range(len(self.levels))]
        return "｜".join(text for text in texts if text)


def find_heading(cells: Cells, table: Table) -> Heading:
    """The heading where it is described; where that fits less than another row, the other."""
    described = _read(cells, table, table.skip_rows)
    if described.found == len(described.columns) or described.blocks():
        return described
    last = min(_SEARCHED, len(cells.values) - table.header_rows)
    others = [_read(cells, table, top) for top in range(last + 1)]
    # Titles may hold a name or two; the first of the rows that fit best is the heading.
    return max([described, *others], key=_fit)


def _fit(heading: Heading) -> tuple[int, int]:
    """How well a row is the heading; the first that has all names is it, clear or not."""
    complete = heading.present == len(heading.columns)
    return heading.present, 0 if complete else heading.found


def _read(cells: Cells, table: Table, top: int) -> Heading:
    rows = cells.values[top : top + table.header_rows]
    keys = {plain(t) for place in ("year", "group", "code") for t in table.said.get(place, ())}
    filled = rows[-1:]
    for at in reversed(
        range(len(rows) - 1)
    ):  # from below: what is carried on holds up what is over
        filled.insert(0, fill(rows[at], filled[0], keys, _begins(rows[:at])))
    width = len(cells.values[0]) if cells.values else 0
    levels = [
        list(dict.fromkeys(text for row in filled if (text := row[column])))
        for column in range(width)
    ]
    columns = {place: list(_match(levels, names)) for place, names in table.said.items()}
    return Heading(top, levels, columns)


def _begins(rows: list[list[str]]) -> set[int]:
    """The columns at which one of the levels above says something new."""
    return {
        at for row in rows for at, text in enumerate(row) if text and at and text != row[at - 1]
    }


def fill(
    row: list[str], below: list[str], keys: Container[str] = (), ends: Container[int] = ()
) -> list[str]:
    """An upper level holds for the blank cells to its right: CSV has no merged cells.

    It ends at a key (年度, 地区): there the next of several tables side by side begins; and where
    a level above it begins anew.
    """
    filled, last = [], ""
    for at, (text, under) in enumerate(zip(row, below, strict=True)):
        last = text or (last if under and plain(under) not in keys and at not in ends else "")
        filled.append(text or last)
    return filled


_CODED = re.compile(r"(?P<code>#?[A-Z]{1,2}\d{3,})(?:_(?P<name>[^【]*?)(?:【.*】)?)?")


def parts_of(texts: Sequence[str]) -> set[str]:
    """What names a heading besides its full text and its lowest level.

    Each of its levels; of ``A5103_転入者数【人】``, as e-Stat writes, the number and the name.
    """
    found = {plain(text) for text in texts if text}
    for text in texts:
        if match := _CODED.fullmatch(unicodedata.normalize("NFKC", text).strip()):
            found |= {plain(part) for part in match.groups() if part}
    return found


def _match(levels: list[list[str]], names: list[str]) -> Iterator[int]:
    """The columns of the first name that fits: in full, by the lowest level, or by a part."""
    full = [plain("".join(texts)) for texts in levels]
    lowest = [plain(texts[-1]) if texts else "" for texts in levels]
    coded = [parts_of(texts[-1:]) for texts in levels]
    parts = [parts_of(texts) for texts in levels]
    for name in names:
        said, _, number = name.partition("#")
        wanted = plain(said)
        for found in (
            [at for at, heading in enumerate(full) if heading == wanted],
            [at for at, heading in enumerate(lowest) if heading == wanted],
            [at for at, heading in enumerate(coded) if wanted in heading],
            [at for at, heading in enumerate(parts) if wanted in heading],
        ):
            if found:
                yield from found[int(number) - 1 : int(number)] if number.isdigit() else found
                return


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
