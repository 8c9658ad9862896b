"""Everything wrong with an input, collected: where, what was found, what is expected, how to mend.

A reader adds problems as it goes and raises them together at the end, so that an analyst mends
a file once and not twelve times.
"""

import difflib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

# A run tells its kernels in which language an error of the input is to be said.
LANG_VARIABLE = "CITYPROMO_LANG"


@dataclass(frozen=True)
class Said:
    """A word or a sentence in both languages; as text it is the Japanese one."""

    ja: str
    en: str

    def __str__(self) -> str:
        return self.ja

    def of(self, lang: str) -> str:
        """The text in one language."""
        return self.en if lang == "en" else self.ja


class Unfit(ValueError):
    """A value that does not fit, in a sentence of either language."""

    def __init__(self, ja: str, en: str):
        super().__init__(ja)
        self.said = Said(ja, en)


@dataclass(frozen=True)
class Problem:
    """One thing wrong.

    Attributes:
        where: file, sheet and cell, or notebook and heading, as a person would look it up.
        found: what is there.
        expected: what should be there.
        remedy: what to do about it.
        severity: ``error`` stops the run, ``warning`` does not.
        en: the same in one English sentence, where the message has one.
        rule: the Digital Agency's machine-readability rule that it breaks (``L1-09``), if any.
        kind: the message that it was made from: what it has in common with others of its cause.
        cells: all cells of its column where the same is wrong, if several; see ``gathered``.
    """

    where: str
    found: str
    expected: str = ""
    remedy: str = ""
    severity: str = "error"
    en: str = ""
    rule: str = ""
    kind: str = ""
    cells: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line: ``where: found。expected。→ remedy``."""
        parts = [f"{self.where}: {self.found}{self._elsewhere('（同じ列に全 {} 件: {}）', '、')}"]
        if self.expected:
            parts.append(f"正しくは{self.expected}")
        line = "。".join(part.rstrip("。") for part in parts) + "。"
        return f"{line} → {self.remedy.rstrip('。')}。" if self.remedy else line

    def text(self, lang: str = "ja") -> str:
        """The line in one language; Japanese where nobody has said it in English."""
        if lang != "en" or not self.en:
            return str(self)
        what, arrow, remedy = self.en.partition("→")
        more = self._elsewhere(" ({} in this column: {})", ", ")
        what = what.rstrip().removesuffix(".") + f"{more}. " if more and arrow else what + more
        return f"{self.where}: {what}{arrow}{remedy}"

    def _elsewhere(self, form: str, comma: str) -> str:
        """How often the same is wrong in the column, and the first three cells of it."""
        if not self.cells:
            return ""
        shown = comma.join(self.cells[:SHOWN]) + ("…" if len(self.cells) > SHOWN else "")
        return form.format(f"{len(self.cells):,}", shown)


SHOWN = 3
"""So many cells are named where one cause spoils more of a column."""
_CELL = re.compile(r"(?P<sheet>.*[ !])(?P<column>[A-Z]{1,3})(?P<row>\d+)(?P<heading>（.*）)?", re.S)


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """One cause, one line: problems of one message and one column are said at the first of them."""
    kept: list[Problem] = []
    first: dict[tuple[str, ...], int] = {}
    cells: dict[int, dict[str, None]] = {}  # by the first of a column: its cells, in order
    for problem in problems:
        match = _CELL.fullmatch(problem.where) if problem.kind else None
        if match is None:
            kept.append(problem)
            continue
        key = (problem.kind, problem.severity, match["sheet"], match["column"])
        at, cell = first.setdefault(key, len(kept)), match["column"] + match["row"]
        if at == len(kept):
            cells[at] = dict.fromkeys([cell, *problem.cells])
            kept.append(problem)
        elif cell not in cells[at]:
            cells[at] |= dict.fromkeys([cell, *problem.cells])
        elif problem.found != kept[at].found:  # something else about the same cell
            kept.append(problem)
    for at, column in cells.items():
        if len(column) > 1:
            kept[at] = replace(kept[at], cells=tuple(column))
    return kept


@dataclass(frozen=True)
class Message:
    """What can be wrong, in both languages; its ``{words}`` are filled in where it happens."""

    found: str
    expected: str = ""
    remedy: str = ""
    en: str = ""
    severity: str = "error"
    rule: str = ""

    def at(self, where: str, **words: object) -> Problem:
        """The problem at a place; a word that is ``Said`` comes in the language of its text."""
        texts = (self.found, self.expected, self.remedy)
        found, expected, remedy = (text.format_map(words) for text in texts)
        english = {k: word.en if isinstance(word, Said) else word for k, word in words.items()}
        en = self.en.format_map(english)
        return Problem(where, found, expected, remedy, self.severity, en, self.rule, self.found)


class InputError(Exception):
    """The inputs are wrong and a person must act; its text is the problems, one a line."""

    def __init__(self, problems: Problem | Iterable[Problem]):
        self.problems = gathered([problems] if isinstance(problems, Problem) else problems)
        super().__init__(self.text(os.environ.get(LANG_VARIABLE, "ja")))

    def text(self, lang: str = "ja") -> str:
        """The problems in one language, one a line."""
        return "\n".join(problem.text(lang) for problem in self.problems)

    def __reduce__(self) -> tuple[type["InputError"], tuple[list[Problem]]]:
        """Pickle with the problems, so that the error crosses process borders whole."""
        return type(self), (self.problems,)

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows instead of a traceback: the sentences alone."""
        return str(self).splitlines()


class Problems:
    """A list that grows while a file is read, and is raised as one error.

    What comes out is gathered: one cause, one line.
    """

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(
        self,
        where: str,
        found: str,
        expected: str = "",
        remedy: str = "",
        severity: str = "error",
    ) -> None:
        """Note one thing wrong and go on."""
        self._problems.append(Problem(where, found, expected, remedy, severity))

    def note(self, problem: Problem) -> None:
        """Note a problem that a message has made."""
        self._problems.append(problem)

    def extend(self, others: Iterable[Problem]) -> None:
        """Note the problems that another reader found."""
        self._problems.extend(others)

    def replace(self, others: Iterable[Problem]) -> None:
        """Take other problems in the place of all that were noted."""
        self._problems = list(others)

    def __iter__(self) -> Iterator[Problem]:
        return iter(gathered(self._problems))

    def __len__(self) -> int:
        return len(gathered(self._problems))

    def stop_if_any(self) -> None:
        """Raise all errors together; warnings alone raise nothing.

        Raises:
            InputError: at least one problem is an error.
        """
        errors = [problem for problem in self._problems if problem.severity == "error"]
        if errors:
            raise InputError(errors)


def described(text: str, known: Iterable[str] = ()) -> Said:
    """What stands in a respondent's cell: its kind and length, and the text only if it is a code.

    A name or a telephone number that slipped into a column of answers must not be in a message.

    Args:
        text: as in the file.
        known: codes and words that the codebook knows.
    """
    clean = text.strip()
    if clean in known:
        return Said(f"「{clean}」", f"“{clean}”")
    if not clean:
        return Said("空のセル", "an empty cell")
    digits = clean.removeprefix("-").removeprefix("−")
    if digits.isdigit():
        kind = Said("負の数", "negative number") if digits != clean else Said("数", "number")
        return Said(f"{len(digits)}桁の{kind.ja}", f"a {kind.en} of {len(digits)} digits")
    return Said(f"{len(clean)}文字の文字列", f"a text of {len(clean)} characters")


def nearest(word: str, known: Iterable[str]) -> str:
    """The remedy for a name that is not known: ``「yeer」は「year」ですか``, or the known ones."""
    return near(word, known).ja


def near(word: str, known: Iterable[str]) -> Said:
    """The same in both languages."""
    choices = [str(name) for name in known]
    close = difflib.get_close_matches(str(word), choices, n=1, cutoff=0.5)
    if close:
        ja = f"「{close[0]}」の誤りではないか確かめてください"
        return Said(ja, f"is “{close[0]}” meant?")
    shown = listed(choices)
    return Said(f"使えるのは {shown.ja} です", f"there are: {shown.en}")


def listed(names: Iterable[str], most: int = 12) -> Said:
    """Names in a sentence, the first of them where there are many."""
    shown = list(names)
    more = "…" if len(shown) > most else ""
    english = ", ".join(f"“{name}”" for name in shown[:most])
    return Said("、".join(shown[:most]) + more, english + more)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun in English: ``1 error``, ``2 errors``, ``1,234 entries``.

    Args:
        number: how many.
        noun: for one of them.
        plural: for several, where it is not the noun with an s.
    """
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
