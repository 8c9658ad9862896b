"""The catalogue of indicators, figure types and codebook keys, written from code and data.

    python tools/catalogue.py

Writes docs/catalogue.md and docs/ja/catalogue.md. Indicators, units and definitions are those of
the committed history (data/processed/**/indicators); who makes what is read from the notebooks.
"""

import ast
import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, BeforeValidator

from catalogue_words import OWN, WORDS
from helpers import figures
from helpers.labels import LABELS
from helpers.reading.codebook import Codebook, Group, Question, Register, SurveySource
from helpers.sentences.naming import DEFINITIONS

ROOT = Path(__file__).parents[1]
PAGES = {"en": ROOT / "docs" / "catalogue.md", "ja": ROOT / "docs" / "ja" / "catalogue.md"}
CITIES = ("mihon", "nishitokyo", "isehara")
PARTS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("codebook", Codebook),
    ("sources", SurveySource),
    ("groups", Group),
    ("questions", Question),
    ("residents", Register),
)


@dataclass
class Indicator:
    """What the rows of one indicator have, over all editions, in the order of appearance."""

    units: dict[str, None] = field(default_factory=dict)
    breakdowns: dict[str, None] = field(default_factory=dict)
    definitions: dict[str, None] = field(default_factory=dict)
    files: dict[str, None] = field(default_factory=dict)


def main() -> None:
    """Write both pages."""
    for lang, path in PAGES.items():
        path.write_text(page(lang), encoding="utf-8", newline="\n")
        print(path.relative_to(ROOT).as_posix())


def page(lang: str) -> str:
    """The whole page in one language."""
    words = WORDS[lang]
    found = dict(sorted(indicators().items(), key=lambda item: _order(item[0])))
    parts = [
        f"# {words['title']}\n\n{words['intro']}",
        f"## {words['indicators']}\n\n{words['indicators_intro']}",
        _table(words["indicator_heads"], _indicator_rows(found, lang)),
        f"## {words['definitions']}",
        _table(words["definition_heads"], _definition_rows(found, lang)),
        f"## {words['figures']}\n\n{words['sheets']}\n{_sheets(lang)}",
        _table(words["figure_heads"], _figure_rows()),
        f"## {words['codebook']}\n\n{words['codebook_intro']}",
    ]
    for name, model in PARTS:
        parts.append(f"### {name}\n\n" + _table(words["key_heads"], _key_rows(model, lang)))
    return "\n\n".join(parts) + "\n"


def indicators() -> dict[str, Indicator]:
    """Every indicator of the committed history."""
    found: dict[str, Indicator] = {}
    for path in sorted((ROOT / "data" / "processed").glob("*/[0-9]*/indicators/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                entry = found.setdefault(row["indicator"], Indicator())
                entry.units.setdefault(row["unit"])
                entry.breakdowns.setdefault(row["breakdown"])
                entry.definitions.setdefault(row["definition"])
                entry.files.setdefault(path.stem)
    return found


def saved_by() -> dict[str, str]:
    """File of indicators → the notebook that saves it."""
    found = {}
    for notebook, code in _notebooks("2"):
        for name in re.findall(r'desk\.save\([^"]*"(\w+)"\)', code):
            found[name] = notebook
    return found


def drawn_by() -> dict[str, list[str]]:
    """Figure type → the notebooks that call it."""
    found: dict[str, list[str]] = {name: [] for name in sorted(figures.__all__)}
    for notebook, code in _notebooks("3"):
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(code))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        for name in sorted(calls & found.keys()):
            found[name].append(notebook)
    return found


def _notebooks(stage: str) -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "notebooks").glob(f"{stage}[0-9]_*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        yield path.stem, "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")


def _order(indicator: str) -> tuple[int, str]:
    """As labels.py lists them; those that it does not have come last."""
    known = list(LABELS)
    return (known.index(indicator) if indicator in known else len(known), indicator)


def _indicator_rows(found: dict[str, Indicator], lang: str) -> Iterator[list[str]]:
    maker = saved_by()
    for name, entry in found.items():
        label = (LABELS | OWN).get(name, ("", ""))[0 if lang == "ja" else 1]
        makers = sorted({maker[file][:2] for file in entry.files if file in maker})
        columns = (entry.units, entry.breakdowns, entry.definitions)
        yield [f"`{name}`", label, *(", ".join(filter(None, c)) for c in (*columns, makers))]


def _definition_rows(found: dict[str, Indicator], lang: str) -> Iterator[list[str]]:
    used = {name for entry in found.values() for name in entry.definitions if name}
    for name in sorted(used):
        said = DEFINITIONS.get(name)
        own = OWN.get(name, ("", ""))[0 if lang == "ja" else 1]
        yield [f"`{name}`", getattr(said, lang) if said else own]


def _figure_rows() -> Iterator[list[str]]:
    for name, notebooks in drawn_by().items():
        said = (getattr(figures, name).__doc__ or "").strip().partition("\n")[0]
        yield [f"`{name}`", said, _lines(notebooks)]


def _sheets(lang: str) -> str:
    """Links to the contact sheets, which tools/contact_sheets.py draws."""
    up = "../" if lang == "ja" else ""
    alternative = WORDS[lang]["alternative"]
    return "\n".join(f"\n![{alternative}{c}]({up}figures/{c}_160mm.png)" for c in CITIES)


def _key_rows(model: type[BaseModel], lang: str) -> Iterator[list[str]]:
    for name, key in model.model_fields.items():
        default = key.get_default(call_default_factory=True)
        left_out = WORDS[lang]["needed"] if key.is_required() else f"`{_plain(default)}`"
        yield [f"`{name}`", f"`{_kind(key.annotation)}`", str(left_out), key.description or ""]


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _kind(annotation: object) -> str:
    """A type as a reader of YAML sees it: ``list[str]``, ``int``, ``random | panel | open``."""
    if metadata := getattr(annotation, "__metadata__", None):
        texts = any(isinstance(each, BeforeValidator) for each in metadata)
        kind = _kind(get_args(annotation)[0])
        return f"{kind} | str" if texts else kind  # one text does for a list of them
    inner = [part for part in get_args(annotation) if part is not type(None)]
    if isinstance(annotation, type) and not inner:
        return annotation.__name__
    if "Literal" in str(annotation).partition("[")[0]:
        return " | ".join(map(str, inner))
    name = getattr(annotation, "__name__", "") or ""
    if name in ("dict", "list") and inner:
        return f"{name}[{', '.join(_kind(part) for part in inner)}]"
    return " | ".join(_kind(part) for part in inner) or "text"


def _lines(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(heads: object, rows: Iterator[list[str]]) -> str:
    assert isinstance(heads, tuple)
    lines = [list(heads), ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(c.replace("|", r"\|") for c in line) + " |" for line in lines
    )


if __name__ == "__main__":
    main()
