"""The two published documents: every sentence with a number is a claim; what is wrong is found."""

import re
from pathlib import Path

import pytest
from courtroom import SEEDS, claims, edition, find, judged

from helpers.audit.auditing import audit_published
from helpers.sentences.verdict import FALSE, MISLEADING, ROUNDING, TRUE, UNKNOWN

TEXTS = Path(__file__).parents[1] / "seeds"
DOCUMENTS = {"nishitokyo": "nishitokyo_policy.txt", "isehara": "isehara_sheet.txt"}


def document(city: str) -> str:
    return (TEXTS / DOCUMENTS[city]).read_text(encoding="utf-8")


def bare(text: str) -> str:
    """Without line breaks and the spaces that a PDF leaves."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("city", SEEDS)
def test_every_claim_quotes_its_document(city):
    text = bare(document(city))
    headings = ("進捗評価 順調", "評価の経過")  # set apart from its years by the layout of the page
    for claim in claims(city):
        if not claim.sentence.startswith(headings):
            assert bare(claim.sentence) in text, claim.sentence


PROSE = {
    "nishitokyo": ("(1) データでみる市の現状", "3 シティプロモーションの方向性"),
    "isehara": ("進捗評価", ""),  # to the end
}
# Digits that measure nothing: years, dates, ages and tenures as names, questions, scales, counts
# of charts, the base of an index, names of publications.
NAMING = (
    r"(令和|平成)[0-9]+年度?末?版?|[0-9]{4}(\([^)]*\))?年?|[0-9]+年度|令和[0-9]+|R[0-9]+|H[0-9]+"
    r"|[0-9]+月|[0-9]+日|[0-9]+階|第[0-9]+期|10代・20代|居住年数1年未満|[0-9]+点|3つ|過去[0-9]年間|[0-9]+年間で"
    r"|100とした|18-19歳|[①②③④⑤⑥⑦⑧]"
)


def sentences(city: str) -> list[str]:
    """Sentences of the prose that state a number; tables and headings are no sentences."""
    start, end = PROSE[city]
    text = document(city)
    part = text[text.index(start) : text.index(end) if end else None]
    lines = [line for line in part.split("\n") if "\t" not in line and not line.startswith("<")]
    if city == "isehara":  # a line ends where its box does; the table of targets is no prose
        whole = "".join(lines)
        lines = [
            whole[: whole.index("年間の市ホームページ全体の")],
            whole[whole.index("重点事業の取組内容") :],
        ]
    found = [one for line in lines for one in re.split(r"(?<=。)", line) if "。" in one]
    plain = {one: re.sub(NAMING, "", one.translate(FULL)) for one in found}
    return [one for one in found if re.search(r"[0-9]", plain[one])]


FULL = str.maketrans("０１２３４５６７８９Ｒ", "0123456789R")


@pytest.mark.parametrize(("city", "count"), [("nishitokyo", 7), ("isehara", 3)])
def test_no_sentence_with_a_number_is_forgotten(city, count):
    quoted = [bare(claim.sentence) for claim in claims(city)]
    found = sentences(city)
    forgotten = [one for one in found if not any(q in bare(one) for q in quoted)]
    assert forgotten == []
    assert len(found) == count, found


# What methods.md names, with the verdict that its arithmetic gives.
NAMED = [
    ("isehara", "前年度比136％増と", "前年度比136％増", FALSE, "前年度比136％、または36％増"),
    ("isehara", "進捗評価 順調", "順調", MISLEADING, "−440.7％"),
    ("isehara", "施策は順調に", "順調", MISLEADING, "後退"),
    ("isehara", "上昇に転じました", "上昇", MISLEADING, "34.5％減|35％減"),
    ("isehara", "現状値は維持", "維持", TRUE, ""),
    ("isehara", "結果は微減", "微減", MISLEADING, "3.8ポイント減"),
    ("isehara", "大幅に伸び", "大幅に伸びて", TRUE, ""),
    ("isehara", "約15,000人のフォロワー", "約15,000人", UNKNOWN, ""),
    ("nishitokyo", "割合を示す昼間人口指数", "80.9ポイント", TRUE, ""),
    ("nishitokyo", "年間1万人以上", "1万人以上", MISLEADING, "外国人を含む総数"),
    ("nishitokyo", "約20万6千人で推移", "約20万6千人", MISLEADING, "住民基本台帳"),
    ("nishitokyo", "全体の約5%", "約5%", TRUE, ""),
    ("nishitokyo", "26市の中で4番目", "4番目", TRUE, ""),
    ("nishitokyo", "22位→16位→18位", "22位→16位→18位", TRUE, ""),
    ("nishitokyo", "毎年出生数の方が低い", "より低い", TRUE, ""),
    ("nishitokyo", "7割以上の方が満足", "7割以上", UNKNOWN, ""),
]


@pytest.mark.parametrize(("city", "part", "claimed", "verdict", "right"), NAMED)
def test_what_the_methods_name_is_found(city, part, claimed, verdict, right):
    found = judged(find(city, part, claimed), city)
    assert found.verdict == verdict, found
    assert re.search(right, found.right.ja), found.right


def test_the_index_described_as_a_share_is_false():
    [claim] = [c for c in claims("nishitokyo") if c.kind == "described_as"]
    found = judged(claim)
    assert found.verdict == FALSE
    # 1 − 86,064 / 207,388 of the census (imputed) = 58.5 %
    assert f"{100 * (1 - 86064 / 207388):.1f}" == "58.5"
    assert "58.5％" in found.right.ja and "100人" in found.right.ja


def test_both_populations_are_shown():
    found = judged(find("nishitokyo", "約20万6千人で推移", "約20万6千人"))
    assert "20.7万人" in found.said.ja and "206,047人" in found.said.ja


def test_61_less_19_is_41_by_rounding():
    found = audit_published(edition("nishitokyo"))
    [row] = found.of(ROUNDING)
    assert row.claimed == "61 − 19 = 41"
    assert "(41, 41.5)" in row.said.ja  # methods 3.2
    assert row.page == "13"
    tables = [f for f in found.findings if f.kind == "table"]
    assert {f.verdict for f in tables} == {TRUE, ROUNDING}
    assert [f.claimed for f in tables if "mgap.total.total.total" in f.keys] == [
        "−165.6 − 1,097.1 + 848.7 = −414",
        "(−8 − 53 + 41) × 20.7 = −414",
    ]


@pytest.mark.parametrize(
    ("city", "counts"),
    [("nishitokyo", (1, 2, 6, 1, 32)), ("isehara", (1, 8, 4, 0, 2))],
)
def test_all_verdicts_of_a_document(city, counts):
    """Counted by hand from the printed list: nothing turns from true to false unnoticed."""
    found = audit_published(edition(city))
    verdicts = (FALSE, MISLEADING, UNKNOWN, ROUNDING, TRUE)
    assert tuple(len(found.of(verdict)) for verdict in verdicts) == counts


def test_a_figure_finds_the_claims_about_its_numbers():
    found = audit_published(edition("nishitokyo"))
    about = found.findings_for(["daytime_population_index.peer.nishitokyo"])
    assert [f.verdict for f in about] == [FALSE, TRUE]
    assert {f.kind for f in found.findings_for(["mgap"])} == {"table"}
    assert found.findings_for(["mga", "daytime"]) == []


def test_frames_and_files_give_the_same():
    from helpers.audit.auditing import audit
    from helpers.tables import load_indicators

    city = edition("isehara")
    frame = load_indicators(city.places.published_data)
    assert audit(city, frame, frame.head(0)).findings == audit_published(city).findings
