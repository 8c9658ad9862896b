"""What can be wrong with a sheet of a workbook."""

from helpers.problems import Message

HIDDEN_SHEET = Message(
    "隠れたシートです（読みました）",
    remedy="使うシートか確かめ、右クリックの「再表示」で見えるようにしてください",
    en="a hidden sheet (read all the same). → unhide it in Excel",
    severity="warning",
    rule="L1-13",
)
HIDDEN_ROWS = Message(
    "隠れた{kind}が {count} あります（{shown}。読みました）",
    remedy="使う数値か確かめ、「再表示」してください。使わないなら消してください",
    en="{count} hidden {kind} ({shown}; read all the same). → unhide or delete them",
    severity="warning",
    rule="L1-13",
)
UNSOLVED = "（値のない数式）"
"""Stands in a cell whose formula has no stored value, so that whoever reads it names the cell."""

FORMULA_WITHOUT_VALUE = Message(
    "数式の計算結果が保存されていません",
    "数値",
    "Excel で開いて保存し直すと、結果が保存されます",
    "a formula without a stored result. → open the file in Excel and save it",
    rule="L2-01",
)
FORMULA_ERROR = Message(
    "数式のエラー「{text}」です",
    "数値",
    "Excel で数式を直してください。値がないなら「…」を入れてください",
    "a formula error, {text}. → mend the formula; write … where there is no value",
    rule="L2-01",
)
