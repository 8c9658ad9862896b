"""Slides of last year, refreshed: pictures, groups, layouts, numbers in named shapes."""

import io

import office_report as report
import pytest
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Mm

from helpers.cli import main
from helpers.report.office.package import read_package
from helpers.report.office.refresh import refresh

WIDE = 160


def deck():
    """Three slides; the second is shown first. 架空データ."""
    show = Presentation()
    blank = show.slide_layouts[6]
    old = report.png(2024, "attachment_age")
    first, second, third = (show.slides.add_slide(blank) for _ in range(3))
    picture = first.shapes.add_picture(io.BytesIO(old), Mm(20), Mm(30), Mm(WIDE))
    picture.line.width, picture.line.color.rgb = 12700, RGBColor(0, 0x42, 0x8C)
    named = first.shapes.add_picture(io.BytesIO(_plain(old)), Mm(20), Mm(100), Mm(80))
    named.name = "fig:stay_age"
    group = second.shapes.add_group_shape()
    group.shapes.add_picture(io.BytesIO(old), Mm(10), Mm(10), Mm(100))
    group.shapes.add_textbox(Mm(10), Mm(5), Mm(50), Mm(5)).text_frame.text = "図（架空データ）"
    number = second.shapes.add_textbox(Mm(10), Mm(150), Mm(60), Mm(20))
    number.name = "kpi.kpi.sns_followers.actual"
    paragraph = number.text_frame.paragraphs[0]
    for text in ("登録者 19,", "305", "人"):
        paragraph.add_run().text = text
    paragraph.runs[1].font.bold = True
    caption = third.shapes.add_textbox(Mm(10), Mm(10), Mm(60), Mm(20))
    caption.name = "title:attachment_age"
    caption.text_frame.text = "去年の題"
    layout = next(la for la in show.slide_layouts if la.name == "Picture with Caption")
    framed = show.slides.add_slide(layout)
    framed.placeholders[1].insert_picture(io.BytesIO(old))
    order = show.slides._sldIdLst
    order.insert(0, order[1])
    buffer = io.BytesIO()
    show.save(buffer)
    return buffer.getvalue()


def _plain(png):
    from PIL import Image

    buffer = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def slides(published, tmp_path):
    return report.stored(tmp_path / "slides.pptx", deck(), "powerpoint")


@pytest.fixture
def shown(slides, published):
    content = refresh(slides, published).content
    return Presentation(io.BytesIO(content))


def test_pictures_are_new_where_they_stood_with_border_and_words(slides, shown, published):
    before = Presentation(slides.path).slides[1].shapes
    after = shown.slides[1].shapes
    for old, new, key, width in zip(before, after, report.FIGURES, (160, 80), strict=True):
        assert new.image.blob == report.png(2025, key, width)
        assert (new.left, new.top, new.width) == (old.left, old.top, old.width)
        wide, high = report.pixels(new.image.blob)
        assert new.height == round(new.width * high / wide) != old.height
        assert new._element.nvPicPr.cNvPr.get("descr") == published.figures[_stem(key, width)].alt
        assert new._element.nvPicPr.cNvPr.get("title") == f"fig:{_stem(key, width)}"
    assert after[0].line.width == before[0].line.width == 12700


def _stem(key, width):
    return key if width == 160 else f"{key}_80mm"


def test_a_group_grows_with_its_picture(slides, shown):
    before, after = Presentation(slides.path).slides[0].shapes[0], shown.slides[0].shapes[0]
    grown = [n.height - o.height for o, n in zip(before.shapes, after.shapes, strict=True)]
    assert grown[0] > 0 and grown[1] == 0
    assert after.height - before.height == grown[0]
    assert after.width == before.width


def test_a_number_of_a_named_shape_keeps_its_runs(shown):
    runs = shown.slides[0].shapes[1].text_frame.paragraphs[0].runs
    assert [run.text for run in runs] == ["登録者 24,871", "", "人"]
    assert runs[1].font.bold
    assert shown.slides[2].shapes[0].text_frame.text != "去年の題"


def test_title_follows_the_figure(shown, published):
    title = published.figures["attachment_age"].title
    assert shown.slides[2].shapes[0].text_frame.text == title


def test_slides_are_counted_as_they_are_shown(slides, published):
    findings = refresh(slides, published).findings
    places = [f.place[0] for f in findings if f.kind == "picture"]
    assert [place.split()[0] for place in places] == [
        "スライド1",
        "スライド2",
        "スライド2",
        "スライド4",
    ]
    assert next(f for f in findings if f.kind == "number").place[0].startswith("スライド1")


def test_a_picture_whose_size_the_layout_gives_is_left(slides, published):
    left = [f for f in refresh(slides, published).findings if f.state == "left"]
    assert [f.place[0] for f in left] == ["スライド4 画像1"]
    assert "レイアウト" in left[0].note[0]


def test_other_parts_are_the_same_bytes_and_a_second_run_changes_nothing(
    slides, published, tmp_path
):
    new = report.stored(tmp_path / "n.pptx", refresh(slides, published).content, "powerpoint")
    touched = [n for n in slides.parts if new.parts.get(n) != slides.parts[n]]
    assert [n for n in touched if "/slides/" not in n and n.endswith((".xml", ".rels"))] == []
    assert refresh(new, published).content is None


def test_the_command(slides, tmp_path, capsys):
    assert main(["powerpoint", "refresh", str(slides.path), "nishitokyo", "2025"]) == 1
    assert "更新しました" in capsys.readouterr().out
    new = tmp_path / "slides_更新.pptx"
    assert read_package(new, "powerpoint").kind == "powerpoint"
    assert main(["powerpoint", "check", str(new)]) == 1  # the one in the layout's frame
    assert main(["powerpoint", "check", str(tmp_path / "no.pptx")]) == 1
    assert "ファイルがありません" in capsys.readouterr().err
