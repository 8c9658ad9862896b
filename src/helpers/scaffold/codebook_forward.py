"""``codebook.yml`` carried forward: where a survey's file names its year, the next year's name."""

import json
from pathlib import Path

import yaml

from helpers.scaffold.edition_forward import Forward
from helpers.scaffold.yaml_text import YamlText, children, keys_of
from helpers.scaffold.year_text import move_year, years_in


def codebook_forward(path: Path, old: int, new: int) -> Forward:
    """Carry a ``codebook.yml`` forward.

    A source whose file name says the old year gets a line under ``from_year`` with the new one
    (and the date of the register, a year on); everything else holds until someone changes it.
    """
    yml = YamlText(path)
    surveys = [value for _, value in children(yml.at("sources"))]
    for entry in [*surveys, yml.at("residents")]:
        if entry is not None:
            _entry(yml, entry, old, new)
    for kind in ("groups", "questions"):
        for key, entry in keys_of(yml.at(kind)):
            headings = dict(children(entry)).get("columns")
            if headings is not None and any(
                found.year == old for found in years_in(yml.written(headings))
            ):
                yml.mark_above(key, "見出し（columns）に年がある。今年の見出しを足す")
    return Forward(yml.edited(), yml.edits)


def _entry(yml: YamlText, entry: yaml.Node, old: int, new: int) -> None:
    """A survey or the register: the file and the date that hold in the old year."""
    own = dict(children(entry))
    changes = own.pop("from_year", None)
    years = sorted((int(year), value) for year, value in children(changes) if year.isdigit())
    holding = [own, *(dict(children(value)) for year, value in years if year <= old)]
    now = {
        key: value
        for known in holding
        for key, value in known.items()
        if key in ("file", "sheet", "date")
    }
    moved = {key: move_year(yml.written(value), old, new) for key, value in now.items()}
    changed = {key: text for key, text in moved.items() if text != yml.written(now[key])}
    if not changed or any(year > old for year, _ in years):
        return
    if isinstance(changes, yaml.MappingNode) and changes.value and not changes.flow_style:
        first = next(key for key, _ in keys_of(changes))
        line = yml.line(first)
        indent = line[: len(line) - len(line.lstrip())]
        said = ", ".join(f"{key}: {_inline(text)}" for key, text in changed.items())
        yml.add_below(changes, f"{indent}{new}: {{{said}}}")
    else:
        for key, text in changed.items():
            yml.replace(now[key], text)
    if "date" in changed:
        yml.mark_above(next(key for key, _ in keys_of(entry)), "住民基本台帳の基準日を確かめる")


def _inline(written: str) -> str:
    """A value as it may stand between braces."""
    safe = written[0] in "\"'" or not set(written) & set(",[]{}:#")
    return written if safe else json.dumps(written, ensure_ascii=False)
