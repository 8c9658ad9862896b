"""What no refresh renews: numbers typed in the text, and pictures that pasting robbed of their key."""

import io

import office_report as report
import pytest
from PIL import Image

from helpers.cli import main
from helpers.report.office.fields import fields
from helpers.report.office.refresh import refresh
from helpers.report.office.summary import all_well
from helpers.report.office.typed_numbers import typed_numbers
from helpers.report.office.xml_part import XmlPart

BODY = "word/document.xml"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CONTROL = (
    '<w:sdt><w:sdtPr><w:tag w:val="attachment.total.total.positive"/></w:sdtPr><w:sdtContent>'
    "<w:r><w:t>73.7％</w:t></w:r></w:sdtContent></w:sdt>"
)


def typed(paragraph):
    root = XmlPart(f"<w:document {WORD}><w:p>{paragraph}</w:p></w:document>".encode()).root
    return [numbers for _, numbers in typed_numbers(root, fields(root))]


def text(words):
    return f"<w:r><w:t>{words}</w:t></w:r>"


@pytest.mark.parametrize(
    ("paragraph", "found"),
    [
        (text("愛着のある人は74.6％です。"), [["74.6%"]]),
        (text("愛着のある人は7") + text("4.6％、19,305人です。"), [["74.6%", "19,305人"]]),
        (CONTROL + text("が愛着を感じています。"), []),
        (CONTROL + text("で、昨年度は74.6％でした。"), [["74.6%"]]),
        (text("令和6年度の調査（第2章、18〜19歳）のとおりです。"), []),
        ('<w:pPr><w:pStyle w:val="Note"/></w:pPr>' + text("回収率は45.0％"), []),
    ],
)
def test_a_number_that_is_no_field_is_told(paragraph, found):
    assert typed(paragraph) == found


@pytest.fixture
def new(policy, published, tmp_path):
    """The refreshed document, in which nothing is old."""
    return report.stored(tmp_path / "new.docx", refresh(policy, published).content)


def test_the_check_fails_for_a_typed_number(new, published, tmp_path, capsys):
    words = [("</w:body>", f"<w:p>{text('愛着は74.6％でした。')}</w:p></w:body>")]
    path = tmp_path / "typed.docx"
    result = refresh(report.changed_copy(new, path, {BODY: words}), published)
    [found] = [f for f in result.findings if f.kind == "typed"]
    assert found.old == "74.6%" and not all_well([found], "check")
    assert main(["word", "check", str(path), "nishitokyo", "2025"]) == 1
    assert "手で打った数値" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_pasted_picture_of_last_year_is_no_foreign_one(
    policy, published, project, tmp_path, kind
):
    folder = project / "reports/nishitokyo/2024/figures"
    folder.mkdir(parents=True)
    folder.joinpath("stay_age.png").write_bytes(report.png(2024, "stay_age"))
    pasted = io.BytesIO()
    figure = Image.open(io.BytesIO(report.png(2024, "stay_age"))).convert("RGB")
    figure.resize((figure.width // 2, figure.height // 2)).save(pasted, kind)
    crest = next(f for f in refresh(policy, published).findings if f.state == "foreign")
    images = [n for n in policy.parts if policy.parts[n] == report.shown(policy, BODY)[-5]]
    path = tmp_path / "pasted.docx"
    package = report.stored(path, policy.with_parts(dict.fromkeys(images, pasted.getvalue())))
    found = [f for f in refresh(package, published).findings if f.place == crest.place]
    assert [(f.state, f.note[0][:17]) for f in found] == [("left", "2024の図 stay_age に")]
