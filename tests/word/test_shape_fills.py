"""What a refresh does not do: pictures that fill a shape, groups of old Word. It says so."""

import io

import office_report as report
import pytest
from pptx import Presentation
from pptx.util import Mm

from helpers.report.office.figure_mark import mark_of
from helpers.report.office.refresh import refresh
from helpers.report.office.relationships import Images
from helpers.report.office.summary import summary

BODY, SETTINGS = "word/document.xml", "word/settings.xml"
OUTLINE = '<a:ln w="6350"><a:solidFill><a:srgbClr val="00428C"/></a:solidFill></a:ln></wps:spPr>'


def relationship(package, key, year):
    """The id of a relationship that leads to a figure of ours."""
    for id_, relation in Images(package).by_id(BODY).items():
        mark = mark_of(package.parts.get(f"word/{relation.get('Target')}", b""))
        if mark is not None and (mark.key, mark.edition) == (key, f"nishitokyo {year}"):
            return id_
    raise AssertionError(key)


def filled(package, key, year):
    fill = f'<a:blipFill><a:blip r:embed="{relationship(package, key, year)}"/></a:blipFill>'
    return OUTLINE, fill + OUTLINE


def test_a_figure_that_fills_a_shape_is_left_and_told(policy, published, tmp_path):
    changes = {BODY: [filled(policy, "stay_age", 2024)]}
    package = report.changed_copy(policy, tmp_path / "x.docx", changes)
    result = refresh(package, published)
    (left,) = [f for f in result.findings if f.state == "left"]
    assert (left.key, left.by) == ("stay_age", "png")
    assert "塗りつぶし" in left.note[0]
    assert "fills a shape" in summary(result, "check", "en")
    new = report.stored(tmp_path / "y.docx", result.content)
    stands = changes[BODY][0][1].encode()
    assert stands in new.parts[BODY]  # and still leads to last year's picture
    assert relationship(new, "stay_age", 2024) in stands.decode()


def test_a_fill_that_is_this_years_is_current(policy, published, tmp_path):
    image = next(n for n, c in policy.parts.items() if mark_of(c) and mark_of(c).key == "stay_age")
    parts = {image: report.png(2025, "stay_age")}
    newer = report.stored(tmp_path / "n.docx", policy.with_parts(parts))
    change = filled(newer, "stay_age", 2025)
    package = report.changed_copy(newer, tmp_path / "x.docx", {BODY: [change]})
    found = [f for f in refresh(package, published).findings if f.key == "stay_age"]
    assert found and not any(f.state == "left" for f in found)


def test_a_crest_that_fills_a_shape_is_not_ours(policy, published, tmp_path):
    plain = filled(policy, "stay_age", 2024)
    relation = relationship(policy, "stay_age", 2024)
    foreign = next(
        id_
        for id_, r in Images(policy).by_id(BODY).items()
        if r.get("Target", "").endswith(".png")
        and mark_of(policy.parts[f"word/{r.get('Target')}"]) is None
    )
    change = (plain[0], plain[1].replace(f'"{relation}"', f'"{foreign}"'))
    before = refresh(policy, published).findings
    package = report.changed_copy(policy, tmp_path / "x.docx", {BODY: [change]})
    after = refresh(package, published).findings
    assert len(after) == len(before) + 1
    assert not any(f.state == "left" for f in after)


def test_a_figure_that_fills_a_shape_of_a_slide_is_left_and_told(published, tmp_path):
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    picture = slide.shapes.add_picture(
        io.BytesIO(report.png(2024, "attachment_age")), Mm(9), Mm(9), Mm(90)
    )
    box = slide.shapes.add_textbox(Mm(9), Mm(99), Mm(90), Mm(40))
    fill = picture._element.blipFill
    properties = box._element.spPr
    properties.remove(properties.find("{*}noFill"))
    copy = properties.makeelement(
        fill.tag.replace("presentationml/2006/main", "drawingml/2006/main")
    )
    copy.extend([properties.makeelement(fill.blip.tag, dict(fill.blip.attrib))])
    properties.append(copy)
    picture._element.getparent().remove(picture._element)
    buffer = io.BytesIO()
    show.save(buffer)
    package = report.stored(tmp_path / "s.pptx", buffer.getvalue(), "powerpoint")
    (found,) = refresh(package, published).findings
    assert (found.key, found.state) == ("attachment_age", "left")
    assert "塗りつぶし" in found.note[0]


@pytest.mark.parametrize(("fitting", "state"), [(False, "left"), (True, "other_edition")])
def test_a_group_of_old_word_is_left_where_the_height_would_be_wrong(
    policy, published, tmp_path, fitting, state
):
    year = 2023 if fitting else 2024  # as many groups as this year, so as high
    image = next(n for n, c in policy.parts.items() if mark_of(c) and mark_of(c).key == "stay_age")
    parts = {image: report.png(year, "stay_age")}
    policy = report.stored(tmp_path / "n.docx", policy.with_parts(parts))
    group = (
        '<w:p><w:r><w:pict><v:group xmlns:v="urn:schemas-microsoft-com:vml" coordsize="100,100" '
        'style="width:300pt;height:100pt"><v:shape style="width:100;height:100"><v:imagedata '
        f'r:id="{relationship(policy, "stay_age", year)}"/></v:shape></v:group></w:pict></w:r></w:p>'
    )
    pairs = [("<w:sectPr", f"{group}<w:sectPr")]
    package = report.changed_copy(policy, tmp_path / "x.docx", {BODY: pairs})
    body = [f for f in refresh(package, published).findings if f.place[0].startswith("本文")]
    last = [f for f in body if f.kind == "picture"][-1]
    assert (last.key, last.state) == ("stay_age", state)
    assert ("VML" in last.note[0]) == (state == "left")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("", True),
        ("<w:doNotAutoCompressPictures/>", False),
        ('<w:doNotAutoCompressPictures w:val="0"/>', True),
        ('<w14:defaultImageDpi w14:val="220"/>', True),
        ('<w14:defaultImageDpi w14:val="32767"/>', False),
    ],
)
def test_a_document_whose_pictures_word_would_compress_is_told(
    policy, published, tmp_path, settings, told
):
    content = (
        '<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        f"{settings}</w:settings>"
    ).encode()
    package = report.stored(tmp_path / "x.docx", policy.with_parts({SETTINGS: content}))
    result = refresh(package, published)
    assert ("「ファイル内のイメージを圧縮しない」" in summary(result, "check", "ja")) == told
    # The author's settings stay as they are.
    assert report.stored(tmp_path / "y.docx", result.content).parts[SETTINGS] == content
