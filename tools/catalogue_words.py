"""What the catalogue says around what it finds, in both languages (tools/catalogue.py)."""

# Names and definitions that charts never show, so that labels.py has no words for them.
OWN = {
    "brand_municipalities": ("調査の対象の市区町村数", "Municipalities in the brand survey"),
    "brand_rank_change": ("順位の変化", "Change of the national rank"),
    "brand_rank_tama_change": ("多摩26市での順位の変化", "Change of the rank in Tama"),
    "brand_score_change": ("点数の変化", "Change of the score"),
    "peers": ("比較する市の数", "Number of peers"),
    "stay_share": ("昼間も市内にとどまる市民の割合", "Share of residents who stay by day"),
    "bounds_population_exact": (
        "印刷された表から言える範囲（人口は印刷のとおり）",
        "what the printed table allows, population as printed",
    ),
    "bounds_population_rounded": (
        "印刷された表から言える範囲（人口も丸められている）",
        "what the printed table allows, population rounded too",
    ),
    "by_source": ("調査ごと", "each survey by itself"),
    "fixed_shares": ("調査の割合を固定して合算", "sources pooled with fixed shares"),
    "from_shares": ("印刷された割合から計算", "computed from printed shares"),
    "panel": ("同じ人どうしの比較", "the same people compared"),
    "points": ("ポイントの差", "difference in points"),
    "pooled": ("調査を合算", "sources pooled"),
    "ratio": ("比", "ratio"),
}
WORDS = {
    "en": {
        "title": "Catalogue",
        "intro": "Written by `python tools/catalogue.py` from the code, the notebooks and the "
        "committed indicators; do not edit it by hand.",
        "indicators": "Indicators",
        "indicators_intro": "A row of `indicators/*.csv` is named by "
        "`indicator.breakdown.group.category`. Notebooks are named by their numbers.",
        "indicator_heads": ("indicator", "name", "unit", "breakdowns", "definitions", "notebook"),
        "definitions": "Definitions",
        "definition_heads": ("definition", "in words"),
        "figures": "Figure types",
        "figure_heads": ("function", "what it shows", "notebooks"),
        "sheets": "All figures at one scale, as published, newest edition of each city:",
        "alternative": "All figures of ",
        "codebook": "Keys of the codebook",
        "codebook_intro": "`codebook.yml` has the keys of the first table; each entry below them "
        "has those of its own table. An unknown key is refused.",
        "key_heads": ("key", "type", "if left out", "meaning"),
        "needed": "needed",
    },
    "ja": {
        "title": "一覧",
        "intro": "`python tools/catalogue.py` が、コード・ノートブック・保存された指標から"
        "書き出したものです。手で直さないでください。",
        "indicators": "指標",
        "indicators_intro": "`indicators/*.csv` の行は `indicator.breakdown.group.category` "
        "という名前で呼びます。ノートブックは番号だけを書いています。",
        "indicator_heads": ("指標", "名前", "単位", "区分の種類", "定義", "番号"),
        "definitions": "定義",
        "definition_heads": ("定義", "言葉"),
        "figures": "図の種類",
        "figure_heads": ("関数", "示すもの（英語）", "ノートブック"),
        "sheets": "すべての図の一覧（公開したままの大きさの比で、各市の新しい年度版）:",
        "alternative": "すべての図: ",
        "codebook": "コードブックの項目",
        "codebook_intro": "`codebook.yml` の項目は最初の表、その下の項目はそれぞれの表のとおり"
        "です。知らない項目があれば止まります。",
        "key_heads": ("項目", "型", "書かないとき", "意味（英語）"),
        "needed": "必要",
    },
}
