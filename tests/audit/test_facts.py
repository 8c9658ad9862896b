"""Numbers named by key in text, and the sentences of every year."""

import re

import pytest
from courtroom import EDITIONS, edition, evidence, row

from helpers.problems import InputError
from helpers.sentences.evidence import Evidence
from helpers.sentences.facts import Facts, facts, facts_of_rows
from helpers.sentences.naming import Naming
from helpers.sentences.ready import as_text, sentences


def of(city: str) -> Facts:
    return Facts(evidence(city), Naming(edition(city)), EDITIONS[city])


def made(*rows) -> Facts:
    return Facts(Evidence(rows), Naming(edition("nishitokyo")), 2025)


@pytest.mark.parametrize(
    ("city", "field", "ja", "en"),
    [
        ("nishitokyo", "{mgap.total.total.total}", "−414", "−414"),
        ("nishitokyo", "{attachment.age_group.18-19.positive}", "48.0％", "48.0%"),
        ("nishitokyo", "{population.total.total}", "20.7万人", "207,000 people"),
        ("nishitokyo", "{brand_score.total.total.attractiveness}", "7.4点", "7.4 points"),
        ("nishitokyo", "{brand_score.total.total.attractiveness|rank}", "526位", "rank 526"),
        ("nishitokyo", "{brand_rank.total.total.attractiveness|change}", "9位上昇", "up 9 places"),
        (
            "nishitokyo",
            "{brand_rank.total.total.tourism_intention|増減}",
            "180位下降",
            "down 180 places",
        ),
        ("nishitokyo", "{moved_in.total.total#register_all@2019}", "14,054人", "14,054 people"),
        ("nishitokyo", "{moved_in.total.total#japanese_movers@newest}", "9,223人", "9,223 people"),
        ("nishitokyo", "{intent_amount.total.total.participate|number}", "−1,097.1", "−1,097.1"),
        ("isehara", "{kpi.kpi.sns_followers.actual|ratio}", "136.0％", "136.0%"),
        ("isehara", "{kpi.kpi.sns_followers.actual|increase}", "36.0％増", "up 36.0%"),
        # 492.5/463.5 to 493.5/462.5: 6.26 to 6.70, so that no decimal is known
        ("isehara", "{kpi.kpi.page_views.actual|増減率}", "6％増", "up 6%"),
        ("isehara", "{kpi.kpi.page_views.actual|change}", "30万件増", "up 300,000"),
        ("isehara", "{kpi.kpi.page_views.actual|change.baseline}", "260万件減", "down 2,600,000"),
        (
            "isehara",
            "{kpi.kpi.information_access.actual|change}",
            "3.8ポイント減",
            "down 3.8 points",
        ),
        (
            "isehara",
            "{kpi.kpi.information_access.actual|change.現状値}",
            "0.1ポイント増",
            "up 0.1 points",
        ),
        ("isehara", "{kpi.kpi.page_views.actual@R5}", "463万件", "4,630,000"),
        ("mihon", "{attachment.total.total.positive|interval}", "71.2〜76.2％", "71.2 to 76.2%"),
    ],
)
def test_a_field_is_written(city, field, ja, en):
    assert of(city).write(f"前{field}後") == f"前{ja}後"
    assert of(city).write(f"a {field} z", "en") == f"a {en} z"


def test_the_city_of_a_frame_and_of_rows_say_the_same():
    from helpers.tables import load_indicators

    frame = load_indicators(edition("isehara").places.published_data)
    text = "{kpi.kpi.sns_followers.actual|ratio}"
    by_frame = facts(edition("isehara"), frame, frame.head(0)).write(text)
    assert by_frame == of("isehara").write(text) == "136.0％"


@pytest.mark.parametrize(
    ("field", "why", "remedy"),
    [
        (
            "{mgap.total.totl.total}",
            "指標「mgap.total.totl.total」はない",
            "「mgap.total.total.total」の誤り",
        ),
        (
            "{moved_in.total.total@2018}",
            "定義の違う数値が複数ある",
            "#register_all、#japanese_movers",
        ),
        ("{attachment.total.total.positive@R3}", "2021年度の数値がない", "@2025"),
        ("{attachment.total.total.positive@昨年}", "年度ではありません", "@newest"),
        ("{attachment.total.total.positive|intervall}", "という形はない", "「interval」の誤り"),
        ("{attachment.total.total.positive|interval}", "標本の区間がない", "値だけ"),
        ("{attachment.total.total.positive|change}", "比べる数値がない", "前の年度版"),
        ("{attachment.total.total.positive|rank}", "順位がない", "値を書く"),
        ("{brand_score.total.total.attractiveness|ratio}", "割合、点数、順位の比", "|change"),
    ],
)
def test_what_must_not_be_written_says_why(field, why, remedy):
    with pytest.raises(InputError) as caught:
        of("nishitokyo").write(f"{field}と{{moved_in.total.total#register_all@2019}}")
    text = str(caught.value)
    assert why in text and remedy in text and field in text
    assert not re.search(r"[ぁ-ん]", caught.value.text("en").replace(field, ""))


def test_all_wrong_fields_are_named_at_once():
    with pytest.raises(InputError) as caught:
        of("nishitokyo").write("{a.b.c} {d.e.f} {mgap.total.total.total}")
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    "more", [{"flag": "suppressed"}, {"flag": "small_base"}, {"n": 29}], ids=str
)
@pytest.mark.parametrize("form", ["", "|change", "|interval", "|rank", "|number"])
def test_hidden_and_small_numbers_are_never_written(more, form):
    sample = {"basis": "microdata", "definition": "weighted", "low": 30.1, "high": 45.9}
    hidden = row("x", 2025, "37.5", "%", **sample | {"n": 400} | more)
    before = row("x", 2024, "36.5", "%", **sample | {"n": 400})
    with pytest.raises(InputError) as caught:
        made(hidden, before).write(f"{{x.total.total{form}}}")
    assert not re.search(r"37\.5|36\.5|30\.1|45\.9", str(caught.value))


def test_a_hidden_number_of_the_year_before_is_not_told_by_the_change():
    rows = [row("x", 2025, "37.5", "%", n=400), row("x", 2024, "36.5", "%", flag="suppressed")]
    with pytest.raises(InputError):
        made(*rows).write("{x.total.total|change}")


def test_no_ratio_of_a_negative_number():
    rows = [row("mgap", year, "−414", "万人・ポイント") for year in (2024, 2025)]
    with pytest.raises(InputError, match="0以下"):
        made(*rows).write("{mgap.total.total|increase}")


NEEDED = {
    "nishitokyo": ("①", "③", "④", "⑦", "⑧", "mGAP"),
    "isehara": ("③", "成果指標の進捗"),
    "mihon": ("①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "mGAP", "成果指標の進捗"),
}


@pytest.mark.parametrize("city", EDITIONS)
class TestSentences:
    def test_each_section_with_data_has_some(self, city):
        headings = as_text(sentences(of(city))).split("\n")
        assert all(any(line.startswith(head) for line in headings) for head in NEEDED[city])

    def test_no_field_is_left_unfilled(self, city):
        for sentence in sentences(of(city)):
            assert not re.search(r"[{}]|nan|None|（）|\(\)", sentence.text.ja + sentence.text.en)
            assert sentence.text.ja.endswith("。") and sentence.text.en.endswith(".")
            assert not re.search(r"[ぁ-んァ-ヶ％。]", sentence.text.en), sentence.text.en
            assert "-" not in re.sub(r"\d-\d", "", re.sub(r"[a-z]-[a-z]", "", sentence.text.ja))

    def test_every_number_is_one_of_the_rows(self, city):
        """No number in a sentence that its indicators do not print, or that is no change of them."""
        known = evidence(city)
        for sentence in sentences(of(city)):
            printed = {"8", "10", "0", "5", "95", "100", "26"}  # 8〜10点, 95％, 100人, 26市
            for key in known.keys:
                for definition in known.all_definitions(key):
                    for number in known.all_definitions(key)[definition].values():
                        printed |= {number.printed.replace("−", ""), str(number.year)}
            text = re.sub(
                r"前年度から[^、）]*|から[\d.,万件人]+(ポイント)?[増減]", "", sentence.text.ja
            )
            text = re.sub(
                r"信頼区間[^）]*|\d+〜\d+(歳|年未満|点)|\d+年(以上|未満)|\d+歳以上", "", text
            )
            for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text):
                assert found.replace(",", "") in printed, (found, sentence.text.ja)

    def test_its_keys_are_there(self, city):
        for sentence in sentences(of(city)):
            assert sentence.keys and all(key in evidence(city) for key in sentence.keys)


def test_a_level_change_is_called_level_as_titles_call_it():
    said = as_text(sentences(of("mihon")))
    assert "0.7ポイント減、横ばいの範囲" in said  # 30.6 → 29.9, below one point
    assert "1.7点増）" in said  # 14.1 → 15.8, above it
    assert "0.9ポイント減、標本誤差の範囲" in said


def test_a_group_of_few_answers_is_never_the_lowest():
    """18–19 in the sample city answers in too small numbers to be named."""
    small = of("mihon").evidence.all_definitions("attachment.age_group.18-19.positive")
    assert small == {} or all(n.small or n.flag for years in small.values() for n in years.values())
    assert "18〜19歳" not in as_text(sentences(of("mihon")))


def test_a_suppressed_lowest_group_is_not_named():
    rows = [
        row(
            "attachment",
            2025,
            text,
            "%",
            breakdown="age_group",
            group=group,
            category="positive",
            **more,
        )
        for group, text, more in (
            ("18-19", "10.0", {"flag": "suppressed"}),
            ("20-29", "60.0", {}),
            ("30-39", "70.0", {}),
        )
    ]
    found = sentences(facts_of_rows(edition("nishitokyo"), rows))
    assert ["20〜29歳で60.0％" in s.text.ja for s in found] == [True]
    assert "10.0" not in as_text(found)
