"""One's own city: notebooks opened by hand work on the edition that ``citypromo use`` chose here.

The choice lies in ``.chosen``, which git ignores. This module is also an IPython extension: in
a kernel it replaces the values in the parameters cell (the literals of ``city: str = …`` and
``fiscal_year: int = …``) before the cell runs, so that no cell can read others, and the file
stays as it is. Runs are told what to work on; nbval and tests hold the sample city: these
ignore it, and so do the plain assignments that papermill injects. Kernels load it as they
start, so nothing slow is imported before there is a choice.
"""

import ast
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.places import RUN_VARIABLE, project_root
from helpers.problems import InputError, Message, Said

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from helpers.edition import Edition

# pytest tells every process that it starts, nbval's kernels too.
TESTED = "PYTEST_VERSION"
PARAMETERS = ("city", "fiscal_year")
# Read by every kernel of this environment: JupyterLab's, VS Code's, nbclient's.
HOOK = Path("etc", "ipython", "ipython_kernel_config.py")
HOOK_TEXT = """\
# Made by `citypromo use`: notebooks opened by hand work on the city and year chosen with it.
get_config().InteractiveShellApp.extensions.append("helpers.chosen")  # noqa: F821
"""
WORKS_ON = Said(
    "{chosen} で動きます（citypromo use で選んだ年度版。セルの値 {written} は使いません）。"
    "やめるには: citypromo use --none",
    "Works on {chosen}, chosen by “citypromo use”, not on {written} of the cell. "
    "To undo: citypromo use --none",
)
NO_CHOICE = Message(
    "「{found}」は読めません",
    "市と年度（isehara 2024）",
    "citypromo use で選び直してください",
    en="cannot read “{found}”: a city and a year are expected (isehara 2024). "
    "→ choose again with “citypromo use”",
)
NOT_IN_FORCE = Message(
    "citypromo use で選んだ {chosen} が、この Python のノートブックではまだ効いていません",
    remedy="citypromo use を実行し、カーネルを再起動してください",
    en="{chosen}, chosen by “citypromo use”, is not yet in force in notebooks of this Python. "
    "→ run “citypromo use” and restart the kernel",
)
NO_HOOK = Message(
    "この Python のノートブックに知らせるファイルを書けません（{why}）",
    remedy="書き込める場所に作った環境（.venv）の citypromo で選んでください",
    en="cannot write the file that tells the notebooks of this Python ({why}). "
    "→ choose with the citypromo of an environment that you may write to (.venv)",
)


def choice_file() -> Path:
    """Where the choice of this copy of the project is kept."""
    return project_root() / ".chosen"


def chosen() -> "Edition | None":
    """The edition that was chosen here, if any.

    Raises:
        InputError: the file is broken, or there is no such edition (any more).
    """
    path = choice_file()
    if not path.exists():
        return None
    found = path.read_text(encoding="utf-8-sig", errors="replace")
    if len(words := found.split()) != 2:
        raise InputError(NO_CHOICE.at(str(path), found=found.strip()))
    from helpers.edition import Edition

    return Edition.open(*words)


def choose(city: str, fiscal_year: int | str) -> "Edition":
    """Choose an edition for the notebooks opened by hand in this copy of the project.

    Raises:
        InputError: there is no such edition, its configuration is wrong, or this environment
            cannot be told; what was chosen before stays.
    """
    from helpers.edition import Edition

    edition = Edition.open(city, fiscal_year)
    tell_kernels()
    choice_file().write_text(f"{edition.id}\n", encoding="utf-8", newline="\n")
    return edition


def choose_none() -> None:
    """Work on what the parameters cells say again."""
    choice_file().unlink(missing_ok=True)


def tell_kernels() -> None:
    """See to it that the kernels of this environment load the extension.

    Raises:
        InputError: the environment cannot be written to.
    """
    path = Path(sys.prefix) / HOOK
    try:
        if not path.exists() or HOOK_TEXT not in (text := path.read_text(encoding="utf-8")):
            path.parent.mkdir(parents=True, exist_ok=True)
            before = text if path.exists() else ""
            path.write_text(before + HOOK_TEXT, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(NO_HOOK.at(str(path), why=error.strerror or str(error))) from None


def by_hand() -> bool:
    """Whether neither a run nor a test has started this process."""
    return not (os.environ.get(RUN_VARIABLE) or os.environ.get(TESTED))


def hold_choice(city: str, fiscal_year: int | str) -> None:
    """Refuse to work by hand on the cell's own values where another edition was chosen.

    Raises:
        InputError: a choice was made, and the kernel did not replace the parameters by it.
    """
    shell = _shell()
    if shell is None or not by_hand() or any(isinstance(t, _Replacing) for t in _hooks(shell)):
        return
    if choice := chosen():
        raise InputError(NOT_IN_FORCE.at(f"{city} {fiscal_year}", chosen=choice.id))


def load_ipython_extension(shell: "InteractiveShell") -> None:
    """Called by IPython in a kernel as it starts."""
    _hooks(shell).append(_Replacing())


def _shell() -> "InteractiveShell | None":
    """The kernel that this process is, if it is one."""
    if "ipykernel" not in sys.modules or "IPython" not in sys.modules:
        return None
    from IPython.core.getipython import get_ipython

    return get_ipython()


def _hooks(shell: "InteractiveShell") -> list[Any]:
    return shell.ast_transformers


class _Replacing:
    """What IPython hands each cell to before it runs."""

    def visit(self, cell: ast.Module) -> ast.Module:
        """The cell, with the chosen values in the place of those it declares."""
        declared = {
            line.target.id: line.value
            for line in cell.body
            if isinstance(line, ast.AnnAssign)
            and isinstance(line.target, ast.Name)
            and isinstance(line.value, ast.Constant)
        }
        if not by_hand() or not declared.keys() >= set(PARAMETERS):
            return cell
        try:
            choice = chosen()
        except InputError as error:
            raise _rejected(error) from None
        if choice is None:
            return cell
        written = " ".join(str(declared[name].value) for name in PARAMETERS)
        english = "lang" in declared and declared["lang"].value == "en"
        for name in PARAMETERS:
            declared[name].value = getattr(choice, name)
        sentence = WORKS_ON.en if english else WORKS_ON.ja
        print(sentence.format(chosen=choice.id, written=written))
        return cell


def _rejected(error: InputError) -> Exception:
    """The error as IPython takes it from here: the cell does not run, the sentence is shown."""
    from IPython.core.error import InputRejected

    class Rejected(InputRejected):
        def _render_traceback_(self) -> list[str]:
            return error._render_traceback_()

    return Rejected(str(error))
