"""The attack finds what can be computed back, in every kind of file; else it is a toy."""

import io
import json
from dataclasses import replace
from pathlib import Path

import docx
import matplotlib
import numpy as np
import pandas as pd
import pptx
import pytest
import xlsxwriter
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from helpers.survey.attack import (
    Asked,
    Fact,
    facts_of,
    from_interval,
    hidden_cells,
    published,
    ranges,
)

ROOT = Path(__file__).parents[2]
ANSWERS = ("1", "2", "3")
ASKED = Asked(
    answers={"like": ANSWERS},
    shares={
        ("like", "positive"): ("like", ("1",)),
        ("like", "neutral"): ("like", ("2",)),
        ("like", "negative"): ("like", ("3",)),
    },
    means={("like_score", "score"): ("like", {"1": 1.0, "2": 2.0, "3": 3.0})},
    groups={"age": ("18-19", "20-29", "30+", "40+")},
    words={
        "like": ("好き嫌い",),
        "like.positive": ("好き",),
        "like.neutral": ("どちらでもない",),
        "like.negative": ("嫌い",),
        "18-19": ("18〜19歳",),
        "20-29": ("20歳代",),
    },
)
# 18–19 and 20–29 are hidden: 7 of 8, and 20 of 42 like it.
PEOPLE = {"18-19": (7, 1, 0), "20-29": (20, 12, 10), "30+": (60, 25, 15), "40+": (90, 40, 20)}
HIDDEN = ("18-19", "20-29")
CATEGORIES = ("positive", "neutral", "negative")


def rows_of(name, counts, breakdown="age"):
    n = sum(counts)
    for category, k in zip(CATEGORIES, counts, strict=True):
        told = {"indicator": "like", "breakdown": breakdown, "group": name, "category": category}
        told |= {"definition": "unweighted", "basis": "microdata", "unit": "%", "flag": ""}
        if name in HIDDEN:
            yield told | {"value": "", "printed": "x", "n": "", "flag": "suppressed"}
        else:
            yield told | {"value": f"{100 * k / n:.1f}", "printed": f"{100 * k / n:.1f}", "n": n}


WHOLE = tuple(map(sum, zip(*PEOPLE.values(), strict=True)))
SAFE = [
    *rows_of("total", WHOLE, "total"),
    *(row for name, counts in PEOPLE.items() for row in rows_of(name, counts)),
]
LIKERS = (("age", "18-19"), "like", ("1",))
BASE = (("age", "18-19"), "like", ANSWERS)


def left(rows, cell=LIKERS, **options) -> tuple[float, float]:
    """What the attack leaves for a cell."""
    shown = [row for row in rows if row.get("flag") != "suppressed"]
    found = ranges(facts_of(shown, ASKED, **options), ASKED, [cell]).iloc[0]
    return found["low"], found["high"]


def test_what_is_hidden_well_keeps_its_range():
    """27 of both like it, 13 are neutral and 10 are not: each group can hold all or none."""
    cells = hidden_cells(SAFE, ASKED)
    assert len(cells) == 2 * (1 + len(ANSWERS))
    shown = [row for row in SAFE if row["flag"] != "suppressed"]
    found = ranges(facts_of(shown, ASKED), ASKED, cells)
    ends = found.set_index(["group", "answers"])[["low", "high"]]
    assert ends.loc[("18-19", "1")].tolist() == [0, 27]
    assert ends.loc[("20-29", "3")].tolist() == [0, 10]
    assert ends.loc[("18-19", "")].tolist() == [0, 50]


def test_one_hidden_group_alone_is_computed_exactly():
    rows = [*SAFE, *(dict(row, flag="") for row in rows_of("", PEOPLE["20-29"]))]
    rows = [row | {"group": "20-29"} if row["group"] == "" else row for row in rows]
    assert left(rows) == (7, 7)
    assert left(rows, BASE) == (8, 8)


def test_answers_that_the_shown_groups_use_up_are_pinned_to_nobody():
    """The fault of mihon 2024: total − shown groups leaves nobody for an answer."""
    used_up = {**PEOPLE, "20-29": (20, 12, 0)}
    whole = tuple(map(sum, zip(*used_up.values(), strict=True)))
    rows = list(rows_of("total", whole, "total"))
    rows += [row for name, counts in used_up.items() for row in rows_of(name, counts)]
    assert left(rows, (("age", "18-19"), "like", ("3",))) == (0, 0)


def test_whole_people_leave_less_than_fractions_do():
    """A share of 66.7 % of a base of 5 to 8 is 4 of 6: no other count rounds so."""
    told = dict(SAFE[3], group="18-19", value="66.7", printed="66.7", n="", flag="")
    facts = facts_of([*(row for row in SAFE if row["flag"] == ""), told], ASKED)
    base = dict.fromkeys(ANSWERS, 1.0)
    facts.append(Fact(("age", "18-19"), "like", base, 5, 8, per_person=False))
    found = ranges(facts, ASKED, [LIKERS]).iloc[0]
    assert (found["low"], found["high"]) == (4, 4)


# A number that should not be there, in each kind of published file -----------------------------

KEY = "like.age.18-19.positive"


def figure_csv(folder):
    head = "年度,指標,区分,項目,値,表示,単位,n,下限,上限,注記,キー"
    line = f"2025,好き嫌い,18〜19歳,好き,87.5,87.5,%,8,,,,{KEY}"
    (folder / "likes.csv").write_text(f"{head}\n{line}\n", encoding="utf-8-sig")


def indicators_csv(folder):
    told = dict(SAFE[3], group="18-19", value="87.5", printed="87.5", n="8", flag="")
    pd.DataFrame([told]).to_csv(folder / "survey.csv", index=False, encoding="utf-8-sig")


def workbook(folder):
    book = xlsxwriter.Workbook(folder / "indicators.xlsx")
    sheet = book.add_worksheet("指標")
    sheet.write_row(0, 0, ["キー", "表示", "値", "n", "95％下限", "95％上限", "定義"])
    sheet.write_row(1, 0, [KEY, "87.5", 87.5, 8, "", "", "重み付けしない集計"])
    book.close()


def workbook_chart_sheet(folder):
    book = xlsxwriter.Workbook(folder / "indicators.xlsx")
    sheet = book.add_worksheet("図1")
    sheet.write_row(0, 0, ["好き嫌い（年齢別）"])
    sheet.write_row(3, 0, ["区分", "表示", "n", "キー"])
    sheet.write_row(4, 0, ["18〜19歳", "87.5", 8, KEY])
    book.close()


def alternative_text(folder):
    text = "横棒グラフ。好き嫌い（年齢別）。好きの割合は、18〜19歳 87.5％（n=8）、20歳代 x。"
    (folder / "likes.txt").write_text(text, encoding="utf-8")


def page(folder):
    text = f"<table><tr><th>キー</th><th>表示</th><th>n</th></tr><tr><td>{KEY}</td><td>87.5</td>"
    (folder / "index.html").write_text(text + "<td>8</td></tr></table>", encoding="utf-8")


def picture(folder):
    text = "<svg><!-- 好き嫌い: 好き --><text>18〜19歳 n=8</text></svg>"
    (folder / "likes.svg").write_text(text, encoding="utf-8")


def notebook_with(output, folder):
    cell = {"cell_type": "code", "outputs": [output]}
    text = json.dumps({"cells": [cell]}, ensure_ascii=False)
    (folder / "25.ipynb").write_text(text, encoding="utf-8")


def notebook_table(folder):
    frame = pd.DataFrame({"key": [KEY], "printed": ["87.5"], "n": ["8"]}).set_index("key")
    html = frame.reset_index().to_html(index=False)
    notebook_with({"data": {"text/html": html.splitlines(keepends=True)}}, folder)


def notebook_print(folder):
    notebook_with({"text": ["好き嫌い、好きの割合\n", "18〜19歳: 8 人、87.5％\n"]}, folder)


def word_table(folder):
    document = docx.Document()
    table = document.add_table(2, 4)
    for row, cells in zip(
        table.rows,
        (["区分", "好き嫌い", "割合", "n"], ["18〜19歳", "好き", "87.5％", "n=8"]),
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(folder / "report.docx")


def word_paragraph(folder):
    document = docx.Document()
    paragraph = document.add_paragraph("好き嫌いを聞くと、")
    paragraph.add_run("18〜19歳は ")
    paragraph.add_run("8").bold = True
    paragraph.add_run(" 人が答え、好きは 87.5％でした")
    document.save(folder / "report.docx")


def word_alternative_text(folder):
    document = docx.Document()
    dot = io.BytesIO()
    Image.new("1", (1, 1)).save(dot, "PNG")
    document.add_picture(dot)
    said = document.inline_shapes[0]._inline.docPr
    said.set("descr", "好き嫌い。好きの割合は、18〜19歳 87.5％（n=8）、20歳代 x。")
    document.save(folder / "report.docx")


def slide(folder):
    presentation = pptx.Presentation()
    shapes = presentation.slides.add_slide(presentation.slide_layouts[5]).shapes
    shapes.title.text = "好き嫌い（好き）、18〜19歳は 87.5％（n=8）"
    presentation.save(folder / "report.pptx")


def pdf(folder):
    page = Figure((3, 2))
    font = ROOT / "src/helpers/fonts/BIZUDPGothic-Regular.ttf"
    with matplotlib.rc_context({"pdf.fonttype": 42}):
        page.text(0.1, 0.8, "好き嫌い（好き）", font=font)
        page.text(0.1, 0.5, "18〜19歳", font=font)
        page.text(0.6, 0.5, "87.5％ n=8", font=font)
        page.savefig(folder / "likes.pdf")


def pdf_alternative_text(folder):
    said = "好き嫌い、好きの割合: 18〜19歳 87.5％（n=8）".encode("utf-16-be").hex().upper()
    text = f"%PDF-1.7\n1 0 obj << /S /Figure /Alt <FEFF{said}> >> endobj\n"
    (folder / "report.pdf").write_bytes(text.encode())


def picture_that_carries_a_text(folder):
    carried = PngInfo()
    carried.add_itxt("Description", "好き嫌い、好きの割合: 18〜19歳 87.5％（n=8）")
    Image.new("1", (1, 1)).save(folder / "likes.png", pnginfo=carried)


@pytest.mark.parametrize(
    "plant",
    [
        word_table,
        word_paragraph,
        word_alternative_text,
        slide,
        pdf,
        pdf_alternative_text,
        picture_that_carries_a_text,
        figure_csv,
        indicators_csv,
        workbook,
        workbook_chart_sheet,
        alternative_text,
        page,
        picture,
        notebook_table,
        notebook_print,
    ],
)
def test_a_planted_number_is_found_in_every_kind_of_file(plant, tmp_path):
    """The base of 18–19, 8 people; before, it could be anything from 0 to 50."""
    assert left(SAFE, BASE) == (0, 50)
    plant(tmp_path)
    rows = published(tmp_path, ASKED, [("age", name) for name in HIDDEN])
    assert rows
    assert left([*SAFE, *rows], BASE) == (8, 8)


# … and in each kind of number ------------------------------------------------------------------


def told(**columns):
    return dict(SAFE[3], group="18-19", value="", printed="", n="", flag="") | columns


def test_a_share_alone_tells_once_its_base_is_known():
    assert left([*SAFE, told(n="8"), told(value="87.5")]) == (7, 7)


def test_an_interval_alone_gives_share_and_base():
    """Clopper–Pearson's interval of 7 of 8, as R's binom.test has it: 47.3 to 99.7 %."""
    share, base = from_interval(47.349, 99.684, 0.0005)
    assert share[0] < 87.5 < share[1]
    assert base[0] < 8 < base[1]
    low, high = left([*SAFE, told(low="47.35", high="99.68")], BASE)
    assert low <= 8 <= high
    assert high - low < 3


def test_a_mean_tells_where_the_shares_do_not():
    """8 people with a mean of 1.12 or 1.13: seven said 1 and one said 2."""
    mean = told(indicator="like_score", category="score", value="1.125", printed="1.12", n="8")
    low, high = left([*SAFE, mean])
    assert (low, high) == (7, 7)


def test_a_histogram_tells_the_base_by_its_steps():
    """87.5 and 12.5 %, nobody else: 8, 16 or 24 people; with the interval it is 8."""
    rows = [told(value="87.5"), told(value="12.5", category="neutral")]
    few = [*SAFE, *rows, told(value="0.0", category="negative")]
    low, high = left(few, BASE)
    assert high - low > 12
    assert left([*few, told(low="47.35", high="99.68")]) == (7, 7)


def test_a_difference_between_years_gives_this_year_away():
    before = [told(value="80.0", printed="80.0", n="10")]
    change = told(indicator="like_change", value="7.5", printed="7.5", unit="ポイント")
    assert left([*SAFE, told(n="8"), change]) != (7, 7)
    assert left([*SAFE, told(n="8"), change], earlier=before) == (7, 7)


def test_a_merged_class_does_not_tell_of_its_parts():
    """50 people are 18–29, 27 of whom like it: of 18–19 that can be nobody or all of them."""
    parts = [("age", name) for name in HIDDEN]
    asked = replace(
        ASKED, groups={"age": ("18-29", "30+", "40+")}, nested={("age", "18-29"): parts}
    )
    merged = [row for row in SAFE if row["group"] not in HIDDEN]
    merged += rows_of(
        "18-29", tuple(a + b for a, b in zip(*(PEOPLE[h] for h in HIDDEN), strict=False))
    )
    cells = hidden_cells(merged, asked)
    assert {group for group, _, _ in cells} == set(parts)
    found = ranges(facts_of(merged, asked), asked, cells).set_index(["group", "answers"])
    assert found.loc[("18-19", "1"), ["low", "high"]].tolist() == [0, 27]
    assert found.loc[("18-19", ""), ["low", "high"]].tolist() == [0, 50]


def test_numbers_that_cannot_go_together_are_named():
    twice = [*SAFE, told(n="8"), told(n="9")]
    with pytest.raises(ArithmeticError, match="contradict"):
        left(twice)


def test_a_weighted_share_says_less_than_a_count():
    """With weights of 1 to 3 a share of 50 % of 30 people can be 8 to 22 of them (7.5, 22.5)."""
    own = dict(SAFE[9], group="18-19", value="50.00", printed="50.00", n="30", flag="")
    assert left([*SAFE, own | {"definition": "unweighted"}]) == (15, 15)
    low, high = left([*SAFE, own | {"definition": "weighted"}])
    assert (low, high) == (8, 22)
    assert np.isfinite(high)
