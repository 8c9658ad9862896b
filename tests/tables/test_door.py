"""The first door: what a notebook saves is refused where it must not leave, whoever made it."""

from types import SimpleNamespace

import pandas as pd
import pytest

from helpers.check.history import history_problems
from helpers.configuration import read_configuration
from helpers.desk.indicators import Desk
from helpers.indicators.rows import indicator_row, indicator_table
from helpers.places import Places
from helpers.problems import InputError
from helpers.tables import (
    INDICATORS,
    RULES,
    Disclosure,
    load_indicators,
    read_indicators,
    save_indicators,
    unrounded,
)
from helpers.tables.door import admitted

SAME = {"fiscal_year": 2025, "unit": "%", "basis": "microdata", "definition": "mine"}
PLACE = {"breakdown": "district", "group": "east", "category": "positive"}
DOCUMENT = {"basis": "published", "n": float("nan")}
OWN = {"east": "東部", "west": "西部"}


def refused(*rows, **options) -> list:
    with pytest.raises(InputError) as caught:
        admitted(indicator_table(list(rows), "mihon"), "a.csv", own=OWN, **options)
    return caught.value.problems


def row(value, decimals=1, **columns):
    told = {**SAME, **PLACE, "n": 200, **columns}
    return indicator_row(told.pop("indicator", "attachment"), value, decimals, **told)


def hidden(**columns):
    value = columns.pop("value", None)
    return row(value, **{"printed": "x", "flag": "suppressed", "n": float("nan"), **columns})


def test_the_hand_made_row_of_the_case_is_refused():
    """``nb24_n3_unsuppressed.ipynb``: n = 3, 33.3 %, basis microdata."""
    (problem,) = refused(row(100 / 3, n=3, source="sheet"))
    assert problem.text("en") == (
        "a.csv: “attachment.district.east.positive” rests on 3 people and is not hidden; 10 are "
        "needed. → merge the group with its neighbour, or hide the row (printed x, flag suppressed)"
    )
    assert "3 人の答え" in str(problem)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (row(100 / 9, n=9), "rests on 9 people"),
        (row(4.0, n=9, unit="点", indicator="mean_score"), "rests on 9 people"),
        (row(50.0, n=float("nan")), "has no n"),
        (row(1.0, n=100), "fewer than 3 of n=100"),  # one of a hundred
        (row(100 * 2 / 13, n=13), "fewer than 3 of n=13"),
        (row(100 * 12 / 13, n=13), "fewer than 3 of n=13"),  # all but one
        (row(100 / 3, n=3, basis="derived"), "rests on 3 people"),
        (row(1.0, n=100, unit="％"), "fewer than 3 of n=100"),
        (row(120.0, unit="％"), "0 to 100 (％)"),
        (hidden(n=7), "is hidden (suppressed) and still has numbers"),
        (hidden(value=33.3), "is hidden (suppressed) and still has numbers"),
        (hidden(low=20.0), "is hidden (suppressed) and still has numbers"),
        (hidden(high=40.0), "is hidden (suppressed) and still has numbers"),
        (hidden(printed="33.3"), "is hidden (suppressed) and still has numbers"),
        (row(120.0), "out of what is possible: 0 to 100 (%)"),
        (row(-3.0), "out of what is possible: 0 to 100 (%)"),
        (row(5.2, unit="点", indicator="ease"), "out of what is possible: 1 to 5 (点)"),
        (row(-101.0, unit="ポイント", indicator="modified_nps"), "-100 to 100"),
        (row(120.0, **DOCUMENT), "0 to 100 (%)"),  # of the positive, whoever prints it
        (row(120.0, **DOCUMENT | {"indicator": "share_own", "category": ""}), "0 to 100 (%)"),
        (row(0.0, **DOCUMENT, unit="位"), "1 to inf (位)"),
        (row(55.55, printed="55.5"), "is not its value 55.55 rounded half up: “55.6”"),
        (row(55.55, printed="about half"), "is not its value"),
        (row(55.55, printed="55.5", **DOCUMENT), "is not its value"),
        (row(50.0, low=51.0, high=60.0), "lies outside its interval 51 to 60"),
        (row(50.0, low=60.0, high=40.0), "lies outside its interval"),
        (row(50.0, high=49.0), "lies outside its interval"),
        (row(50.0, breakdown="planet"), "no words for the breakdown “planet”"),
        (row(50.0, group="moon"), "no words for the group “moon”"),
        (row(50.0, indicator="happines"), "no words for the indicator “happines”"),
    ],
)
def test_each_kind_is_refused_in_a_sentence(bad, said):
    found = refused(bad, scales={"ease": (1.0, 5.0)})
    assert any(said in problem.text("en") for problem in found), [p.text("en") for p in found]


def test_three_people_and_nobody_may_be_told_of():
    good = [row(1.5, n=200), row(0.0, group="west"), row(100.0, category="negative")]
    assert len(admitted(indicator_table(good, "mihon"), "a.csv", own=OWN)) == 3


@pytest.mark.parametrize(
    "good",
    [
        [row(1.0, decimals=0, n=200)],  # 0.5 % to 1.5 %: one to three people, nobody knows
        [  # what a document says itself may be computed further
            row(40.0, basis="published", n=float("nan")),
            row(100 / 3, n=3, basis="derived", category="negative"),
        ],
        [  # pooled years are other people than those of the one year
            hidden(definition="unweighted"),
            row(50.0, definition="weighted", source="pooled"),
        ],
        [row(140.0, indicator="attachment_change", unit="%")],
        [row(124.0, **DOCUMENT, category="")],  # an attainment
    ],
)
def test_what_tells_of_nobody_is_let_in(good):
    assert len(admitted(indicator_table(good, "mihon"), "a.csv", own=OWN)) == len(good)


def test_a_weighted_share_is_held_by_its_unweighted_twin():
    """2.4 % of 100 weighted people can be three; without the twin nobody knows."""
    weighted = row(2.4, n=100, definition="weighted")
    three = row(3.0, n=100, definition="unweighted")
    two = row(2.0, n=100, definition="unweighted")
    assert len(admitted(indicator_table([weighted, three], "mihon"), "a.csv", own=OWN)) == 2
    assert len(refused(weighted, two)) == 1
    assert len(refused(weighted)) == 1


def test_what_is_hidden_in_one_definition_is_hidden_in_all():
    (problem,) = refused(row(50.0, definition="weighted"), hidden(definition="unweighted"))
    assert "hidden in one definition (unweighted) and shown in another (weighted)" in problem.en


def test_a_whole_outside_its_groups_is_refused_where_they_cover_it():
    whole = row(70.0, breakdown="total", group="total", n=300)
    parts = [row(50.0, n=100), row(60.0, n=200, group="west")]
    below = row(40.0, breakdown="total", group="total", n=300)
    for outside in (whole, below):
        (problem,) = refused(outside, *parts)
        assert "outside those of its groups by district, 50 to 60" in problem.en
    inside = row(57.0, breakdown="total", group="total", n=300)
    more = row(70.0, breakdown="total", group="total", n=400)  # a hundred are in no group
    rounded = row(60.04, breakdown="total", group="total", n=300)  # 60.0 as the group is
    for fine in (inside, more, rounded):
        assert len(admitted(indicator_table([fine, *parts], "mihon"), "a.csv", own=OWN)) == 3


def test_two_equal_rows_are_one_and_different_ones_are_refused(tmp_path):
    one, other = row(50.0), row(51.0)
    table = pd.concat([indicator_table([one], "mihon")] * 2)
    assert len(save_indicators(table, "a", tmp_path)) == 1
    twice = pd.concat([indicator_table([x], "mihon") for x in (one, other)])
    with pytest.raises(InputError, match="2つあり、value が「50」と「51」"):
        save_indicators(twice, "a", tmp_path)
    save_indicators(indicator_table([other], "mihon"), "b", tmp_path)  # in another file
    with pytest.raises(InputError, match="2つあり"):
        load_indicators(tmp_path)


def test_what_two_sources_say_alike_is_said_once_and_by_the_first():
    table = indicator_table([row(50.0, source="a"), row(50.0, source="b")], "mihon")
    assert list(table["source"]) == ["a"]
    with pytest.raises(InputError, match="2つあり、value が「50」と「51」"):
        indicator_table([row(50.0, source="a"), row(51.0, source="b")], "mihon")


def test_a_city_may_be_stricter_and_never_laxer(tmp_path):
    table = indicator_table([row(50.0, n=18)], "mihon")
    assert len(admitted(table, "a.csv")) == 1
    with pytest.raises(InputError, match="18 人"):
        admitted(table, "a.csv", Disclosure(smallest_base=20))
    four = indicator_table([row(4.0, n=100)], "mihon")
    assert len(admitted(four, "a.csv")) == 1
    with pytest.raises(InputError, match="n=100 のうち 6 人に満たない"):
        admitted(four, "a.csv", Disclosure(smallest_cell=6))
    path = tmp_path / "disclosure.yml"
    path.write_text("smallest_base: 5", encoding="utf-8")
    with pytest.raises(InputError, match="smallest_base"):
        read_configuration(path, Disclosure)


def test_what_a_document_prints_is_not_touched(tmp_path):
    """A city's own table: no n, small numbers, its own digits and texts."""
    told = {"basis": "published", "n": float("nan"), "definition": "published"}
    rows = [row(0.4, **told), row(206000, 0, **told, unit="人", printed="20万6千", group="west")]
    saved = save_indicators(indicator_table(rows, "mihon"), "a", tmp_path)
    assert saved["value"].tolist() == [0.4, 206000.0]
    assert saved["printed"].tolist() == ["0.4", "20万6千"]


def test_what_leaves_has_the_printed_digits_and_the_rest_stays(tmp_path):
    exact = 100 * 1027 / 1416  # 72.528…
    rows = [row(exact, n=1416, low=exact - 2.33333, high=exact + 2.33333)]
    save_indicators(indicator_table(rows, "mihon"), "a", tmp_path)
    text = (tmp_path / "indicators" / "a.csv").read_text(encoding="utf-8-sig")
    assert "72.5,72.5,%,1416.0,70.2,74.9," in text
    read = load_indicators(tmp_path)
    assert unrounded(read, tmp_path)["unrounded"].tolist() == [exact]
    # A table of another run, or none: what is published.
    changed = read.assign(value=71.0, printed="71.0")
    assert unrounded(changed, tmp_path)["unrounded"].tolist() == [71.0]
    (tmp_path / "unrounded" / "a.parquet").unlink()
    assert unrounded(read, tmp_path)["unrounded"].tolist() == [72.5]


def test_a_notebook_cannot_save_it_either():
    """What the case's notebook does in its last cell; nothing is written."""
    desk = Desk("mihon", 2025)
    mine = {**SAME, **PLACE, "n": 3, "source": "sheet"}
    with pytest.raises(InputError, match=r"attachment\.district\.east\.positive.* 3 人の答え"):
        desk.save([indicator_row("attachment", 100 / 3, 1, **mine)], "progress")
    with pytest.raises(InputError, match=r"-2 から 2 まで"):
        score = {**mine, "unit": "点", "n": 900, "category": "score"}
        desk.save([indicator_row("field_satisfaction", 2.5, 2, **score)], "progress")
    with pytest.raises(InputError, match="「nowhere」を表す言葉がありません"):
        desk.save([indicator_row("attachment", 50, 1, **mine | {"group": "nowhere", "n": 90})], "a")


def test_check_names_an_edition_of_the_history_that_tells_of_few(tmp_path):
    """Two rows of 2024 were fine when they were published; nothing is changed."""
    places = Places(tmp_path, "mihon", 2025)
    folder = tmp_path / "data" / "processed" / "mihon" / "2024"
    (folder / "indicators").mkdir(parents=True)
    rows = [row(100 / 3, n=3), row(50.0, n=8, group="west"), row(40.0, category="negative")]
    table = indicator_table(rows, "mihon")
    path = folder / "indicators" / "survey.csv"
    table.to_csv(path, index=False, encoding="utf-8-sig")
    before = path.read_bytes()
    edition = SimpleNamespace(places=places, city="mihon", fiscal_year=2025, disclosure=RULES)
    (problem,) = history_problems(edition)
    assert problem.severity == "warning"
    assert "2 行" in str(problem)
    assert "survey.csv: 2 rows do not keep today's rules" in problem.text("en")
    assert "citypromo run mihon 2024" in problem.text("en")
    assert path.read_bytes() == before
    stricter = SimpleNamespace(**vars(edition) | {"disclosure": Disclosure(smallest_base=300)})
    assert "3 行" in str(*history_problems(stricter))


def test_each_file_of_the_history_is_held_against_itself_alone(tmp_path):
    """The files are looked at in one pass; a row of another file is neither twin nor definition."""
    places = Places(tmp_path, "mihon", 2025)
    folder = tmp_path / "data" / "processed" / "mihon" / "2024" / "indicators"
    folder.mkdir(parents=True)
    edition = SimpleNamespace(places=places, city="mihon", fiscal_year=2025, disclosure=RULES)

    def found(**files) -> list[str]:
        for name, one in files.items():
            table = indicator_table([one], "mihon")
            table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig")
        return [problem.text("en") for problem in history_problems(edition)]

    assert not found(a=row(50.0, definition="weighted"), b=hidden(definition="unweighted"))
    (said,) = found(
        a=row(2.4, n=100, definition="weighted"), b=row(3.0, n=100, definition="unweighted")
    )
    assert "a.csv" in said and "fewer than 3 of n=100" in said


HEADING = ",".join(INDICATORS.columns)
LINE = "mihon,2024,attachment,district,east,positive,40,40.0,%,200,,,microdata,mine,,sheet"
NO_TABLES: dict[str, tuple[bytes, str]] = {
    "one number": (b"0", "no columns “city”"),
    "empty": (b"", "it is no table"),
    "a mark alone": (b"\xef\xbb\xbf", "it is no table"),
    "Shift_JIS": (f"{HEADING}\n{LINE.replace('east', '東部')}".encode("cp932"), "it is not UTF-8"),
    "UTF-16": (f"{HEADING}\n{LINE}".encode("utf-16"), "it is not UTF-8"),
    "an old format": (HEADING.replace(",flag", "").encode(), "no columns “flag”"),
    "semicolons": (HEADING.replace(",", ";").encode(), "no columns “city”"),
    "one longer line": (f"{HEADING}\n{LINE}\n{LINE},x".encode(), "it is no table"),
    "longer lines": (f"{HEADING}\n{LINE},x".encode(), "its lines differ in length"),
    "a shorter line": (f"{HEADING}\n{LINE[:60]}".encode(), "in basis does not fit"),
    "an open quotation": (f'{HEADING}\n{LINE}"x\n"'.encode(), "it is no table"),
    "a word for a number": (f"{HEADING}\n{LINE.replace(',40,', ',many,')}".encode(), "value in line 2 is “many”"),
    "thousands": (f'{HEADING}\n{LINE.replace(",40,", ",{q}1,000{q},")}'.format(q='"').encode(), "“1,000”"),
    "infinity": (f"{HEADING}\n{LINE}\n{LINE.replace(',40,', ',inf,')}".encode(), "value in line 3 is “inf”"),
    "a truth": (f"{HEADING}\n{LINE.replace(',40,', ',True,')}".encode(), "value in line 2 is “True”"),
    "half a year": (f"{HEADING}\n{LINE.replace('2024', '2024.5')}".encode(), "fiscal_year in line 2"),
    "no year": (f"{HEADING}\n{LINE.replace('2024', '')}".encode(), "fiscal_year in line 2 is “”"),
    "another basis": (f"{HEADING}\n{LINE.replace('microdata', 'hearsay')}".encode(), "“hearsay” in basis"),
    "one key twice": (f"{HEADING}\n{LINE}\n{LINE.replace('40', '50')}".encode(), "twice"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "said"), NO_TABLES.values(), ids=NO_TABLES)
def test_what_is_no_table_of_indicators_is_said_in_one_sentence(content, said, tmp_path):
    """Of an earlier edition, which a run reads, an error; of its own, which it makes anew, none."""
    for year, severity in ((2024, "error"), (2025, "warning")):
        path = tmp_path / str(year) / "data/processed/mihon" / str(year) / "indicators" / "a.csv"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        places = Places(tmp_path / str(year), "mihon", 2025)
        edition = SimpleNamespace(places=places, city="mihon", fiscal_year=2025, disclosure=RULES)
        (problem,) = history_problems(edition)
        assert (problem.severity, "a.csv" in problem.where) == (severity, True)
        assert said in problem.text("en")
        with pytest.raises(InputError):
            load_indicators(path.parents[1])


def test_a_table_is_read_as_it_was_saved(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"\ufeff{HEADING}\n{LINE}\n", encoding="utf-8")
    (read,) = read_indicators(path).to_dict("records")
    assert (read["fiscal_year"], read["value"], read["n"]) == (2024, 40.0, 200.0)
    assert (read["printed"], read["flag"]) == ("40.0", "")
    assert pd.isna(read["low"])
