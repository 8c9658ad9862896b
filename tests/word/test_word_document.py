"""The first document of an edition: complete, the same bytes each time, ready to be refreshed."""

import io
import sys
import zipfile

import office_report as report
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Emu

from helpers.cli import main
from helpers.report.office.refresh import refresh
from helpers.report.word import document
from helpers.report.word.styles import FONT

# ECMA-376 Part 1, 17.15.1.78 (CT_Settings): the elements we use, in the schema's order.
ORDER = [
    "zoom",
    "defaultTabStop",
    "characterSpacingControl",
    "compat",
    "themeFontLang",
    "clrSchemeMapping",
    "doNotAutoCompressPictures",
    "shapeDefaults",
    "decimalSymbol",
    "listSeparator",
]


@pytest.fixture
def made(published):
    return document(published.reported)


def test_the_same_report_gives_the_same_bytes_without_a_clock(published, made):
    assert document(report.catalogue().reported) == made
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b">2025-04-01T00:00:00Z<" in archive.read("docProps/core.xml")


def test_windows_gives_the_same_bytes(published, made, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")  # zipfile writes into each entry what it is
    assert zipfile.ZipInfo("a").create_system == 0
    assert document(published.reported) == made


def test_it_says_of_itself_that_all_is_current(published, made, tmp_path):
    package = report.stored(tmp_path / "new.docx", made)
    result = refresh(package, published)
    assert result.content is None and result.unused == ()
    assert {f.state for f in result.findings} == {"current"}
    assert [f.key for f in result.findings if f.kind == "picture"] == list(report.FIGURES)
    found = {f.key: f.new for f in result.findings if f.kind == "number"}
    assert found["attachment.total.total.positive"] == "73.7"
    captions = {f.key: f.new for f in result.findings if f.kind == "words"}
    assert captions["caption:stay_age"] == published.figures["stay_age"].subject


def test_figures_have_words_size_and_control(published, made):
    opened = Document(io.BytesIO(made))
    # python-docx lists no picture within a content control
    shapes = [InlineShape(inline) for inline in opened.element.iter(qn("wp:inline"))]
    assert [round(shape.width.mm, 2) for shape in shapes] == [160, 160]
    for shape, key in zip(shapes, report.FIGURES, strict=True):
        wide, high = report.pixels(report.png(2025, key))
        assert shape.height == pytest.approx(shape.width * high / wide, abs=1)
        control = next(shape._inline.iterancestors(qn("w:sdt")))
        assert control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == f"fig:{key}"
        assert shape._inline.docPr.get("descr") == published.figures[key].alt
    tags = [tag.get(qn("w:val")) for tag in opened.element.iter(qn("w:tag"))]
    assert len(tags) > 4 and max(map(len, tags)) <= 64
    ids = [e.get(qn("w:val")) for e in opened.element.iter(qn("w:id"))]
    assert len(set(ids)) == len(ids)
    drawings = [shape._inline.docPr.get("id") for shape in shapes]
    assert len(set(drawings)) == len(drawings)


def test_paper_font_and_settings(made):
    opened = Document(io.BytesIO(made))
    section = opened.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    text = Emu(section.page_width - section.left_margin - section.right_margin)
    assert round(text.mm) == 160
    fonts = opened.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    assert {fonts.get(qn(f"w:{s}")) for s in ("ascii", "hAnsi", "eastAsia", "cs")} == {FONT}
    assert FONT == "BIZ UDPゴシック"
    names = [child.tag.partition("}")[2] for child in opened.settings.element]
    assert "doNotAutoCompressPictures" in names
    assert [ORDER.index(name) for name in names] == sorted(ORDER.index(name) for name in names)


def test_every_style_that_is_named_exists(made):
    opened = Document(io.BytesIO(made))
    kinds = (qn("w:pStyle"), qn("w:tblStyle"))
    used = {e.get(qn("w:val")) for e in opened.element.iter(*kinds)}
    assert used <= {style.style_id for style in opened.styles}


def test_the_command_writes_it_once(published, tmp_path, capsys, made):
    path = tmp_path / "policy.docx"
    command = ["word", "new", "nishitokyo", "2025", str(path)]
    assert main(command) == 0
    assert path.read_bytes() == made
    path.write_bytes(b"by its author")
    assert main(command) == 1
    assert "同じ名前のファイルがあります" in capsys.readouterr().err
    assert path.read_bytes() == b"by its author"
    assert main([*command[:4], str(tmp_path / "none" / "a.docx")]) == 1
    assert "書き込めません" in capsys.readouterr().err


def test_a_fictional_edition_says_so():
    from helpers.edition import Edition
    from helpers.report.reported import Reported

    edition = Edition.open("mihon", 2025)
    nowhere = edition.places.root / "reports" / "none"
    made = document(Reported(edition, nowhere, nowhere, {}))
    assert "架空データ（見本）" in "".join(p.text for p in Document(io.BytesIO(made)).paragraphs)
