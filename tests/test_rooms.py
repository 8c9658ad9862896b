"""Imports go down only: a room imports from floors below it, or from itself."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "helpers"
FLOORS = [
    {
        *("years", "rounding", "labels", "problems", "spreadsheet", "places", "characters"),
        *("bands", "seal", "contents"),
    },
    {"recorder", "person_rows"},
    {"intervals", "configuration", "page", "palette", "trends"},
    {"tables", "edition", "fonts"},
    {"reading", "survey", "drawing", "chosen"},
    {"sentences"},
    {"indicators", "figures", "audit", "national"},
    {"desk", "check", "scaffold", "comparison"},
    {"report"},
    {"pipeline", "doctor"},
    {"batch"},
    {"commands"},
    {"cli"},
]
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
# Neighbours that may be used within a floor: configuration reads problems; edition knows places.
FILES = sorted(path for path in SRC.rglob("*.py") if path != SRC / "__init__.py")


def room_of(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "helpers":
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("helpers."):
            names.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            names |= {a.name.split(".")[1] for a in node.names if a.name.startswith("helpers.")}
    return names & FLOOR.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_room_imports_only_from_floors_below(path):
    room = room_of(path)
    assert room in FLOOR, f"{room} has no floor: give it one"
    above = {
        other
        for other in imported_rooms(path)
        if other != room and FLOOR[other] >= FLOOR[room] and (room, other) not in NEIGHBOURS
    }
    assert not above


# One-way doors within a floor.
NEIGHBOURS = {
    *(("rounding", "problems"), ("characters", "problems"), ("audit", "indicators")),
    ("edition", "tables"),
}
