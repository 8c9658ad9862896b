"""What notebooks import, imported and used once before their first cell runs."""

import ast
import contextlib
import importlib
import importlib.util
import io
import re
import site
import sys
import sysconfig
import tempfile
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from types import ModuleType

from helpers.pipeline.notebook import Notebook
from helpers.problems import InputError

# The variable that tells a starting kernel what to import.
AHEAD = "CITYPROMO_IMPORTS"
# Where it is not known which notebooks will run: what nearly all of them need. The rest is
# imported just before the notebook that asks for it, by the one kernel that runs it.
USUAL = ("pandas",)
# What is imported only when it is used, by the package that uses it.
LATER = {
    "pandas": (
        "pandas.core.reshape.reshape",
        "pandas.io.formats.csvs",
        "pandas.io.formats.html",
        "pandas.io.formats.string",
    ),
    "matplotlib": ("matplotlib.backends.backend_agg",),
    "helpers.indicators.estimated": ("scipy.optimize",),
    "helpers.survey.interval": ("scipy.special",),
    "helpers.drawing": ("matplotlib.backends.backend_pdf", "matplotlib.backends.backend_svg"),
}
# What only IPython understands: a magic, a shell line, its output taken.
_NOT_PYTHON = re.compile(r"^(\s*)([%!?]|[\w, ]+=\s*[%!]).*$", re.MULTILINE)


def imported_by(notebooks: Iterable[Notebook]) -> list[str]:
    """The modules that notebooks import, once each."""
    sources: list[str] = []
    for notebook in notebooks:
        with contextlib.suppress(InputError):  # not to be read: whoever runs it says so
            sources += notebook.code
    return imported(sources)


def imported(sources: Iterable[str]) -> list[str]:
    """The modules that cells import, once each, in their order.

    ``from a import b`` gives ``a`` and ``a.b``, for ``b`` may be a module.
    """
    return list(dict.fromkeys(name for source in sources for name in _imported(source)))


def _imported(source: str) -> Iterator[str]:
    with contextlib.suppress(SyntaxError):  # the notebook's cell says it
        for line in ast.walk(ast.parse(_NOT_PYTHON.sub(r"\1pass", source))):
            if isinstance(line, ast.Import):
                yield from (alias.name for alias in line.names)
            elif isinstance(line, ast.ImportFrom) and line.module and not line.level:
                yield line.module
                yield from (f"{line.module}.{alias.name}" for alias in line.names)


def import_ahead(names: Iterable[str]) -> None:
    """Import everything of the environment; what cannot be imported its cell says why.

    An analyst's own module is left to the notebook: what it is and reads counts as read there.
    """
    _import(names)
    for package, more in LATER.items():
        if package in sys.modules:
            _import(more)


def _import(names: Iterable[str]) -> None:
    for name in names:
        with contextlib.suppress(Exception):
            first, (parent, _, last) = name.partition(".")[0], name.rpartition(".")
            if first not in sys.modules:
                found = importlib.util.find_spec(first)
                if found is None or not _of_environment(found.origin or ""):
                    continue
            if not parent or not hasattr(importlib.import_module(parent), last):
                importlib.import_module(name)


def of_environment(module: object) -> bool:
    """Whether a module belongs to Python, to an installed package or to the helpers."""
    if not isinstance(module, ModuleType):
        return True  # put there by a package, for a name that it does not have any more
    places: list[object] = [vars(module).get("__file__"), *(vars(module).get("__path__") or ())]
    return all(_of_environment(place) for place in places if isinstance(place, str))


@cache
def _of_environment(place: str) -> bool:
    """Whether a file, or what stands for one (``built-in``, ``frozen``), is the environment's."""
    if not Path(place).is_absolute():
        return place in ("built-in", "frozen")
    path = Path(place).resolve()
    return any(path.is_relative_to(root) for root in _roots())


@cache
def _roots() -> tuple[Path, ...]:
    """The folders of Python itself, of installed packages and of the helpers."""
    known = sysconfig.get_paths()
    places = [known[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    places += [*site.getsitepackages(), site.getusersitepackages()]
    places += [place for place in sys.path if place.endswith(".zip")]  # Python's own, on Windows
    return tuple(Path(str(place)).resolve() for place in (*places, Path(__file__).parents[2]))


def use_once(new: Collection[str]) -> None:
    """Let libraries do what they do only at their first use, so that no notebook seems to.

    Args:
        new: names of modules that have been loaded since it was last done.
    """
    tempfile._get_candidate_names()  # type: ignore[attr-defined]
    tempfile.gettempdir()
    weakref.finalize(use_once, int).detach()  # the first one has the end of the process changed
    for name, use in FIRST_USES.items():
        if name in new:
            with contextlib.suppress(Exception):  # what is broken the notebook that needs it says
                use()


def _draw() -> None:
    from helpers.desk.rehearsal import rehearse

    rehearse()


def _make_paths() -> None:
    made = sys.modules["matplotlib.path"].Path
    made.unit_circle()
    made.unit_rectangle()


def _check_a_table() -> None:
    pandas, pandera = sys.modules["pandas"], sys.modules["pandera.pandas"]
    schema = pandera.DataFrameSchema({"a": pandera.Column(str)})
    schema.validate(pandas.DataFrame({"a": ["a"]}))


def _store_a_table() -> None:
    pandas, stored = importlib.import_module("pandas"), io.BytesIO()
    pandas.DataFrame({"a": ["a", None], "b": [1, 2]}).to_parquet(stored)
    pandas.read_parquet(stored)["a"].isna()
    arrow = importlib.import_module("pyarrow")
    arrow.array(["a"]).cast(arrow.large_string()).is_null()


def _find_backends() -> None:
    """Matplotlib puts a class in the place of its name when a format is first written."""
    for file_format in ("png", "svg", "pdf"):
        sys.modules["matplotlib.backend_bases"].get_registered_canvas_class(file_format)


def _call(module: str, name: str) -> None:
    getattr(sys.modules[module], name)()


FIRST_USES: dict[str, Callable[[], object]] = {
    "helpers.desk.figures": _draw,
    "helpers.drawing.fonts": partial(_call, "helpers.drawing.fonts", "register"),
    "matplotlib.backend_bases": _find_backends,
    "matplotlib.path": _make_paths,
    "pandera.pandas": _check_a_table,
    "pyarrow.lib": _store_a_table,
    "PIL.Image": partial(_call, "PIL.Image", "preinit"),
    "pandas.util._exceptions": partial(_call, "pandas.util._exceptions", "find_stack_level"),
}
