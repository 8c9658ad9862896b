"""Hostile and broken configuration: one sentence each, in both languages, and never a hang."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "reading"))
from english import english, japanese_in
from survey_files import CODEBOOK, EDITION, open_edition

from helpers.audit.claim import read_claims
from helpers.check.examination import examine
from helpers.configuration import read_configuration, read_yaml
from helpers.edition import Edition
from helpers.problems import InputError
from helpers.reading.codebook import Codebook, open_codebook

BOMB = "k0: &k0 [lol,lol,lol]\n" + "\n".join(
    f"k{i}: &k{i} [{','.join([f'*k{i - 1}'] * 9)}]" for i in range(1, 12)
)
CASES = {
    "alias bomb": (BOMB, "1行目 5文字目"),
    "alias of itself": ("a: &a [*a]", "参照"),
    "anchor alone": ("a: 1\nb: &x 5", "2行目 4文字目"),
    "merge": ("a: {b: c}\nd: {<<: *a}", "参照"),
    "brackets": ("[" * 200_000, "20 段まで"),
    "braces": ("{a: " * 100_000, "20 段まで"),
    "indentation": ("\n".join(" " * i + "a:" for i in range(200)), "20 段まで"),
    "list as key": ("? [a, b]\n: c", "名前が文字ではありません"),
    "mapping as key": ("{a: b}: c", "名前が文字ではありません"),
    "vertical tab": ("a: b\nname\x0b: c", "U+000B"),
    "null byte": ("a: b\x00c", "1行目 5文字目"),
    "next line": ("a: b\x85c", "U+0085"),
    "escaped control": ('a: "\\x07"', "U+0007"),
    "half a character": ('a: "\\ud800"', "YAML"),
    "tag": ('a: !!python/object/apply:os.system ["ls"]', "型の指定"),
    "own tag": ("a: !mine 5", "型の指定"),
    "two documents": ("a: 1\n---\nb: 2", "2行目"),
    "key twice": ("a: {b: 1,\n b: 2}", "「b」が2回"),
    "tab": ("a:\n\tb: 1", "2行目"),
    "open bracket": ("a: [1, 2", "YAML"),
    "directive": ("%YAML 9.9\n---\na: 1", "YAML"),
    "large": ("a: " + "x" * 1_000_001, "1,000,000 バイト"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_no_configuration_needs_is_refused_in_a_sentence(tmp_path, name):
    text, said = CASES[name]
    path = tmp_path / "edition.yml"
    path.write_text(text, encoding="utf-8", newline="\n")
    with pytest.raises(InputError) as error:
        read_yaml(path)
    (problem,) = error.value.problems
    assert said in str(problem)
    assert not japanese_in(english(problem))


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00a", b"a: \x83e\x83X\x83g", b"\x80"])
def test_other_encodings(tmp_path, raw):
    (tmp_path / "a.yml").write_bytes(raw)
    with pytest.raises(InputError, match="UTF-8"):
        read_yaml(tmp_path / "a.yml")


def test_a_folder_in_the_place_of_a_file(tmp_path):
    with pytest.raises(InputError, match="開けません"):
        read_yaml(tmp_path)


def test_values_are_texts_as_they_stand(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text(
        "\ufeffa: 011002\nb: no\nc: 12:30\nd:\ne: ~\nf: '~'\ng: [1, {h: null}]\n5: x\ni: |\n  a\n  b\n",
        encoding="utf-8",
    )
    expected = {"a": "011002", "b": "no", "c": "12:30", "d": None, "e": None, "f": "~"}
    assert read_yaml(path) == expected | {"g": ["1", {"h": None}], "5": "x", "i": "a\nb\n"}


@pytest.mark.parametrize("odd", ["⼈", "𠮷", "😀", "\ue000", "\u200b", "⾒"])
def test_a_text_that_cannot_be_printed_is_named_by_field_and_line(tmp_path, monkeypatch, odd):
    edition = open_edition(tmp_path, monkeypatch)
    path = edition.places.raw / "edition.yml"
    path.write_text(EDITION.replace("試験市", f"試{odd}市"), encoding="utf-8")
    with pytest.raises(InputError) as error:
        Edition.open("testville", 2025)
    assert "edition.yml name.ja" in str(error.value)
    assert "（4行目" in str(error.value)
    path.write_text(EDITION, encoding="utf-8")
    (path.parent / "claims.yml").write_text(
        f"claims:\n  - sentence: 進捗{odd}評価\n    kind: status\n    claimed: 順調\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError, match=r"claims.yml claims.sentence"):
        read_claims(edition)
    assert any("claims.sentence" in problem.where for problem in examine("testville", 2025).errors)
    text = CODEBOOK.replace("1: 強い", f"1: 強{odd}い")
    (path.parent / "codebook.yml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"questions.attachment.answers.1"):
        open_codebook(edition)


def test_what_a_vendor_wrote_may_be_written_the_same(tmp_path, monkeypatch):
    """Headings and raw codes are compared with the file, and never shown."""
    text = CODEBOOK.replace('north: ["1"]', 'north: ["1", 𠮷野町]').replace(
        "[問1 愛着]", "[問1 愛着, ⼈の問1]"
    )
    assert open_codebook(open_edition(tmp_path, monkeypatch, text)).groups["district"]


OUTSIDE = [
    "/etc/passwd", "../secret.csv", "a/../../b.csv", "..", ".", "C:\\a.csv", "c:a.csv",
    "\\\\server\\share\\a.csv", "..\\a.csv", "\\a.csv", "a.csv:stream", "",
]  # fmt: skip


@pytest.mark.parametrize("file", OUTSIDE)
def test_a_raw_file_lies_in_the_editions_folder(tmp_path, monkeypatch, file):
    edition = open_edition(tmp_path, monkeypatch)
    path = edition.places.raw / "codebook.yml"
    path.write_text(CODEBOOK.replace("survey.xlsx", f"'{file}'"), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_configuration(path, Codebook)
    assert "sources.resident.file" in str(error.value)
    assert not japanese_in(english(error.value.problems[0]))
    table = f"\ntables: {{t: {{file: '{file}', columns: {{a: b}}, source: survey}}}}\n"
    (path.parent / "edition.yml").write_text(EDITION + table, encoding="utf-8")
    assert any("tables.t.file" in p.where for p in examine("testville", 2025).errors)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("name", ["survey.xlsx", "codebook.yml", "claims.yml", "edition.yml"])
def test_a_link_out_of_the_folder_is_not_followed(tmp_path, monkeypatch, name):
    edition = open_edition(tmp_path, monkeypatch)
    secret = tmp_path / "secret"
    secret.write_text("hidden words", encoding="utf-8")
    path = edition.places.raw / name
    path.unlink(missing_ok=True)
    path.symlink_to(secret)
    found = examine("testville", 2025)
    assert any("リンク" in str(problem) and name in str(problem) for problem in found.errors)
    assert not any("hidden" in str(problem) for problem in found.problems)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_within_the_folder_and_a_linked_folder_are_fine(tmp_path, monkeypatch):
    folder = open_edition(tmp_path, monkeypatch).places.raw
    (folder / "survey.xlsx").rename(folder / "real.xlsx")
    (folder / "survey.xlsx").symlink_to("real.xlsx")
    moved = tmp_path / "elsewhere"
    folder.rename(moved)
    folder.symlink_to(moved)
    assert open_codebook(Edition.open("testville", 2025)).sources["resident"].file == "survey.xlsx"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("skip_rows: 1", "skip_rows: many"),
        ("skip_rows: 1", "skip_rows: -1"),
        ("header_rows: 2", "header_rows: 9"),
        ("sample: random", "sample: lottery"),
        ("answers: {1: 強い,", "answers: {一: 強い,"),
        ("columns: 問2 お勧め", "columns: 問2 お勧め\n    reverse: perhaps"),
        ("scale: zero_to_ten", "scale: zero_to_ten\n    from_year: {2025: {scale: zero}}"),
        ("scale: zero_to_ten", "scale: zero_to_ten\n    from_year: {2025: {skal: single}}"),
        ("scale: zero_to_ten", "scale: zero_to_ten\n    from_year: [2025]"),
        ("  recommend:\n", "  Recommend:\n"),
        ("questions:", "questions: 5\nquestion:"),
    ],
)
def test_a_value_of_the_wrong_kind_is_said_in_both_languages(tmp_path, monkeypatch, old, new):
    assert old in CODEBOOK
    edition = open_edition(tmp_path, monkeypatch, CODEBOOK.replace(old, new, 1))
    with pytest.raises(InputError) as error:
        open_codebook(edition)
    for problem in error.value.problems:
        assert not japanese_in(english(problem))
        assert "Input should" not in problem.text("ja")
        assert "validation error" not in problem.text("ja")
