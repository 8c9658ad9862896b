"""A vendor's layout sheet: which column is which question, and what its codes mean.

No two vendors head its columns alike. They are known by their words; the choices of a question
stand in rows of their own below it, or all in one cell.
"""

import re
from dataclasses import replace
from pathlib import Path

from helpers.problems import InputError, Message, listed
from helpers.reading.cell import plain
from helpers.reading.files import Cells, read_bytes, read_cells
from helpers.reading.spss import Variable, sav_variables

NO_LAYOUT = Message(
    "レイアウト表の見出しが見つかりません",
    "列の名前（{names}）と、設問文か選択肢の見出し",
    "見出しの言葉を確かめてください。回答データの .sav なら、そのファイルを指定してください",
    "no heading of a layout sheet is found: one of “{names}”, and one of the question's text or "
    "choices. → see what the columns are called; of answers in .sav name that file",
)

_HEADS = {
    role: tuple(words.split())
    for role, words in {
        "name": "変数名 変数 列名 カラム名 カラム フィールド名 項目名 データ項目名 variable",
        "kind": "回答形式 設問形式 形式 種別 回答種別 設問種別 タイプ type",
        "code": "選択肢番号 選択肢no コード 値 カテゴリ番号 回答番号 番号 code value",
        "words": "選択肢 選択肢文 選択肢内容 値ラベル カテゴリ カテゴリー コード内容 回答内容",
        "text": "設問文 質問文 設問内容 質問内容 設問 質問 変数ラベル ラベル 内容 question",
    }.items()
}
_SIGN = r"\s*[.:：．、)）=＝]\s*"
_CHOICE = re.compile(rf"(\d+){_SIGN}([^\d\s].*?)(?=[\s,;、/／]*\d+{_SIGN}|$)", re.S)
_KINDS = {
    "SA": ("SA", "単一回答", "単数回答", "択一"),
    "MA": ("MA", "複数回答", "複数"),
    "FA": ("FA", "OA", "自由回答", "自由記述", "文字"),
    "NA": ("NA", "数値回答", "数値", "数量"),
}
_SEARCHED = 30


def read_layout(path: Path, sheet: str | None = None) -> list[Variable]:
    """What a .sav file, or a layout sheet in Excel or CSV, says of the columns of a survey.

    Raises:
        InputError: it is neither, or cannot be read.
    """
    if path.suffix.lower() == ".sav":
        return sav_variables(path, read_bytes(path)[0])
    cells = read_cells(path, sheet)
    rows = [_heads(row) for row in cells.values[:_SEARCHED]]
    top = max(range(len(rows)), key=lambda row: len(rows[row]), default=0)
    heads = rows[top] if rows else {}
    if "name" not in heads or not heads.keys() & {"text", "words"}:
        raise InputError(NO_LAYOUT.at(cells.where(0, 0), names=listed(_HEADS["name"][:4])))
    return _variables(cells, top + 1, heads)


def _heads(row: list[str]) -> dict[str, int]:
    """Which column of a row is which, by its words; the exact word first."""
    texts = [plain(text).lower() for text in row]
    found: dict[str, int] = {}
    for role, words in _HEADS.items():
        for word in words:
            at = next((i for i, text in enumerate(texts) if text == word), None)
            if at is not None and at not in found.values():
                found[role] = at
                break
    return found


def _variables(cells: Cells, first: int, heads: dict[str, int]) -> list[Variable]:
    """A variable begins where it is named; rows without a name are choices of the one above."""
    found: list[Variable] = []
    for row in cells.values[first:]:
        held = {role: row[at] for role, at in heads.items()}
        name = held["name"]
        if name and not (found and found[-1].name == name):
            several = ""
            kind = _kind(held.get("kind", ""))
            found.append(Variable(name, held.get("text", ""), {}, (), kind, several))
        if not found:
            continue
        answers = (
            {plain(held["code"]): held["words"]} if held.get("code") and held.get("words") else {}
        )
        if not answers and held.get("words"):
            answers = {code: words.strip() for code, words in _CHOICE.findall(held["words"])}
        found[-1] = replace(found[-1], answers=found[-1].answers | answers)
    return found


def _kind(text: str) -> str:
    clean = plain(text).upper()
    return next((kind for kind, words in _KINDS.items() if clean.startswith(words)), "")
