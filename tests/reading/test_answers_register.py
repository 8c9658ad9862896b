"""The register: counts in the classes of the codebook, and every wrong cell by address."""

import pytest
from survey_files import CODEBOOK, open_edition

from helpers.problems import InputError
from helpers.reading.codebook import open_codebook
from helpers.reading.register import load_register, read_register, save_register

RESIDENTS = """
residents:
  file: register.csv
  date: "2025-10-01"
  groups: {district: 地区, tenure: 居住}
  persons: 人数
"""


def read(tmp_path, monkeypatch, text, residents=RESIDENTS):
    edition = open_edition(tmp_path, monkeypatch, CODEBOOK + residents)
    (edition.places.raw / "register.csv").write_text(text, encoding="cp932")
    return edition, lambda: read_register(edition, open_codebook(edition))


def test_classes_are_merged_and_counts_added(tmp_path, monkeypatch):
    text = '地区,居住,人数\r\n1,5年未満,"1,200"\r\n1,5年未満,３００\r\n2,10年以上,50\r\n'
    edition, act = read(tmp_path, monkeypatch, text)
    frame = act()
    assert frame.to_numpy().tolist() == [["north", "under_5", 1500], ["south", "10+", 50]]
    save_register(frame, edition.places)
    assert load_register(edition.places).equals(frame)


def test_every_wrong_cell_is_named(tmp_path, monkeypatch):
    text = "地区,居住,人数\r\n1,5年未満,12.5\r\n3,10年以上,50\r\n2,,7\r\n"
    _, act = read(tmp_path, monkeypatch, text)
    with pytest.raises(InputError) as error:
        act()
    lines = str(error.value).splitlines()
    assert lines[0].startswith("register.csv C2: 「12.5」は人数ではありません")
    assert lines[1].startswith("register.csv A3: 1桁の数があり、codebook の区分ではありません")
    assert lines[2].startswith("register.csv B4: 区分が空です")
    assert len(lines) == 3


def test_a_missing_column_and_a_missing_register_are_named(tmp_path, monkeypatch):
    _, act = read(tmp_path / "a", monkeypatch, "地区,居住,人口\r\n1,5年未満,1\r\n")
    with pytest.raises(InputError, match="「人数」の列がありません。 → あるのは 地区、居住、人口"):
        act()
    _, act = read(tmp_path / "b", monkeypatch, "", residents="")
    with pytest.raises(InputError, match="住民基本台帳の表が書かれていません"):
        act()
