import pytest

from helpers.edition import Edition
from helpers.problems import InputError
from helpers.reading.statistics import read_statistics

FOLDER = "nishitokyo/2025"


def read():
    return read_statistics(Edition.open("nishitokyo", 2025))


def test_every_series_is_there(project):
    frame = read()
    assert set(frame["table"]) == {
        "movement_register", "movement_japanese", "population", "daytime", "daytime_imputed",
    }  # fmt: skip
    assert len(frame[frame["table"] == "daytime"]["group"].unique()) == 26
    # A blank is unknown, not zero.
    births = frame[(frame["table"] == "movement_japanese") & (frame["item"] == "births")]
    assert births.set_index("fiscal_year")["value"].isna().to_dict()[2024]


def test_the_citys_own_row_has_the_citys_id(project):
    assert "nishitokyo" in set(read()["group"])


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (
            "movement_register.csv",
            "転入者数",
            "転入数",
            ["転入者数", "「転入数」の誤り", "columns.moved_in"],
        ),
        ("movement_register.csv", "2015,12263", "2015,12千", ["movement_register.csv B2", "12千"]),
        ("movement_register.csv", "2015,12263", "平成99年,12263", ["A2", "平成99年"]),
        ("daytime_population.csv", "団体コード,市", "団体コード,市町村", ["列「市」がありません"]),
    ],
)
def test_each_defect_names_its_place(spoil, file, old, new, words):
    spoil(f"{FOLDER}/{file}", old, new)
    with pytest.raises(InputError) as caught:
        read()
    for word in words:
        assert word in str(caught.value)


def test_a_renamed_column_costs_one_line(spoil):
    spoil(f"{FOLDER}/movement_register.csv", "転入者数", "転入数")
    spoil(f"{FOLDER}/edition.yml", "moved_in: 転入者数\n", "moved_in: [転入者数, 転入数]\n")
    assert len(read()) > 0


def test_symbols_are_kept_apart_from_numbers(spoil):
    spoil(f"{FOLDER}/movement_register.csv", "2015,12263", "2015,…")
    row = read().iloc[0]
    assert row["text"] == "…"
    assert row["value"] != row["value"]


def test_a_missing_file_is_named(project):
    (project / "data/raw" / FOLDER / "population.csv").unlink()
    with pytest.raises(InputError, match=r"population\.csv"):
        read()
