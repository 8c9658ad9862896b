"""Every number that the two seed documents print is an indicator row with the same text.

``seeds/printed_numbers.csv`` was typed from the documents, apart from ``data/raw``.
"""

import csv
import re
from pathlib import Path

import pytest

from helpers.edition import Edition
from helpers.indicators import measures, mgap, population, ranks, shares
from helpers.indicators.rows import indicator_table, key_of, published_rows
from helpers.reading.printed import read_printed_tables
from helpers.reading.statistics import read_statistics

SEEDS = Path(__file__).parent / "seeds"
EDITIONS = {"nishitokyo": 2025, "isehara": 2024}
with (SEEDS / "printed_numbers.csv").open(encoding="utf-8") as file:
    PRINTED = list(csv.DictReader(file))


@pytest.fixture(scope="module", params=EDITIONS)
def city(request):
    return request.param


@pytest.fixture(scope="module")
def rows(city):
    """The indicator rows of an edition, computed as its notebooks do, without the kernels."""
    edition = Edition.open(city, EDITIONS[city])
    printed, statistics = read_printed_tables(edition), read_statistics(edition)
    published = published_rows(printed, city, list(printed["indicator"].unique()))
    derived = shares.neutral_shares(published)
    if city == "nishitokyo":
        of_method = [row for row in published if row["definition"] == "city_method"]
        derived += mgap.published_mgap_rows(of_method) + shares.middle_shares(of_method)
        derived += ranks.change_rows(r for r in published if "brand" in r["indicator"])
        derived += population.daytime_rows(statistics, "daytime")
    derived += measures.progress_rows([r for r in published if r["definition"] == "published"])
    derived += population.movement_rows(statistics, "movement_register", "register")
    return indicator_table([*published, *derived], city)


def test_every_printed_number_is_a_row(city, rows):
    found = {
        (key_of(row), row["fiscal_year"], row["printed"], row["definition"])
        for row in rows.to_dict("records")
    }
    without_definition = {item[:3] for item in found}
    missing = []
    for number in (n for n in PRINTED if n["city"] == city):
        wanted = (number["key"], int(number["fiscal_year"]), number["printed"])
        given = number["definition"]
        if not (((*wanted, given) in found) if given else (wanted in without_definition)):
            missing.append(number)
    assert missing == []


def test_the_table_is_complete():
    assert [sum(n["city"] == city for n in PRINTED) for city in EDITIONS] == [68, 16]


# Numbers of the data sections that are no data: years, page numbers, scales, names of groups.
NO_DATA = {
    "nishitokyo": r"令和\s?\d+|平成\d+|20[12]\d|\d+\s?年度|第\d期|\d+月|\d+~\d+年|\d+-\d+歳|\d+年未満"
    r"|\d+代|①|②|③|④|⑤|⑥|⑦|⑧|0\s?点|10\s?点|\d-\d+\s?点|26市|mGAP⁶|＜|\(1\)|\d+年間|3つ|NPS⁷"
    r"|10~8|5~0|8点|5点|\d+\)年|100とした|3 つ",
    "isehara": r"令和\s?\d+|令和[０-９]|[０-９]年度|Ｒ[０-９]|\(R\d\)|\d月|\d日|\d階",
}
SECTIONS = {
    "nishitokyo": [
        ("(1) データでみる市の現状\n\n①", "(2)課題と可能性"),
        ("◆令和 7 年度", "(※令和 7 年度"),
    ],
    "isehara": [("評価の経過", "重点事業の取組内容"), ("重点事業 シティ", "施策推進の方向性")],
}


def test_no_number_of_the_documents_is_forgotten(city):
    document = {"nishitokyo": "nishitokyo_policy.txt", "isehara": "isehara_sheet.txt"}[city]
    text = (SEEDS / document).read_text(encoding="utf-8")
    known = {n["printed"].replace("−", "-") for n in PRINTED if n["city"] == city}
    known |= {"20", "6"} if city == "nishitokyo" else set()  # 約20万6千人
    for start, end in SECTIONS[city]:
        part = text[text.index(start) : text.index(end, text.index(start))]
        part = re.sub(NO_DATA[city], " ", part)
        for found in re.findall(r"-?\d[\d,]*(?:\.\d+)?", part):
            assert found.replace(",", "") in known, f"{found} after {start!r}"
