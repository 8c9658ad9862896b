"""The body of the document: title, sections with figures and numbers, sources, notes."""

from itertools import count

from helpers.report.office.catalogue import Catalogue
from helpers.report.office.figure_mark import png_size, width_of
from helpers.report.reported import Figure, Reported
from helpers.report.word.key_numbers import KeyNumber, key_numbers
from helpers.report.word.markup import TAG_LENGTH, control, field, paragraph, picture, run, table

# A4 with 25 mm at the sides: the text is as wide as a figure, 160 mm. In twentieths of a point.
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="footer1"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418"'
    ' w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
)
_FICTIONAL = "架空データ（見本）。実在の市の数値ではありません。"
_HOW = (
    "図とその説明、表の数値は、報告書を作り直したあと citypromo word refresh で新しくなります"
    "（この文書は変えず、隣に写しを作ります）。"
)


class Body:
    """Builds the body and collects its images.

    Attributes:
        images: PNG files by the ids of their relationships.
    """

    def __init__(self, reported: Reported):
        self.images: dict[str, bytes] = {}
        self._reported = reported
        self._numbers = Catalogue(reported).numbers
        self._ids = count(1)
        self._told: set[str] = set()  # a number stands in one table only

    def xml(self) -> str:
        """``w:body``."""
        edition = self._reported.edition
        parts = [
            paragraph(run(edition.report.ja), "Title"),
            paragraph(run(f"{edition.name.ja}　{edition.year_label()}"), "Subtitle"),
        ]
        if edition.fictional:
            parts.append(paragraph(run(_FICTIONAL), "Note"))
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
        caption = run("図") + field("SEQ 図 \\* ARABIC", str(number)) + run("　")
        pieces = [
            paragraph(self._control(tag, f"図 {figure.stem}", shown, "picture"), "Figure"),
            paragraph(
                caption + self._control(f"caption:{figure.stem}", "図の説明", run(figure.subject)),
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
                self._control(row.key, row.key, run(row.text)) + run(row.unit.replace("%", "％")),
            ]
            for row in rows
        ]
        return table(("主な数値", "年・年度", "値"), cells, (90, 25, 45))

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
        parts = [paragraph(run("出典と注"), "Heading1")]
        for source in edition.sources.values():
            note = f"　{source.note}" if source.note else ""
            parts.append(paragraph(run(f"{source.ja}{note}"), "Note"))
        for name, reason in edition.left_out.items():
            parts.append(paragraph(run(f"載せていない図: {name}（{reason}）"), "Note"))
        return [*parts, paragraph(run(_HOW), "Note")]
