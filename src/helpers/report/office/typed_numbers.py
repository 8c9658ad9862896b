"""Numbers that somebody typed: no field, so no refresh ever renews them."""

from collections.abc import Iterable, Iterator

from helpers.audit.passages import passages
from helpers.report.office.fields import Field
from helpers.report.office.names import name
from helpers.report.office.pictures import shadow_of
from helpers.report.office.stories import style_of
from helpers.report.office.xml_part import Element

_PARAGRAPHS = (name("w:p"), name("a:p"))
_NOTE = "Note"  # the style of the sources and notes that a run itself writes


def typed_numbers(root: Element, fields: Iterable[Field]) -> Iterator[tuple[Element, list[str]]]:
    """Paragraphs with numbers that measure something and stand in no field, and those numbers.

    Dates, headings, page and clause numbers only name something and are left out.
    """
    in_fields = {text for field in fields for text in field.texts}
    written: dict[Element, list[str]] = {}
    for text in root.iter(name("w:t"), name("a:t")):
        if text in in_fields or shadow_of(text) is not None:
            continue
        paragraph = next(text.iterancestors(*_PARAGRAPHS), None)
        if paragraph is not None and style_of(paragraph) != _NOTE:
            written.setdefault(paragraph, []).append(text.text or "")
    for paragraph, texts in written.items():
        found = [number for each in passages("".join(texts)) for number in each.numbers]
        if found:
            yield paragraph, found
