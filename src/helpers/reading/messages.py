"""What can be wrong with a raw file or a table, said once, in Japanese and in English.

Rule ids are those of the Digital Agency's rules for machine readability.
"""

from helpers.problems import Message

# --- the file -----------------------------------------------------------------------------
NO_FILE = Message(
    "ファイルがありません",
    remedy="このフォルダーに置いてください{near}",
    en="file not found. → put it in this folder{near_en}",
)
EMPTY_FILE = Message(
    "ファイルが空です",
    remedy="もう一度もらってください",
    en="the file is empty. → ask for it again",
)
LOCK_FILE = Message(
    "Excel が開いている間だけ作る一時ファイルです",
    "「~$」の付かないファイル",
    "Excel を閉じ、edition.yml の file を直してください",
    "a temporary file of Excel (~$). → close Excel and name the real file in edition.yml",
)
OPEN_IN_EXCEL = Message(
    "Excel で開いたままのようです（~${name} があります）",
    remedy="保存して閉じてから実行してください。保存前の変更は読まれません",
    en="seems to be open in Excel (~${name}). → save and close it; unsaved changes are not read",
    severity="warning",
)
NOT_A_TABLE = Message(
    "中身は {found} で、表のファイルではありません（名前は {suffix}）",
    "xlsx、xls、ods、CSV のどれか",
    "Excel で開き、「名前を付けて保存」で「Excel ブック (.xlsx)」にしてください",
    "its content is {found}, not a table (named {suffix}). → open it in Excel, save as .xlsx",
)
OTHER_KIND = Message(
    "名前は {suffix} ですが、中身は {found} です（中身のとおりに読みました）",
    remedy="拡張子を中身に合わせると、Excel の警告が出なくなります",
    en="named {suffix} but its content is {found} (read as that). → rename it",
    severity="warning",
)
TRUNCATED = Message(
    "途中で切れているか、壊れていて読めません（{why}）",
    remedy="もらい直すか、Excel で開けるか確かめて保存し直してください",
    en="truncated or damaged ({why}). → ask for it again, or open it in Excel and save it anew",
)
PASSWORD = Message(
    "パスワードで保護されています",
    remedy="Excel で開き、「情報」→「ブックの保護」でパスワードを外して保存し直してください",
    en="protected by a password. → remove the password in Excel and save again",
)
BOMB = Message(
    "開くと {size} MB になる異常な圧縮ファイルなので、読みません（{part}）",
    remedy="作った人に確かめ、必要なシートだけを新しいブックに写してください",
    en="would unpack to {size} MB ({part}), so it is not read. → ask its maker; copy the sheet "
    "that you need into a new workbook",
)
TOO_WIDE = Message(
    "離れたセルに値があり、表が {rows} 行 × {columns} 列に広がっています",
    "{limit} セルまで",
    "このセルの値を消して保存し直してください",
    "a value far away makes the sheet {rows} × {columns}. → delete this cell and save",
)
EXTERNAL_LINK = Message(
    "ほかのファイルへのリンク（{target}）があるので、読みません",
    "値だけのブック",
    "Excel の「データ」→「リンクの編集」→「リンクの解除」で値に変えて保存し直してください",
    "links to another file ({target}), so it is not read. → break the link in Excel and save",
)
NO_SHEET = Message(
    "シート「{sheet}」がありません",
    "{sheets} のどれか",
    "{remedy}",
    "no sheet {sheet}; there are: {sheets}. → {remedy_en}",
    rule="L3-07",
)
NO_ENCODING = Message(
    "UTF-8 でも Shift_JIS（CP932）でもない文字があります",
    remedy="Excel の「名前を付けて保存」で「CSV UTF-8」を選んでください",
    en="neither UTF-8 nor CP932. → save as “CSV UTF-8” in Excel",
    rule="L3-08",
)
LOST_CHARACTERS = Message(
    "文字化けしています（「{text}」）",
    remedy="元のファイルから「CSV UTF-8」で保存し直してください（この文字は戻せません）",
    en="characters were lost (“{text}”). → save the original again as “CSV UTF-8”",
    rule="L3-08",
)
UNCLOSED_QUOTE = Message(
    '引用符「"」が閉じていません（{why}）',
    remedy='この行の「"」を対にするか、Excel から保存し直してください',
    en="a quote is not closed ({why}). → pair the quotes of this row, or save again from Excel",
)
SHORT_ROW = Message(
    "この行は {found} 列で終わっています",
    "{expected} 列",
    "途中で切れていないか確かめ、もらい直してください",
    "this row ends after {found} columns, not {expected}. → see whether the file was cut off",
)
# --- the sheet ----------------------------------------------------------------------------
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
    en="{count} hidden rows or columns ({shown}; read all the same). → unhide or delete them",
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
# --- the table ----------------------------------------------------------------------------
NO_COLUMN = Message(
    "{place} の列「{names}」がありません{shapes}",
    remedy="{near}。列名が変わったなら edition.yml の tables.{table}.{place} を次の1行にしてくだ"
    "さい: {line}",
    en="no column {names} ({place}){shapes_en}. → if it was renamed, the one line for {place} "
    "of tables.{table} in edition.yml is: {line}",
    rule="L3-07",
)
DUPLICATE_COLUMN = Message(
    "「{names}」という見出しの列が {count} つあります（{cells}）",
    "1つ",
    "edition.yml の tables.{table}.{place} に、上の段から「{full}」のように書くか、"
    "「{names}#2」（2つ目）のように書いてください",
    "{count} columns are headed {names} ({cells}). → write all levels of the heading, or "
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
    "“{text}” is not a year. → write it as 2025, 令和7年 or R7; if the row is a note, use "
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
    "a date, {text}, where a number should be. → type the number again",
    rule="L2-01",
)
DATE_FOR_GROUP = Message(
    "「{text}」と、区分が日付に変わっています",
    "「{guess}」のような区分",
    "Excel で列を「文字列」にしてから「{guess}」と入れ直してください",
    "Excel made a date, {text}, of a class. → format the column as text and type {guess} again",
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
    "{year} {group} {item} is given twice (first at {first}). → if they differ in definition, "
    "name the column that tells them apart as group in edition.yml",
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
    en="the city code {text} has lost its zero (read as {code}). → format the column as text",
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
MIXED_YEARS = Message(
    "「年」と「年度」が混ざっています（{other} は「{text}」）",
    "どちらか一方",
    "暦年と年度は期間が違います。系列を分けてください",
    "年 (calendar) and 年度 (fiscal) in one series ({other} says {text}). → separate them",
    severity="warning",
    rule="L3-05",
)
# --- printed tables -----------------------------------------------------------------------
NO_HEADER = Message(
    "{found}",
    "{header}",
    "1行目の見出しを直してください",
    "the first row is not the heading {header}. → mend the first row",
    rule="L3-07",
)
NO_PRINTED_TABLE = Message(
    "表「{name}」は edition.yml の printed_tables にありません",
    remedy="{near}",
    en="the table {name} is not in printed_tables of edition.yml. → add it, or mend the name",
)
NO_LABEL = Message(
    "見出し「{text}」は edition.yml のこの表にありません",
    remedy="{near}",
    en="the label {text} is not described in edition.yml. → add it, or mend the label",
)
NO_KEY = Message(
    "この数値の {missing} が edition.yml から決まりません",
    remedy="edition.yml の printed_tables の、表か行か列に書き足してください",
    en="edition.yml does not say the {missing} of this number. → add it to its table or label",
)
NOT_AS_PRINTED = Message(
    "{why}",
    "印刷どおりの数値（例: 72.5%、−8、15,138人）",
    "文書の印刷と見比べてください",
    "“{text}” is not a number as printed (72.5%, −8, 15,138人). → compare with the document",
    rule="L2-01",
)
NO_SHARE = Message(
    "割合「{text}」が 0〜100 の外です",
    "0〜100 の割合",
    "文書の印刷と見比べてください",
    "the share {text} is outside 0–100. → compare with the document",
)
CONTRADICTION = Message(
    "「{text}」: 同じ数値が「{other}」（{first}）とも書かれています",
    "同じ数値",
    "どちらが正しいか、文書で確かめてください",
    "{text}: the same number is given as {other} at {first}. → see which one is right",
)
