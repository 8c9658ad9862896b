"""Lines break where Japanese allows it, and are as wide as they are drawn."""

import pytest

from helpers.drawing import fonts
from helpers.drawing.text import NEVER_FIRST, NEVER_LAST, wrap

NOTE = (
    "愛着は「感じている」①＋②、「感じていない」③＋④。居住継続意向は「ある」①＋②、「ない」③＋④＋⑤。"
    "灰色は100％からの残り。回答者数（n）は原典に記載がない。平成28年度から令和7年度まで、1,097.1万人・ポイント。"
)


@pytest.mark.parametrize("limit", [30, 40, 55, 68, 90, 157])
@pytest.mark.parametrize("even", [True, False])
def test_no_line_begins_or_ends_with_a_forbidden_character(limit, even):
    lines = wrap(NOTE, limit, 8, even=even)
    assert "".join(lines) == NOTE
    for line in lines:
        assert fonts.width(line, 8) <= limit
        assert line[0] not in NEVER_FIRST
        assert line[-1] not in NEVER_LAST


@pytest.mark.parametrize("limit", range(11, 45))
def test_brackets_stay_with_what_they_hold(limit):
    text = "（愛着）「意向」『参加』" * 4 + "−5.0＋3.0" * 3
    for line in wrap(text, limit, 8, even=False):
        assert line[0] not in NEVER_FIRST
        assert line[-1] not in NEVER_LAST


def test_numbers_and_their_counters_stay_together():
    for limit in range(22, 90, 3):
        lines = wrap(NOTE, limit, 8)
        for whole in ("1,097.1", "100％", "平成28年度", "令和7年度"):
            assert any(whole in line for line in lines), (whole, limit, lines)


def test_title_lines_are_even():
    lines = wrap(
        "地域に愛着を感じている人は18〜19歳が48.0％で最も低く、全体は72.5％", 77, 9.5, bold=True
    )
    widths = [fonts.width(line, 9.5, True) for line in lines]
    assert len(lines) == 2
    assert min(widths) > 0.6 * max(widths)


def test_english_breaks_between_words_and_japanese_inside_english_text_still_breaks():
    assert wrap("one two three four", 18.5, 9, lang="en") == ["one two", "three four"]
    source = "西東京市シティプロモーション推進方針（令和8年4月）13頁を基に作図"
    assert len(wrap(source, 50, 8, lang="en")) > 1


def test_no_line_begins_with_a_space():
    text = "Attachment to the city and wish to stay, 見本市 and its neighbours (2023–2025, %)"
    lines = wrap(text, 62, 9, lang="en")
    assert len(lines) > 1
    assert all(line == line.strip() for line in lines)


def test_a_break_given_is_kept():
    assert wrap("一行目\n二行目", 150, 9) == ["一行目", "二行目"]


def test_names_of_people_and_places_can_be_drawn():
    assert fonts.missing("髙﨑德濵邊祇園辻葛飾区①〜⑳㈱㎡℃％‰→↗↘▲△−㋿…※") == ""
    assert fonts.missing("𠮷野家") == "𠮷"


def test_measured_width_is_drawn_width():
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from helpers.drawing import Context, Page, styled

    text = "西東京市 mGAPは−1,097.1"

    @styled
    def drawn():
        page = Page(Context("市", "a 2025"), title="題", subtitle="副", plot_mm=20)
        artist = page.text(10, 10, text, size=9)
        return (
            artist.get_window_extent(FigureCanvasAgg(page.figure).get_renderer()).width / 300 * 25.4
        )

    assert fonts.width(text, 9) == pytest.approx(drawn(), abs=0.6)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("「住民基本台帳」（2025年10月1日、架空データ）", ["2025年"]),
        ("最も高いのは50〜59歳の居住継続意向", ["継続", "意向", "居住"]),
        ("無作為抽出による高齢者福祉", ["無作為", "抽出", "高齢者", "福祉"]),
        ("8〜10点の割合 − 0〜5点の割合", ["− 0"]),
    ],
)
def test_numbers_and_pairs_of_kanji_stay_whole(text, whole):
    for limit in range(14, 60):
        lines = wrap(text, limit, 9)
        for part in whole:
            assert any(part in line for line in lines), (part, lines)
