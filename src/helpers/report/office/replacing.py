"""One picture held against the report, and its image replaced where it is old."""

import posixpath
import re
from dataclasses import dataclass, field, replace

from helpers.report.office.catalogue import Catalogue
from helpers.report.office.figure_mark import Mark, base_of, mark_of, named, png_size
from helpers.report.office.finding import Finding, Words
from helpers.report.office.names import name
from helpers.report.office.pictures import Picture
from helpers.report.office.relationships import Images, target
from helpers.report.office.shape import TOLERANCE, fit
from helpers.report.office.stories import Story
from helpers.report.office.xml_part import Element, XmlPart
from helpers.report.reported import Figure

_LINKED = ("画像は別のファイルへのリンクです", "the picture is linked to another file")
_TRACKED = ("変更履歴が残っています", "a tracked change is pending")
_INHERITED = (
    "大きさがレイアウトで決まっています。画像を枠の外に置き直してください",
    "its size comes from the layout; put it outside the placeholder",
)
_FILL = (
    "図形の塗りつぶしなので、更新できません。図形をやめて、図として挿入してください",
    "it fills a shape, which is not refreshed; insert it as a picture instead",
)
_VML_GROUP = (
    "古い形式（VML）のグループの中にあり、高さを新しい図に合わせられません。"
    "グループを解除してください",
    "in a group of old Word (VML), where its height cannot follow the new figure; ungroup it",
)


@dataclass
class Replacing:
    """Replaces the images of one part.

    Attributes:
        story: the part.
        part: its XML, in which the changes are noted.
        images: the images of the whole file.
        catalogue: what the report has to give.
        added: new image parts by the id of their relationship.
    """

    story: Story
    part: XmlPart
    images: Images
    catalogue: Catalogue
    added: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._relations = self.images.by_id(self.story.part)
        # What a picture was replaced by, for its copy in the fallback of old programs.
        self._twins: dict[tuple[Element, str], tuple[str, Figure] | None] = {}

    def replace(self, picture: Picture, place: Words) -> Finding | None:
        """Hold a picture against the report; None for a copy that only old programs show."""
        if picture.shadow is not None and (picture.shadow, picture.relationship) in self._twins:
            twin = self._twins[picture.shadow, picture.relationship]
            if twin is not None:
                self._put(picture, *twin)
            return None
        old = self._image(picture)
        mark = mark_of(old)
        finding = self._look(picture, old, mark, place)
        done = None
        if finding.to_mend:
            figure = self._figure(picture, mark)
            same = figure.file("png").read_bytes() == old
            id_ = picture.relationship if same else self._add(figure)
            self._put(picture, id_, figure)
            done = (id_, figure)
        for above in picture.element.iterancestors(name("mc:AlternateContent")):
            self._twins[above, picture.relationship] = done
        return finding if picture.shadow is None else None

    def _look(self, picture: Picture, old: bytes, mark: Mark | None, place: Words) -> Finding:
        """How the picture stands to the report."""
        key = mark.key if mark else next(iter(picture.keys.values()), "")
        by = "png" if mark else next(iter(picture.keys), "")
        edition = mark.edition if mark else ""
        finding = Finding(place, "picture", "foreign", key, by, edition, self.catalogue.edition)
        if not key:
            return self._pasted(finding, old)
        if mark and (other := _contradiction(picture, mark)):
            note = (
                f"{other}と名付けられていますが、画像は {key} です",
                f"named {other}, shows {key}",
            )
            return replace(finding, state="left", note=note)
        if edition and edition.split()[0] != self.catalogue.city:
            return replace(finding, state="other_edition", new="")
        if not self.catalogue.has(key):
            close = self.catalogue.nearest(key)
            note = (f"「{close}」の誤りではありませんか", f"{close}?") if close else ("", "")
            return replace(finding, state="missing", note=note)
        if picture.linked or not picture.relationship:
            return replace(finding, state="left", note=_LINKED)
        figure = self._figure(picture, mark)
        finding = replace(finding, key=figure.stem)
        same = figure.file("png").read_bytes() == old
        if same and _has_alt(picture):
            return replace(finding, state="current")
        if picture.fills and not same:
            return replace(finding, state="left", note=_FILL)
        if picture.in_vml_group and picture.shadow is None and not _same_shape(figure, old):
            return replace(finding, state="left", note=_VML_GROUP)
        if picture.tracked:
            return replace(finding, state="left", note=_TRACKED)
        if picture.element.tag == name("p:pic") and picture.size is None and not same:
            return replace(finding, state="left", note=_INHERITED)
        if edition and edition != self.catalogue.edition:
            return replace(finding, state="other_edition")
        return replace(finding, state="no_alt" if same else "stale")

    def _pasted(self, finding: Finding, picture: bytes) -> Finding:
        """A picture that nothing names: foreign, or by its look a figure that lost its key."""
        alike = self.catalogue.looks.nearest(picture) if picture else None
        if alike is None:
            return finding
        key, year = alike
        note = (
            f"{year}の図 {key} に見えますが、貼り付けで中のキーが失われています。"
            "図のファイルを「挿入」→「画像」で入れ直してください",
            f"looks like figure {key} of {year}, but pasting has lost the key inside; "
            "insert the figure's file as a picture",
        )
        return replace(finding, state="left", note=note)

    def _figure(self, picture: Picture, mark: Mark | None) -> Figure:
        if mark:
            return self.catalogue.figure(mark.key, None)
        return self.catalogue.figure(next(iter(picture.keys.values())), picture.shown_mm)

    def _image(self, picture: Picture) -> bytes:
        relation = self._relations.get(picture.relationship)
        image = "" if relation is None else target(self.story.part, relation)
        return self.images.package.parts.get(image, b"")

    def _add(self, figure: Figure) -> str:
        """A new image part and the id that leads to it."""
        folder = posixpath.dirname(self.story.part).split("/")[0]
        numbers = [int(m[1]) for id_ in self._relations if (m := re.fullmatch(r"rId(\d+)", id_))]
        id_ = f"rId{max(numbers, default=0) + len(self.added) + 1}"
        self.added[id_] = self.images.add(figure.file("png").read_bytes(), folder)
        return id_

    def _put(self, picture: Picture, id_: str, figure: Figure) -> None:
        """Show another image in the picture's place, with its words and its shape."""
        if id_ != picture.relationship:
            self.part.set(picture.holder, picture.attribute, id_)
            _drop_svg(self.part, picture.holder)
            fit(self.part, picture, png_size(figure.file("png").read_bytes()))
        for owner in (picture.outer, picture.properties):
            if owner is not None:
                self.part.set(owner, "descr", figure.alt)
                title = owner.get("title", "")
                if not title or named(title):
                    self.part.set(owner, "title", f"fig:{figure.stem}")
        shape = picture.element.getparent()
        if picture.element.tag == name("v:imagedata") and shape is not None:
            self.part.set(shape, "alt", figure.alt)


def _same_shape(figure: Figure, old: bytes) -> bool:
    """Whether the figure is as high at its width as the image that it is to replace."""
    if mark_of(old) is None:  # not one of our PNG: its size is not known
        return False
    (wide, high), (before, height) = png_size(figure.file("png").read_bytes()), png_size(old)
    return abs(high * before / (wide * height) - 1) <= TOLERANCE


def _contradiction(picture: Picture, mark: Mark) -> str:
    """A key that names the picture as another figure than it is, or nothing."""
    others = (key for key in picture.keys.values() if base_of(key) != base_of(mark.key))
    return next(others, "")


def _has_alt(picture: Picture) -> bool:
    """Whether an alternative text is there that is not just our tag."""
    owner = picture.outer if picture.outer is not None else picture.properties
    if owner is None:
        return True
    text = owner.get("descr", "").strip()
    return bool(text) and not named(text)


def _drop_svg(part: XmlPart, blip: Element) -> None:
    """Take out the drawing that new programs show instead of the image: it is last year's."""
    for twin in blip.iter(name("asvg:svgBlip")):
        extension = twin.getparent()
        extensions = None if extension is None else extension.getparent()
        if extension is not None and extensions is not None:
            part.remove(extensions if len(extensions) == 1 else extension)
