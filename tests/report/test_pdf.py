"""The PDF as archives, screen readers and eyes have it."""

import io
import shutil
import subprocess
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
import typst

from helpers.report.pdf import pdf
from helpers.report.pdf.content import content


@pytest.fixture(scope="module")
def made():
    return {}


@pytest.fixture
def document(reported, made):
    if not made:
        made["bytes"] = pdf(reported)
    return pikepdf.open(io.BytesIO(made["bytes"]))


def elements(node):
    """Every element of the structure tree."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


def of_kind(document, kind):
    return [e for e in elements(document.Root.StructTreeRoot.K) if kind == e.S]


def text(document_bytes):
    pages = pypdfium2.PdfDocument(document_bytes)
    return [page.get_textpage().get_text_range() for page in pages]


def test_it_declares_archive_and_accessibility(document):
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == "見本市 令和7年度（2025年度） 図と数値"
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
    root = document.Root
    assert root.Lang == "ja-JP"
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle


def test_every_figure_has_its_words(document, reported):
    told = [str(e.Alt) for e in of_kind(document, "/Figure")]
    assert len(told) == len(reported.figures)
    for number, (alt, figure) in enumerate(zip(told, reported.figures, strict=True), 1):
        own = figure.alt.removesuffix("数値の表は同名のCSVにある。")
        assert alt == f"{own}数値は表{number}にある。"


def test_tables_have_heads_and_every_number(document, reported):
    heads = of_kind(document, "/TH")
    assert len(of_kind(document, "/Table")) == len(reported.figures)
    assert len(heads) == 8 + 8 + 5  # flows have no n, no interval and no remark
    rows = sum(len(figure.rows) for figure in reported.figures)
    assert len(of_kind(document, "/TR")) == rows + len(reported.figures)


def test_headings_contents_and_paragraphs_are_tagged(document):
    assert [len(of_kind(document, kind)) for kind in ("/Title", "/TOC", "/H1")] == [
        1,
        3,
        5,
    ]  # two chapters have sections
    assert len(of_kind(document, "/P")) >= 3


def test_bookmarks_follow_the_document(document, reported):
    with document.open_outline() as outline:
        told = [item.title for item in outline.root]
        sections = [child.title for child in outline.root[0].children]
    assert [name.partition(" ")[2] or name for name in told] == [
        "図で見る結果",
        "数値の表",
        "数値の求め方と読み方",
        "出典",
    ]
    assert sections == [name for name, _ in reported.sections]


def test_figures_stand_in_the_order_of_the_report(document, reported):
    pages = "".join(text(document_bytes(document))).replace("\r\n", "")
    body = pages[pages.rindex("図で見る結果") :]
    places = [body.index(figure.subject) for figure in reported.figures]
    assert places == sorted(places)


def document_bytes(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_fonts_are_inside(document):
    found = [
        font.DescendantFonts[0].FontDescriptor
        for page in document.pages
        for font in page.Resources.get("/Font", {}).values()
    ]
    assert found
    assert all("/FontFile2" in font for font in found)
    assert {str(font.FontName)[8:] for font in found} == {
        "BIZUDPGothic-Regular",
        "BIZUDPGothic-Bold",
    }


def test_text_is_text_and_never_markup(made, reported):
    pages = text(made["bytes"] if made else pdf(reported))
    whole = "".join(pages).replace("\r\n", "")
    assert "=1+1 <b>#x*y*</b>" in whole
    assert "②<住環境>" in whole
    assert "#数値 が *ない*" in whole
    assert "架空データ" in pages[0]
    assert all("架空データ" in page for page in pages[1:])
    assert "図\N{NO-BREAK SPACE}1" in whole


def test_brackets_do_not_run_into_each_other(reported):
    edition = reported.edition.model_copy(update={"left_out": {"例": "「甲」（乙）」「丙」。"}})
    other = type(reported)(edition, reported.folder, reported.data, reported.notebooks)
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(pdf(other))]
    page = next(page for page in pages if "「甲」" in page.get_text_range())
    first = page.get_text_range().index("「甲」")
    boxes = [page.get_charbox(first + i) for i in range(11)]
    gaps = [after[0] - before[2] for before, after in pairwise(boxes)]
    assert min(gaps) > 0  # from the ink of one to the ink of the next


def test_english_words_around_what_is_japanese(reported):
    told = content(reported, None, "en")
    assert told["title"] == "Mihon FY2025"
    pages = text(pdf(reported, lang="en"))
    assert "Results in figures" in "".join(pages)
    assert pikepdf.open(io.BytesIO(pdf(reported, lang="en"))).Root.Lang == "en-GB"


def test_a_figure_without_alternative_text_makes_no_pdf(reported):
    """Typst's own gate: what it refuses cannot go out."""
    picture = reported.figures[0].file("svg").read_bytes()
    page = b'#set document(title: "x")\n#set text(lang: "ja")\n#image("a.svg")'
    with pytest.raises(typst.TypstError, match="alt"):
        typst.compile({"main.typ": page, "a.svg": picture}, pdf_standards=["ua-1"])


@pytest.mark.parametrize("tool", ["qpdf", "pdffonts"])
def test_other_tools_find_nothing_wrong(tool, reported, made, tmp_path):
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    path = tmp_path / "report.pdf"
    path.write_bytes(made["bytes"] if made else pdf(reported))
    command = [tool, "--check", str(path)] if tool == "qpdf" else [tool, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0
    assert done.stderr == ""
    if tool == "pdffonts":
        lines = done.stdout.splitlines()[2:]
        assert [line.split()[-5:-2] for line in lines] == [["yes", "yes", "yes"]] * len(lines)
