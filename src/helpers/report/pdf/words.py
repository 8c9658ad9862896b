"""The words that the PDF adds to an edition's own."""

WORDS = {
    "contents": ("目次", "Contents"),
    "results": ("図で見る結果", "Results in figures"),
    "tables": ("数値の表", "Tables of the numbers"),
    "methods": ("数値の求め方と読み方", "Methods and how to read the numbers"),
    "left_out": ("載せていない図とその理由", "Figures left out, and why"),
    "sources": ("出典", "Sources"),
    "audit": ("本文の記述の点検", "The published sentences audited"),
    "audit_lead": (
        "公表された文章と表のうち数値を述べたものを、印刷された数値から計算し直した結果です。",
        "Sentences and tables that state a number, recomputed from the numbers as printed.",
    ),
    "sentence": ("記述", "Sentence"),
    "found": ("数値が示すこと", "What the numbers say"),
    "wording": ("言い換え", "Wording"),
    "false": ("誤り", "False"),
    "misleading": ("誤解を招く", "Misleading"),
    "overstated": ("言い過ぎ", "Overstated"),
    "unknown": ("確かめられない", "Cannot be judged"),
    "rounding": ("端数処理により正しい", "True by rounding"),
    "true": ("正しい", "True"),
    "evaluation": ("施策の評価", "Evaluation"),
    "reason": ("判断理由と点検", "Reasons, audited"),
    "verdict": ("点検", "Verdict"),
    "figure": ("図", "Figure"),
    "table": ("表", "Table"),
    "subtitle": ("図と数値", "Figures and numbers"),
    "fictional": (
        "架空データ（見本）。市も数値もすべて作りもので、実在の市の資料には使えません。",
        "Fictional data (sample). City and numbers are made up: never quote them.",
    ),
}


def words(lang: str) -> dict[str, str]:
    """The words of one language."""
    return {name: said[lang == "en"] for name, said in WORDS.items()}
