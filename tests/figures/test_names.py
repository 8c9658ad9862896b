"""Names that a caller gives a chart: found by id or by what is shown, or refused; never dropped."""

import inspect
import re

import pytest
import samples

from helpers import figures
from helpers.drawing import Context
from helpers.figures import names
from helpers.problems import InputError

CONTEXT = Context(city="試験市", edition="testville 2025", labels={"north": "北部"},
                  words={"ja": {"north": "北部"}, "en": {"north": "North"}})  # fmt: skip


def drawn(**given):
    return figures.likert(samples.attachment(), context=CONTEXT, indicator="attachment", **given)


@pytest.mark.parametrize(
    "name", ["20-29", "20〜29歳", "20~29歳", "２０〜２９歳", "20–29", "20〜29歳 "]
)
def test_an_id_or_what_is_shown_in_either_language(name):
    chart = drawn(groups=[name])
    assert [key for key in chart.data["キー"] if "age_group" in key] == [
        f"attachment.age_group.20-29.{part}" for part in ("positive", "neutral", "negative")
    ]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"groups": ["20-29", "20-29歳以上"]}, "20-29歳以上"),
        ({"groups": ["70-79"]}, "70-79"),
        ({"groups": ["under_1"]}, "under_1"),  # a group of another breakdown
        ({"breakdown": "age_grup"}, "age_grup"),
        ({"breakdown": ["age_group", "sex"]}, "sex"),
        ({"categories": ["positive", "negativ"]}, "negativ"),
    ],
)
def test_a_name_that_no_row_has_is_refused_with_the_nearest(given, found):
    with pytest.raises(InputError) as error:
        drawn(**given)
    (problem,) = error.value.problems
    assert f"「{found}」" in str(problem)
    assert f"“{found}”" in problem.text("en")
    assert problem.remedy


def test_the_nearest_is_said():
    with pytest.raises(InputError, match="「20-29」の誤り"):
        drawn(groups=["20-29歳"])


def test_a_name_that_means_several_is_refused():
    rows = samples.attachment()
    double = rows[rows["group"] == "20-29"].assign(group="30-39")
    double["group"] = "other"
    labels = {"other": "20〜29歳"}
    context = Context(city="試", edition="t 2025", words={"ja": labels, "en": labels})
    import pandas as pd

    with pytest.raises(InputError, match=r"20-29.*other|other.*20-29"):
        figures.likert(
            pd.concat([rows, double]), context=context, indicator="attachment", groups=["20〜29歳"]
        )


def test_the_own_city_may_stand_as_the_whole():
    given = {"own": "testville"}
    out = names.resolved(figures.ranked_dots, samples.attachment(), given, CONTEXT)
    assert out["own"] == "testville"


def test_every_chart_that_takes_names_goes_through_the_rule():
    """A new parameter of names must be told to the rule; what else there is, is listed here."""
    words = {"rows", "context", "key", "title", "notes", "source", "area", "population", "peers"}
    # Numbers, whole specifications, what a bar stands for, roles of options, a stem of names.
    others = words | {"reference", "most", "panels", "by", "roles", "ranking", "years", "other"}
    others |= {"of", "plan_years"}  # words of a plan, and its years
    for name, function in inspect.getmembers(figures, inspect.isfunction):
        own = set(inspect.signature(function).parameters)
        assert own - others <= names._COLUMNS.keys(), name
        source = inspect.getsource(inspect.getmodule(inspect.unwrap(function)))
        assert re.search(rf"@chart_type\ndef {name}\(", source), name
