"""Numbers by key, and written as the one before was written."""

import office_report as report
import pytest

from helpers.report.office.numbers import Numbers, is_key
from helpers.report.office.written import span_of, written_like

NUMBERS = Numbers(report.numbers(2025), 2025)


@pytest.mark.parametrize(
    ("key", "printed", "year"),
    [
        ("attachment.total.total.positive", "73.7", 2025),
        ("kpi.kpi.sns_followers.actual", "24871", 2025),
        ("kpi.kpi.sns_followers.actual:-1", "19305", 2024),
        ("kpi.kpi.sns_followers.actual:2024", "19305", 2024),
        ("kpi.kpi.sns_followers.target", "43000", 2027),  # later than the edition: the next
        ("kpi.kpi.sns_followers.baseline", "15138", 2021),
        ("mgap.total.total.total", "−103.0", 2025),  # the city's own method first
        ("mgap.total.total.total@weighted", "−327.6", 2025),
        ("moved_in.total.total@register_all", "5353", 2025),
        ("kpi_status.kpi.sns_followers", "順調", 2025),
        ("score_share.total.total.recommend.8", "12.5", 2025),  # one of the single answers
    ],
)
def test_a_key_finds_its_number(key, printed, year):
    found = NUMBERS.find(key)
    assert (found.printed, found.year) == (printed, year)


@pytest.mark.parametrize(
    ("key", "known", "said"),
    [
        ("atachment.total.total.positive", False, "「attachment.total.total.positive」"),
        ("weather.total.total.rain", False, "この年度版にないキー"),
        ("mgap.total.total.total@wieghted", False, "mgap.total.total.total@weighted"),
        ("kpi.kpi.sns_followers.actual:1999", False, "「1999」の年の数値がありません"),
        ("moved_in.total.total", True, "moved_in.total.total@japanese_movers、moved_in"),
        ("hidden.total.total.positive", True, "秘匿"),
    ],
)
def test_a_key_without_a_number_says_why(key, known, said):
    found = NUMBERS.find(key)
    assert (found.printed, found.known) == ("", known)
    assert said in (found.why[0] or NUMBERS.nearest(key)[0])


@pytest.mark.parametrize(
    ("old", "printed", "new"),
    [
        ("74.6", "73.7", "73.7"),
        ("19,305", "24871", "24,871"),
        ("19305", "24871", "24871"),
        ("985", "1024", "1,024"),
        ("〇〇.〇", "24871", "24,871"),
        ("１９，３０５", "24871", "２４，８７１"),
        ("19,305", "985", "985"),
        ("▲135.2", "−103.0", "▲103.0"),
        ("△1,097", "−1204", "△1,204"),
        ("-48.0", "−12.5", "−12.5"),
        ("12.5", "−1300.0", "−1,300.0"),
        ("+442.9", "401.2", "+401.2"),
        ("+442.9", "−401.2", "−401.2"),
        ("−442.9", "401.2", "401.2"),
        ("▲3", "0", "0"),
        ("遅れ", "順調", "順調"),
    ],
)
def test_a_number_is_written_as_the_one_before(old, printed, new):
    assert written_like(old, printed) == new


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("73.7％", (0, 4)),
        ("約▲1,097.5万", (1, 9)),
        ("４３，０００人", (0, 6)),
        ("なし", (0, 2)),
        ("48.0から51.2", None),
    ],
)
def test_the_one_number_of_a_text_is_found(text, span):
    assert span_of(text) == span


def test_a_tag_is_a_key_by_its_form():
    assert is_key("attachment.age_group.70+.positive@weighted:-1")
    for other in ("Title", "http://x.y.z", "title:attachment", "a.b", "１.２.３", ""):
        assert not is_key(other)


def test_a_turned_sign_is_told(policy, published, tmp_path):
    from helpers.report.office.refresh import refresh

    pairs = [('xml:space="preserve">▲<', 'xml:space="preserve">+<')]
    package = report.changed_copy(policy, tmp_path / "x.docx", {"word/document.xml": pairs})
    notes = {f.key: f.note[0] for f in refresh(package, published).findings}
    assert "符号が変わりました" in notes["mgap.total.total.total"]
    assert notes["attachment.total.total.positive"] == ""


def test_last_year_is_of_the_same_definition_and_from_its_own_edition_if_need_be():
    key = "attachment.total.total.positive"
    other = report.row(key, "75.9", 2024, definition="city_method")  # printed again this year
    own = [report.row(key, "73.7", 2025, definition="weighted"), other]
    before = [report.row(key, "74.6", 2024, definition="weighted"), other]
    asked = []

    def earlier(year):
        asked.append(year)
        return before

    numbers = Numbers(own, 2025, earlier)
    assert numbers.find(f"{key}:-1").printed == "74.6"
    assert numbers.find(f"{key}@city_method").printed == "75.9"
    assert asked == [2024]
    assert not Numbers(own, 2025).find(f"{key}:-1").known


def test_a_sentence_of_the_document_is_no_rival_of_the_number():
    said = [report.row("kpi_change.kpi.sns", t, 2025, definition=d) for t, d in _CHANGES]
    assert Numbers(said, 2025).find("kpi_change.kpi.sns").printed == "136.0"


_CHANGES = (("136", "text"), ("136.0", "ratio"))
