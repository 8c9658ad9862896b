"""Wide and long tables, turned into the shape that is read: a row a record, a column an item.

A statistics office writes a year a column (SSDSE), an item a row (e-Stat), or both. Nothing is
copied by hand: each cell of the new grid knows where it stood, so that every message names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from helpers.edition import Table
from helpers.problems import Message, Problems, listed, near
from helpers.reading.cell import plain
from helpers.reading.files import Cells
from helpers.reading.heading import Heading, parts_of
from helpers.reading.periods import DITTO, Periods, era_in

NO_YEARS = Message(
    "年度の見出しの列がありません（years_across）",
    "「令和5年度」のような見出し",
    "header_rows に年度の段が入っているか確かめてください。見出し: {headings}",
    "no column is headed by a year (years_across); there are: “{headings}”. → see whether "
    "header_rows takes in the row of the years",
)
NO_ITEM = Message(
    "columns.{item} の「{names}」がありません",
    remedy="{near}。名前が変わったなら edition.yml の tables.{table} の {item} に足してください",
    en="“{names}” of columns.{item} is not there. → {near}; if it was renamed, add the new name to "
    "tables.{table}.columns.{item}",
)
ITEM_TWICE = Message(
    "「{name}」の行が同じ年・区分に {count} つあります（{cells}）",
    "1つ",
    "edition.yml の tables.{table}.columns.{item} に「{name}#2」（2つ目）のように書くか、"
    "見分ける列を group に書いてください",
    "“{name}” has {count} rows of the same year and group ({cells}). → write “{name}#2” for the "
    "second at tables.{table}.columns.{item}, or say in group which column tells them apart",
)

Place = tuple[int, int]
_KEYS = ("year", "group", "code")


@dataclass(frozen=True)
class Unfolded(Cells):
    """A grid made of the cells of another; a message still names the cell of the file."""

    file: Cells | None = None
    origin: list[list[Place]] = field(default_factory=list)
    blank: set[Place] = field(default_factory=set)

    def holds(self, row: int, column: int) -> bool:
        """Whether the file has a cell for it: not every item is there for every year."""
        return (row, column) not in self.blank

    def where(self, row: int, column: int) -> str:
        """The address in the file."""
        assert self.file is not None
        return self.file.where(*self.origin[row][column])

    def area(self, row: int, column: int) -> str:
        """The merged cells of the file that a cell is part of."""
        assert self.file is not None
        return self.file.area(*self.origin[row][column])


@dataclass
class _Record:
    """What one row of the new grid is made of: key → place, and the rows of its items."""

    keys: dict[str, tuple[str, Place]]
    items: list[tuple[str, Place]] = field(default_factory=list)


def unfold(
    name: str, table: Table, cells: Cells, heading: Heading, problems: Problems
) -> tuple[Table, Unfolded, Heading] | None:
    """A wide or long table in the ordinary shape, with its description and its heading.

    Returns:
        None where an item or the years cannot be found, which is said.
    """
    first = heading.top + table.header_rows
    last = len(cells.values) - table.footer_rows
    years = _year_columns(table, heading)
    if table.years_across and not years:
        problems.note(NO_YEARS.at(cells.where(first - 1, 0), headings=heading.shown()))
        return None
    at = {place: found[0] for place, found in heading.columns.items() if found}
    records = list(_records(table, cells, heading, at, years, range(first, last)))
    chosen: dict[str, list[Place | None]] = {}
    for item, names in table.columns.items():
        found = [_place_of(record, names) for record in records]
        if not any(found) and table.partial:
            continue
        if not any(found):
            texts = list(dict.fromkeys(text for record in records for text, _ in record.items))
            words = {"item": item, "names": "」か「".join(names), "table": name}
            close = near(names[0] if names else "", texts)
            problems.note(NO_ITEM.at(cells.where(first, 0), near=close, **words))
            return None
        for record in records:
            _refuse_twice(name, item, names, record, cells, problems)
        chosen[item] = found
    if not chosen:
        texts = [text for record in records for text, _ in record.items]
        names = [said[0] for said in table.columns.values()]
        words = {"item": "", "names": "」か「".join(names), "table": name}
        where = cells.where(first, 0)
        problems.note(NO_ITEM.at(where, near=near(names[0], list(dict.fromkeys(texts))), **words))
        return None
    held = [*years] or heading.columns.get("value", [])
    notes = [row for row in range(first, last) if not any(cells.values[row][c] for c in held)]
    below = [*notes, *range(last, len(cells.values))]
    return _grid(table, cells, heading, records, chosen, below)


@dataclass(frozen=True)
class _Year:
    """A column that a year heads: the year, its text, and what its heading says besides."""

    year: int
    text: str
    rest: str
    alone: bool


def _year_columns(table: Table, heading: Heading) -> dict[int, _Year]:
    """The columns that a year heads; an era is carried on from left to right.

    Only those of items that are described: SSDSE has 125 columns of many years.
    """
    if not table.years_across:
        return {}
    described = {at for found in heading.columns.values() for at in found}
    periods = Periods(any("年度" in text for levels in heading.levels for text in levels))
    found = {}
    for at, levels in enumerate(heading.levels):
        for i, level in enumerate(levels if at not in described else ()):
            periods.era = periods.era or era_in(level)
            if periods.reads(level):
                year = periods.read(level)
                alone = Periods(periods.fiscal).reads(level)
                others = [*levels[:i], *levels[i + 1 :]]  # 令和3年 over 2021年 says it twice
                rest = " ".join(text for text in others if not periods.reads(text))
                found[at] = _Year(year, level if alone else str(year), rest, alone)
                break
    names = {plain(name.partition("#")[0]) for said in table.columns.values() for name in said}
    kept = {
        at: one
        for at, one in found.items()
        if table.item or not one.rest or {plain(one.rest), *parts_of(one.rest.split(" "))} & names
    }
    kept = kept or found  # then an item is not there, not the years
    if all(one.alone for one in kept.values()):  # each says its year: their order means nothing
        return dict(sorted(kept.items(), key=lambda held: held[1].year))
    return kept


def _records(
    table: Table,
    cells: Cells,
    heading: Heading,
    at: dict[str, int],
    years: dict[int, _Year],
    rows: range,
) -> Iterator[_Record]:
    """The rows of the new grid in the order of the file."""
    found: dict[tuple[str, ...], _Record] = {}
    above: dict[str, tuple[str, Place]] = {}
    value = at.get("value")
    for row in rows:
        texts = cells.values[row]
        if not any(texts[c] for c in (years or [value]) if c is not None):
            continue  # a title between, a note, a blank row
        for key in _KEYS:
            if key in at:
                text = texts[at[key]]
                kept = key in above and (plain(text) in DITTO or (not text and table.item))
                above[key] = above[key] if kept else (text, (row, at[key]))
        for column in years or [value]:
            assert column is not None
            keys = dict(above)
            if years:
                keys["year"] = (years[column].text, (heading.top + table.header_rows - 1, column))
            record = _Record(keys)
            if table.item:
                record = found.setdefault(tuple(text for text, _ in keys.values()), record)
                text = texts[at["item"]]
            else:
                record = found.setdefault((str(row), keys["year"][0]), record)
                text = years[column].rest
            record.items.append((text, (row, column)))
    yield from found.values()


def _fitting(record: _Record, name: str) -> list[Place]:
    said = plain(name.partition("#")[0])
    full = [place for text, place in record.items if plain(text) == said]
    last = [p for text, p in record.items if plain(text.rpartition(" ")[2]) == said]
    return full or last or [p for text, p in record.items if said in parts_of(text.split(" "))]


def _place_of(record: _Record, names: list[str]) -> Place | None:
    """Where a record has an item, by any of its names; a heading that is a year alone fits all."""
    for name in names:
        found = _fitting(record, name)
        number = name.partition("#")[2]
        if number.isdigit():
            found = found[int(number) - 1 : int(number)]
        if found:
            return found[0]
    if len(record.items) == 1 and not record.items[0][0]:
        return record.items[0][1]
    return None


def _refuse_twice(
    table: str, item: str, names: list[str], record: _Record, cells: Cells, problems: Problems
) -> None:
    for name in names:
        found = _fitting(record, name)
        if len(found) > 1 and not name.partition("#")[2].isdigit():
            words = {"cells": listed(cells.where(*place) for place in found), "table": table}
            where = cells.where(*found[1])
            problems.note(ITEM_TWICE.at(where, name=name, count=len(found), item=item, **words))
        if found:  # the first name that fits is taken
            return


def _grid(
    table: Table,
    cells: Cells,
    heading: Heading,
    records: list[_Record],
    chosen: dict[str, list[Place | None]],
    below: list[int],
) -> tuple[Table, Unfolded, Heading]:
    """The new grid: what stood above, one heading, a row a record, what stood below."""
    keys = [key for key in _KEYS if any(key in record.keys for record in records)]
    width = max(len(keys) + len(chosen), len(cells.values[0]))
    around = [*range(heading.top), *below]
    outside = {row: [(row, column) for column in range(len(cells.values[row]))] for row in around}
    levels = [[_head_of(key, heading, records)] for key in keys]
    levels += [_levels_of(item, places, cells, heading, records) for item, places in chosen.items()]
    values = [cells.values[row] for row in range(heading.top)]
    origin = [outside[row] for row in range(heading.top)]
    values.append([" ".join(level) for level in levels])
    origin.append([(heading.top + table.header_rows - 1, 0)] * len(levels))
    for index, record in enumerate(records):
        start = record.items[0][1]
        held = [places[index] for places in chosen.values()]
        named = [record.keys[key] for key in keys]
        texts = [cells.values[place[0]][place[1]] if place else "" for place in held]
        values.append([*(text for text, _ in named), *texts])
        origin.append([*(place for _, place in named), *(place or start for place in held)])
    values += [cells.values[row] for row in below]
    origin += [outside[row] for row in below]
    even = [row + [""] * (width - len(row)) for row in values]
    placed = [row + row[-1:] * (width - len(row)) for row in origin]
    lacking = {
        (heading.top + 1 + index, len(keys) + at)
        for at, places in enumerate(chosen.values())
        for index, place in enumerate(places)
        if place is None
    }
    new = Unfolded(cells.path, cells.sheet, even, [], cells.merged, [], cells, placed, lacking)
    columns = {key: [at] for at, key in enumerate(keys)}
    columns |= {f"columns.{item}": [len(keys) + at] for at, item in enumerate(chosen)}
    levels += [[] for _ in range(width - len(levels))]
    shape = {"item": [], "value": [], "years_across": False, "header_rows": 1}
    described = table.model_copy(update={**shape, "footer_rows": len(below)})
    return described, new, replace(heading, levels=levels, columns=columns, folded=True)


def _head_of(key: str, heading: Heading, records: list[_Record]) -> str:
    """The heading of a key; of years that were headings themselves, what kind of year they are."""
    if at := heading.columns.get(key):
        return heading.text(at[0])
    fiscal = any("年度" in record.keys[key][0] for record in records if key in record.keys)
    return "年度" if fiscal else "年"


def _levels_of(
    item: str,
    places: list[Place | None],
    cells: Cells,
    heading: Heading,
    records: list[_Record],
) -> list[str]:
    """What is said of an item: its name, the headings above it, and the column of its unit."""
    row, column = next(place for place in places if place)
    said = [text for record in records for text, held in record.items if held == (row, column)]
    units = [c for c, levels in enumerate(heading.levels) if levels[-1:] in (["単位"], ["unit"])]
    above = heading.levels[column][:-1] if not said[0] else []
    told = dict.fromkeys([*above, *said, *(cells.values[row][at] for at in units)])
    return [text for text in told if text] or [item]
