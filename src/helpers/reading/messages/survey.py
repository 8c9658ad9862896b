"""What can be wrong with a survey's files, the register beside them, and the codebook."""

from helpers.problems import Message

# --- cells --------------------------------------------------------------------------------
DATE_FOR_CLASS = Message(
    "区分が日付に変わっています（{found}）",
    "{classes} のどれか",
    "Excel で列を「文字列」にしてから貼り直してください（5-9 は日付になります）",
    "Excel made a date of a class ({found}). → format the column as text and paste again; there "
    "are: {classes}",
)
STRANGE_CLASS = Message(
    "{found}があり、codebook の区分ではありません",
    "{classes} のどれか",
    "打ち間違いなら直し、新しい区分なら codebook.yml の classes に足してください",
    "{found} is no class of the codebook; there are: {classes}. → mend it, or add it to "
    "classes in codebook.yml",
)
STRANGE_ANSWER = Message(
    "{found}があり、回答の範囲にありません",
    "{low}〜{high} の整数",
    "原票を確かめて直すか、無回答などの番号なら codebook.yml に書いてください",
    "{found} is no answer to this question (whole numbers from {low} to {high}). → mend it, or "
    "if it stands for no answer, say so in codebook.yml",
)
NO_CLASS = Message("区分が空です", en="the class is empty")
NOT_PERSONS = Message(
    "「{text}」は人数ではありません", "0 以上の整数", en="“{text}” is no count of persons"
)
STRANGE_OPTION = Message(
    "{found}があり、選択肢ではありません",
    "{options} のどれか（いくつかなら「,」か「;」で区切る）",
    "打ち間違いなら直し、新しい書き方なら codebook.yml の options に足してください（* はほか全部）",
    "{found} is no option of this question; there are: {options}. → mend it, or add it to "
    "options in codebook.yml (* for everything else)",
)
TOO_MANY = Message(
    "{name} に {count} 個の回答があります（選べるのは {most} 個まで）",
    remedy="原票を確かめてください。このまま全部を数えます",
    en="{count} answers to {name}, of which {most} could be chosen. → see the form; all of them "
    "are counted",
    severity="warning",
)
NOT_ASKED = Message(
    "{name} を尋ねていない人（asked_if）の回答があります",
    remedy="数えません。尋ねた人の書き方が違うなら、codebook.yml の asked_if を直してください",
    en="an answer to {name} of somebody who was not asked (asked_if). → it is not counted; if the "
    "filter is another, mend asked_if in codebook.yml",
    severity="warning",
)
NOT_A_WEIGHT = Message(
    "{found}は重みではありません",
    "0 より大きい数",
    "委託先に確かめてください。重みのない人は、無作為抽出の回答者ではないかもしれません",
    "{found} is no weight: a number above 0 is needed. → ask the vendor; who has none may not be "
    "of the sample",
)
NO_CLUSTER = Message(
    "調査地点が空です",
    remedy="地点の番号を入れてください（郵送で全域から抽出したなら cluster を消す）",
    en="the place that was drawn is empty. → add it (or take cluster out, if nobody drew places)",
)
# --- columns ------------------------------------------------------------------------------
COLUMN_TWICE = Message(
    "「{name}」に当たる列が {count} つあります",
    "1つ",
    "codebook.yml の columns に、見出しの全体（上の段と下の段）か、「{heading}#2」（2つ目）のように"
    "書いてください",
    "{count} columns fit {name}. → write all levels of the heading, or “{heading}#2” for the "
    "second, at columns in codebook.yml",
)
NO_COLUMN = Message(
    "「{name}」の列がありません（探した見出し:「{headings}」）",
    remedy="codebook.yml の {name} に今年の見出しを足してください。{near}",
    en="no column for {name} (looked for: {headings}). → add this year's heading to {name} in "
    "codebook.yml: {near}",
)
ONE_COLUMN_FOR_TWO = Message(
    "codebook.yml の {other} と {name} が、同じ列を指しています",
    "1つの列に1つの設問",
    "codebook.yml の columns の見出しを、それぞれの列の見出しに直してください",
    "{other} and {name} of codebook.yml are read from the same column. → give each the heading of "
    "its own column",
)
MERGED_ANSWER = Message(
    "回答が、結合したセル {area} にまたがっています",
    "1人に1つのセル",
    "だれの回答か原票で確かめ、結合を解いて入れ直してください",
    "an answer is merged over {area}. → see the forms, unmerge the cells and type it again",
    rule="L1-09",
)
NO_ANSWERS = Message(
    "回答が1つもありません",
    remedy="ファイルを作り直すか、尋ねていないなら codebook.yml の sources から外してください",
    en="not a single answer. → make the file anew; if it was not asked, take it out of sources in "
    "codebook.yml",
)
NO_ZERO = Message(
    "{count} 件の回答に 0 点が1つもありません（1〜10点の設問かもしれません）",
    "0〜10 点の設問",
    "調査票に 0 点があったなら codebook.yml に zero_offered: true と書いてください。"
    "1〜10 点の設問なら修正NPSにできないので、codebook から外してください",
    "not one 0 among {count} answers: perhaps a scale of 1 to 10. → if 0 was on the form, write "
    "zero_offered: true in codebook.yml; a scale of 1 to 10 has no modified NPS: take it out",
)
# --- respondents --------------------------------------------------------------------------
NO_NUMBER = Message(
    "回答者の番号が空です",
    remedy="番号を入れるか、回答者でない行なら消してください（注記なら footer_rows）",
    en="the respondent has no number. → add it; delete a row that is no respondent (footer_rows "
    "for notes)",
)
RESPONDENT_TWICE = Message(
    "同じ回答者が2回あります（1回目は {first}）",
    remedy="原票を確かめ、重なった行を消してください",
    en="the same respondent twice (first at {first}). → see the forms, delete the double row",
)
# --- the register -------------------------------------------------------------------------
MERGED_PERSONS = Message(
    "1つの人数が、結合したセル {area} にまたがっています",
    "1つのセルに1つの人数",
    "どの区分の人数か元の表で確かめ、結合を解いて入れ直してください",
    "one count of persons is merged over {area}. → find out whose it is and unmerge the cells",
    rule="L1-09",
)
NO_REGISTER = Message(
    "住民基本台帳の表が書かれていません", en="the table of the register is not described"
)
NO_REGISTER_COLUMN = Message(
    "「{text}」の列がありません",
    remedy="あるのは {headings}",
    en="no column “{text}”. → there are: {headings}",
)
NO_REGISTER_TABLE = Message(
    "住民基本台帳の表がありません",
    remedy="先に 13_clean_survey を実行してください",
    en="no table of the register. → run 13_clean_survey first",
)
# --- the codebook and the responses ---------------------------------------------------------
NO_CODEBOOK = Message(
    "ファイルがありません",
    remedy="前年度の codebook.yml を写して、変わった列だけ直してください",
    en="file not found. → copy last year's codebook.yml and mend what has changed",
)
RESERVED_NAME = Message(
    "「{name}」という名前の設問や区分は作れません（回答データの列の名前です）",
    remedy="別の名前にしてください",
    en="no question or group can be called {name}: a column of the responses is. → take another",
)
TWO_SAMPLES = Message(
    "別々に抽出した無作為抽出（sample: random）の調査が {count} つあります（{names}）",
    "1つの抽出",
    "同じ抽出の回収方法ちがい（郵送と Web）なら、片方の drawn_with にもう片方の名前を書いて"
    "ください。別の調査なら、年度版を分けてください",
    "{count} random samples that were drawn apart ({names}). → if they are one draw, answered by "
    "post and by web, write drawn_with: and the other's name at one; else make two editions",
)
NO_HEADINGS = Message(
    "codebook.yml の見出し {count} 個が1つもありません（見出しの行には {columns} 列あります）",
    remedy="別のファイルやシートでないか、skip_rows と header_rows が合っているか確かめてください",
    en="not one of the {count} headings of codebook.yml is here (the heading has {columns} "
    "columns). → see whether it is another file or sheet, and skip_rows and header_rows fit",
)
UNKNOWN_NAME = Message("「{name}」が {place} にありません", en="“{name}” is not in {place}")
NO_RESPONSES = Message(
    "回答データがありません",
    remedy="先に 13_clean_survey を実行してください",
    en="no responses. → run 13_clean_survey first",
)
NO_RESPONSES_BEFORE = Message(
    "前年度の回答データがありません",
    remedy="前年度の元データを data/raw に置いて 13_clean_survey を実行してください。"
    "最初の調査なら edition.yml の notebooks から 26_indicators_changes を外してください",
    en="no responses of last year. → put last year's raw files in data/raw and run "
    "13_clean_survey; a first survey has no 26_indicators_changes in edition.yml",
)
UNEXPLAINED = Message(
    "{name} に、回答と無回答の理由の両方がある行か、どちらもない行が {count} あります",
    "どちらか一方",
    en="{name}: {count} rows have both an answer and a reason for none, or neither",
)
UNKNOWN_IN_CODEBOOK = Message(
    "「{name}」は codebook.yml にありません",
    remedy="{near}",
    en="“{name}” is not in codebook.yml. → {near}",
)
