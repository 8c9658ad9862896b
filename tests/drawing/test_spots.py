"""A number takes the first spot where it can be read, and is missed where there is none."""

import pandas as pd
import pytest

from helpers.drawing import Context, Page, Spot, lint, styled
from helpers.drawing.chart import heads

FREE, TAKEN = Spot(100.0, 5.0), Spot(20.0, 25.0)


@styled
def chart(spots, draw=None, **number):
    """A page with a word at ``TAKEN`` and a bar, and one number that looks for a spot."""
    context = Context("みほん市", "mihon 2025", source="架空データ")
    page = Page(context, title="題名", subtitle="副題（人）", plot_mm=30)
    page.text(TAKEN.x, TAKEN.y, "ここにある", ha="center")
    axes = page.axes(40, 0, 20, 20)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.bar([0.5], [1.0], width=1.0, color="#00428c")
    if draw:
        draw(page)
    page.number("12.3", spots, **number)
    data = pd.DataFrame([[12.3] * 12], columns=heads(context))
    return page.chart("spots", unit="人", alt="図。", data=data)


def places(made):
    return [text.get_position() for text in made.figure.texts if text.get_text() == "12.3"]


@pytest.mark.parametrize(
    "bad",
    [
        TAKEN,
        Spot(159.0, 5.0),  # half off the page
        Spot(41.0, 10.0),  # across the edge of the bar
        Spot(50.0, 10.0),  # ink on the dark bar
        Spot(80.0, 20.0),  # on the line
        Spot(FREE.x, FREE.y, leader=((20.0, 5.0), (20.0, 30.0))),  # its leader crosses the word
    ],
)
def test_a_spot_where_it_cannot_be_read_is_passed_over(bad):
    def line(page):
        page.rule([70, 90], [20, 20], color="#c74700")

    made = chart([bad, FREE], line)
    assert [x for x, _ in places(made)] == [FREE.x]
    assert lint(made) == []
    assert made.notes == ()


def test_a_number_without_a_spot_is_left_out_and_the_page_says_so():
    made = chart([TAKEN])
    assert places(made) == []
    assert made.notes == ("表示のない数値はCSVにある",)


def test_a_number_on_a_bar_takes_the_colour_of_its_spot():
    made = chart([Spot(50.0, 10.0, color="#ffffff")])
    assert [x for x, _ in places(made)] == [50.0]
    assert lint(made) == []


def test_who_is_more_important_chooses_first():
    def other(page):
        page.number("45.6", [FREE], rank=5)

    made = chart([FREE], other, rank=1)
    shown = [text.get_text() for text in made.figure.texts]
    assert "12.3" in shown
    assert "45.6" not in shown


def test_two_lines_stand_or_go_together():
    up = Spot(TAKEN.x, TAKEN.y + 4.19)  # its upper line would be on the word

    def both(page):
        page.number("目標\n99.9", [up])

    shown = [text.get_text() for text in chart([FREE], both).figure.texts]
    assert "99.9" not in shown
    assert "目標" not in shown
