"""The body of the document: title, sections with figures and numbers, sources, notes."""

from itertools import count
from typing import Any

from helpers.report.office.catalogue import Catalogue
from helpers.report.office.figure_mark import png_size, width_of
from helpers.report.reported import Figure, Reported
from helpers.report.word.key_numbers import KeyNumber, key_numbers
from helpers.report.word.markup import TAG_LENGTH, control, field, paragraph, picture, run, table
from helpers.sentences.indicator_row import UNITS

# A4 with 25 mm at the sides: the text is as wide as a figure, 160 mm. In twentieths of a point.
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="footer1"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418"'
    ' w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
)
_FICTIONAL = (
    "架空データ（見本）。実在の市の数値ではありません。",
    "Fictional data (a sample). These are the numbers of no real city.",
)
_HOW = (
    "図とその説明、表の数値は、報告書を作り直したあと citypromo word refresh で新しくなります"
    "（この文書は変えず、隣に写しを作ります）。",
    "When the report has been made again, citypromo word refresh renews the figures, their "
    "captions and the numbers of the tables (in a copy beside this document).",
)
_HEADS = ("主な数値", "年・年度", "値"), ("Main numbers", "Year", "Value")


class Body:
    """Builds the body and collects its images.

    Attributes:
        images: PNG files by the ids of their relationships.
    """

    def __init__(self, reported: Reported):
        self.images: dict[str, bytes] = {}
        self._reported = reported
        self._say: Any = reported.say
        self._lang = reported.lang
        self._numbers = Catalogue(reported).numbers
        self._ids = count(1)
        self._told: set[str] = set()  # a number stands in one table only

    def xml(self) -> str:
        """``w:body``."""
        edition = self._reported.edition
        name = getattr(edition.name, self._lang)
        parts = [
            paragraph(run(getattr(edition.report, self._lang)), "Title"),
            paragraph(run(f"{name}　{edition.year_label(self._lang)}"), "Subtitle"),
        ]
        if edition.fictional:
            parts.append(paragraph(run(self._say(*_FICTIONAL)), "Note"))
        for heading, figures in self._reported.sections:
            parts.append(paragraph(run(heading), "Heading1"))
            parts += [piece for figure in figures for piece in self._figure(figure)]
        return f"<w:body>{''.join([*parts, *self._notes()])}{_PAGE}</w:body>"

    def _figure(self, figure: Figure) -> list[str]:
        """Picture, caption, and the table of its main numbers."""
        image = figure.file("png").read_bytes()
        id_ = f"figure{len(self.images) + 1}"
        self.images[id_] = image
        wide, high = png_size(image)
        mm = width_of(figure.stem)
        shown = picture(next(self._ids), id_, figure.stem, figure.alt, (mm, mm * high / wide))
        tag = f"fig:{figure.stem}"
        number = len(self.images)
        caption = (
            run(self._say("図", "Figure "))
            + field(f"SEQ {self._say('図', 'Figure')} \\* ARABIC", str(number))
            + run("　")
        )
        subject = run(figure.subject)
        pieces = [
            paragraph(
                self._control(tag, self._say("図 ", "Figure ") + figure.stem, shown, "picture"),
                "Figure",
            ),
            paragraph(
                caption
                + self._control(
                    f"caption:{figure.stem}", self._say("図の説明", "Caption"), subject
                ),
                "Caption",
            ),
        ]
        found = key_numbers(figure, self._numbers, self._reported.edition.city)
        rows = [row for row in found if row.key not in self._told]
        self._told.update(row.key for row in rows)
        return [*pieces, self._table(rows), paragraph("", "Note")] if rows else pieces

    def _table(self, rows: list[KeyNumber]) -> str:
        cells = [
            [
                run(row.name),
                run(row.year),
                self._control(row.key, row.key, run(row.text)) + run(self._unit(row.unit)),
            ]
            for row in rows
        ]
        return table(self._say(*_HEADS), cells, (90, 25, 45))

    def _unit(self, unit: str) -> str:
        """A unit behind a number."""
        if self._lang != "ja" and unit in UNITS:
            english = UNITS[unit][1]
            return english if english in ("", "%") else f" {english}"
        return unit.replace("%", "％")

    def _control(self, tag: str, name: str, content: str, kind: str = "text") -> str:
        """A content control; plain content where Word would cut its tag."""
        return (
            control(next(self._ids), tag, name, content, kind)
            if len(tag) <= TAG_LENGTH
            else content
        )

    def _notes(self) -> list[str]:
        """Sources, what was left out and why, and how to refresh."""
        edition = self._reported.edition
        parts = [paragraph(run(self._say("出典と注", "Sources and notes")), "Heading1")]
        for source in edition.sources.values():
            note = f"　{said}" if (said := source.note_in(self._lang)) else ""
            parts.append(paragraph(run(f"{getattr(source, self._lang)}{note}"), "Note"))
        for name, reason in edition.left_out.items():
            left = self._say(f"{name}（{reason}）", f"{name} ({reason})")
            parts.append(
                paragraph(run(self._say("載せていない図: ", "Figure left out: ") + left), "Note")
            )
        return [*parts, paragraph(run(self._say(*_HOW)), "Note")]
