"""Two editions compared: units, sampling error, revisions, safe CSV, a page that asks no server."""

import csv
import io
import math
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from helpers.cli import main
from helpers.comparison.change import Change
from helpers.comparison.changes import changes
from helpers.comparison.comparison import compare
from helpers.comparison.method import method_changes
from helpers.comparison.page import as_page
from helpers.comparison.sheet import as_csv
from helpers.comparison.side import of_folder
from helpers.comparison.text import as_text
from helpers.problems import InputError
from helpers.spreadsheet import guarded
from helpers.tables import INDICATORS, save_indicators

ROOT = Path(__file__).parents[2]
NAN = float("nan")


def row(value=NAN, year=2025, **more):
    """An indicator row of a survey's share, unless said otherwise."""
    plain = {"city": "mihon", "fiscal_year": year, "indicator": "attachment"}
    plain |= {"breakdown": "total", "group": "total", "category": "positive", "value": value}
    plain |= {"printed": f"{value:.1f}".replace("-", "−"), "unit": "%", "n": 1000.0}
    plain |= {"low": NAN, "high": NAN, "basis": "microdata", "definition": "weighted"}
    return plain | {"flag": "", "source": "survey"} | more


def only(before, after, years=(2024, 2025)) -> Change:
    found = changes([before], [after], years)
    assert len(found) == 1
    return found[0]


def around(value, half, **more):
    return row(value, low=value - half, high=value + half, **more)


@pytest.fixture
def mihon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample city's raw files and the committed history of three years."""
    shutil.copytree(ROOT / "data/raw/mihon", tmp_path / "data/raw/mihon")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    for year in (2023, 2024, 2025):
        part = f"data/processed/mihon/{year}/indicators"
        shutil.copytree(ROOT / part, tmp_path / part)
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(("new", "judgement"), [(54.9, "within"), (55.1, "beyond")])
def test_half_widths_of_independent_samples_add_in_squares(new, judgement):
    change = only(around(50.0, 3.0, year=2024), around(new, 4.0))  # √(3² + 4²) = 5
    assert change.margin == pytest.approx(5.0)
    assert change.judgement == judgement


def test_a_share_changes_by_points_and_never_by_percent():
    change = only(row(74.6, 2024), row(73.7))
    assert (change.difference, change.unit) == ("−0.9", "ポイント")


def test_a_number_below_zero_changes_in_its_own_unit():
    minus = {"indicator": "mgap", "category": "total", "unit": "万人・ポイント"}
    change = only(row(-171.6, 2024, **minus), row(48.0, **minus))
    assert (change.difference, change.unit) == ("219.6", "万人・ポイント")


def test_the_difference_is_of_the_unrounded_numbers():
    first = row(10.44, 2024, printed="10.4")
    assert only(first, row(10.56, printed="10.6")).difference == "0.1"  # not 10.6 − 10.4


def test_without_an_interval_nothing_is_said_of_error():
    assert only(row(50.0, 2024), around(60.0, 1.0)).judgement == "unknown"
    bounds = {"basis": "derived", "definition": "bounds"}
    assert (
        only(around(50.0, 1, year=2024, **bounds), around(60, 1, **bounds)).judgement == "unknown"
    )


def test_a_status_is_a_word():
    word = {"indicator": "kpi_status", "unit": "", "basis": "derived"}
    change = only(row(year=2024, printed="順調", **word), row(printed="遅れ", **word))
    assert (change.kind, change.difference) == ("status", "")


def test_a_number_of_the_same_year_is_a_revision_however_small_the_sample():
    change = only(around(50.0, 9.0, year=2020), around(51.0, 9.0, year=2020))
    assert (change.kind, change.judgement) == ("revision", "unknown")
    hidden = only(row(50.0001, 2020, printed="50.0"), row(50.0, 2020))
    assert hidden.kind == "revision"  # below rounding, and still not the same number


def test_the_newest_number_of_each_series_is_compared():
    series = [row(value, year) for value, year in ((1.0, 2021), (2.0, 2022), (3.0, 2023))]
    target = row(9.0, 2030)  # a year to come is no newest number
    found = changes([*series[:2], target], [*series, target], (2024, 2025))
    assert [(c.before["value"], c.after["value"]) for c in found] == [(2.0, 3.0)]


def test_another_definition_gives_no_difference():
    change = only(row(50.0, 2024, definition="city_method"), row(60.0))
    assert change.kind == "method"
    unit = changes([row(50.0, 2024)], [row(60.0, unit="点")], (2024, 2025))
    assert {c.kind for c in unit} == {"method", "change"}
    assert {c.difference for c in unit} == {""}


def test_rows_that_come_and_go():
    found = changes([row(1.0, 2024)], [row(1.0, group="female")], (2024, 2025))
    assert sorted(c.kind for c in found) == ["dropped", "new"]
    hidden = row(year=2024, printed="x", flag="suppressed")
    assert only(hidden, row(60.0)).kind == "handling"


def test_the_change_of_a_change_is_not_told_but_its_revision_is():
    old, new = around(-0.1, 3.0, year=2024), around(-0.9, 3.0, year=2025)
    for each in (old, new):
        each |= {"indicator": "attachment_change", "unit": "ポイント"}
    assert changes([old], [new], (2024, 2025)) == []
    revised = old | {"value": -0.2, "printed": "−0.2"}
    assert [c.kind for c in changes([old], [revised, new], (2024, 2025))] == ["revision"]


@pytest.mark.parametrize("year", ["2023", "令和6年度", "R7"])
def test_an_edition_with_itself_is_empty_and_says_so(mihon, capsys, year):
    assert main(["diff", "mihon", year, year]) == 0
    assert "違いはありません。" in capsys.readouterr().out
    assert as_csv(compare("mihon", year, year)).count("\n") == 1


def test_the_sample_citys_two_years(mihon):
    found = compare("mihon", "2025")
    said = as_text(found)
    assert found.before.year == 2024
    assert "進捗評価 〈published〉 やや遅れ（2024） → 順調（2025）" in said
    attachment = (
        "地域への愛着（感じている） 〈weighted〉 74.6%（2024） → 73.7%（2025）  −0.9ポイント"
    )
    assert re.search(rf"{attachment} ±3\.[56]", said)  # 3.6 from printed intervals, 3.5 unrounded
    beyond, within = found.kind("change", "beyond"), found.kind("change", "within")
    assert 0 < len(beyond) < len(within)
    for each in beyond:
        halves = [(r["high"] - r["low"]) / 2 for r in (each.before, each.after)]
        assert abs(each.after["value"] - each.before["value"]) > math.hypot(*halves)
    assert "basis: microdata → published" in said  # last year's number, typed off the policy
    assert as_text(compare("mihon", "2024", "2025")) == said  # older first, however it is asked
    english = as_text(found, "en")
    assert re.search(
        r"Attachment.* 74\.6% \(2024\) → 73\.7% \(2025\)  −0\.9 points ±3\.[56]", english
    )


def test_a_changed_question_is_named(mihon):
    path = mihon / "data/raw/mihon/2025/codebook.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("愛着を感じていますか。", "愛着がありますか。"), encoding="utf-8")
    assert "設問 attachment の text: あなたは、見本市に愛着を感じていますか。" in as_text(
        compare("mihon", "2025")
    )


def test_one_revised_number_in_a_copied_folder(mihon, tmp_path):
    copy = tmp_path / "kept"
    shutil.copytree(mihon / "data/processed/mihon/2025", copy)
    path = copy / "indicators/population.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert "5353.0,5353," in text
    path.write_text(text.replace("5353.0,5353,", "5335.0,5335,"), encoding="utf-8-sig")
    found = compare("mihon", "2025", str(copy))
    assert [(c.kind, c.key, c.difference) for c in found.changes] == [
        ("revision", "moved_in.total.total", "18")
    ]
    inner = compare("mihon", "2025", str(copy / "indicators"))
    assert [c.key for c in inner.changes] == ["moved_in.total.total"]


def test_the_csv_runs_nothing_in_a_spreadsheet(mihon, tmp_path):
    assert [guarded(t) for t in ("=1+1", "+A1", "@SUM", "-A1", " =x", "\tx", "＝1")] == [
        "'=1+1", "'+A1", "'@SUM", "'-A1", "' =x", "'\tx", "'＝1",
    ]  # fmt: skip
    assert [guarded(t) for t in ("-0.9", "12", "令和7")] == ["-0.9", "12", "令和7"]
    path = mihon / "data/raw/mihon/2025/edition.yml"
    text = path.read_text(encoding="utf-8")
    evil = "labels:\n  page_views: {ja: '=HYPERLINK(\"x\")', en: x}\n  kpi: {ja: =kpi, en: x}"
    path.write_text(text.replace("labels:", evil, 1), encoding="utf-8")
    assert main(["diff", "mihon", "2025", "--csv", str(tmp_path / "d.csv")]) == 0
    content = (tmp_path / "d.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\r" not in content
    cells = [c for r in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for c in r]
    assert any(cell.startswith("'=kpi") for cell in cells)
    loose = [c for c in cells if re.match(r"\s*[=+@-]", c) and not re.fullmatch(r"-?[\d.]+", c)]
    assert loose == []


class Page(HTMLParser):
    """What a browser would fetch, and whether every table and picture can be read aloud."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_the_page_is_self_contained_and_can_be_read_aloud(mihon):
    for year, shade in ((2024, "red"), (2025, "blue")):
        folder = mihon / f"reports/mihon/{year}/figures"
        folder.mkdir(parents=True)
        for name, color in (("mgap", shade), ("flows", "green"), ("mgap_80mm", shade)):
            Image.new("RGB", (1600, 900), color).save(folder / f"{name}.png")
            (folder / f"{name}.txt").write_text(f'図 "{year}"\n説明', encoding="utf-8")
    text = as_page(compare("mihon", "2025"))
    page = Page(text)
    names = [tag for tag, _ in page.tags]
    assert names.count("img") == 2  # the other figure is the same on both sides
    assert "同じ図です" in text
    for tag, given in page.tags:
        if tag == "img":
            assert given["src"].startswith("data:image/png;base64,")
            assert given["alt"].startswith('図 "202')
        assert not {"href", "onclick", "style"} & given.keys()
    assert "script" not in names and "link" not in names
    assert names.count("table") == names.count("caption")
    policy = next(g["content"] for t, g in page.tags if g.get("http-equiv"))
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert page.tags[0] == ("html", {"lang": "ja"})


def test_markup_in_a_name_stays_text(mihon):
    path = mihon / "data/raw/mihon/2025/edition.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("labels:", "labels:\n  kpi: {ja: <b>x, en: x}", 1), "utf-8")
    page = as_page(compare("mihon", "2025"))
    assert "&lt;b&gt;x" in page and "<b>" not in page


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["mihon", "2023"], "比べる前の年度がありません"),
        (["mihon", "2025", "nowhere"], "年度でもフォルダーでもありません"),
        (["mihon", "2025", "{root}/notebooks"], "indicators/\\*.csv"),
        (["mihon", "2025", "2019"], "年度版 2023、2024、2025"),
    ],
)
def test_what_cannot_be_compared_is_a_sentence(mihon, arguments, words):
    with pytest.raises(InputError, match=words):
        compare(*(text.format(root=mihon) for text in arguments))


def test_an_edition_that_never_ran_says_what_to_do(mihon):
    shutil.rmtree(mihon / "data/processed/mihon/2025")
    with pytest.raises(InputError, match="citypromo run mihon 2025"):
        compare("mihon", "2025", "2024")


def test_the_rows_of_the_tests_are_rows():
    assert list(row(1.0)) == list(INDICATORS.columns)


def test_a_year_that_left_a_rolling_window_is_news_only_within_one_edition():
    both, late = [row(1.0, 2020), row(2.0, 2021)], [row(2.0, 2021)]
    assert [c.kind for c in changes(both, late, (2025, 2025))] == ["dropped"]
    assert [c.kind for c in changes(late, both, (2025, 2025))] == ["new"]
    assert changes(both, late, (2024, 2025)) == []


def test_a_difference_is_one_of_the_numbers_inside_not_of_what_is_printed(tmp_path, monkeypatch):
    """35.04 and 35.16 are printed 35.0 and 35.2: they differ by 0.1, what is printed by 0.2."""
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    for year, exact in ((2024, 35.04), (2025, 35.16)):
        inside = row(exact, year, low=exact - 1.0, high=exact + 1.0)
        saved = pd.DataFrame([inside])[list(INDICATORS.columns)]
        save_indicators(saved, "25_survey", tmp_path / str(year))
    sides = [of_folder(tmp_path / str(year), "mihon", year) for year in (2024, 2025)]
    assert [side.rows[0]["value"] for side in sides] == [35.0, 35.2]  # as it is published
    (change,) = changes(sides[0].rows, sides[1].rows, (2024, 2025))
    assert change.difference == "0.1"
    assert change.margin == pytest.approx(math.hypot(1.0, 1.0))
    shutil.rmtree(tmp_path / "2024" / "unrounded")  # another machine's: only what is published
    coarse = of_folder(tmp_path / "2024", "mihon", 2024)
    (change,) = changes(coarse.rows, sides[1].rows, (2024, 2025))
    assert change.difference == "0.2"  # 35.16 - 35.0


def test_another_interval_of_shares_is_a_change_of_method(tmp_path):
    """50 of 1,000 and 3 of 20: Wilson (R prop.test) against Clopper–Pearson (R binom.test)."""

    def side(name, ends):
        rows = [
            row(value, n=n, low=low, high=high, category=str(n), definition="unweighted")
            for (value, n), (low, high) in zip(((5.0, 1000.0), (15.0, 20.0)), ends, strict=True)
        ]
        save_indicators(pd.DataFrame(rows), "survey", tmp_path / name)
        return of_folder(tmp_path / name, "mihon", 2025)

    wilson = side("old", ((3.8, 6.5), (5.2, 36.0)))
    exact = side("new", ((3.7, 6.5), (3.2, 37.9)))
    said = ("割合の95％区間", "Wilson", "Korn–Graubard")
    assert said in method_changes(wilson, exact)
    assert method_changes(exact, exact) == []
