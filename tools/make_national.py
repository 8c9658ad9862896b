"""Make the national statistics in ``src/helpers/national`` from the publishers' files.

    python tools/make_national.py --ssdse SSDSE-A-2018.csv … SSDSE-A-2026.csv
    python tools/make_national.py --census municipalities_census_2020.csv

SSDSE-A (統計センター) is read as it is downloaded: a row of codes, a row of years, a row of
headings. Each edition adds what it has of births, deaths and moves; a year that several editions
have is taken from the newest. What is in the box already stays, so that next year's edition alone
is enough. The census table has the columns of ``CENSUS_COLUMNS``. The same files make the same
bytes.
"""

import argparse
import csv
import gzip
import io
import re
import sys
from pathlib import Path

from helpers.national import CENSUS, MOVEMENT
from helpers.national.municipality import rows

# SSDSE keeps the codes of its items where it renames a column (転入者数 → …（日本人移動者）).
ITEMS = {"A4101": "births", "A4200": "deaths", "A5101": "moved_in", "A5102": "moved_out"}
MOVEMENT_COLUMNS = ["code", "year", *ITEMS.values(), "edition_vital", "edition_moves"]
CENSUS_COLUMNS = [
    *("code", "prefecture", "name", "name_en", "kind", "population", "male", "female"),
    *("population_2015_on_2020_borders", "under_15", "age_15_64", "age_65_over", "households"),
    *("daytime_population", "daytime_index", "outflow", "inflow"),
]


class Unreadable(Exception):
    """A file that is not laid out as its publisher does."""


def read_ssdse(path: Path) -> list[dict[str, str]]:
    """One edition of SSDSE-A: a row a municipality and year, the items that it has of that year.

    Raises:
        Unreadable: no edition in the first cell, or an item is not there.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp932")
    table = list(csv.reader(io.StringIO(text)))
    edition = re.search(r"SSDSE-A-(\d{4})", "".join(table[0][:1]))
    if not edition:
        raise Unreadable(f"{path.name}: the first cell is {table[0][0]!r}, not SSDSE-A-<year>")
    codes, years = table[0], table[1]
    if missing := [code for code in ITEMS if code not in codes]:
        raise Unreadable(f"{path.name}: no column {', '.join(missing)} in its first row")
    found: dict[tuple[str, str], dict[str, str]] = {}
    for line in table[3:]:
        if not line or not re.fullmatch(r"R?\d{5}", line[0]):
            continue
        for item, name in ITEMS.items():
            at = codes.index(item)
            code, year, value = line[0].removeprefix("R"), years[at], line[at].replace(",", "")
            if value and not value.isdigit():
                raise Unreadable(f"{path.name}: {code} {item} is {value!r}, no number")
            row = found.setdefault((code, year), {"code": code, "year": year})
            row[name] = value
            kind = "edition_vital" if name in {"births", "deaths"} else "edition_moves"
            if value:
                row[kind] = edition[1]
    return list(found.values())


def joined(old: list[dict[str, str]], new: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows of the box with those of an edition: of two numbers the newer edition's."""
    table = {(row["code"], row["year"]): dict(row) for row in old}
    for row in new:
        known = table.setdefault((row["code"], row["year"]), {})
        for kind, names in (
            ("edition_vital", ("births", "deaths")),
            ("edition_moves", ("moved_in", "moved_out")),
        ):
            if row.get(kind) and row[kind] >= known.get(kind, ""):
                known |= {name: row.get(name, "") for name in (kind, *names)}
        known |= {"code": row["code"], "year": row["year"]}
    return [table[key] for key in sorted(table)]


def write(path: Path, columns: list[str], table: list[dict[str, str]]) -> None:
    """A table as gzipped CSV, without a time in it; rows without any number are left out."""
    keep = [row for row in table if any(row.get(name) for name in columns[2:])]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(keep)
    path.write_bytes(gzip.compress(out.getvalue().encode("utf-8"), 9, mtime=0))


def main(arguments: list[str] | None = None) -> int:
    """Bring the box up to date with the files given."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--ssdse", nargs="+", type=Path, default=[], metavar="FILE")
    parser.add_argument("--census", type=Path, metavar="FILE")
    parser.add_argument("--movement", type=Path, metavar="FILE", help="a table already joined")
    options = parser.parse_args(arguments)
    try:
        table = list(rows(MOVEMENT)) if MOVEMENT.exists() else []
        if options.movement:
            table = [
                row | {"edition_vital": row["edition_births_deaths"]}
                for row in csv.DictReader(options.movement.open(encoding="utf-8"))
            ]
        for path in options.ssdse:
            table = joined(table, read_ssdse(path))
    except (Unreadable, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    rows.cache_clear()
    write(MOVEMENT, MOVEMENT_COLUMNS, table)
    if options.census:
        census = csv.DictReader(options.census.open(encoding="utf-8"))
        write(CENSUS, CENSUS_COLUMNS, list(census))
    for path in (MOVEMENT, CENSUS):
        print(f"{path.name}: {len(rows(path))} rows, {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
