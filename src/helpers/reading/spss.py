"""SPSS files (.sav) as survey vendors deliver them: the answers as codes, and what they document.

Codes are kept as they are: with labels in their place 「10点」 and 10 would be two answers, and
what stands for no answer would be lost.
"""

import io
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.problems import InputError, Message
from helpers.reading.cell import visible

NO_READER = Message(
    "SPSS のファイル（.sav）を読む部品（pyreadstat）がありません",
    remedy="pip install pyreadstat で入れるか、委託先に Excel か CSV とレイアウト表をもらって"
    "ください",
    en="an SPSS file (.sav) needs pyreadstat, which is not installed. → pip install pyreadstat, or "
    "ask the vendor for Excel or CSV with a layout sheet",
)
BROKEN_SAV = Message(
    "SPSS のファイルとして読めません（{why}）",
    remedy="委託先に、UTF-8 の .sav か、CSV とレイアウト表をもらってください",
    en="it cannot be read as an SPSS file ({why}). → ask the vendor for one in UTF-8, or for CSV "
    "with a layout sheet",
)


@dataclass(frozen=True)
class Variable:
    """What a vendor documents of one column.

    Attributes:
        name: its heading in the file of answers.
        text: what was asked.
        answers: code → words.
        missing: codes that stand for no answer.
        kind: ``SA`` one answer, ``MA`` several, ``NA`` a number, ``FA`` free text; else empty.
        several: the question of several answers of which it is one option.
    """

    name: str
    text: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    kind: str = ""
    several: str = ""


def sav_rows(path: Path, content: bytes) -> list[list[str]]:
    """The answers as a sheet of text: names of the variables, and a row a respondent.

    Raises:
        InputError: no pyreadstat, or a file that it cannot read.
    """
    columns, meta = _read(path, content, output_format="dict")
    table = [[_text(value) for value in columns[name]] for name in meta.column_names]
    return [list(meta.column_names), *map(list, zip(*table, strict=True))]


def sav_variables(path: Path, content: bytes) -> list[Variable]:
    """What the file documents of its variables.

    Raises:
        InputError: no pyreadstat, or a file that it cannot read.
    """
    _, meta = _read(path, content, metadataonly=True)
    sets = {
        variable: name.lstrip("$")
        for name, one in (meta.mr_sets or {}).items()
        for variable in one["variable_list"]
    }
    found = []
    for name in meta.column_names:
        labels = meta.variable_value_labels.get(name, {})
        answers = {_text(code): visible(str(words)) for code, words in labels.items()}
        ranges = meta.missing_ranges.get(name, [])
        missing = tuple(code for code in answers if any(_within(code, one) for one in ranges))
        alone = tuple(_text(r["lo"]) for r in ranges if r["lo"] == r["hi"])
        kind = (
            "MA" if name in sets else "FA" if meta.readstat_variable_types[name] == "string" else ""
        )
        text = visible(meta.column_names_to_labels.get(name) or "")
        codes = tuple(dict.fromkeys([*missing, *alone]))
        found.append(Variable(name, text, answers, codes, kind, sets.get(name, "")))
    return found


def _read(path: Path, content: bytes, **options: Any) -> tuple[Any, Any]:
    try:
        import pyreadstat
    except ImportError:
        raise InputError(NO_READER.at(str(path))) from None
    why = ""
    for encoding in (None, "CP932"):  # what old headers call Shift_JIS is not always known
        try:
            # Else what stands for no answer becomes empty, and its ranges are lost.
            found: tuple[Any, Any] = pyreadstat.read_sav(
                io.BytesIO(content), user_missing=True, encoding=encoding, **options
            )
        except (pyreadstat.ReadstatError, UnicodeDecodeError, ValueError) as error:
            why = type(error).__name__
        else:
            return found
    raise InputError(BROKEN_SAV.at(str(path), why=why))


def _text(value: Any) -> str:
    """A code as it is written elsewhere: 1.0 is 1, and no number is nothing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return visible(str(value))


def _within(code: str, ends: dict[str, Any]) -> bool:
    try:
        return float(ends["lo"]) <= float(code) <= float(ends["hi"])
    except ValueError:
        return code == ends["lo"]
