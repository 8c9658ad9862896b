"""Our bars are those of matplotlib, and the lint knows them."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from helpers.drawing import Context, Page, lint, styled
from helpers.drawing.bars import bar, stroke
from helpers.drawing.chart import heads


def limited():
    axes = Figure().add_axes((0, 0, 1, 1))
    axes.set(xlim=(-10, 10), ylim=(-10, 10))
    return axes


@pytest.mark.parametrize(("length", "start"), [(3.0, 0.0), (-4.0, 0.0), (2.0, 5.0)])
def test_a_bar_covers_what_matplotlibs_covers(length, start):
    for across in (False, True):
        ours, theirs = limited(), limited()
        bar(ours, 2, length, wide=0.8, start=start, across=across)
        if across:
            [wanted] = theirs.barh(2, length, height=0.8, left=start)
        else:
            [wanted] = theirs.bar(2, length, width=0.8, bottom=start)
        [drawn] = ours.patches
        assert np.allclose(drawn.get_bbox().get_points(), wanted.get_bbox().get_points())
        assert ours.containers[0].orientation == theirs.containers[0].orientation


def test_limits_stay_as_they_were_set():
    axes = limited()
    bar(axes, 2, 300, wide=0.8)
    stroke(axes, [0, 500], [0, 500])
    assert axes.get_xlim() == axes.get_ylim() == (-10, 10)


@pytest.mark.parametrize(("start", "flaws"), [(0.0, 0), (2.0, 1)])
@pytest.mark.parametrize("across", [False, True])
def test_the_lint_finds_a_bar_that_does_not_begin_at_zero(start, flaws, across):
    @styled
    def chart():
        context = Context("みほん市", "mihon 2025", source="架空データ")
        page = Page(context, title="題名", subtitle="副題（人）", plot_mm=30)
        axes = page.axes(40, 0, 20, 20)
        axes.set(xlim=(0, 10), ylim=(0, 10))
        bar(axes, 5, 3, wide=1, start=start, across=across)
        data = pd.DataFrame([[3] * 12], columns=heads(context))
        return page.chart("bars", unit="人", alt="図。", data=data)

    assert len(lint(chart())) == flaws
