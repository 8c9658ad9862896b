"""What can be wrong with a raw file."""

from helpers.problems import Message

NO_FILE = Message(
    "ファイルがありません",
    remedy="このフォルダーに置いてください{near}",
    en="file not found. → put it in this folder{near}",
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
    en="seems to be open in Excel (“~${name}”). → save and close it; unsaved changes are not read",
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
    en="would unpack to {size} MB (“{part}”), so it is not read. → ask its maker; copy the sheet "
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
    "links to another file (“{target}”), so it is not read. → break the link in Excel and save",
)
LEFTOVER_LINK = Message(
    "ほかのファイルへのリンク（{target}）が残っていますが、どの数式も使っていません（読みました）",
    remedy="Excel の「データ」→「リンクの編集」→「リンクの解除」で消せます",
    en="a link to another file (“{target}”) is left over, but no formula uses it (read all the "
    "same). → break the link in Excel",
    severity="warning",
)
TOO_LARGE = Message(
    "大きすぎて読みません（{size}）",
    "{limit} まで",
    "必要な列と行だけを新しいファイルに写してください",
    "too large to be read ({size}; at most {limit}). → copy the rows and columns that you need "
    "into a new file",
)
BEYOND_EXCEL = Message(
    "セルの番地「{cell}」は Excel の範囲（XFD1048576 まで）の外です。壊れているので読みません",
    remedy="Excel で開けるか確かめ、必要なシートだけを新しいブックに写してください",
    en="the cell “{cell}” is beyond the limits of Excel (XFD1048576): a damaged file, not read. → "
    "see whether Excel opens it; copy the sheet that you need into a new workbook",
)
STRANGE_CHARACTER = Message(
    "「{text}」の{why}",
    en="in “{text}”: {why}. → mend the text",
)
NO_SHEET = Message(
    "シート「{sheet}」がありません",
    "{sheets} のどれか",
    "{remedy}",
    "no sheet “{sheet}”; there are: {sheets}. → {remedy}",
    rule="L3-07",
)
NO_ENCODING = Message(
    "UTF-8 でも Shift_JIS（CP932）でもない文字があります",
    remedy="Excel の「名前を付けて保存」で「CSV UTF-8」を選んでください",
    en="neither UTF-8 nor CP932. → save as “CSV UTF-8” in Excel",
    rule="L3-08",
)
LOST_CHARACTERS = Message(
    "文字化けしています（{found}）",
    remedy="元のファイルから「CSV UTF-8」で保存し直してください（この文字は戻せません）",
    en="characters were lost ({found}). → save the original again as “CSV UTF-8”",
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
