"""Why a Word or PowerPoint file is not read or not written."""

from helpers.problems import Message

NOT_THERE = Message(
    "ファイルがありません",
    remedy="名前と場所を確かめてください",
    en="there is no such file. → look at its name and folder",
)
UNREADABLE = Message(
    "読めません（{why}）",
    remedy="開いているアプリを閉じてください",
    en="cannot be read ({why}). → close the application that has it open",
)
OLD = Message(
    "古い形式（.doc、.ppt など）のファイルです",
    ".docx か .pptx",
    "Word か PowerPoint で開き、「名前を付けて保存」で新しい形式にしてください",
    en="a file of the old kind (.doc, .ppt). → open it and save it as .docx or .pptx",
)
PASSWORD = Message(
    "パスワードで保護されています",
    remedy="「情報」→「文書の保護」でパスワードを外した写しを使ってください",
    en="protected by a password. → use a copy without the password",
)
STRICT = Message(
    "「Strict Open XML」の形式で保存されています",
    remedy="「Word 文書（.docx）」として保存し直してください",
    en="saved as Strict Open XML. → save it as a plain .docx or .pptx",
)
DAMAGED = Message(
    "壊れていて読めません（{why}）",
    remedy="Office で開けるか確かめ、保存し直してください",
    en="damaged ({why}). → see whether Office opens it, and save it anew",
)
BOMB = Message(
    "開くと異常に大きくなる圧縮ファイルなので、読みません（{part}）",
    remedy="作った人に確かめてください",
    en="unpacks to an unusual size ({part}), so it is not read. → ask its maker",
)
OTHER_KIND = {
    "word": Message(
        "Word の文書ではありません",
        ".docx か .docm",
        "スライドなら citypromo powerpoint を使ってください",
        en="no Word document (.docx, .docm). → for slides use citypromo powerpoint",
    ),
    "powerpoint": Message(
        "PowerPoint のファイルではありません",
        ".pptx か .pptm",
        "Word の文書なら citypromo word を使ってください",
        en="no PowerPoint file (.pptx, .pptm). → for documents use citypromo word",
    ),
}
OPEN = Message(
    "ほかのアプリで開かれています（{lock}）",
    remedy="保存して閉じてから、もう一度実行してください",
    en="open in another application ({lock}). → save and close it, then run this again",
)
EXISTS = Message(
    "同じ名前のファイルがあります",
    remedy="別の名前を付けてください",
    en="there is a file of this name. → choose another name",
)
NOT_WRITTEN = Message(
    "書き込めません（{why}）",
    remedy="フォルダーの場所と空き容量を確かめてください",
    en="cannot be written ({why}). → look at the folder and the free space",
)
NO_REPORT = Message(
    "公開された報告書がありません",
    remedy="先に citypromo run {edition} を実行してください",
    en="there is no published report. → run citypromo run {edition} first",
)
NO_EDITION = Message(
    "どの年度版と比べるか、画像から分かりません",
    remedy="citypromo {command} check FILE CITY YEAR と、市と年度を書いてください",
    en="its pictures do not tell which edition to compare with. → name CITY and YEAR",
)
