import pytest

from helpers.edition import Edition, editions
from helpers.problems import InputError

YML = "nishitokyo/2025/edition.yml"


def test_both_real_editions_open(project):
    city = Edition.open("nishitokyo", "令和7年度")
    assert city.id == "nishitokyo 2025"
    assert city.code == "132292"
    assert city.population.printed == "20.7"
    assert Edition.open("isehara", "R6").fiscal_year == 2024
    assert editions() == [("isehara", 2024), ("nishitokyo", 2025)]


def test_a_city_code_keeps_its_zero(spoil):
    spoil(YML, "code: 132292", "code: 011002")
    assert Edition.open("nishitokyo", 2025).code == "011002"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("code: 132292", "kode: 132292", ["kode", "「code」の誤り"]),
        (
            "  printed: 20.7",
            "  printed: 20.7\n  prined: 1",
            ["population.prined", "「printed」の誤り"],
        ),
        ("code: 132292", "code: 13229", ["code", "13229"]),
        ("fiscal_year: 2025", "fiscal_year: 来年", ["fiscal_year", "来年"]),
        ("fiscal_year: 2025", "fiscal_year: 2024", ["fiscal_year: 2024", "フォルダー"]),
        ("name: {ja: 西東京市, en: Nishitokyo}\n", "", ["name", "必要な項目"]),
        ("    source: survey", "    source: survy", ["survy", "「survey」の誤り"]),
        (
            "11_clean_printed_tables",
            "11_clean_printed_table",
            ["「11_clean_printed_tables」の誤り"],
        ),
        ("sources:", "sources: [", ["行目", "YAML"]),
        ("city: nishitokyo", "city: nishitokyo\ncity: isehara", ["「city」が2回"]),
    ],
)
def test_a_wrong_configuration_is_named_by_key(spoil, old, new, words):
    path = spoil(YML, old, new)
    with pytest.raises(InputError) as caught:
        Edition.open("nishitokyo", 2025)
    assert str(path) in str(caught.value)
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("city", "year", "words"),
    [
        ("nisitokyo", 2025, "「nishitokyo」の誤り"),
        ("nishitokyo", 2024, "年度版 2025"),
        ("nishitokyo", "次の年", "年度ではありません"),
    ],
)
def test_an_edition_that_is_not_there(project, city, year, words):
    with pytest.raises(InputError, match=words):
        Edition.open(city, year)
