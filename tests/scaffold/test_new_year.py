"""The next edition: carried forward as text, nothing overwritten, what is missing is said."""

import shutil
from pathlib import Path

import pytest

from helpers.audit.claim import read_claims
from helpers.cli import main
from helpers.edition import Edition
from helpers.problems import InputError
from helpers.reading.codebook import open_codebook
from helpers.scaffold.new_year import new_year
from helpers.scaffold.year_text import move_year, years_in

ROOT = Path(__file__).parents[2]


@pytest.fixture
def mihon(project: Path) -> Path:
    """The raw files of the sample city beside those of the real ones; its folder."""
    shutil.copytree(ROOT / "data/raw/mihon", project / "data/raw/mihon")
    return project / "data/raw/mihon"


@pytest.mark.parametrize(
    ("text", "fiscal_only", "moved"),
    [
        ("方針 令和7年度版（2025年度）", True, "方針 令和8年度版（2026年度）"),
        ("推進方針（令和7年4月）", True, "推進方針（令和7年4月）"),
        ("Policy FY2025 (April 2025)", True, "Policy FY2026 (April 2025)"),
        ("Ｒ７実績値", False, "Ｒ８実績値"),
        ("2025(令和7)年", False, "2026(令和8)年"),
        ("市政モニター_R7.xlsx", False, "市政モニター_R8.xlsx"),
        ("R70 AR7 R7a 令和17年 12025 20255", False, "R70 AR7 R7a 令和17年 12025 20255"),
        ("令和6年度・令和7年度", True, "令和6年度・令和8年度"),
    ],
)
def test_a_year_moves_in_its_own_spelling(text, fiscal_only, moved):
    assert move_year(text, 2025, 2026, fiscal_only) == moved


def test_the_era_changes_where_it_did():
    assert move_year("平成30年度", 2018, 2019) == "令和元年度"
    assert move_year("令和元年度の集計", 2019, 2020) == "令和2年度の集計"
    assert [found.year for found in years_in("H30 と 1995年 と R1")] == [2018, 1995, 2019]


def test_the_configuration_is_carried_forward_line_by_line(mihon):
    before = (mihon / "2025/edition.yml").read_text(encoding="utf-8").splitlines()
    result = new_year("mihon", "令和8年度")
    after = (mihon / "2026/edition.yml").read_text(encoding="utf-8").splitlines()
    assert len([line for line in before if line not in after]) == 14  # moved; the rest stands
    assert after[0].startswith("# 見本市 令和8年度版")
    edition = Edition.open("mihon", 2026)
    assert edition.report.en == "Mihon City Promotion Policy FY2026 (fictional data)"
    assert edition.printed_tables["mGAP調査結果（前年度の方針）"].fiscal_year == 2025
    columns = edition.printed_tables["成果指標"].columns
    assert {c.fiscal_year for c in columns.values() if c.category == "actual"} == {
        2023,
        2024,
        2025,
        2026,
    }
    assert result.edition == edition
    assert any("人口は令和7年度の値のまま" in line.ja for line in result.waiting)


def test_the_codebook_names_the_files_to_come(mihon):
    new_year("mihon", 2026)
    codebook = open_codebook(Edition.open("mihon", 2026))
    files = {name: survey.file for name, survey in codebook.sources.items()}
    assert files == {
        "resident": "令和8年度_市民意識調査_回答データ.xlsx",
        "monitor": "市政モニター_R8.xlsx",
        "event": "イベントアンケート_R8.csv",
    }
    assert codebook.sources["resident"].skip_rows == 3  # as in the year before
    assert codebook.residents.date == "2026-10-01"
    before = (mihon / "2025/codebook.yml").read_text(encoding="utf-8").splitlines()
    after = (mihon / "2026/codebook.yml").read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line in before] == before


def test_every_file_to_obtain_is_listed_with_its_source(mihon):
    result = new_year("mihon", 2026)
    page = (mihon / "2026/元データ一覧.md").read_text(encoding="utf-8")
    assert len(result.missing) == 11
    for each in result.missing:
        assert f"| ☐ | `{each.file}` |" in page
        assert each.source.ja in page
    given = {path.name for path in (mihon / "2026").iterdir()}
    assert given == {
        "edition.yml",
        "codebook.yml",
        "printed_tables.csv",
        "claims.yml",
        "元データ一覧.md",
    }


def test_the_sentences_of_a_new_text_are_new(mihon, capsys):
    assert main(["new-year", "mihon", "2026"]) == 0
    said = capsys.readouterr().out
    assert "claims.yml  新しい本文の、数値を述べた文を書くところ" in said
    text = (mihon / "2026/claims.yml").read_text(encoding="utf-8")
    assert "data/raw/mihon/2025/claims.yml" in text
    assert read_claims(Edition.open("mihon", 2026)) == []
    assert read_claims(Edition.open("mihon", 2025))  # so there was something not to copy


def test_without_claims_last_year_there_is_no_file_for_them(mihon):
    (mihon / "2025/claims.yml").unlink()
    new_year("mihon", 2026)
    assert not (mihon / "2026/claims.yml").exists()


def test_no_number_of_last_year_is_carried_into_the_table_to_type(mihon):
    new_year("mihon", 2026)
    lines = (mihon / "2026/printed_tables.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "page,table,row,column,text"
    assert all(line.endswith(",") for line in lines[1:])
    assert any("市ホームページ閲覧数,R8実績値," in line for line in lines)
    assert len(set(lines)) == len(lines)


def test_called_again_it_says_what_is_missing_and_writes_nothing(mihon, capsys):
    assert main(["new-year", "mihon", "R8"]) == 0
    folder = mihon / "2026"
    shutil.copy(mihon / "2025/population.csv", folder)
    (folder / "元データ一覧.md").unlink()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    capsys.readouterr()
    assert main(["new-year", "mihon", "2026"]) == 1
    said = capsys.readouterr().out
    assert "もらうファイル（10）" in said
    assert "2026/population.csv" not in said
    assert "commuters.csv  ← 架空の「国勢調査（令和2年）」" in said
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_files_that_came_first_are_not_overwritten(mihon):
    folder = mihon / "2026"
    folder.mkdir()
    (folder / "printed_tables.csv").write_text("mine", encoding="utf-8")
    (folder / "codebook.yml").write_bytes((mihon / "2025/codebook.yml").read_bytes() + b"# mine\n")
    new_year("mihon", 2026)
    assert (folder / "printed_tables.csv").read_text(encoding="utf-8") == "mine"
    assert (folder / "codebook.yml").read_text(encoding="utf-8").endswith("# mine\n")
    assert (folder / "edition.yml").exists()


def test_a_complete_edition_is_refused(mihon):
    before = {path: path.read_bytes() for path in mihon.rglob("*") if path.is_file()}
    with pytest.raises(InputError, match="もうあり、そろっています"):
        new_year("mihon", 2024)
    assert {path: path.read_bytes() for path in mihon.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("city", "year", "words"),
    [
        ("nishitokyo", "来年", "年度ではありません"),
        ("nisitokyo", "2026", "「nishitokyo」の誤り"),
        ("kamakura", "2026", "citypromo new-city kamakura"),
    ],
)
def test_what_cannot_be_made_is_a_sentence(project, city, year, words):
    before = sorted(project.rglob("*"))
    with pytest.raises(InputError, match=words):
        new_year(city, year)
    assert sorted(project.rglob("*")) == before


def test_the_files_of_windows_keep_their_line_ends(mihon):
    path = mihon / "2025/edition.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    new_year("mihon", 2026)
    content = (mihon / "2026/edition.yml").read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 200


def test_lines_in_any_layout_are_edited_in_place(project):
    path = project / "data/raw/isehara/2024/edition.yml"
    text = path.read_text(encoding="utf-8")
    block = "      Ｒ６実績値:\n        category: actual\n        fiscal_year: R6"
    flow = "      Ｒ６実績値: {category: actual, fiscal_year: R6}"
    assert flow in text
    path.write_text(text.replace(flow, block), encoding="utf-8")
    result = new_year("isehara", 2025)
    assert any("「Ｒ７実績値」の行を足す" in line.ja for line in result.waiting)
    assert block in (project / "data/raw/isehara/2025/edition.yml").read_text(encoding="utf-8")


def test_what_cannot_be_read_leaves_no_half_edition(project):
    path = project / "data/raw/isehara/2024/printed_tables.csv"
    path.write_bytes(b"")
    with pytest.raises(InputError, match=r"printed_tables\.csv"):
        new_year("isehara", 2025)
    assert not (project / "data/raw/isehara/2025").exists()


DESCRIBED = """\
breakdowns:
  age: {ja: 年齢, groups: [18~29歳, 30代]}
questions:
  stay: {ja: 定住意向（令和6年度から）, options: {住みたい: positive, 移りたい: negative}}
  old: {ja: 市の印象, options: {よい: positive, わるい: negative}}
printed_tables:
  定住: {file: 調査_R6.xlsx, sheet: 令和6年度, below: 問1 令和6年度, rows: age, columns: stay, source: s}
"""


@pytest.fixture
def described(project: Path) -> Path:
    folder = project / "data/raw/kitano/2024"
    folder.mkdir(parents=True)
    head = 'city: kitano\nfiscal_year: 2024\nname: 北野市\ncode: "999995"\nreport: 報告書\n'
    text = f"{head}sources: {{s: 市民調査（令和6年度）}}\n{DESCRIBED}"
    (folder / "edition.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("year", "era"), [(2025, "7"), (2023, "5")])
def test_a_described_edition_goes_forward_and_backward(described, year, era):
    result = new_year("kitano", year)
    table = Edition.open("kitano", year).printed_tables["定住"]
    assert (table.file, table.sheet) == (f"調査_R{era}.xlsx", [f"令和{era}年度"])
    assert table.below == f"問1 令和{era}年度"
    # The name with a year in it is for a person to decide.
    assert len([one for one in result.waiting if "見出しに年" in one.ja]) == 1
    assert [each.file for each in result.missing] == [f"調査_R{era}.xlsx"]


def test_questions_that_came_and_went_are_shown(described):
    new_year("kitano", 2025)
    path = described.parent / "2025/edition.yml"
    text = path.read_text(encoding="utf-8").replace("  old: {ja: 市の印象", "  q9: {ja: 幸福度")
    path.write_text(text, encoding="utf-8")
    said = [one.ja for one in new_year("kitano", 2025).waiting]
    assert "前の年度版にない設問: 幸福度" in said and "この年度版にない設問: 市の印象" in said
