"""What an audit says around its findings, in Japanese and English."""

from helpers.audit.finding import Audit, Finding
from helpers.sentences.verdict import (
    FALSE,
    MISLEADING,
    OVERSTATED,
    ROUNDING,
    TRUE,
    UNKNOWN,
    VERDICTS,
)

WORDS: dict[str, dict[str, str]] = {
    "ja": {
        "title": "{city} {year}の記述の確認",
        "fictional": "【架空データ】",
        "report": "対象: {report}",
        FALSE: "誤り",
        MISLEADING: "誤解を招く",
        OVERSTATED: "言い過ぎ",
        UNKNOWN: "判定できない（データがない）",
        ROUNDING: "端数処理で説明できる",
        TRUE: "正しい",
        "heads": "頁|記述|数値・言葉|データ|書き方",
        "missing": "足りないデータ",
        "page": "{page}頁",
        "right": "書き方: ",
        "remark": "注: ",
        "tables": "表の計算 {n}件",
        "none": "確認する記述（claims.yml）も表もありません。",
        "method": (
            "印刷された数値を、丸める前に取り得た幅として計算しています。"
            "「誤解を招く」は、前年度からは正しいが基準値からは逆になる、"
            "系列の定義の一つだけで正しい、程度の言葉が変化の幅に合わない、"
            "または一部の指標だけに当てはまる記述です。"
            "「言い過ぎ」は、標本誤差の範囲にある差、順位、過半数、改善を、あると述べた記述です。"
        ),
    },
    "en": {
        "title": "{city} {year}: claims audited",
        "fictional": " [fictional data]",
        "report": "Document: {report}",
        FALSE: "False",
        MISLEADING: "Misleading",
        OVERSTATED: "Overstated",
        UNKNOWN: "Cannot be judged (data missing)",
        ROUNDING: "Explained by rounding",
        TRUE: "True",
        "heads": "Page|Sentence|Claim|Data|Wording",
        "missing": "Data missing",
        "page": "p. {page}",
        "right": "wording: ",
        "remark": "remark: ",
        "tables": "arithmetic of tables: {n}",
        "none": "There are no claims (claims.yml) and no tables to audit.",
        "method": (
            "Printed numbers stand for all that may have been rounded to them. “Misleading” is "
            "what is true against last year and opposite against the baseline, true under only "
            "one definition of the series, out of proportion, or true of some indicators only. "
            "“Overstated” is a difference, an order, a majority or an improvement that sampling "
            "error alone may have made."
        ),
    },
}


def title(audit: Audit, lang: str = "ja") -> str:
    """Whose claims, of which year."""
    edition, words = audit.edition, WORDS[lang]
    name = words["title"].format(city=getattr(edition.name, lang), year=edition.year_label(lang))
    return name + (words["fictional"] if edition.fictional else "")


def counts(audit: Audit, lang: str = "ja") -> str:
    """``誤り 1、誤解を招く 2 …``; verdicts that nobody got are left out."""
    found = [(verdict, len(audit.of(verdict))) for verdict in VERDICTS]
    parts = [f"{WORDS[lang][verdict]} {n}" for verdict, n in found if n]
    return ("、" if lang == "ja" else ", ").join(parts)


def page(finding: Finding, lang: str = "ja") -> str:
    """``13頁``; nothing where the page is not known."""
    return WORDS[lang]["page"].format(page=finding.page) if finding.page else ""
