"""One XML part: read as a tree, changed in its bytes.

A serialiser would write quotes, entities and the declaration its own way. Here every change is a
splice at a byte offset that the parser has told; what nobody named stays as it was, byte for byte.
"""

import re
from functools import cached_property
from typing import TypeAlias
from xml.parsers import expat
from xml.sax.saxutils import escape

from lxml import etree  # type: ignore[import-untyped]

Element: TypeAlias = etree._Element

_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(rb"""\s([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")


class XmlPart:
    """A part and the changes to it.

    Attributes:
        original: its bytes as they were read.
        root: its tree, to look things up in; changing the tree changes nothing.
    """

    def __init__(self, content: bytes):
        """Parse.

        Raises:
            ValueError: no well-formed UTF-8 XML, or with a document type (Office writes none).
        """
        if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<!DOCTYPE" in content:
            raise ValueError("not UTF-8, or with a document type")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        try:
            self.root: Element = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise ValueError(str(error)) from None
        self.original = content
        self._splices: dict[tuple[int, int, str], bytes] = {}

    @property
    def content(self) -> bytes:
        """The bytes with all changes in them; the original object where there is none."""
        if not self._splices:
            return self.original
        pieces, at = [], 0
        for (start, end, _), new in sorted(self._splices.items(), key=lambda item: item[0][:2]):
            pieces += [self.original[at:start], new]
            at = end
        return b"".join([*pieces, self.original[at:]])

    def set(self, element: Element, attribute: str, value: str) -> None:
        """Give an attribute a value; ``attribute`` as lxml names it."""
        start, end = self._opening(element)
        written = _written(element, attribute)
        text = _escaped(value)
        for match in _ATTRIBUTE.finditer(self.original, start, end):
            if match[1] == written:
                self._splices[match.start(2), match.end(2), attribute] = text
                return
        at = end - (2 if self.original[end - 2 : end] == b"/>" else 1)
        self._splices[at, at, attribute] = b" " + written + b"=" + text

    def write(self, element: Element, text: str) -> None:
        """Replace the text of an element that holds nothing else."""
        start, end = self._opening(element)
        inner = escape(text).encode()
        if self.original[end - 2 : end] == b"/>":
            tag = self.original[start + 1 : end - 2].split()[0]
            self._splices[end - 2, end, ""] = b">" + inner + b"</" + tag + b">"
        else:
            self._splices[end, self._spans[element][1], ""] = inner

    def remove(self, element: Element) -> None:
        """Take an element out with everything in it."""
        start, end = self._opening(element)
        if self.original[end - 2 : end] != b"/>":
            end = self.original.index(b">", self._spans[element][1]) + 1
        inside = [key for key in self._splices if start <= key[0] < end]
        for key in inside:
            del self._splices[key]
        self._splices[start, end, ""] = b""

    def append(self, parent: Element, child: bytes) -> None:
        """Put a child behind the last one of an element that has children."""
        at = self._spans[parent][1]
        key = (at, at, "child")
        self._splices[key] = self._splices.get(key, b"") + child

    def _opening(self, element: Element) -> tuple[int, int]:
        start = self._spans[element][0]
        match = _TAG.match(self.original, start)
        if match is None:  # the offsets of the parser are those of these bytes
            raise ValueError(f"no tag at byte {start}")
        return start, match.end()

    @cached_property
    def _spans(self) -> dict[Element, tuple[int, int]]:
        """Byte offsets of each element's opening and closing tag."""
        starts: list[int] = []
        ends: dict[int, int] = {}
        open_ones: list[int] = []
        parser = expat.ParserCreate()

        def opened(*_: object) -> None:
            open_ones.append(len(starts))
            starts.append(parser.CurrentByteIndex)

        def closed(_: object) -> None:
            ends[open_ones.pop()] = parser.CurrentByteIndex

        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
        parser.Parse(self.original, True)
        elements = self.root.iter(etree.Element)
        return {element: (starts[i], ends[i]) for i, element in enumerate(elements)}


def _written(element: Element, attribute: str) -> bytes:
    """The attribute's name with the prefix that is in force here."""
    qualified = etree.QName(attribute)
    if qualified.namespace is None:
        return attribute.encode()
    prefixes = {uri: prefix for prefix, uri in element.nsmap.items() if prefix}
    return f"{prefixes[qualified.namespace]}:{qualified.localname}".encode()


def _escaped(value: str) -> bytes:
    lines = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
    return f'"{escape(value, lines)}"'.encode()
