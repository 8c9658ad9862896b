"""Recipes: the shape of a file that many cities download, under a name.

``recipe: ssdse-a`` in a table of ``edition.yml`` stands for the shape in ``recipes/ssdse-a.yml``.
A city that needs another copies that file beside its ``edition.yml``, changes it, and writes
``recipe: ssdse-a.yml``. What the table says itself goes before what the recipe says.
"""

from pathlib import Path
from typing import Any

from helpers import recorder
from helpers.configuration import read_configuration
from helpers.edition.description import Name
from helpers.edition.tables import Shape, refuse_links_out
from helpers.problems import InputError, Message, Problems, Said, near

RECIPES = Path(__file__).with_name("recipes")

NO_RECIPE = Message(
    "「{name}」というレシピはありません",
    remedy="{near}。自分のレシピなら、年度版のフォルダーに置いて recipe: {name}.yml と書きます",
    en="there is no recipe “{name}”. → {near}; of one's own, in the edition's folder, write "
    "recipe: {name}.yml",
)
NO_FILE = Message(
    "レシピのファイルがありません",
    remedy="{folder} の {name} などを写して、年度版のフォルダーに置いてください",
    en="there is no such recipe file. → copy one like {name} from {folder} into the edition's "
    "folder",
)
ASKED = Message(
    "レシピ {recipe} には {key} が要ります: {what}",
    remedy="tables.{table} に {key}: … の行を足してください",
    en="the recipe {recipe} needs {key}: {what}. → add a line {key}: … to tables.{table}",
)
NO_ITEM = Message(
    "レシピ {recipe} に「{item}」という項目はありません",
    remedy="{near}",
    en="the recipe {recipe} has no item “{item}”. → {near}",
)


class Words(Name):
    """The source that a recipe's files come from, where ``edition.yml`` names no other."""

    note: str = ""
    note_en: str = ""


class Recipe(Shape):
    """The shape of a file that many download.

    Attributes:
        source: who publishes it, as a 出典 line names it.
        ask: what the file does not say in a form that is read: key of the table → what to write.
    """

    source: Words
    ask: dict[str, Name] = {}


def recipes() -> list[str]:
    """The names of the recipes in the package."""
    return sorted(path.stem for path in RECIPES.glob("*.yml"))


def with_recipes(content: dict[str, Any], path: Path) -> dict[str, Any]:
    """The content of an ``edition.yml`` with the shapes of its recipes put in.

    Raises:
        InputError: a recipe that is not there or wrong, an item it lacks, a key it asks for.
    """
    tables = content.get("tables")
    if not isinstance(tables, dict) or not any(_named(table) for table in tables.values()):
        return content
    problems = Problems()
    told = content.get("sources")
    sources = dict(told) if isinstance(told, dict) else {}
    made: dict[str, Any] = {}
    for name, table in tables.items():
        made[name] = table
        if not (recipe := _named(table)):
            continue
        try:
            kept = _recipe(recipe, path, f"{path} tables.{name}.recipe")
        except InputError as error:
            problems.extend(error.problems)
            continue
        made[name] = _filled(name, table, recipe, kept, path, problems)
        source = recipe.removesuffix(".yml").replace("-", "_")
        if "source" not in table:
            made[name]["source"] = source
            sources.setdefault(source, kept["source"])
    problems.stop_if_any()
    return {**content, "tables": made, "sources": sources}


def _named(table: object) -> str:
    name = table.get("recipe") if isinstance(table, dict) else None
    return name if isinstance(name, str) else ""


def _recipe(name: str, path: Path, where: str) -> dict[str, Any]:
    """What a recipe says, checked, and written as in its file."""
    own = name.endswith((".yml", ".yaml"))
    file = (path.parent if own else RECIPES) / (name if own else f"{name}.yml")
    if Path(name).name != name if own else name not in recipes():
        raise InputError(NO_RECIPE.at(where, name=name, near=near(name, recipes())))
    if own:
        refuse_links_out(path.parent, [name])
        recorder.reading(file)
        if not recorder.exists(file):
            words = {"folder": "src/helpers/edition/recipes", "name": f"{recipes()[0]}.yml"}
            raise InputError(NO_FILE.at(f"{where}: {file}", **words))
    kept: dict[str, Any] = {}

    def keep(content: dict[str, Any], _: Path) -> dict[str, Any]:
        kept.update(content)
        return content

    read_configuration(file, Recipe, keep)
    return kept


def _filled(
    name: str,
    table: dict[str, Any],
    recipe: str,
    kept: dict[str, Any],
    path: Path,
    problems: Problems,
) -> dict[str, Any]:
    """A table's own keys over those of its recipe; of the items, those that it lists."""
    where = f"{path} tables.{name}"
    for key, what in kept.get("ask", {}).items():
        if key not in table:
            said = Name.model_validate(what)
            words = {"recipe": recipe, "key": key, "table": name}
            problems.note(ASKED.at(where, what=Said(said.ja, said.en), **words))
    shape = {key: value for key, value in kept.items() if key not in ("source", "ask")}
    if "columns" not in table:
        shape["partial"] = "true"
    told = table.get("columns")
    own: dict[str, Any] = {}
    if isinstance(told, list):
        known = kept["columns"]
        for item in told:
            if item not in known:
                words = {"recipe": recipe, "item": item, "near": near(str(item), known)}
                problems.note(NO_ITEM.at(f"{where}.columns", **words))
        own["columns"] = {item: known[item] for item in told if item in known}
    return {**shape, **table, **own}
