"""Words near a picture or a number, by which its author finds it again."""

from itertools import chain

from helpers.report.office.names import name
from helpers.report.office.pictures import shadow_of
from helpers.report.office.xml_part import Element

LENGTH = 16
_PARAGRAPHS = (name("w:p"), name("a:p"))
_TEXTS = (name("w:t"), name("a:t"))


def near(element: Element) -> str:
    """The beginning of the paragraph it stands in, else of the last one before it."""
    paragraph = next(element.iterancestors(*_PARAGRAPHS), None)
    if paragraph is None:
        paragraph = next(element.iter(*_PARAGRAPHS), None)
    if paragraph is None:
        return ""
    around = [paragraph, *paragraph.iterancestors()]
    before = (each for block in around for each in block.itersiblings(preceding=True))
    for each in chain([paragraph], before):
        texts = (t.text or "" for t in each.iter(*_TEXTS) if shadow_of(t) is None)
        text = "".join(texts).strip()
        if text:
            return text if len(text) <= LENGTH else f"{text[:LENGTH]}…"
    return ""
