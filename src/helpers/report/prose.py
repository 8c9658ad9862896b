"""The text of a document as people wrote it: Word, PowerPoint, PDF, Markdown or plain text.

Paragraphs and tables are parted by empty lines, the cells of a row by tabs, slides and pages by
form feeds: what ``helpers.audit.passages`` reads.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from helpers.problems import InputError, Message
from helpers.report.office import messages
from helpers.report.office.names import name
from helpers.report.office.package import Kind, read_package
from helpers.report.office.pictures import shadow_of
from helpers.report.office.stories import stories, style_of
from helpers.report.office.xml_part import Element, XmlPart

_KINDS: dict[str, Kind] = {
    ".docx": "word", ".docm": "word", ".pptx": "powerpoint", ".pptm": "powerpoint",
}  # fmt: skip
_HEADING = re.compile(r"heading|見出し|toc|目次|title|caption|\d$", re.IGNORECASE)
NO_TEXT = Message(
    "この形式の文書は読めません（.docx、.pptx、.pdf、.md、.txt のどれかが要ります）",
    remedy="文書を .docx か .txt で保存してください",
    en="this kind of document is not read (.docx, .pptx, .pdf, .md or .txt). "
    "→ save it as .docx or .txt",
)
NO_TOOL = Message(
    "PDF の文字を取り出すには pdftotext が要ります",
    remedy="pdftotext（poppler）を入れるか、文書を .docx か .txt で渡してください",
    en="the text of a PDF needs pdftotext. → install poppler, or give a .docx or .txt",
)
NOT_UTF8 = Message(
    "UTF-8 の文字として読めません",
    remedy="文字コードを UTF-8 にして保存し直してください",
    en="is not UTF-8 text. → save it again as UTF-8",
)


def document_text(path: Path) -> str:
    """The text of a document; nothing leaves this machine.

    Raises:
        InputError: not there, damaged, of another kind, or a PDF where there is no pdftotext.
    """
    suffix = path.suffix.lower()
    if suffix in _KINDS:
        return _office_text(path, _KINDS[suffix])
    if not path.is_file():
        raise InputError(messages.NOT_THERE.at(str(path)))
    if suffix == ".pdf":
        return _pdf_text(path)
    if suffix not in (".txt", ".md"):
        raise InputError(NO_TEXT.at(str(path)))
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(NOT_UTF8.at(str(path))) from None
    except OSError as error:
        raise InputError(messages.UNREADABLE.at(str(path), why=error.strerror or "")) from None


def _pdf_text(path: Path) -> str:
    tool = shutil.which("pdftotext")
    if tool is None:
        raise InputError(NO_TOOL.at(str(path)))
    command = [tool, "-enc", "UTF-8", str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    if done.returncode:
        why = done.stderr.decode(errors="replace").strip().splitlines()[:1]
        raise InputError(messages.DAMAGED.at(str(path), why="".join(why)))
    return done.stdout.decode("utf-8", errors="replace").rstrip("\f")


def _office_text(path: Path, kind: Kind) -> str:
    """Body, text boxes, notes and footnotes of a Word file; the slides of a PowerPoint file."""
    package = read_package(path, kind)
    told = []
    try:
        for story in stories(package):
            list_of_slides = kind == "powerpoint" and story.place[1] == "body"
            if story.in_text and not list_of_slides:
                told.append("\n".join(_lines(XmlPart(package.parts[story.part]).root)))
    except ValueError as error:
        raise InputError(messages.DAMAGED.at(str(path), why=str(error))) from None
    return ("\f" if kind == "powerpoint" else "\n\n").join(told)


def _lines(root: Element) -> Iterator[str]:
    tables = (name("w:tbl"), name("a:tbl"))
    for element in root.iter(name("w:p"), name("a:p"), *tables):
        if shadow_of(element) is not None:
            continue
        inside = next(element.iterancestors(*tables, name("w:txbxContent")), None)
        if inside is not None and inside.tag in tables:
            continue  # told with its table
        if element.tag in tables:
            yield from ("", *_rows(element), "")
        elif (text := _text(element)) and not _HEADING.search(style_of(element)):
            yield from (text, "")


def _text(paragraph: Element) -> str:
    own = (name("w:p"), name("a:p"))
    texts = paragraph.iter(name("w:t"), name("a:t"))
    return "".join(
        t.text or "" for t in texts if next(t.iterancestors(*own), None) is paragraph
    ).strip()


def _rows(table: Element) -> Iterator[str]:
    """A row a line; a cell over several columns or rows stands in the first of them."""
    above: dict[int, str] = {}
    for row in table.iter(name("w:tr"), name("a:tr")):
        cells: list[str] = []
        for cell in row.iterchildren(name("w:tc"), name("a:tc")):
            text = "".join(map(_text, cell.iter(name("w:p"), name("a:p"))))
            merged = cell.find(f"{name('w:tcPr')}/{name('w:vMerge')}")
            if merged is not None and merged.get(name("w:val")) != "restart":
                text = above.get(len(cells), text)
            above[len(cells)] = text
            span = cell.find(f"{name('w:tcPr')}/{name('w:gridSpan')}")
            more = int(span.get(name("w:val"), "1")) - 1 if span is not None else 0
            cells += [text, *[""] * more]
        prose = [text for text in cells if "。" in text]
        if prose or len(cells) < 2:
            yield from ("", *(prose or cells), "")
        else:
            yield "\t".join(cells)
