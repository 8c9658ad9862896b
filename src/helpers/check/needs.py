"""What the listed notebooks will ask for, held against what the inputs can give, before a run.

Notebooks say what they need by their calls: which indicators they load, which questions and
breakdowns they name. This is read from their code, whoever wrote it; nothing is executed.
"""

import ast
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from helpers import recorder
from helpers.bands import BANDS
from helpers.edition import Edition
from helpers.edition.description import DESCRIBED
from helpers.labels import LABELS, label
from helpers.problems import InputError, Message, Problem, Said, listed
from helpers.reading.codebook import Codebook, open_codebook
from helpers.reading.described import described
from helpers.reading.files import as_on_disk
from helpers.reading.heading import earlier_edition
from helpers.reading.statistics import Number

LOADERS = ("indicators", "estimates", "history")
"""The methods of the figures' desk that take names of indicators."""
SURVEY = ("open_codebook", "waves")
ASKING = ("shares_wanted", "items_wanted", "field_rows", "change_rows")
COMPARED = ("waves",)
"""What cannot do without either: a change between two years is one of two random samples."""

# What follows from what: all of the first give the second. Formulas that the project itself has.
_DERIVED: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = tuple(
    (frozenset(first), tuple(second))
    for first, second in (
        ({"moved_in", "moved_out"}, ["net_migration"]),
        ({"births", "deaths"}, ["natural_change"]),
        ({"moved_in", "moved_out", "population"}, ["turnover_rate"]),
        ({"daytime_population_index"}, ["daytime_population_rank"]),
        ({"outflow", "residents"}, ["stay_share"]),
        ({"kpi"}, ["kpi_attainment", "kpi_progress", "kpi_pace", "kpi_change", "kpi_status"]),
        ({"kpi"}, ["kpi_year_attainment", "kpi_year_progress", "kpi_grade", "kpi_grade_count"]),
        (set(BANDS) - {list(BANDS)[1]}, [list(BANDS)[1]]),
        ({"modified_nps", "mgap"}, ["mgap_unrounded", "intent_amount"]),
    )
)

NO_INDICATOR = Message(
    "ノートブック {notebook} が使う指標 {names} を作る元データがありません",
    remedy="元データと edition.yml（printed_tables、tables）か codebook.yml に足すか、"
    "notebooks から外して left_out に理由を書いてください",
    en="nothing gives the indicators {names} that the notebook {notebook} uses. → add them to the "
    "raw files and to edition.yml or codebook.yml, or take the notebook out (left_out says why)",
)
NOTHING_DESCRIBED = Message(
    "ノートブック {notebook} が図にする {kinds} が、edition.yml にも codebook.yml にも"
    "説明されていません",
    remedy="説明を足すか、notebooks から外して left_out に理由を書いてください",
    en="the notebook {notebook} draws what is described under {kinds}, but edition.yml and "
    "codebook.yml describe none. → describe it, or take the notebook out (left_out says why)",
)
NO_STAGE = Message(
    "ノートブック {notebook} は指標を使いますが、指標を作る 2 番台のノートブックが notebooks に"
    "ありません",
    remedy="2 番台のノートブックを notebooks に足してください",
    en="the notebook {notebook} uses indicators, but notebooks lists none of 2… that makes them. → "
    "add one",
)
NO_FILE = Message(
    "ノートブック {notebook} が使う {file} がありません",
    remedy="ファイルを置くか、notebooks から外してください",
    en="{file}, which the notebook {notebook} uses, is not there. → put it there, or take the "
    "notebook out of notebooks",
)
NO_RANDOM = Message(
    "sample: random（無作為抽出）の調査がありません（{notebook} は年の間の差に使います）",
    remedy="無作為抽出の調査に sample: random と書くか、notebooks から外してください",
    en="no survey is a random sample (sample: random), but {notebook} compares years of one. → say "
    "which one is, or take the notebook out",
)
NO_REGISTER = Message(
    "重み付けに使う住民基本台帳（residents）がありません（{notebook} が使います）",
    remedy="codebook.yml に residents を書いて人口の表を置くか、notebooks から外してください",
    en="there is no resident register (residents), with which {notebook} weights. → write "
    "residents into codebook.yml and add its table, or take the notebook out",
)
NO_MARGIN = Message(
    "residents の groups に {names} がありません（{why}）",
    remedy="台帳の表の見出しを residents の groups に足してください",
    en="{names} not among the groups of residents ({why}). → add the heading of the register's "
    "table there",
)
NO_PERSONS = Message(
    "population に persons（人数）がありません（{notebook} が mGAP に使います）",
    remedy="1人単位の人口を書いてください",
    en="there are no persons at population, which {notebook} needs for mGAP. → write the "
    "population in persons",
)
NO_GROUP = Message(
    "ノートブック {notebook} が使う区分 {names} が codebook.yml にありません",
    remedy="codebook.yml の groups に足すか、ノートブックの名前を直してください",
    en="the breakdowns {names} that the notebook {notebook} uses are not in codebook.yml. → add "
    "them to groups, or mend the name in the notebook",
)
NO_QUESTION = Message(
    "ノートブック {notebook} が使う設問 {names} が codebook.yml にありません",
    remedy="codebook.yml の questions に足すか、notebooks から外すか、名前を直してください",
    en="the questions {names} that the notebook {notebook} uses are not in codebook.yml. → add "
    "them to questions, take the notebook out, or mend the name in it",
)
OTHER_SOURCES = Message(
    "ノートブック {notebook} の固定した割合が、codebook.yml の調査 {names} と合いません",
    remedy="すべての調査の割合を書くか、notebooks から外してください",
    en="the fixed shares in the notebook {notebook} are not of the surveys of codebook.yml, "
    "{names}. → give each its share, or take the notebook out",
)
YEAR_BEFORE = Said("前の年度版", "an earlier edition")
NO_YEAR_BEFORE = Message(
    "前年度との差（{notebook}）に要る {what} がありません",
    remedy="前の年度版のフォルダーに置くか、notebooks から外してください",
    en="the change since last year ({notebook}) needs {what}, which is not there. → put it into "
    "the folder of the earlier edition, or take the notebook out",
)
NO_GOOD_ANSWER = Message(
    "設問 {name} に、肯定とする回答（positive）がありません（{notebook} が割合を使います）",
    remedy="positive と negative に回答の番号を書いてください",
    en="{name} says of no answer that it is positive, but {notebook} uses the share. → write the "
    "numbers of the answers under positive and negative",
)
NO_WORDS = Message(
    "図に出る名前がありません: {names}",
    "edition.yml の labels に、すべて",
    "次の行を labels に足してください: {lines}",
    "there are no words for {names}. → add to labels of edition.yml: {lines}",
)


@dataclass
class _Notebook:
    """What a notebook's code names.

    Attributes:
        name: its stem.
        calls: the names of everything it calls.
        loads: the indicators that it loads by name.
        texts: every text in its code.
        arguments: keyword → texts given for it.
        given: call → texts given to it by position.
        looked_up: attribute → texts that are looked up in it (``codebook.questions["…"]``).
        kinds: of the description, what it goes through (``desk.about.batteries``).
    """

    name: str
    calls: set[str] = field(default_factory=set)
    loads: list[str] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)
    arguments: dict[str, list[str]] = field(default_factory=dict)
    given: dict[str, list[str]] = field(default_factory=dict)
    looked_up: dict[str, set[str]] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)

    @property
    def stage(self) -> str:
        return self.name[0]


def _indicator(one: Number) -> str:
    """What an item of a statistics table becomes: of ``rates`` the rate, not the number."""
    return f"{one.item}_rate" if one.table.startswith("rates") else one.item


def needs(
    edition: Edition,
    codebook: Codebook | None,
    numbers: Iterable[Number],
    rows: Iterable[dict[str, object]],
) -> Iterator[Problem]:
    """What would stop a run of the edition, although each of its files is well.

    Args:
        edition: its notebooks are read.
        codebook: of its survey, if it has one that can be read.
        numbers: of its statistics tables.
        rows: of its printed tables.
    """
    shelf = edition.places.root / "notebooks"
    books = [_read(shelf / f"{name}.ipynb") for name in edition.notebooks]
    path = edition.places.raw
    for book in books:
        typed = any(not table.file for table in edition.printed_tables.values())
        typed = typed or not (edition.printed_tables or edition.plan)
        there = (path / "printed_tables.csv").exists()
        if "printed_tables" in book.calls and typed and not there:
            words = {"notebook": book.name, "file": "printed_tables.csv"}
            yield NO_FILE.at(f"{path / 'edition.yml'} notebooks", **words)
    if codebook:
        yield from _survey_needs(edition, codebook, books)
        yield from _year_before(edition, books)
    elif not (path / "codebook.yml").exists():
        for book in books:
            if book.calls & {*SURVEY}:
                words = {"notebook": book.name, "file": "codebook.yml"}
                yield NO_FILE.at(f"{path / 'edition.yml'} notebooks", **words)
    yield from _nothing_described(edition, books)
    items, printed = {_indicator(one) for one in numbers}, list(rows)
    # Some tables are an indicator by themselves, their items its categories (commuters).
    given = items | {*edition.tables} | {str(row["indicator"]) for row in printed}
    given |= _of_survey(edition, codebook, books) if codebook else set()
    yield from _indicators(edition, books, _with_derived(given))
    yield from _words(edition, codebook, books, printed)


def _nothing_described(edition: Edition, books: list[_Notebook]) -> Iterator[Problem]:
    """Figures of what nobody described: such a notebook would draw nothing."""
    try:
        about = described(edition)
    except InputError:  # its own reader says what is wrong with the codebook
        return
    for book in books:
        lacking = [kind for kind in sorted(book.kinds) if not getattr(about, kind)]
        if book.stage == "3" and lacking and len(lacking) == len(book.kinds):
            where = f"{edition.places.raw / 'edition.yml'} notebooks"
            yield NOTHING_DESCRIBED.at(where, notebook=book.name, kinds=listed(lacking))


def _read(path: Path) -> _Notebook:
    """A notebook's code, as far as it can be read as Python."""
    book = _Notebook(path.stem)
    try:
        content = json.loads(recorder.reading(path).read_text(encoding="utf-8"))
        cells = [c for c in content["cells"] if c["cell_type"] == "code"]
        sources = ["".join(cell["source"]) for cell in cells]
    except (OSError, ValueError, KeyError, TypeError):
        return book
    known: dict[str, ast.expr] = {}
    for source in sources:
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):
            continue  # a magic line, or an error that the run itself will show
        for node in ast.walk(tree):
            _note(node, known, book)
    return book


def _note(node: ast.AST, known: dict[str, ast.expr], book: _Notebook) -> None:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        known[node.targets[0].id] = node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        book.texts.add(node.value)
    elif isinstance(node, ast.Attribute) and node.attr in DESCRIBED:
        if isinstance(node.value, ast.Attribute) and node.value.attr == "about":
            book.kinds.add(node.attr)
    elif isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        called = node.func.id if isinstance(node.func, ast.Name) else called
        book.calls.add(called)
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        for one in node.args:
            if called == "groupby" and isinstance(owner, ast.Name):
                book.looked_up.setdefault(owner.id, set()).update(_names(one, known))
            if called in LOADERS:
                book.loads += _names(one, known)
            elif not isinstance(one, ast.Constant):
                book.given.setdefault(called, []).extend(_names(one, known))
        for keyword in node.keywords:
            if keyword.arg:
                found = _names(keyword.value, known)
                book.arguments.setdefault(keyword.arg, []).extend(found)
    elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute):
        book.looked_up.setdefault(node.value.attr, set()).update(_names(node.slice, known))


def _names(node: ast.expr, known: dict[str, ast.expr]) -> list[str]:
    """The texts of an expression that is a text, a list of texts, or a name of one.

    Of a dictionary in a variable, the keys; one written on the spot describes a row.
    """
    if isinstance(node, ast.Starred):
        return _names(node.value, known)
    if isinstance(node, ast.Name):
        value = known.get(node.id)
        if isinstance(value, ast.Dict):
            keys = [key for key in value.keys if isinstance(key, ast.Constant)]
            plain = len(keys) == len(value.values)  # none of ``**same``
            numbers = all(isinstance(one, ast.Constant) for one in value.values)
            return [str(key.value) for key in keys] if plain and numbers else []
        return _names(value, {}) if value is not None else []
    if isinstance(node, ast.List | ast.Tuple):
        return [name for one in node.elts for name in _names(one, known)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _survey_needs(
    edition: Edition, codebook: Codebook, books: list[_Notebook]
) -> Iterator[Problem]:
    path = edition.places.raw / "codebook.yml"
    compared = next((book for book in books if book.calls & {*COMPARED}), None)
    if compared and not codebook.sample:
        yield NO_RANDOM.at(f"{path} sources", notebook=compared.name)
    if compared and codebook.residents is None:
        yield NO_REGISTER.at(f"{path} residents", notebook=compared.name)
    for book in books if codebook.residents else ():
        yield from _margins(codebook, path, book)
    if compared and not _persons(edition):
        where = f"{edition.places.raw / 'edition.yml'} population"
        yield NO_PERSONS.at(where, notebook=compared.name)
    for book in books:
        yield from _named_in(book, codebook, path)
        asked = {*codebook.questions} & book.texts
        for name in sorted(asked):
            question = codebook.questions[name]
            shares = book.calls & {"shares_wanted", "likert"} or "positive" in book.texts
            choice = question.scale in ("five_point", "single") and not question.items
            if shares and choice and not question.positive and not question.points:
                yield NO_GOOD_ANSWER.at(f"{path} questions.{name}", name=name, notebook=book.name)
        if book.stage != "1" and "likert" in book.calls:
            named = [b for b in book.arguments.get("breakdown", []) if b != "total"]
            if strange := [b for b in dict.fromkeys(named) if b not in codebook.groups]:
                words = {"notebook": book.name, "names": listed(strange)}
                yield NO_GROUP.at(f"{path} groups", **words)


def _persons(edition: Edition) -> int | None:
    return edition.population.persons if edition.population else None


def _named_in(book: _Notebook, codebook: Codebook, path: Path) -> Iterator[Problem]:
    """Questions, breakdowns and sources that a notebook cannot do without."""
    needed = {*book.looked_up.get("questions", ())} - {*codebook.questions}
    asked = [name for call in ASKING for name in book.given.get(call, ())]
    needed |= {name for name in asked if name not in codebook.questions and name not in LABELS}
    if needed:
        words = {"notebook": book.name, "names": listed(sorted(needed))}
        yield NO_QUESTION.at(f"{path} questions", **words)
    split = [*book.given.get("groups", ()), *book.looked_up.get("groups", ())]
    if strange := sorted({*split} - {*codebook.groups}):
        yield NO_GROUP.at(f"{path} groups", notebook=book.name, names=listed(strange))
    shares = book.given.get("fixed_share_row", [])
    if shares and {*shares} != {*codebook.sources}:
        words = {"notebook": book.name, "names": listed(codebook.sources)}
        yield OTHER_SOURCES.at(f"{path} sources", **words)


def _year_before(edition: Edition, books: list[_Notebook]) -> Iterator[Problem]:
    """What a change needs of the edition before: its codebook, its answers, its population."""
    book = next((book for book in books if "waves" in book.calls), None)
    if book is None:
        return
    earlier = earlier_edition(edition)
    where = f"{edition.places.raw / 'edition.yml'} notebooks"
    if earlier is None:
        yield NO_YEAR_BEFORE.at(where, notebook=book.name, what=YEAR_BEFORE)
        return
    try:
        codebook = open_codebook(earlier)
    except InputError:
        yield NO_YEAR_BEFORE.at(where, notebook=book.name, what=f"{earlier.id} codebook.yml")
        return
    files = [source.file for source in codebook.sources.values()]
    files += [codebook.residents.file] if codebook.residents else []
    missing = [name for name in files if not as_on_disk(earlier.places.raw / name).is_file()]
    missing += [] if codebook.residents else ["residents"]
    missing += [] if earlier.population and earlier.population.persons else ["population.persons"]
    if missing:
        what = f"{earlier.id} {', '.join(missing)}"
        yield NO_YEAR_BEFORE.at(where, notebook=book.name, what=what)


def _margins(codebook: Codebook, path: Path, book: _Notebook) -> Iterator[Problem]:
    """The register must have the classes of the pyramid, and those that a notebook looks up."""
    held = codebook.residents.groups if codebook.residents else {}
    wanted = [*(("age_group", "sex") if "sample_age" in book.loads else ())]
    wanted += sorted(book.looked_up.get("register", ()))
    if lacking := [name for name in dict.fromkeys(wanted) if name not in held]:
        words = {"names": listed(lacking), "why": book.name}
        yield NO_MARGIN.at(f"{path} residents.groups", **words)


def _of_survey(edition: Edition, codebook: Codebook, books: list[_Notebook]) -> set[str]:
    """The indicators that the answers give."""
    if not any(book.stage == "2" and book.calls & {*SURVEY} for book in books):
        return set()
    given = {*codebook.questions}
    scores = codebook.scores()
    if scores:
        given |= {*BANDS, "mean_score", "modified_nps", "score_share", "score"}
        # Late: it brings pandas, and most editions are examined without.
        from helpers.indicators.mgap import QUESTIONS as MGAP

        if {*MGAP} <= {*scores} and _persons(edition):
            given |= {"intent_amount", "mgap", "mgap_unrounded"}
    if codebook.residents:
        given |= {"sample_age", "register_age"}
    return given | {f"{name}_change" for name in given}


def _with_derived(given: set[str]) -> set[str]:
    found = set(given)
    for first, second in _DERIVED:
        if first <= found:
            found |= {*second}
    return found


def _indicators(edition: Edition, books: list[_Notebook], given: set[str]) -> Iterator[Problem]:
    """Indicators of the house that a figure loads and nothing gives; one line a notebook.

    A name that the house does not know may be made by a notebook of the edition's own.
    """
    where = f"{edition.places.raw / 'edition.yml'} notebooks"
    makers = [book for book in books if book.stage == "2"]
    own = {text for book in makers for text in book.texts} - LABELS.keys()
    for book in books:
        loads = [name for name in dict.fromkeys(book.loads) if name not in given | own]
        if book.loads and not makers:
            yield NO_STAGE.at(where, notebook=book.name)
        elif loads:
            yield NO_INDICATOR.at(where, notebook=book.name, names=listed(loads))


def _words(
    edition: Edition,
    codebook: Codebook | None,
    books: list[_Notebook],
    rows: list[dict[str, object]],
) -> Iterator[Problem]:
    """Everything that the listed figures will name and that has no words, all in one."""
    texts = {text for book in books for text in book.texts}
    figures = {text for book in books if book.stage == "3" for text in (*book.texts, *book.loads)}
    shown: dict[str, str] = {}
    looped = any(book.stage == "2" and book.calls & {*SURVEY} for book in books)
    if codebook and (figures or looped):
        for name, group in codebook.groups.items():
            if looped or name in texts:
                shown |= {name: name} | {one: one for one in group.classes}
        for name, question in codebook.questions.items():
            if looped or name in texts:
                shown |= {name: name} | {item: f"{name}.{item}" for item in question.items}
    for row in rows:
        indicator = str(row["indicator"])
        if indicator in figures:
            shown |= {indicator: indicator}
            if row["breakdown"] not in ("total", "peer", "partner"):
                shown |= {str(row["group"]): str(row["group"])}
            if row["category"]:
                shown |= {f"{indicator}.{row['category']}": f"{indicator}.{row['category']}"}
    missing = [name for name in dict.fromkeys(shown.values()) if not _has_words(name, edition)]
    if missing:
        lines = " / ".join(f"{name}: {{ja: …, en: …}}" for name in missing)
        where = f"{edition.places.raw / 'edition.yml'} labels"
        yield NO_WORDS.at(where, names=listed(missing), lines=lines)


def _has_words(name: str, edition: Edition) -> bool:
    try:
        label(name, "ja", edition.own_labels("ja"))
    except KeyError:
        return False
    return True
