"""Every chart type, at both widths and in both languages: drawn from rows, and without a flaw."""

from itertools import pairwise

import pandas as pd
import pytest
import samples

from helpers import figures
from helpers.drawing import FORMATS, Context, lint
from helpers.drawing.paper import tallest
from helpers.figures import finding
from helpers.figures.rows import read
from helpers.figures.series import spread, tick_texts, ticks
from helpers.problems import InputError
from helpers.sentences.numbers import thousands

NISHITOKYO = Context("西東京市", "nishitokyo 2025", source="西東京市「市民意識調査」を基に作図")
ISEHARA = Context("伊勢原市", "isehara 2024", source="伊勢原市 施策評価シートを基に作図")
MIHON = Context("みほん市", "mihon 2025", source="架空データ")
QUESTIONS = ["attachment", "residence_intention", "housing_satisfaction"]

CHARTS = {
    "likert": lambda: figures.likert(samples.attachment(), context=NISHITOKYO),
    "bars": lambda: figures.bars(
        samples.fields(), context=MIHON, indicator="field_importance", by="group", breakdown="field"
    ),
    "likert_two_splits": lambda: figures.likert(
        samples.attachment(),
        context=NISHITOKYO,
        indicator="attachment",
        breakdown=["age_group", "tenure"],
    ),
    "likert_sample": lambda: figures.likert(samples.attachment_sample(), context=MIHON),
    "mgap_bars": lambda: figures.mgap_bars(samples.mgap(), context=NISHITOKYO),
    "progress": lambda: figures.progress(samples.kpi(), context=ISEHARA),
    "movement": lambda: figures.movement(samples.movement(), context=NISHITOKYO),
    "ranked_dots": lambda: figures.ranked_dots(
        samples.daytime(), context=NISHITOKYO, area={"ja": "多摩26市", "en": "26 cities of Tama"}
    ),
    "rank_slope": lambda: figures.rank_slope(samples.brand(), context=NISHITOKYO),
    "flows": lambda: figures.flows(samples.commuters(), context=MIHON),
    "quadrant": lambda: figures.quadrant(samples.fields(), context=MIHON, highlight=["市民参加"]),
    "distribution": lambda: figures.distribution(samples.scores(), context=MIHON),
    "change": lambda: figures.change(samples.years(), context=MIHON),
    "mgap_history": lambda: figures.mgap_history(samples.mgap_years(), context=MIHON),
    "heat_map": lambda: figures.heat_map(
        samples.questions(), context=MIHON, indicator=QUESTIONS, breakdown=["age_group", "sex"]
    ),
    "pyramid": lambda: figures.pyramid(samples.ages(), context=MIHON),
}


def test_every_chart_type_is_tried():
    used = {name for name in figures.__all__ if any(key.startswith(name) for key in CHARTS)}
    assert used == set(figures.__all__)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("width_mm", [160, 80])
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_without_flaw(name, width_mm, lang):
    chart = CHARTS[name]().at(width_mm=width_mm, lang=lang)
    sheets = chart.sheets()
    assert [flaw for sheet in sheets for flaw in lint(sheet)] == []
    assert {sheet.height_mm <= tallest(width_mm) for sheet in sheets} == {True}
    # What the chart says is said by its sheets, and each is a figure of its own.
    assert set(chart.data[chart.data.columns[-1]]) == {
        key for sheet in sheets for key in sheet.data[sheet.data.columns[-1]]
    }
    assert len({sheet.stem for sheet in sheets}) == len(sheets)
    assert sheets[0].stem == chart.stem
    assert chart.context.width_mm == width_mm
    assert chart.alt.count("。" if lang == "ja" else ". ") >= 3
    assert chart.figure.get_size_inches()[0] == pytest.approx(width_mm / 25.4)


@pytest.mark.parametrize("name", CHARTS)
def test_every_number_of_a_chart_is_in_its_table(name):
    chart = CHARTS[name]()
    shown = set(chart.data["表示"])
    assert len(chart.data) >= 6
    assert shown
    assert chart.data["キー"].str.count(r"\.").ge(2).all()
    for text in chart.figure.texts:
        word = text.get_text().lstrip("+")
        # A number with a decimal point is a value, or a tick, which is grey.
        if word.replace(",", "").replace("−", "").replace(".", "", 1).isdigit() and "." in word:
            assert word in shown or text.get_color() == "#4d4d4d", word


def test_nothing_is_computed_where_a_row_is_missing():
    rows = samples.attachment()
    with pytest.raises(InputError, match="「housing_satisfaction」は、この図の行にありません"):
        figures.likert(rows, context=NISHITOKYO, indicator="housing_satisfaction")
    mean = rows[rows["category"] == "positive"].assign(
        indicator="housing_satisfaction", category="mean"
    )
    some = pd.concat([rows, mean])  # the name is there, its shares are not
    with pytest.raises(ValueError, match="indicator=\\['housing_satisfaction'\\]"):
        figures.likert(some, context=NISHITOKYO, indicator="housing_satisfaction")
    twice = pd.concat([rows, rows.assign(definition="other")])
    with pytest.raises(ValueError, match="複数の定義"):
        figures.likert(twice, context=NISHITOKYO)


def test_a_hidden_number_is_an_x_and_in_no_file():
    rows = samples.attachment_sample()
    rows.loc[rows["flag"] == "suppressed", ["value", "printed"]] = [33.3, "33.3"]  # a slip upstream
    chart = figures.likert(rows, context=MIHON)
    assert "33.3" not in FORMATS["csv"](chart).decode() + chart.alt + chart.title
    assert "x" in [text.get_text() for text in chart.figure.texts]
    hidden = chart.data[chart.data["注記"] == "suppressed"]
    assert len(hidden) == 3
    assert hidden["値"].isna().all()
    assert set(hidden["表示"]) == {"x"}


def test_a_chart_draws_itself_again_in_the_same_bytes():
    first = figures.mgap_bars(samples.mgap(), context=NISHITOKYO)
    again = first.at(width_mm=80).at(width_mm=160)
    assert FORMATS["svg"](first) == FORMATS["svg"](again)
    assert first.stem == "mgap"
    assert first.at(width_mm=80, lang="en").stem == "mgap_80mm_en"


def test_what_remains_is_drawn_on_one_scale():
    def nets(chart):
        return {
            (a.get_ylim(), a.get_position().height * chart.height_mm)
            for a in chart.figure.axes
            if a.patches
        }

    chart = CHARTS["movement"]()
    ((low, high), _), *others = nets(chart)
    assert not others
    assert low < high
    sheets = chart.at(width_mm=80).sheets()
    assert len(sheets) == 2
    assert len({nets(sheet).pop()[0] for sheet in sheets}) == 1


def test_a_sheet_with_some_of_the_groups_has_no_finding_of_its_own():
    chart = CHARTS["bars"]().at(width_mm=80)
    sheets = chart.sheets()
    assert len(sheets) > 1
    assert {sheet.title for sheet in sheets} == {chart.title}
    assert [sheet.stem for sheet in sheets[:2]] == [
        "field_importance_80mm",
        "field_importance_part2_80mm",
    ]
    scales = {axes.get_xlim() for sheet in sheets for axes in sheet.figure.axes}
    assert len(scales) == 1


def test_a_sheet_explains_only_what_it_draws():
    """The interval is a line of the first sheet: the others have none to read."""
    sheets = CHARTS["mgap_history"]().at(width_mm=80).sheets()
    told = ["縦の線は95％信頼区間" in "".join(sheet.notes) for sheet in sheets]
    assert told == [True, *[False] * (len(sheets) - 1)]
    assert len(sheets) > 1


def test_the_mgap_of_another_method_is_a_mark_and_not_the_headline():
    rows = samples.mgap()
    total = rows["indicator"] == "mgap"
    other = rows[total].assign(value=-103.0, printed="−103.0", source="pooled")
    rows.loc[total, ["low", "high"]] = [-500.0, -330.0]
    chart = figures.mgap_bars(rows, other=other, context=NISHITOKYO)
    assert lint(chart) == []
    assert "103.0" not in chart.title
    note = "".join(chart.notes)
    assert "◇は市の方法による値 −103.0（無作為抽出でない回答も合わせている）" in note
    assert "95％信頼区間" in note
    assert "1ポイントは差し引き100人分の意欲" in note
    assert "−103.0" in set(chart.data["表示"])
    markers = [line.get_xdata() for a in chart.figure.axes for line in a.lines
               if line.get_marker() == "D"]  # fmt: skip
    assert [list(x) for x in markers] == [[-103.0]]
    same = figures.mgap_bars(
        rows, other=other.assign(source=rows["source"].iloc[0]), context=NISHITOKYO
    )
    assert "無作為抽出でない" not in "".join(same.notes)


def test_of_many_cities_those_at_the_ends_are_drawn_and_the_own_one():
    names = [f"第{number}市" for number in range(60)]
    peers = [
        samples.row(f"daytime_population_index.peer.{name}", f"{60 + i}.0", year=2020, unit="")
        for i, name in enumerate([*names, "西東京市"])
    ]
    chart = figures.ranked_dots(samples.frame(peers), context=NISHITOKYO.at(width_mm=80))
    assert lint(chart) == []
    shown = texts = [text.get_text() for text in chart.figure.texts]
    assert {"第0市", "第59市", "西東京市"} <= set(shown)
    drawn = [text for text in texts if text.startswith("第")]
    assert f"{61 - 1 - len(drawn)}市区町村は描いていない" in "".join(chart.notes)
    assert len(chart.data) == 61


def test_a_number_without_room_is_told_of():
    crowded = figures.movement(samples.movement(), context=NISHITOKYO)
    assert "表示のない数値はCSVにある" in crowded.notes
    english = figures.movement(samples.movement(), context=NISHITOKYO.at(lang="en"))
    assert "Numbers not shown are in the CSV" in english.notes
    whole = figures.mgap_bars(samples.mgap(), context=NISHITOKYO)
    assert not [note for note in whole.notes if "CSV" in note]


@pytest.mark.parametrize(
    ("rank", "said"), [("1", "最も低い"), ("26", "最も高い"), ("4", "低い方から4番目")]
)
def test_the_first_and_the_last_rank_have_their_words(rank, said):
    rows = samples.daytime()
    rows.loc[rows["indicator"] == "daytime_population_rank", ["printed", "value"]] = [rank, 1]
    assert figures.ranked_dots(rows, context=NISHITOKYO).title.endswith(said)


def test_the_ranks_among_peers_are_called_as_the_edition_calls_them():
    own = MIHON.at(labels={"brand_rank_tama": "26市での順位（架空）"})
    chart = figures.rank_slope(samples.brand(), context=own)
    texts = [text.get_text() for text in chart.figure.texts]
    assert "魅力度の26市での順位（架空）" in texts
    assert "多摩" not in chart.alt + "".join(texts)


@pytest.mark.parametrize("width_mm", [160, 80])
def test_every_score_can_be_read(width_mm):
    rows = samples.scores()
    chart = figures.distribution(rows, context=MIHON.at(width_mm=width_mm))
    texts = [text.get_text() for text in chart.figure.texts]
    shares = rows.loc[rows["indicator"] == "score_share", "printed"]
    assert all(texts.count(text) >= (shares == text).sum() for text in shares)


def test_the_notebook_shows_picture_and_words():
    chart = figures.mgap_bars(samples.mgap(), context=NISHITOKYO)
    assert chart._repr_png_().startswith(b"\x89PNG")
    assert "合計のmGAPは−414.0" in repr(chart)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("1097.1", "1,097.1"), ("−1097.1", "−1,097.1"), ("15138", "15,138"), ("48.0", "48.0"),
     ("0.12345", "0.12345"), ("1234567", "1,234,567"), ("↗", "↗"), ("", "")],
)  # fmt: skip
def test_thousands_are_separated(text, shown):
    assert thousands(text) == shown


def test_ticks_enclose_and_share_their_decimals():
    assert ticks(9000, 11400)[0] <= 9000
    assert ticks(9000, 11400)[-1] >= 11400
    assert tick_texts([2.5, 3, 3.5]) == ["2.5", "3.0", "3.5"]
    assert tick_texts([-1000, 0, 1000]) == ["−1,000", "0", "1,000"]


def test_labels_are_moved_apart_and_stay_in_order():
    places = spread([10.0, 10.5, 11.0, 30.0], 4.0, 0.0, 40.0)
    assert places == sorted(places)
    assert all(b - a >= 3.99 for a, b in pairwise(places))
    assert places[3] == pytest.approx(30.0)


@pytest.mark.parametrize("sign", ["▲", "△"])
def test_a_city_may_print_its_own_minus_and_machines_read_the_usual_one(sign):
    chart = figures.mgap_bars(samples.mgap(), context=NISHITOKYO.at(minus=sign))
    texts = [text.get_text() for text in chart.figure.texts]
    assert {f"{sign}414.0", f"{sign}1,097.1", f"{sign}8"} <= set(texts)
    assert f"mGAPは{sign}414.0。参加意欲は{sign}1,097.1、感謝意欲は+848.7" in texts
    # An operator stays one.
    assert f"{sign}165.6 − 1,097.1 + 848.7 =" in texts
    assert any("8〜10点の割合 − 0〜5点の割合" in text for text in texts)
    assert "−414.0" in chart.alt
    assert sign not in chart.alt + FORMATS["csv"](chart).decode()
    assert lint(chart) == []
    with pytest.raises(ValueError, match="minus は −、▲、△"):
        NISHITOKYO.at(minus="-")


def test_the_population_that_an_amount_is_multiplied_by_is_in_the_note():
    people = samples.row("population.total.total", "20.7", unit="万人")
    rows = pd.concat([samples.mgap(), samples.frame([people])])
    for lang, said in (("ja", "定住人口（20.7万人）"), ("en", "residents (20.7 × 10,000)")):
        for width_mm in (160, 80):
            chart = figures.mgap_bars(rows, context=NISHITOKYO.at(lang=lang, width_mm=width_mm))
            assert any(said in note for note in chart.notes)
    assert "20.7" not in "".join(figures.mgap_bars(samples.mgap(), context=NISHITOKYO).notes)


def test_a_narrow_segment_has_its_number_above_the_bar():
    chart = figures.likert(samples.attachment(), context=NISHITOKYO)
    [narrow] = [
        t for t in chart.figure.texts if t.get_text() == "8.0" and t.get_color() != "#c74700"
    ]
    inside = next(t for t in chart.figure.texts if t.get_text() == "48.0")
    assert 4 < inside.get_position()[1] - narrow.get_position()[1] < 6  # millimetres upwards
    assert not [note for note in chart.notes if "CSV" in note]


def test_an_index_far_above_the_others_makes_no_axis_below_zero():
    rows = samples.daytime()
    index = rows[rows["indicator"] == "daytime_population_index"].index
    rows.loc[index[0], ["value", "printed"]] = [1753.7, "1,753.7"]
    texts = [t.get_text() for t in figures.ranked_dots(rows, context=NISHITOKYO).figure.texts]
    ticks_shown = [text for text in texts if text.lstrip("−").replace(",", "").isdecimal()]
    assert "500" in ticks_shown and not [text for text in ticks_shown if text[0] == "−"]


def test_a_title_among_peers_says_what_the_city_itself_has():
    own = {"year": 2023, "breakdown": "peer", "unit": "人（千人当たり）"}
    rows = [
        {"indicator": name, "group": group, "value": value, "printed": str(value), **own}
        for name, group, value in (
            ("births_rate", "nishitokyo", 4.7), ("deaths_rate", "nishitokyo", 12.7),
            ("births_rate", "kodaira", 6.1), ("deaths_rate", "kodaira", 9.9),
        )
    ]  # fmt: skip
    first = samples.daytime().iloc[0]
    frame = pd.DataFrame([{**first, **row, "fiscal_year": 2023} for row in rows])
    known = read(frame.drop(columns="year"))
    here = NISHITOKYO.at(labels={"nishitokyo": "西東京市", "kodaira": "小平市"})
    said = finding.title(known, here)
    assert said == "西東京市は出生（人口千人当たり）が4.7、死亡（人口千人当たり）が12.7"
    assert finding.subject(known, here).endswith("（西東京市、令和5年）")  # no 年度
