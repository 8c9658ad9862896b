"""Output control: what of an executed notebook's outputs may be published, by their type alone.

Published are figures that went through ``desk.publish`` and tables that ``desk.look`` or
``desk.save`` gave out; they carry a seal (``helpers.seal``). Whatever else a cell displays, a
frame, a text, an error, stays out, and one line in its place says so. It does not matter what the
notebook has read: nobody can tell from outside.
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from helpers import seal
from helpers.problems import Said

CAP = 2_000_000
"""Characters of output that one cell may have."""

OURS = ("InputError", "DeadKernelError", "CellTimeoutError")
"""Errors whose sentences are ours: they name places, and no text of a respondent."""

NOT_PUBLISHED = Said(
    "この表示（{count} 件）は公開版に載せません。人数や割合の表は desk.look(表) で、"
    "図は desk.publish(図) で載せられます。",
    "What was displayed here ({count}) is not published. Show a table of counts or shares with "
    "desk.look(table), a figure with desk.publish(figure).",
)
TOO_MUCH = Said(
    "このセルの出力は 2 MB を超えたので、残りを捨てました。表や図を小さくしてください。",
    "The output of this cell exceeded 2 MB; the rest was thrown away. Make the table or figure "
    "smaller.",
)
# A word of a message is said if the notebook's own code says it, or if it can be no answer.
_PIECE = re.compile(
    r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|“[^”]*”|「[^」]*」|[A-Za-z_]+|[^\W_][^\s,;(){}\[\]]*|[^\w\s]|_+"
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# Of a traceback: which cell or file, and the line it stopped at.
_PLACE = re.compile(r"^(?:Cell In|File |-+> *\d)")


def control(path: Path, key: str, lang: str = "ja") -> None:
    """Control the outputs of an executed notebook where it lies; a missing file is left alone."""
    if not path.exists():  # the disk was full
        return
    notebook = controlled(json.loads(path.read_text(encoding="utf-8")), key, lang)
    text = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def controlled(notebook: Mapping[str, Any], key: str, lang: str = "ja") -> dict[str, Any]:
    """The executed notebook with those of its outputs that may be published.

    Args:
        notebook: as stored, format 4.
        key: the key that this notebook's kernel was told.
        lang: language of the sentences, ``ja`` or ``en``.
    """
    code = [_text(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    cells = [_controlled_cell(cell, key, lang, code) for cell in notebook["cells"]]
    # The state of widgets is output too.
    metadata = {k: v for k, v in notebook.get("metadata", {}).items() if k != "widgets"}
    return {**notebook, "cells": cells, "metadata": metadata}


def _controlled_cell(
    cell: Mapping[str, Any], key: str, lang: str, code: Iterable[str]
) -> dict[str, Any]:
    if cell["cell_type"] != "code":
        return dict(cell)
    kept: list[dict[str, Any]] = []
    left, size, cut = 0, 0, False
    for output in cell.get("outputs", []):
        if output["output_type"] == "error":
            kept.append(_error(output, code))
        elif seal.fits(output, key):
            size += sum(len(_text(text)) for text in output["data"].values())
            if size > CAP:
                cut = True
                break
            metadata = {k: v for k, v in output["metadata"].items() if k != seal.MARK}
            kept.append({**output, "metadata": metadata})
        else:
            left += 1
            cut |= TOO_MUCH.ja in _text(output.get("text", ""))
    if cut:
        kept.append(_line(TOO_MUCH, lang))
    if left:
        kept.append(_line(NOT_PUBLISHED, lang, left))
    return {**cell, "outputs": kept}


def _line(sentence: Said, lang: str, count: int = 0) -> dict[str, Any]:
    text = (sentence.en if lang == "en" else sentence.ja).format(count=count)
    return {"output_type": "display_data", "data": {"text/plain": text}, "metadata": {}}


def _error(output: Mapping[str, Any], code: Iterable[str]) -> dict[str, Any]:
    """An error with what the code says of it: a message may quote an answer."""
    name, message = str(output["ename"]), str(output["evalue"])
    if name in OURS:
        return dict(output)
    said = without_answers(message, code)
    lines = [_COLOUR.sub("", line) for part in output["traceback"] for line in part.split("\n")]
    places = [line for line in lines if _PLACE.match(line)]
    return {**output, "evalue": said, "traceback": [*places, f"{name}: {said}"]}


def without_answers(message: str, code: Iterable[str]) -> str:
    """The first line of an error's message; what may be a respondent's answer is left out.

    Kept are words that stand in the notebook's code, which is published anyway, and plain words
    of English that are not quoted, which are the library's.

    Args:
        message: what the error says.
        code: the sources of the notebook's code cells.
    """
    written = "\n".join(code)
    line = message.strip().partition("\n")[0]

    def said(match: re.Match[str]) -> str:
        piece = match[0]
        quoted = len(piece) > 1 and piece[0] in "'\"“「"
        inner = piece[1:-1] if quoted else piece
        if len(piece) == 1 and not piece.isalnum():
            return piece
        plain = piece.isascii() and piece.replace("_", "").isalpha()
        return piece if (plain and not quoted) or (inner and inner in written) else "…"

    return _PIECE.sub(said, line)


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


class Cap:
    """Throws away, while a cell is executed, what exceeds the cap; for the client of a kernel.

    The client passes every message of the kernel through ``fitted`` before it processes it.
    """

    def __init__(self) -> None:
        self._cell, self._size, self._told = -1, 0, False

    def fitted(self, message: dict[str, Any], cell: int) -> dict[str, Any]:
        """The message; of what exceeds the cap only a sentence, once a cell.

        Args:
            message: of the kernel's channel of outputs.
            cell: the number of the cell that is executed.
        """
        if cell != self._cell:
            self._cell, self._size, self._told = cell, 0, False
        kind, content = message["msg_type"], message["content"]
        if kind not in ("stream", "display_data", "execute_result", "update_display_data", "error"):
            return message
        self._size += _size(content)
        if self._size <= CAP:
            return message
        if kind == "error":  # the run must learn of it
            short = {
                "evalue": str(content["evalue"])[:1000],
                "traceback": content["traceback"][-1:],
            }
            lines = [line[:1000] for line in short["traceback"]]
            return {**message, "content": {**content, **short, "traceback": lines}}
        if self._told:  # a message that changes nothing
            return _as(message, "status", {"execution_state": "busy"})
        self._told = True
        return _as(message, "stream", {"name": "stderr", "text": f"\n{TOO_MUCH.ja}\n"})


def _as(message: dict[str, Any], kind: str, content: dict[str, Any]) -> dict[str, Any]:
    header = {**message["header"], "msg_type": kind}
    return {**message, "msg_type": kind, "header": header, "content": content}


def _size(content: object) -> int:
    """Characters of all texts in the content of a message."""
    if isinstance(content, Mapping):
        return sum(map(_size, content.values()))
    if isinstance(content, list | tuple):
        return sum(map(_size, content))
    return len(content) if isinstance(content, str) else 8
