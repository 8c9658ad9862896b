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
    "年度を書くか、合計や注記の行なら edition.yml の tables.{table} に {line} と書いてください",
    "“{text}” is not a year. → write it as 2025 or R7; if the row is a total or a note, write "
    "“{line}” at tables.{table}",
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
NO_HEADING = Message(
    "tables.{table} に書かれた見出し（{names}）が1つもありません（あるのは {shown}）",
    remedy="別の表のファイルかシートではないか、header_rows が合っているか確かめてください",
    en="not one of the headings of tables.{table} (“{names}”) is here; there are: “{shown}”. → see "
    "whether it is another file or sheet, and whether header_rows fits",
)
PROVISIONAL = Message(
    "「{text}」の数値は確定していません（{mark}）",
    remedy="確定したら差し替え、図や文では「{mark}」と断ってください",
    en="the numbers of “{text}” are not final. → replace them when they are, and say so beside "
    "figures and in sentences",
    severity="warning",
)
NO_GROUP = Message(
    "区分の名前が空か、記号だけです",
    remedy="区分の名前を入れるか、合計や注記の行なら edition.yml の tables.{table} に {line} と"
    "書いてください",
    en="the group has no name. → name it; if the row is a total or a note, write “{line}” at "
    "tables.{table}",
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
    "この行が合計や注記なら、edition.yml の tables.{table} に {line} と書いてください。市区町村の"
    "行なら、元の表の団体コードを入れてください",
    "“{text}” is no city code (5 or 6 digits). → if the row is a total or a note, write “{line}” "
    "at tables.{table}; if it is a city's, add its code",
)
NO_OWN_ROW = Message(
    "団体コード {code} の行がありません",
    remedy="市の行が入った表か確かめてください（edition.yml の code は {code}）。ほかの地域の数値を"
    "使うなら tables.{table} に area: 団体コード と書きます",
    en="no row with the city code {code}. → see whether the table holds the city; to read another "
    "area’s numbers, write area: and its code in tables.{table}",
)
LEFT_OUT = Message(
    "「{names}」の列がないので、読みません",
    remedy="要るときは、今の見出しを tables.{table}.columns に書いてください",
    en="there is no column “{names}”; it is left out. → where it is needed, write its heading of "
    "now in tables.{table}.columns",
    severity="warning",
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
UNKNOWN_SYMBOL = Message(
    "「{text}」が何を表すか、ファイルの凡例にも edition.yml にも書かれていません",
    "数値か、意味の分かる記号",
    "edition.yml の tables.{table} に1行足してください: symbols: {{zero: ['{text}']}}（皆無、0）か "
    "symbols: {{unknown: ['{text}']}}（不詳）か symbols: {{hidden: ['{text}']}}（秘匿）",
    "what “{text}” stands for is said neither in the file's legend nor in edition.yml. → add one "
    "line to tables.{table}: symbols: {{zero: ['“{text}”']}}, or unknown, or hidden, for none, not "
    "known, suppressed",
    rule="L2-01",
)
TWO_MEANINGS = Message(
    "記号「{text}」は、ファイルの凡例では {legend}、edition.yml では {own} です",
    "同じ意味",
    "凡例を確かめて、edition.yml の tables.{table}.symbols を直してください",
    "the symbol “{text}” is {legend} by the file's legend, but {own} in edition.yml. → look at the "
    "legend and mend tables.{table}.symbols",
)
STRANGE_UNIT = Message(
    "「{text}」には単位が付いていますが、この列の単位が決まっていないか、違います",
    "数値だけか、列の単位の付いた数値",
    "edition.yml の tables.{table} に1行足してください（例: unit: {{{item}: 人}}）",
    "“{text}” carries a unit, but the unit of its column is not said or is another. → add a line "
    "to tables.{table} in edition.yml, such as unit: {{{item}: persons or “人”}}",
    rule="L2-01",
)
ASK_UNIT = Message(
    "{item} の数値は「{units}」で書かれています。どの単位で使うか決まっていません",
    "edition.yml に使う単位",
    "edition.yml の tables.{table} に次の1行を足してください: unit: {{{item}: {base}}}"
    "（{base} に直して読みます。このままの桁で使うなら {first} と書きます）",
    "the numbers of {item} are given in “{units}”; the unit to use is not described. → add this "
    "line to tables.{table} in edition.yml: “unit: {{{item}: {base}}}” (they are converted; write "
    "“{first}” to use them as they are)",
)
OTHER_UNIT = Message(
    "{item} の単位はファイルでは「{units}」ですが、edition.yml では「{wanted}」です",
    "同じ種類の単位",
    "列が合っているか確かめ、edition.yml の tables.{table}.unit を直してください",
    "the unit of {item} is “{units}” in the file, but “{wanted}” in edition.yml. → see whether it "
    "is the right column; mend tables.{table}.unit",
)
MERGED_NUMBER = Message(
    "1つの数値 {text} が、結合したセル {area} にまたがっています",
    "1つのセルに1つの数値",
    "どの区分の数値か元の表で確かめ、結合を解いて入れ直してください",
    "one number, {text}, is merged over {area}: it belongs to none of them. → find out whose it "
    "is, unmerge the cells and type it again",
    rule="L1-09",
)
BACKWARDS = Message(
    "「{text}」（{year} 年）は、上の行の {before} 年から逆に戻っています",
    "古い順か新しい順の年",
    "元号を付けて書き（例: 令和2年）、打ち間違いがないか確かめてください",
    "“{text}” (read as {year}) runs back from {before} in the row above. → write the era or four "
    "digits, and look for a slip",
    rule="L3-05",
)
JUMPING = Message(
    "「{text}」（{year} 年）は、となりの行の {before} 年から飛んでいます",
    "続いた年",
    "打ち間違いがないか確かめ、元号か4桁の西暦で書いてください",
    "“{text}” (read as {year}) is far from {before} in the next row. → look for a slip; write the "
    "era or four digits",
    rule="L3-05",
)
FUTURE = Message(
    "「{text}」（{year} 年）は、{edition} 年度版より後の年です",
    "{edition} 年度までの実績",
    "打ち間違いがないか確かめてください。将来推計なら edition.yml の tables.{table} に "
    "until: {year} のように最後の年を書いてください",
    "“{text}” (read as {year}) lies after the edition's year, {edition}. → look for a slip; for "
    "projections write the last year at tables.{table} in edition.yml: until: {year}",
    rule="L3-05",
)
FRACTION = Message(
    "{item} が {text} で、{reason}の 100 分の 1 です（% の表示形式の値が、そのまま入っています）",
    "{expected} のような百分率",
    "Excel の表示どおりの数値（{expected}）に直してください",
    "{item} is {text}, a hundredth of {reason} (a cell shown in per cent holds a fraction). → "
    "write the number as it is shown, such as {expected}",
    rule="L2-01",
)
ALL_FRACTIONS = Message(
    "{item} が {text} など、すべて 1 以下です（% の表示形式の値なら、100 分の 1 になっています）",
    remedy="百分率か確かめてください。0.67 が 67% のことなら、67 に直してください",
    en="{item} is {text} and never above 1: perhaps fractions of cells shown in per cent. → if "
    "0.67 means 67 %, write 67",
    severity="warning",
)
HALF_READ = Message(
    "「{names}」が横に {count} 組並んでいますが、そのうちの {read} 組しか読まれません",
    "すべての組",
    "edition.yml の tables.{table} の列名から「#」と番号を外すと、左から順にすべて読みます",
    "“{names}” stands side by side {count} times, but only {read} would be read. → take “#” and "
    "the number off the names in tables.{table}: all are then read from left to right",
)
YEAR_IN_HEADING = Message(
    "「{text}」の数値ですが、edition.yml に年が書かれていないので {edition} 年になってしまいます",
    "数値の年",
    "edition.yml の tables.{table} に次の1行を足してください: year: {year}",
    "these are numbers of “{text}”, but edition.yml names no year, so that they would become "
    "those of {edition}. → add this line to tables.{table} in edition.yml: year: {year}",
    rule="L3-05",
)
