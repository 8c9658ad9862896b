"""``edition.yml`` carried forward: years moved where that is safe, the rest marked to look at."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from helpers.edition.description import DESCRIBED
from helpers.scaffold.yaml_text import YamlText, children, keys_of
from helpers.scaffold.year_text import move_year, years_in
from helpers.years import era_year, parse_year


@dataclass(frozen=True)
class Forward:
    """An edition's configuration as text for the next year.

    Attributes:
        text: what to write.
        edits: how many places were changed or marked.
        tables: printed tables that got a new name, old name first.
        labels: per printed table (old name), row and column labels added for the new year.
    """

    text: str
    edits: int
    tables: dict[str, str] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)


def edition_forward(path: Path, old: int, new: int) -> Forward:
    """Carry an ``edition.yml`` forward.

    The fiscal year, 年度 in titles and sources, years in file names, and the year of printed
    tables are moved. A row or column label of the old year stays, and gets a line for the new
    year beside it: a window that rolls and a series that grows are then both right.
    """
    yml = YamlText(path)
    _titles(yml, old, new)
    _statistics(yml, old, new)
    forward = Forward("", 0)
    for key, table in keys_of(yml.at("printed_tables")):
        _printed_table(yml, key, table, (old, new), forward)
    for part, value in children(yml.at("plan")):
        if part in ("file", "sheet"):
            yml.replace(value, move_year(yml.written(value), old, new))
    _described(yml)
    if (population := yml.at("population")) is not None:
        first = next((key for key, _ in keys_of(population)), population)
        yml.mark_above(first, f"人口は{era_year(old)}の値のまま。{era_year(new)}の値にする")
    text = _heading(yml.edited(), old, new)
    return Forward(text, yml.edits, forward.tables, forward.labels)


def _described(yml: YamlText) -> None:
    """Names that contain a year, which nobody but a person can move."""
    for kind in DESCRIBED:
        for key, entry in keys_of(yml.at(kind)):
            if any(True for _ in years_in(yml.written(entry))):
                yml.mark_above(key, "見出しに年がある。この年度の印刷と同じか確かめる")


def _heading(text: str, old: int, new: int) -> str:
    """The comments above the first key, with their 年度 moved."""
    lines = text.splitlines(keepends=True)
    for at, line in enumerate(lines):
        if not line.lstrip().startswith("#"):
            break
        lines[at] = move_year(line, old, new, fiscal_only=True)
    return "".join(lines)


def _titles(yml: YamlText, old: int, new: int) -> None:
    """The year itself, and 年度 in the report's and the sources' names."""
    year = yml.at("fiscal_year")
    if year is not None:
        yml.replace(year, str(new))
    names = [yml.at("report"), *(value for _, value in children(yml.at("sources")))]
    for name in names:
        dated: list[yaml.Node] = []
        for key, value in keys_of(name):
            moved = move_year(yml.written(value), old, new, fiscal_only=True)
            yml.replace(value, moved)
            if any(abs(y.year - old) <= 1 and not y.fiscal for y in years_in(moved)):
                dated.append(key)
        if dated:
            yml.mark_above(dated[0], "下にある年を確かめる")


def _statistics(yml: YamlText, old: int, new: int) -> None:
    """Years in the names of files and sheets, and a table that is of one year."""
    for _, table in children(yml.at("tables")):
        for key, value in children(table):
            if key in ("file", "sheet") or (key == "year" and _year(value) == old):
                yml.replace(value, move_year(yml.written(value), old, new))


def _printed_table(
    yml: YamlText, key: yaml.Node, table: yaml.Node, years: tuple[int, int], forward: Forward
) -> None:
    """One printed table: its name, its own year, and its labels."""
    old, new = years
    name = str(key.value)
    moved = move_year(name, old, new, fiscal_only=True)
    if moved != name:
        yml.replace(key, move_year(yml.written(key), old, new, fiscal_only=True))
        forward.tables[name] = moved
    labels = forward.labels.setdefault(name, {})
    for part, value in children(table):
        if part == "fiscal_year" and (year := _year(value)) in (old, old - 1):
            yml.replace(
                value, move_year(yml.written(value), year or old, (year or old) + new - old)
            )
        if part in ("file", "sheet", "below", "page"):
            yml.replace(value, move_year(yml.written(value), old, new))
        if part in ("rows", "columns", "labels"):
            known = {text for text, _ in children(value)}
            for label, meaning in keys_of(value):
                _label(yml, label, meaning, years, labels, known)


def _label(
    yml: YamlText,
    label: yaml.Node,
    meaning: yaml.Node,
    years: tuple[int, int],
    labels: dict[str, str],
    known: set[str],
) -> None:
    """A row or column label: one of the old year gets a neighbour of the new year."""
    old, new = years
    year = dict(children(meaning)).get("fiscal_year")
    if year is None or _year(year) != old:
        return
    text = str(label.value)
    moved = move_year(text, old, new)
    if moved == text:  # the label names no year: this year's number stands in the same place
        yml.replace(year, move_year(yml.written(year), old, new))
    elif moved not in known:
        if new < old:  # what was printed then has no number of this later year
            yml.replace(label, move_year(yml.written(label), old, new))
            yml.replace(year, move_year(yml.written(year), old, new))
            labels[text] = moved
        elif label.start_mark.line == meaning.end_mark.line:
            yml.add_below(meaning, move_year(yml.line(label), old, new))
            labels[text] = moved
        else:
            yml.mark_above(label, f"「{moved}」の行を足す")


def _year(node: yaml.Node) -> int | None:
    try:
        return parse_year(str(node.value))
    except ValueError:
        return None
