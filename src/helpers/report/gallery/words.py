"""The words of the gallery's interface, in both languages; the reader switches between them."""

from html import escape

WORDS = {
    "skip": ("図へ進む", "Skip to the figures"),
    "language": ("English", "日本語"),
    "fictional": (
        "このページの市も数値もすべて架空です（見本）。実在の市の資料に使わないでください。",
        "The city and all numbers on this page are fictional (a sample). Never quote them.",
    ),
    "advice": (
        "Word や PowerPoint には「PNGを保存」してから「挿入」してください。印刷の寸法と、翌年に"
        "差し替えるための印が残ります。「画像をコピー」して貼り付けると、どちらも失われます。",
        "For Word and PowerPoint, save the PNG and insert it: it keeps its printed size and the "
        "mark by which next year's figure replaces it. A copied and pasted picture loses both.",
    ),
    "alone": (
        "PNG（160mm）、SVG、CSV はこのページの中にあります。ほかの形式は、同じ場所の figures "
        "フォルダーにあります。",
        "PNG (160 mm), SVG and CSV are inside this page. The other files are in the folder "
        "“figures” beside it.",
    ),
    "filter": ("図を絞り込む", "Filter the figures"),
    "text": ("言葉", "Words"),
    "section": ("章", "Section"),
    "status": ("前の年度版と比べて", "Against last year's edition"),
    "shown": ("表示している図", "Figures shown"),
    "contents": ("目次", "Contents"),
    "figure": ("図", "Figure "),
    "new": ("新規", "new"),
    "changed": ("更新", "changed"),
    "same": ("数値は同じ", "same numbers"),
    "unknown": ("前の年度版なし", "no earlier edition"),
    "revised": ("前の年度版から改められた数値", "numbers revised since that edition"),
    "png": ("PNGを保存（160mm）", "Save PNG (160 mm)"),
    "svg": ("SVGを保存", "Save SVG"),
    "csv": ("数値のCSVを保存", "Save numbers (CSV)"),
    "beside": ("figures フォルダーの", "In the folder “figures”:"),
    "copy": (
        "画像をコピー（寸法と印は残りません）",
        "Copy picture (loses size and mark)",
    ),
    "copy_alt": ("代替テキストをコピー", "Copy alternative text"),
    "copied": ("コピーしました。", "Copied."),
    "not_copied": (
        "コピーできませんでした。「PNGを保存」を使ってください。",
        "Could not copy. Please save the PNG instead.",
    ),
    "alt": ("代替テキスト（図を文章で）", "Alternative text (the figure in words)"),
    "table": ("数値の表", "Table of the numbers"),
    "rows": ("行", " rows"),
    "key": ("キー", "Key"),
    "claims": ("この図の数値を述べた文", "Sentences that state its numbers"),
    "verdict_false": ("誤り", "False"),
    "verdict_misleading": ("誤解を招く", "Misleading"),
    "verdict_overstated": ("言い過ぎ", "Overstated"),
    "verdict_unknown": ("確かめられない", "Cannot be judged"),
    "verdict_rounding": ("端数処理により正しい", "True by rounding"),
    "verdict_true": ("正しい", "True"),
    "left_out": ("載せていない図とその理由", "Figures left out, and why"),
    "none_left_out": ("ありません。", "None."),
    "files": ("ほかの成果物", "Other files of this edition"),
    "sources": ("出典", "Sources"),
}


def both(name: str) -> str:
    """A word in both languages; the page shows the one of its interface."""
    ja, en = WORDS[name]
    return pair(ja, en)


def pair(ja: str, en: str) -> str:
    """Two wordings, of which the page shows one."""
    return (
        f'<span class="ui" lang="ja">{escape(ja)}</span>'
        f'<span class="ui" lang="en">{escape(en)}</span>'
    )


def option(name: str) -> str:
    """Both wordings side by side, where there can be no markup."""
    ja, en = WORDS[name]
    return escape(f"{ja} / {en.strip()}")
