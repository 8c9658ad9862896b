"""What can be wrong with a statistics table."""

from helpers.problems import Message

NO_COLUMN = Message(
    "{place} の列「{names}」がありません{shapes}",
    remedy="{near}。列名が変わったなら edition.yml の tables.{table}.{place} を次の1行にしてくだ"
    "さい: {line}",
    en="no column “{names}” ({place}){shapes}. → if it was renamed, the one line for {place} "
    "of tables.{table} in edition.yml is: “{line}”",
    rule="L3-07",
)
DUPLICATE_COLUMN = Message(
    "「{names}」という見出しの列が {count} つあります（{cells}）",
    "1つ",
    "edition.yml の tables.{table}.{place} に、上の段から「{full}」のように書くか、"
    "「{names}#2」（2つ目）のように書いてください",
    "{count} columns are headed “{names}” ({cells}). → write all levels of the heading, or "
    "“{names}#2” for the second, at tables.{table}.{place} in edition.yml",
    rule="L1-15",
)
MOVED_HEADING = Message(
    "見出しが {found} 行目にあります（読みました）",
    "{expected} 行目",
    "edition.yml の tables.{table} に次の1行を書いてください: skip_rows: {skip}",
    "the heading is in row {found}, not {expected} (read all the same). → in edition.yml, "
    "tables.{table}: skip_rows: {skip}",
    severity="warning",
    rule="L3-07",
)
NOT_A_YEAR = Message(
    "{why}",
    "",
    "この行が注記なら、edition.yml の tables.{table} に footer_rows か leave_out を書いてください",
    "“{text}” is not a year. → write it as 2025 or R7; if the row is a note, use "
    "footer_rows or leave_out of tables.{table}",
    rule="L3-05",
)
NOT_A_NUMBER = Message(
    "「{text}」は数値ではありません",
    "数値か、記号（－ は皆無、… は不詳、x は秘匿）",
    "数値に直すか、この表だけの記号なら edition.yml の tables.{table}.symbols に書いてください",
    "“{text}” is not a number. → mend it, or add the symbol at tables.{table}.symbols",
    rule="L2-01",
)
MISPLACED_COMMA = Message(
    "「{text}」は桁区切りの位置が変です",
    "12,345 のような3桁区切り",
    "桁が落ちていないか、小数点の打ち間違いでないか、元の表で確かめてください",
    "“{text}” has its comma in a wrong place. → look it up in the original",
    rule="L2-01",
)
DATE_FOR_NUMBER = Message(
    "数値のはずが日付「{text}」になっています",
    "数値",
    "Excel でセルの表示形式を「標準」に戻し、元の表の数値を入れ直してください",
    "a date, “{text}”, where a number should be. → type the number again",
    rule="L2-01",
)
DATE_FOR_GROUP = Message(
    "「{text}」と、区分が日付に変わっています",
    "「{guess}」のような区分",
    "Excel で列を「文字列」にしてから「{guess}」と入れ直してください",
    "Excel made a date, “{text}”, of a class. → format the column as text and type “{guess}” again",
    rule="L3-05",
)
NO_GROUP = Message(
    "区分の名前が空です",
    remedy="区分の名前を入れるか、合計や注記の行なら leave_out か footer_rows を書いてください",
    en="the group has no name. → name it, or use leave_out or footer_rows",
    rule="L1-09",
)
TWICE = Message(
    "{year} の「{group}」「{item}」が2回あります（1回目は {first}）",
    "1回",
    "定義の違う数値なら、edition.yml の group に見分ける列を書いてください",
    "{item} of “{group}” in {year} is given twice (first at {first}). → if they differ in "
    "definition, name the column that tells them apart as group in edition.yml",
    rule="L3-07",
)
WRONG_LINES = Message(
    "1つの区分に {found} 行あります",
    "{expected} 行（{lines}）",
    "抜けた行がないか確かめてください",
    "{found} rows where {expected} ({lines}) make one record. → look for a missing row",
)
ZERO_RESTORED = Message(
    "団体コード「{text}」は先頭の 0 が落ちています（「{code}」として読みました）",
    remedy="Excel で列を「文字列」にしてから貼り直してください",
    en="the city code “{text}” has lost its zero (read as “{code}”). → format the column as text",
    severity="warning",
)
NOT_A_CODE = Message(
    "「{text}」は団体コードではありません",
    "5桁か6桁の数字",
    "元の表の団体コードを入れてください",
    "“{text}” is no city code. → 5 or 6 digits",
)
NO_OWN_ROW = Message(
    "団体コード {code} の行がありません",
    remedy="市の行が入った表か確かめてください（edition.yml の code は {code}）",
    en="no row with the city code {code}. → see whether the table holds the city",
)
NO_ROWS = Message(
    "数値の行が1つもありません",
    remedy="シートと skip_rows、footer_rows を確かめてください",
    en="no row of numbers. → check sheet, skip_rows and footer_rows",
)
MIXED_DATES = Message(
    "「{text}」ですが、{other} は「{other_text}」で、基準日が混ざっています",
    "1つの系列に1つの基準日",
    "基準日の違う数値を1つの系列につながず、別の表に分けてください",
    "“{text}”, but {other} says “{other_text}”: two reference dates in one series. → do not join "
    "them; make two tables",
    severity="warning",
    rule="L3-05",
)
MIXED_YEARS = Message(
    "「年」と「年度」が混ざっています（{other} は「{text}」）",
    "どちらか一方",
    "暦年と年度は期間が違います。系列を分けてください",
    "calendar and fiscal years (“年”, “年度”) in one series ({other} says “{text}”). → separate "
    "them",
    severity="warning",
    rule="L3-05",
)
