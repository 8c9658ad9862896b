"""Documents as Word, PowerPoint and LibreOffice make them, read and audited."""

import shutil
import subprocess
import zipfile

import pytest
from courtroom import edition

from helpers.audit.documents import CONTRADICTED, FOUND, audit_document
from helpers.audit.history import published_rows
from helpers.report.prose import document_text

TRUE, FALSE = "愛着を感じている市民は72.5％です。", "愛着を感じている市民は61.0％です。"


def states(path):
    rows = published_rows(edition("nishitokyo"))
    found = audit_document(edition("nishitokyo"), document_text(path), rows).checked
    return [(each.passage.page, each.state) for each in found]


def test_the_slides_of_a_powerpoint_file_are_its_pages(tmp_path):
    pptx = pytest.importorskip("pptx", reason="python-pptx makes the file")
    show = pptx.Presentation()
    for text in (TRUE, "", FALSE):
        show.slides.add_slide(show.slide_layouts[1]).placeholders[1].text = text
    show.save(tmp_path / "a.pptx")
    assert states(tmp_path / "a.pptx") == [("1", FOUND), ("3", CONTRADICTED)]


def test_the_pdf_that_libreoffice_makes_is_read(tmp_path):
    docx = pytest.importorskip("docx", reason="python-docx makes the file")
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        pytest.skip("LibreOffice and pdftotext make and read the PDF")
    document = docx.Document()
    document.add_heading("1 背景 99人", 1)
    document.add_paragraph(TRUE)
    document.add_page_break()
    document.add_paragraph(FALSE)
    document.save(tmp_path / "a.docx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, timeout=120)
    assert states(tmp_path / "a.pdf") == [("1", FOUND), ("2", CONTRADICTED)]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def test_text_boxes_and_footnotes_of_a_word_file_are_read_once(tmp_path):
    def paragraph(text):
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    box = f"<w:txbxContent>{paragraph(TRUE)}</w:txbxContent>"
    drawn = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        f'2006"><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        "</mc:AlternateContent>"
    )
    body = f"<w:body><w:p><w:r>{drawn}</w:r></w:p></w:body>"
    note = f'<w:footnote w:id="1">{paragraph(FALSE)}</w:footnote>'
    parts = {
        "document": ("document.main", f'<w:document xmlns:w="{W}">{body}</w:document>'),
        "footnotes": ("footnotes", f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>'),
    }
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{TYPE}{kind}+xml"/>'
        for part, (kind, _) in parts.items()
    )
    root = "http://schemas.openxmlformats.org/package/2006/content-types"
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{root}">{types}</Types>')
        for part, (_, xml) in parts.items():
            archive.writestr(f"word/{part}.xml", xml)
    assert states(tmp_path / "a.docx") == [("", FOUND), ("", CONTRADICTED)]
