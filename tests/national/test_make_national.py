"""The maker of the box: a new edition of SSDSE-A adds its year, whatever its columns are called."""

import csv
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import make_national
from make_national import Unreadable, joined, read_ssdse

HEADINGS = {
    "A1101": "総人口",
    "A4101": "出生数",
    "A4200": "死亡数",
    "A5101": "転入者数（日本人移動者）",
    "A5102": "転出者数（日本人移動者）",
}


def edition(folder, year, values, codes=tuple(HEADINGS), encoding="cp932"):
    """A cut-down SSDSE-A in its publisher's layout: births two years, moves one year back."""
    path = folder / f"SSDSE-A-{year}.csv"
    years = [str(year - (3 if code.startswith("A4") else 2)) for code in codes]
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow([f"SSDSE-A-{year}", "Prefecture", "Municipality", *codes])
        writer.writerow(["", "", "年度", *years])
        writer.writerow(["地域コード", "都道府県", "市区町村", *(HEADINGS[c] for c in codes)])
        writer.writerow(["R14204", "神奈川県", "鎌倉市", *values])
    return path


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig"])
def test_an_edition_is_read_as_it_is_downloaded(tmp_path, encoding):
    table = read_ssdse(
        edition(tmp_path, 2027, (170000, 790, "2,200", 6400, 6100), encoding=encoding)
    )
    by_year = {row["year"]: row for row in table}
    assert by_year["2024"]["births"] == "790"
    assert by_year["2024"]["deaths"] == "2200"
    assert by_year["2025"]["moved_in"] == "6400"
    assert by_year["2025"]["edition_moves"] == "2027"


def test_a_year_that_is_there_gets_what_it_lacked_and_the_newer_number(tmp_path):
    older = read_ssdse(edition(tmp_path, 2026, (1, 810, 2195, 6417, 6175)))  # 2023 and 2024
    newer = read_ssdse(edition(tmp_path, 2027, (1, 790, 2200, 6400, 6100)))  # 2024 and 2025
    table = {row["year"]: row for row in joined(older, newer)}
    assert sorted(table) == ["2023", "2024", "2025"]
    assert (table["2024"]["births"], table["2024"]["moved_in"]) == ("790", "6417")
    assert (table["2024"]["edition_vital"], table["2024"]["edition_moves"]) == ("2027", "2026")
    corrected = [{**newer[0], "births": "791", "edition_vital": "2028"}]
    assert {r["year"]: r for r in joined(joined(older, newer), corrected)}["2024"][
        "births"
    ] == "791"
    # An older edition never takes the place of a newer one.
    assert joined(joined(older, newer), older) == joined(older, newer)


@pytest.mark.parametrize(
    ("codes", "values", "words"),
    [
        (tuple(HEADINGS)[:-1], (1, 2, 3, 4), "A5102"),
        (tuple(HEADINGS), (1, "-", 3, 4, 5), "A4101"),
    ],
)
def test_a_column_or_number_that_is_not_there_is_named(tmp_path, codes, values, words):
    with pytest.raises(Unreadable, match=words):
        read_ssdse(edition(tmp_path, 2027, values, codes))


def test_another_file_is_refused_in_one_sentence(tmp_path, capsys):
    path = tmp_path / "x.csv"
    path.write_text("年,人口\n2020,1\n", encoding="utf-8")
    assert make_national.main(["--ssdse", str(path)]) == 1
    assert "SSDSE-A" in capsys.readouterr().err
