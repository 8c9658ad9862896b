"""A document of last year, refreshed: what is replaced, what is kept, and nothing else changed."""

import difflib
import re

import office_report as report
import pytest

from helpers.report.office.figure_mark import mark_of
from helpers.report.office.names import NAMESPACES, name
from helpers.report.office.refresh import refresh
from helpers.report.office.relationships import Images
from helpers.report.office.xml_part import XmlPart

BODY, HEADER = "word/document.xml", "word/header1.xml"


@pytest.fixture
def refreshed(policy, published, tmp_path):
    result = refresh(policy, published)
    return report.stored(tmp_path / "new.docx", result.content)


def pictures_of(package, part=BODY):
    return list(XmlPart(package.parts[part]).root.iter(name("pic:pic")))


def test_every_picture_of_ours_is_the_new_one_at_the_width_it_had(policy, published, refreshed):
    old = [png for png in report.shown(policy, BODY) if png.startswith(b"\x89PNG")]
    assert {mark_of(png).edition for png in old if mark_of(png)} == {"nishitokyo 2024"}
    age, stay = ([report.png(2025, key, 160), report.png(2025, key, 80)] for key in report.FIGURES)
    crest = old[-5]
    assert mark_of(crest) is None
    # inline; floating; in a control; two in a table that shared one part; by bookmark; a foreign
    # one; in a text box and its copy for old programs; in a group and its copy in VML
    wanted = [age[0], age[1], stay[0], age[1], age[1], age[1]]
    assert report.shown(refreshed, BODY)[:6] == wanted
    assert report.shown(refreshed, BODY)[7:] == [age[1], age[1], stay[1], stay[1]]
    assert report.shown(refreshed, HEADER) == [stay[0]]
    assert report.shown(refreshed, BODY)[6] == report.shown(policy, BODY)[7]  # behind the SVG


def test_each_picture_is_found_by_the_layer_that_names_it(policy, published):
    found = [f for f in refresh(policy, published).findings if f.kind == "picture"]
    assert [(f.by, f.key, f.state) for f in found] == [
        ("png", "attachment_age", "other_edition"),
        ("text", "attachment_age_80mm", "stale"),
        ("png", "stay_age", "other_edition"),
        ("png", "attachment_age_80mm", "other_edition"),
        ("png", "attachment_age_80mm", "other_edition"),
        ("bookmark", "attachment_age_80mm", "stale"),
        ("", "", "foreign"),
        ("png", "attachment_age_80mm", "other_edition"),
        ("png", "stay_age_80mm", "other_edition"),
        ("png", "stay_age", "other_edition"),
    ]
    assert found[-1].place[0].startswith("ヘッダー")


def test_a_second_run_changes_nothing(refreshed, published):
    again = refresh(refreshed, published)
    assert again.content is None
    assert {f.state for f in again.findings} == {"current", "foreign", "missing"}


def test_the_same_refresh_gives_the_same_bytes(policy, published, refreshed):
    assert refresh(policy, published).content == refreshed.path.read_bytes()


def test_parts_that_nobody_named_are_the_same_bytes(policy, refreshed):
    touched = {BODY, HEADER, "[Content_Types].xml"}
    touched |= {"word/_rels/document.xml.rels", "word/_rels/header1.xml.rels"}
    kept = [n for n in policy.parts if n not in touched and not n.startswith("word/media/")]
    assert len(kept) > 10
    assert [n for n in kept if refreshed.parts[n] != policy.parts[n]] == []
    order = [(e.filename, e.date_time) for e in policy.entries if e.filename in refreshed.parts]
    assert [(e.filename, e.date_time) for e in refreshed.entries][: len(order)] == order


ALLOWED = {b"r:embed", b"r:id", b"cy", b"descr", b"title", b"alt", b"style"}
TOKEN = re.compile(rb"<[^>]*>|[^<]+")


def attributes(tag):
    return dict(re.findall(rb'\s([\w:]+)="([^"]*)"', tag))


@pytest.mark.parametrize("part", [BODY, HEADER])
def test_the_xml_differs_in_what_is_named_alone(policy, refreshed, part):
    old, new = (TOKEN.findall(package.parts[part]) for package in (policy, refreshed))
    removed, texts = [], []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        assert kind in ("replace", "delete")
        # a removed svgBlip stands behind the blip that was changed
        removed += old[a1 + (b2 - b1) : a2]
        for before, after in zip(old[a1:a2], new[b1:b2], strict=False):
            if before.startswith(b"<"):
                was, now = attributes(before), attributes(after)
                assert before.split()[0] == after.split()[0]
                assert {k for k in was | now if was.get(k) != now.get(k)} <= ALLOWED
            else:
                texts.append(before)
    texts += [token for token in removed if not token.startswith(b"<")]
    tags = b"".join(token for token in removed if token.startswith(b"<"))
    if part == BODY:
        # as TYPED has them, the first letter a run of its own
        changed = ["7", "4.6％", "1", "9,305", "▲", "135.2", "遅", "れ"]
        assert sorted(texts) == sorted(text.encode() for text in changed)
        assert tags.startswith(b"<a:extLst") and tags.count(b"svgBlip") == 1
        assert tags.endswith(b"</a:ext></a:extLst>") and tags.count(b"<") == 5
    else:
        assert (texts, tags) == ([], b"")


def test_width_stays_and_height_follows_the_new_shape(policy, refreshed):
    for before, after in zip(pictures_of(policy), pictures_of(refreshed), strict=True):
        was, now = (p.find(f"*/{name('a:xfrm')}/{name('a:ext')}") for p in (before, after))
        assert was.get("cx") == now.get("cx")
        frame = next(after.iterancestors(name("wp:inline"), name("wp:anchor")))
        if (
            frame.find(f".//{name('wpg:wgp')}") is None
            and next(after.iterancestors(name("wps:wsp")), None) is None
        ):
            assert frame.find(name("wp:extent")).get("cy") == now.get("cy")
    wide, high = report.pixels(report.png(2025, "attachment_age"))
    assert high > report.pixels(report.png(2024, "attachment_age"))[1]
    size = pictures_of(refreshed)[0].find(f"*/{name('a:xfrm')}/{name('a:ext')}")
    assert int(size.get("cy")) == round(int(size.get("cx")) * high / wide)


def test_a_group_grows_with_its_picture(policy, refreshed):
    def heights(package):
        group = next(XmlPart(package.parts[BODY]).root.iter(name("wpg:wgp")))
        frame = next(group.iterancestors(name("wp:inline")))
        transform = group.find(f"{name('wpg:grpSpPr')}/{name('a:xfrm')}")
        picture = group.find(f"{name('pic:pic')}/*/{name('a:xfrm')}/{name('a:ext')}")
        sizes = [transform.find(name("a:ext")), transform.find(name("a:chExt")), picture]
        return [int(e.get("cy")) for e in (frame.find(name("wp:extent")), *sizes)]

    frame, outer, inner, picture = (
        b - a for a, b in zip(heights(policy), heights(refreshed), strict=True)
    )
    assert picture > 0
    assert frame == outer == inner == picture


def test_alternative_text_is_the_figures_and_the_tag_moves_to_the_title(refreshed, published):
    floating = pictures_of(refreshed)[1]
    alt = published.figures["attachment_age_80mm"].alt
    outer = next(floating.iterancestors(name("wp:anchor"))).find(name("wp:docPr"))
    inner = floating.find(f"{name('pic:nvPicPr')}/{name('pic:cNvPr')}")
    assert outer.get("descr") == inner.get("descr") == alt
    assert outer.get("title") == inner.get("title") == "fig:attachment_age_80mm"


def test_a_shared_image_is_not_written_over(policy, refreshed):
    images = {n: c for n, c in policy.parts.items() if n.startswith("word/media/")}
    there = {n: c for n, c in refreshed.parts.items() if n in images}
    assert all(images[n] == content for n, content in there.items())
    new = [n for n in refreshed.parts if n.startswith("word/media/citypromo")]
    assert len(new) == 9  # one for each picture of ours: also for the two that shared one
    # what nobody shows any more is gone, the foreign picture is not
    assert len(there) == 1


def test_numbers_are_replaced_in_the_manner_they_were_typed_in(refreshed):
    text = "".join(run.text or "" for run in XmlPart(refreshed.parts[BODY]).root.iter(name("w:t")))
    said = "愛着を感じている人は73.7％、SNSの登録者数は24,871人、mGAPは▲103.0、目標は４３０００"
    assert said in text
    assert "、状況は順調、愛着のない人は12.2でした。" in text


def test_an_unknown_key_is_told_with_the_nearest(policy, published):
    found = next(f for f in refresh(policy, published).findings if f.key.startswith("atach"))
    assert found.state == "missing"
    assert "「attachment.total.total.negative」" in found.note[0]


CONTROL = '<w:sdt><w:sdtPr><w:tag w:val="attachment.total.total.positive"/>'


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [
                ("<w:drawing><wp:anchor", '<w:del w:id="7" w:author="x"><w:drawing><wp:anchor'),
                ("</wp:anchor></w:drawing>", "</wp:anchor></w:drawing></w:del>"),
            ],
            "変更履歴が残っています",
        ),
        (
            [
                (
                    '<w:t xml:space="preserve">4.6％</w:t></w:r>',
                    '<w:t xml:space="preserve">4.6％</w:t></w:r><w:ins w:id="8" w:author="x">'
                    "<w:r><w:t>7</w:t></w:r></w:ins>",
                )
            ],
            "変更履歴が残っています",
        ),
        ([(CONTROL, f"{CONTROL}<w:dataBinding w:xpath='x'/>")], "文書の情報に結び付いています"),
        (
            [('<w:t xml:space="preserve">4.6％</w:t>', "<w:t>4.6％から75.0％</w:t>")],
            "どの数値か決められません",
        ),
        ([('descr="fig:attachment_age_80mm"', 'descr="fig:stay_age"')], None),
        ([('w:val="fig:stay_age"', 'w:val="fig:attachment_age"')], "attachment_ageと名付けられて"),
        (
            [('w:val="attachment.total', 'w:val="moved_in.total.total"/><x w:val="')],
            "@register_all",
        ),
        ([('w:val="attachment.total', 'w:val="hidden.total.total.positive"/><x w:val="')], "秘匿"),
    ],
)
def test_what_is_not_clear_is_left_and_told(policy, published, tmp_path, changes, said):
    package = report.changed_copy(policy, tmp_path / "odd.docx", {BODY: changes})
    left = [f for f in refresh(package, published).findings if f.state == "left"]
    if said is None:  # renamed by its author in the alternative text: that is who it is
        found = refresh(package, published).findings[1]
        assert (found.key, found.state) == ("stay_age_80mm", "stale")
    else:
        assert said in " ".join(f.note[0] for f in left)
        assert left[0].needs_a_person


def test_a_figure_of_another_city_is_left(policy, published, tmp_path):
    image = next(n for n, c in policy.parts.items() if mark_of(c) and mark_of(c).key == "stay_age")
    content = policy.parts[image].replace(b"nishitokyo 2024", b"isehara_xx 2024")
    package = report.stored(tmp_path / "x.docx", policy.with_parts({image: content}))
    result = refresh(package, published)
    refused = [f for f in result.findings if f.refused]
    assert [f.key for f in refused] == ["stay_age", "stay_age"]  # body and header
    assert content in report.stored(tmp_path / "y.docx", result.content).parts.values()


def test_a_figure_that_the_report_lacks_is_told(policy, published, tmp_path):
    package = report.changed_copy(
        policy, tmp_path / "x.docx", {BODY: [("fig:attachment_age_80mm", "fig:atachment_age")]}
    )
    found = refresh(package, published).findings[1]
    assert found.state == "missing" and "「attachment_age」" in found.note[0]


def test_a_crop_stays_and_counts(policy, published, tmp_path):
    stretch = "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>"
    crop = f'<a:srcRect t="10000" b="5000"/>{stretch}'
    package = report.changed_copy(policy, tmp_path / "x.docx", {BODY: [(stretch, crop)]})
    new = report.stored(tmp_path / "y.docx", refresh(package, published).content)
    picture = pictures_of(new)[0]
    size = picture.find(f"*/{name('a:xfrm')}/{name('a:ext')}")
    wide, high = report.pixels(report.png(2025, "attachment_age"))
    assert picture.find(f"*/{name('a:srcRect')}").get("t") == "10000"
    assert int(size.get("cy")) == round(int(size.get("cx")) * high * 0.85 / wide)


FOOTNOTES = (
    '<?xml version="1.0" encoding="UTF-8"?>\r\n'
    f"<w:footnotes xmlns:w='{NAMESPACES['w']}'><!-- & kept --><w:footnote w:id=\"2\"><w:p><w:sdt>"
    '<w:sdtPr><w:tag w:val="kpi.kpi.sns_followers.actual"/><w:showingPlcHdr/></w:sdtPr>'
    '<w:sdtContent><w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
    "<w:t>ここをクリックして入力</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>人 &#x2212;</w:t></w:r>"
    "</w:p></w:footnote></w:footnotes>\n"
)
OVERRIDE = (
    '<Override PartName="/word/footnotes.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'
)


def test_a_prompt_in_a_footnote_is_filled_and_the_rest_kept(policy, published, tmp_path):
    types = policy.parts["[Content_Types].xml"].replace(b"</Types>", OVERRIDE.encode())
    parts = {"word/footnotes.xml": FOOTNOTES.encode(), "[Content_Types].xml": types}
    package = report.stored(tmp_path / "x.docx", policy.with_parts(parts))
    new = report.stored(tmp_path / "y.docx", refresh(package, published).content)
    wanted = FOOTNOTES.replace("<w:showingPlcHdr/>", "").replace("ここをクリックして入力", "24,871")
    wanted = wanted.replace('<w:rStyle w:val="PlaceholderText"/>', "")
    assert new.parts["word/footnotes.xml"].decode() == wanted


def test_png_becomes_a_known_kind_of_content(policy, published, tmp_path):
    known = re.search(rb'<Default[^>]*"png"[^>]*/>', policy.parts["[Content_Types].xml"])[0]
    types = policy.parts["[Content_Types].xml"].replace(known, b"")
    package = report.stored(tmp_path / "x.docx", policy.with_parts({"[Content_Types].xml": types}))
    new = report.stored(tmp_path / "y.docx", refresh(package, published).content)
    assert b'<Default Extension="png" ContentType="image/png"/>' in new.parts["[Content_Types].xml"]


def test_a_current_picture_without_words_gets_them_and_keeps_its_image(
    refreshed, published, tmp_path
):
    alt = published.figures["attachment_age"].alt
    said = f'descr="{alt}" title="fig:attachment_age"'
    package = report.changed_copy(refreshed, tmp_path / "x.docx", {BODY: [(said, 'descr=" "')]})
    result = refresh(package, published)
    bare = [f.key for f in result.findings if f.state == "no_alt"]
    assert (bare, [f for f in result.findings if f.state == "stale"]) == (["attachment_age"], [])
    new = report.stored(tmp_path / "y.docx", result.content)
    assert new.parts.keys() == package.parts.keys()
    assert new.parts[BODY] == refreshed.parts[BODY]


def test_words_that_an_author_gave_a_current_picture_are_kept(refreshed, published, tmp_path):
    alt = published.figures["attachment_age"].alt
    own = [(f'descr="{alt}"', 'descr="著者の説明"')]
    package = report.changed_copy(refreshed, tmp_path / "x.docx", {BODY: own})
    assert refresh(package, published).content is None


def test_a_picture_of_old_word_in_vml_is_refreshed(policy, published, tmp_path):
    image = next(
        id_
        for id_, relation in Images(policy).by_id(BODY).items()
        if policy.parts.get(f"word/{relation.get('Target')}") == report.png(2024, "attachment_age")
    )
    shape = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" alt="去年" style="width:'
        f'300pt;height:100.5pt;rotation:0"><v:imagedata r:id="{image}"/></v:shape></w:pict></w:r></w:p>'
    )
    pairs = [("<w:sectPr", f"{shape}<w:sectPr")]
    package = report.changed_copy(policy, tmp_path / "x.docx", {BODY: pairs})
    new = report.stored(tmp_path / "y.docx", refresh(package, published).content)
    drawn = list(XmlPart(new.parts[BODY]).root.iter(name("v:shape")))[-1]
    wide, high = report.pixels(report.png(2025, "attachment_age"))
    assert drawn.get("style") == f"width:300pt;height:{300 * high / wide:.2f}pt;rotation:0"
    assert drawn.get("alt") == published.figures["attachment_age"].alt
    assert report.shown(new, BODY)[-1] == report.png(2025, "attachment_age")
