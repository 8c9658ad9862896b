"""What is not read, not written, and said instead; files of authors stay as they are."""

import io
import zipfile

import office_report as report
import pytest

from helpers.cli import main
from helpers.problems import InputError
from helpers.report.office import package as packages
from helpers.report.office.beside import write_beside, write_new
from helpers.report.office.editions import newest_edition
from helpers.report.office.package import read_package
from helpers.report.office.refresh import refresh
from helpers.report.office.xml_part import XmlPart

EDITION = ["nishitokyo", "2025"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def zipped(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def edited(content, part, old, new):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    return zipped({**parts, part: parts[part].replace(old, new)})


TYPES = "[Content_Types].xml"
SPOILED = {
    "policy.doc": (lambda _: OLE, "古い形式"),
    "protected.docx": (lambda _: OLE + "EncryptedPackage".encode("utf-16-le"), "パスワード"),
    "text.docx": (lambda _: "本文".encode(), "壊れていて"),
    "empty.docx": (lambda _: b"", "壊れていて"),
    "cut.docx": (lambda good: good[: len(good) // 2], "壊れていて"),
    "sheet.docx": (lambda _: zipped({TYPES: "<Types/>", "xl/workbook.xml": ""}), "Word の文書では"),
    "deck.pptx": (lambda good: good, "Word の文書では"),
    "archive.docx": (lambda _: zipped({"a.txt": "a"}), "Word の文書では"),
    "bomb.docx": (lambda _: zipped({TYPES: "", "word/a.xml": b" " * 60_000_000}), "異常に大きく"),
    "twice.docx": (None, "異常に大きく"),
    "strict.docx": (
        lambda good: edited(
            good,
            "_rels/.rels",
            b"http://schemas.openxmlformats.org/",
            b"http://purl.oclc.org/ooxml/",
        ),
        "Strict",
    ),
    "broken.docx": (
        lambda good: edited(good, "word/document.xml", b"</w:body>", b"</w:boddy>"),
        "壊れていて",
    ),
    "entity.docx": (
        lambda good: edited(
            good, "word/document.xml", b"<w:document ", b"<!DOCTYPE x><w:document "
        ),
        "壊れていて",
    ),
}


@pytest.mark.parametrize("file", SPOILED)
def test_what_cannot_be_refreshed_is_refused_in_a_sentence(
    published, tmp_path, policy_bytes, capsys, file
):
    make, said = SPOILED[file]
    path = tmp_path / file
    if make is None:
        with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.xml", "1")
            archive.writestr("a.xml", "2")
    else:
        path.write_bytes(make(policy_bytes))
    before = path.read_bytes()
    assert main(["word", "refresh", str(path), *EDITION]) == 1
    error = capsys.readouterr().err
    assert said in error and file in error and "→" in error
    assert path.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir() if p.is_file()} == {file}


def test_a_bomb_is_not_unpacked_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "UNPACKED_LIMIT", 1000)
    path = tmp_path / "x.docx"
    path.write_bytes(zipped({TYPES: "x" * 600, "word/document.xml": "x" * 600}))
    with pytest.raises(InputError, match="異常に大きく"):
        read_package(path, "word")


@pytest.mark.parametrize("lock", ["~$licy.docx", "~$policy.docx", ".~lock.policy.docx#"])
def test_an_open_document_is_not_refreshed(policy, tmp_path, capsys, lock):
    (tmp_path / lock).write_bytes(b"author")
    assert main(["word", "refresh", str(policy.path), *EDITION]) == 1
    assert lock in capsys.readouterr().err
    assert not list(tmp_path.glob("*更新*"))
    assert main(["word", "check", str(policy.path), *EDITION]) == 1  # reading harms nobody
    assert "別の年度版" in capsys.readouterr().out


def test_an_open_copy_is_not_written_to(policy, tmp_path):
    (tmp_path / "~$licy_更新.docx").write_bytes(b"author")
    with pytest.raises(InputError, match="開かれています"):
        write_beside(policy.path, b"new")


def test_the_authors_file_and_an_edited_copy_are_never_written_over(policy, tmp_path, capsys):
    original = policy.path.read_bytes()
    command = ["word", "refresh", str(policy.path), *EDITION]
    assert main(command) == 1  # one key is unknown: a person must look at it
    copy = tmp_path / "policy_更新.docx"
    made = copy.read_bytes()
    assert "作りました" in capsys.readouterr().out
    assert main(command) == 1
    assert "前に作ったまま" in capsys.readouterr().out
    copy.write_bytes(made + b"edited by its author")
    assert main(command) == 1
    assert copy.read_bytes() == made + b"edited by its author"
    assert (tmp_path / "policy_更新_2.docx").read_bytes() == made
    assert policy.path.read_bytes() == original


def test_next_year_the_copy_of_a_copy_has_one_ending(tmp_path):
    path = tmp_path / "policy_更新.docx"
    path.write_bytes(b"this year's")
    written, _ = write_beside(path, b"next year's")
    assert written.name == "policy_更新_2.docx"
    assert path.read_bytes() == b"this year's"


def test_a_new_file_is_never_written_over(tmp_path):
    write_new(tmp_path / "a.docx", b"1")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a.docx", b"2")
    assert (tmp_path / "a.docx").read_bytes() == b"1"


def test_the_report_is_printed_and_kept_beside(policy, tmp_path, capsys):
    main(["word", "refresh", str(policy.path), *EDITION, "--lang", "en"])
    printed = capsys.readouterr().out
    kept = (tmp_path / "policy_更新.txt").read_text(encoding="utf-8-sig")
    assert printed.startswith(kept.rstrip("\n"))
    assert "refreshed  attachment_age (key inside the picture)  nishitokyo 2024" in kept
    assert "19,305 → 24,871" in kept
    assert "not in the report  12.2" in kept


def test_check_writes_nothing_and_finds_the_edition_by_the_pictures(policy, tmp_path, capsys):
    before = sorted(p.name for p in tmp_path.iterdir())
    assert main(["word", "check", str(policy.path)]) == 1
    printed = capsys.readouterr().out
    assert "⇔ nishitokyo 2025" in printed and "古い  74.6 → 73.7" in printed
    assert sorted(p.name for p in tmp_path.iterdir()) == before
    main(["word", "check", str(policy.path), "--lang", "en"])
    assert "stale  74.6 → 73.7" in capsys.readouterr().out


def test_the_edition_is_the_newest_of_the_documents_city(policy, project):
    """A newer report of another city is none of its business."""
    folder = project / "reports" / "isehara" / "2024"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text('{"notebooks": {}}', encoding="utf-8")
    assert newest_edition(policy).id == "nishitokyo 2025"
    assert newest_edition(policy, "isehara").id == "isehara 2024"
    assert newest_edition(policy, "mihon") is None


def test_a_document_without_our_figures_asks_for_the_edition(published, tmp_path, capsys):
    from docx import Document

    path = tmp_path / "letter.docx"
    Document().save(path)
    assert main(["word", "check", str(path)]) == 1
    assert "CITY YEAR" in capsys.readouterr().err
    assert main(["word", "check", str(path), *EDITION]) == 0
    assert "図も数値も見つかりません" in capsys.readouterr().out


def test_an_edition_without_a_report_is_told_what_to_run(policy, capsys):
    assert main(["word", "check", str(policy.path), "isehara", "2024"]) == 1
    assert "citypromo run isehara 2024" in capsys.readouterr().err


def test_macros_and_a_copy_of_every_part_are_kept(policy, published, tmp_path):
    types = policy.parts[TYPES].replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        b"vnd.ms-word.document.macroEnabled.main",
    )
    parts = {TYPES: types, "word/vbaProject.bin": b"\xd0\xcf macros"}
    package = report.stored(tmp_path / "policy.docm", policy.with_parts(parts))
    result = refresh(package, published)
    written, _ = write_beside(package.path, result.content)
    assert written.name == "policy_更新.docm"
    assert read_package(written, "word").parts["word/vbaProject.bin"] == b"\xd0\xcf macros"


ODD = (
    "\ufeff<?xml version='1.0' encoding=\"UTF-8\"?>\r\n<!--a > b-->\n<r:a  xmlns:r='urn:r' r:k = "
    "'1 > 0'\n t=\"&quot;\"><b/><c >&#x41;<![CDATA[<]]></c><d><e/></d>\n</r:a >\n"
).encode()


def test_a_splice_changes_its_own_bytes_alone():
    part = XmlPart(ODD)
    b, c, d = part.root
    assert part.content is part.original
    part.set(part.root, "{urn:r}k", 'é"<')
    part.set(b, "new", "1\n2")
    part.write(c, "a & b")
    part.remove(d[0])
    part.append(part.root, b"<f/>")
    wanted = ODD.replace(b"'1 > 0'", '"é&quot;&lt;"'.encode()).replace(b"<e/>", b"")
    wanted = wanted.replace(b"<b/>", b'<b new="1&#10;2"/>').replace(b"</r:a >", b"<f/></r:a >")
    assert part.content == wanted.replace(b"&#x41;<![CDATA[<]]>", b"a &amp; b")


def test_what_is_appended_behind_a_removed_element_stays():
    part = XmlPart(b"<a><b x='1'/></a>")
    part.append(part.root, b"<c/>")
    part.set(part.root[0], "x", "2")
    part.remove(part.root[0])
    assert part.content == b"<a><c/></a>"


def test_a_note_that_cannot_be_kept_is_told(policy, tmp_path, capsys):
    (tmp_path / "policy_更新.txt").mkdir()
    assert main(["word", "refresh", str(policy.path), *EDITION]) == 1
    assert "書き込めません" in capsys.readouterr().err
