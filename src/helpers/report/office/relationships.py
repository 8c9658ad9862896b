"""Which file a part's relationship leads to; new image parts, and those that nobody needs."""

import posixpath
import re
from dataclasses import dataclass, field

from helpers.report.office.names import IMAGE, NAMESPACES
from helpers.report.office.package import CONTENT_TYPES, Package
from helpers.report.office.xml_part import Element, XmlPart

_RELATIONSHIP = f"{{{NAMESPACES['rel']}}}Relationship"
_DEFAULT = f"{{{NAMESPACES['ct']}}}Default"
_OVERRIDE = f"{{{NAMESPACES['ct']}}}Override"


def relationships_of(part: str) -> str:
    """``word/document.xml`` → ``word/_rels/document.xml.rels``."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def target(part: str, relationship: Element) -> str:
    """The name of the part that a relationship leads to; empty for one outside the file."""
    if relationship.get("TargetMode") == "External":
        return ""
    folder = posixpath.dirname(part)
    joined = posixpath.join("/", folder, relationship.get("Target", ""))
    return posixpath.normpath(joined).lstrip("/")


@dataclass
class Images:
    """The images of a package while parts are changed.

    Attributes:
        package: the file.
        changed: parts that differ from the file's; None for one that is left out.
    """

    package: Package
    changed: dict[str, bytes | None] = field(default_factory=dict)

    def by_id(self, part: str) -> dict[str, Element]:
        """The relationships of a part by their ids."""
        content = self.package.parts.get(relationships_of(part))
        if content is None:
            return {}
        found = XmlPart(content).root.iter(_RELATIONSHIP)
        return {relationship.get("Id", ""): relationship for relationship in found}

    def add(self, picture: bytes, folder: str) -> str:
        """A new image part of its own; nothing that is there is written over."""
        taken = {name.lower() for name in (*self.package.parts, *self.changed)}
        number = 1
        while (name := f"{folder}/media/citypromo{number}.png") in taken:
            number += 1
        self.changed[name] = picture
        return name

    def relate(self, part: str, images: dict[str, str], content: bytes) -> None:
        """Write the relationships of a changed part.

        Args:
            part: name of the part.
            images: name of the image part by the new relationship's id.
            content: the changed part; a relationship to an image that it no longer names goes.
        """
        name = relationships_of(part)
        rels = XmlPart(self.package.parts[name])
        root = rels.root
        prefix = f"{root.prefix}:" if root.prefix else ""
        for id_, image in images.items():
            path = posixpath.relpath(image, posixpath.dirname(part))
            new = f'<{prefix}Relationship Id="{id_}" Type="{IMAGE}" Target="{path}"/>'
            rels.append(root, new.encode())
        for relationship in root.iter(_RELATIONSHIP):
            quoted = re.escape(relationship.get("Id", "").encode())
            used = re.search(rb"[\"']" + quoted + rb"[\"']", content)
            if relationship.get("Type") == IMAGE and not used:
                rels.remove(relationship)
        self.changed[name] = rels.content

    def tidy(self) -> None:
        """Name PNG as a kind of content; leave out images that no part leads to any more."""
        types = XmlPart(self.package.parts[CONTENT_TYPES])
        png = any(e.get("Extension", "").lower() == "png" for e in types.root.iter(_DEFAULT))
        if not png:
            prefix = f"{types.root.prefix}:" if types.root.prefix else ""
            new = f'<{prefix}Default Extension="png" ContentType="image/png"/>'
            types.append(types.root, new.encode())
        for name in self._unneeded():
            self.changed[name] = None
            for override in types.root.iter(_OVERRIDE):
                if override.get("PartName") == f"/{name}":
                    types.remove(override)
        if types.content != self.package.parts[CONTENT_TYPES]:
            self.changed[CONTENT_TYPES] = types.content

    def _unneeded(self) -> list[str]:
        """Images that led somewhere before and now do not."""
        before = self._led_to({})
        now = self._led_to(self.changed)
        return sorted((before - now) & self.package.parts.keys())

    def _led_to(self, changed: dict[str, bytes | None]) -> set[str]:
        found = set()
        for name, content in self.package.parts.items():
            if name.endswith(".rels"):
                folder, file = posixpath.split(name)
                source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
                for each in XmlPart(changed.get(name) or content).root.iter(_RELATIONSHIP):
                    found.add(target(source, each))
        return found
