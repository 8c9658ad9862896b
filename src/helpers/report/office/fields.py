"""Texts that follow the report: content controls in Word, named shapes in PowerPoint.

Word keeps the tag of a content control through typing, copying and saving. PowerPoint has
nothing of the kind within a text; the name of a shape is what it keeps, so there a number is a
text box of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.report.office.names import name
from helpers.report.office.numbers import is_key
from helpers.report.office.pictures import is_tracked, shadow_of
from helpers.report.office.xml_part import Element, XmlPart

# What of a figure's words a control may follow: the finding, or what a caption says.
WORDS = ("title:", "caption:")
_RECORDED = tuple(name(f"w:{kind}") for kind in ("ins", "del", "moveFrom", "moveTo"))
_OTHER_KINDS = tuple(name(f"w:{kind}") for kind in ("date", "comboBox", "dropDownList"))
_BOUND = (name("w:dataBinding"), name("w15:dataBinding"))
Words = tuple[str, str]


@dataclass(frozen=True)
class Field:
    """A text that is to be replaced.

    Attributes:
        element: the content control or the shape.
        key: an indicator's key, or ``title:`` or ``caption:`` and a figure's key.
        texts: the elements that hold its text, in their order.
        placeholder: what marks the text as a prompt that nobody has filled in yet.
        obstacle: why it must be left as it is, in Japanese and English.
    """

    element: Element
    key: str
    texts: tuple[Element, ...]
    placeholder: tuple[Element, ...] = ()
    obstacle: Words | None = None

    @property
    def text(self) -> str:
        """What stands there now."""
        return "".join(element.text or "" for element in self.texts)

    @property
    def in_shadow(self) -> bool:
        """Whether it is the copy that only old programs show."""
        return shadow_of(self.element) is not None

    def write(self, part: XmlPart, span: tuple[int, int], text: str) -> None:
        """Replace a span of the text; each run keeps its formatting, the first gets the text."""
        start, end = span
        at, new = 0, text
        for element in self.texts:
            old = element.text or ""
            first, last = max(start - at, 0), min(end - at, len(old))
            if first <= last and (first < len(old) or not old) and (new or first < last):
                part.write(element, old[:first] + new + old[last:])
                new = ""
            at += len(old)
        for element in self.placeholder:
            part.remove(element)


def fields(root: Element) -> Iterator[Field]:
    """All fields below an element, in their order."""
    for element in root.iter(name("w:sdt"), name("p:sp")):
        found = _control(element) if element.tag == name("w:sdt") else _shape(element)
        if found is not None:
            yield found


def _is_ours(key: str) -> bool:
    return is_key(key) or key.startswith(WORDS)


def _control(control: Element) -> Field | None:
    properties, content = control.find(name("w:sdtPr")), control.find(name("w:sdtContent"))
    tag = None if properties is None else properties.find(name("w:tag"))
    key = "" if tag is None else tag.get(name("w:val"), "").strip()
    if properties is None or content is None or not _is_ours(key):
        return None
    texts = tuple(content.iter(name("w:t")))
    prompt = properties.find(name("w:showingPlcHdr"))
    placeholder = () if prompt is None else (prompt, *content.iter(name("w:rStyle")))
    obstacle: Words | None = None
    if is_tracked(control) or next(content.iter(*_RECORDED), None) is not None:
        obstacle = ("変更履歴が残っています", "a tracked change is pending")
    elif next(properties.iterchildren(*_BOUND), None) is not None:
        obstacle = ("文書の情報に結び付いています", "bound to data of the document")
    elif next(properties.iterchildren(*_OTHER_KINDS), None) is not None:
        obstacle = ("日付や一覧のコントロールです", "a date or list control")
    elif not texts:
        obstacle = ("書き込む文字がありません", "has no text to replace")
    return Field(control, key, texts, placeholder, obstacle)


def _shape(shape: Element) -> Field | None:
    properties = shape.find(f"{name('p:nvSpPr')}/{name('p:cNvPr')}")
    said = [] if properties is None else [properties.get(a, "") for a in ("name", "title", "descr")]
    key = next((text.strip() for text in said if _is_ours(text.strip())), "")
    texts = tuple(shape.iter(name("a:t")))
    if not key:
        return None
    obstacle = None if texts else ("書き込む文字がありません", "has no text to replace")
    return Field(shape, key, texts, (), obstacle)
