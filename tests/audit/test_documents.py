"""Documents read: four classes, both seeds, a made document of 40 pages, true and false."""

import random
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest
import yaml
from courtroom import edition

sys.path.insert(0, str(Path(__file__).parents[1] / "sentences"))

from test_generated_sentences import made

from helpers.audit.accepting import accept, chosen
from helpers.audit.document_text import document_as_text, errata
from helpers.audit.documents import CONTRADICTED, FOUND, UNCHECKED, VERIFIED, audit_document
from helpers.audit.history import published_rows
from helpers.audit.passages import bare, passages
from helpers.cli import main
from helpers.problems import InputError
from helpers.report.prose import document_text
from helpers.sentences.verdict import FALSE, OVERSTATED

SEEDS = {"nishitokyo": "nishitokyo_policy.txt", "isehara": "isehara_sheet.txt"}
ROWS = {city: published_rows(edition(city)) for city in (*SEEDS, "mihon")}


def audited(city: str, text: str):
    return audit_document(edition(city), text, ROWS[city])


def one(city: str, text: str):
    [checked] = audited(city, text).checked
    return checked


@pytest.fixture(scope="module", params=SEEDS)
def seed(request):
    path = Path(__file__).parents[1] / "seeds" / SEEDS[request.param]
    return request.param, audited(request.param, document_text(path))


def test_most_numbers_of_the_seeds_are_checked(seed):
    _, found = seed
    known, every = found.numbers
    assert known / every >= 0.8
    assert every >= 14


# What methods.md names; nothing else in the two documents is wrong.
ERRORS = {
    "nishitokyo": ["年間1万人以上", "約20万6千人で推移", "80.9ポイント"],
    "isehara": ["進捗評価", "上昇に転じ", "136％増", "微減しました", "施策は順調に"],
}


def test_the_known_errors_of_the_seeds_are_found_and_no_others(seed):
    city, found = seed
    wrong = [each.passage.text for each in found.of(CONTRADICTED)]
    assert [p for p in ERRORS[city] if not any(p in text for text in wrong)] == []
    assert len(wrong) == len(ERRORS[city]), wrong


@pytest.fixture(scope="module")
def forty_pages():
    """400 sentences on 40 pages between headings, page numbers and prose without numbers."""
    sentences = [(s if s.endswith("。") else f"{s.rstrip('、')}。", true) for s, true in made()]
    drawn = random.Random(26).sample(list(dict(sentences).items()), 400)
    pages = []
    for number in range(40):
        part = [text for text, _ in drawn[10 * number : 10 * number + 10]]
        broken = "".join(part[5:])
        lines = [broken[i : i + 38] for i in range(0, len(broken), 38)]  # as a PDF breaks them
        head = f"{number + 1}-1 現状と課題\n\n市民とともにまちを育てます。\n\n"
        pages.append(head + "\n\n".join(part[:5]) + "\n\n" + "\n".join(lines) + f"\n\n- {number} -")
    found = audited("mihon", "\f".join(pages))
    return {bare(text): true for text, true in drawn}, found


def test_no_true_sentence_of_forty_pages_is_accused(forty_pages):
    truth, found = forty_pages
    true = [each for each in found.checked if truth.get(bare(each.passage.text)) is True]
    assert len(true) > 100
    # What sampling may have made is said otherwise, but it is not called wrong.
    assert [e for e in true if e.state == CONTRADICTED and e.verdict != OVERSTATED] == []
    known = [each.state in (FOUND, VERIFIED) or each.verdict == OVERSTATED for each in true]
    assert sum(known) / len(known) >= 0.9


def test_the_false_ones_of_forty_pages_are_contradicted(forty_pages):
    truth, found = forty_pages
    states = Counter(e.state for e in found.checked if truth.get(bare(e.passage.text)) is False)
    assert states[CONTRADICTED] / states.total() >= 0.98
    assert states.total() > 150


def test_all_sentences_of_forty_pages_are_read_with_their_pages(forty_pages):
    truth, found = forty_pages
    read = {bare(each.passage.text) for each in found.checked}
    assert len(truth.keys() & read) >= 0.98 * len(truth)
    assert {each.passage.page for each in found.checked} == {str(n) for n in range(1, 41)}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("令和7年4月1日に第3次計画を策定した。", []),
        ("図3と表1-2、12頁を参照。", []),
        ("18〜19歳では48.0％、過去5年間で2回増加した。", ["48.0%", "2回"]),
        ("0点から10点で尋ねました。", []),
        ("十分に伝わっていない。", []),
        ("約20万\n6千人で、49,\n390人でした。", ["20万6千人", "49,390人"]),
        ("⻑期の⼈⼝は72.\n5％でした。", ["72.5%"]),
        ("26.4点から1.4ポイント上昇した。", ["26.4点", "1.4ポイント"]),
        ("▲3.8ポイント、約７割。", ["−3.8ポイント", "7割"]),
    ],
)
def test_numbers_that_measure_are_told_apart(text, numbers):
    assert [n for passage in passages(text) for n in passage.numbers] == numbers


def test_headings_contents_and_page_numbers_are_no_sentences():
    text = "目次\n\n1\t背景\t1\n2\t現状\t4\n\n1 背景\n\n(1) 現状\n\n人口は増加しました。\n\n- 3 -\n"
    assert [p.text for p in passages(text)] == ["人口は増加しました。"]


def test_a_false_cell_of_a_table_is_contradicted():
    text = "\t全体\t18-19歳\n愛着を感じている\t72.5%\t84.3%\n"
    right, wrong = audited("nishitokyo", text).checked
    assert (right.state, wrong.state) == (FOUND, CONTRADICTED)
    assert "48.0％" in wrong.right.ja
    pipes = "| | 全体 |\n|---|---|\n| 愛着を感じている | 72.5% |\n"
    assert one("nishitokyo", pipes).state == FOUND


def test_a_second_false_number_does_not_pass():
    found = one("nishitokyo", "愛着を感じている市民は72.5％で、居住継続意向がある人は95.0％です。")
    assert (found.state, found.verdict) == (CONTRADICTED, FALSE)


@pytest.mark.parametrize(
    "text",
    [
        "全国では愛着を感じている人は50.1％です。",
        "Facebookの登録者数は1,200人です。",
        "相模原市の転入者数は12,345人です。",
    ],
)
def test_what_speaks_of_something_else_is_not_accused(text):
    city = "isehara" if "登録" in text else "nishitokyo"
    assert one(city, text).state == UNCHECKED


def test_the_target_beside_a_number_is_not_held_against_it():
    for end in ("目標の812万件には届いていません。", "目標の812万件の6割程度です。"):
        assert one("isehara", f"市ホームページ閲覧数は493万件で、{end}").state == FOUND


def test_found_is_written_into_the_claims_and_verified_then(project, spoil):
    from helpers.edition import Edition

    path = project / "data/raw/isehara/2024/claims.yml"
    before = path.read_text(encoding="utf-8")
    city = Edition.open("isehara", 2024)
    text = "SNSの登録者数は49,390人です。"
    rows = ROWS["isehara"]
    found = audit_document(city, text, rows)
    with pytest.raises(InputError, match="9 番"):
        chosen(found, "9")
    assert accept(city, chosen(found, "1")) == 1
    after = path.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n"))  # comments and all
    assert yaml.safe_load(after)["claims"][-1]["what"] == ["kpi.kpi.sns_followers.actual"]
    assert audit_document(city, text, rows).checked[0].state == VERIFIED


def test_numbers_of_a_sentence_that_no_claim_covers_are_listed_under_it(project, spoil):
    from helpers.audit.auditing import audit_rows
    from helpers.edition import Edition

    more = "SNSの登録者数も前年度比136％増と大幅に伸び、全国で7位になっています。"
    spoil("isehara/2024/claims.yml", "SNSの登録者数も前年度比136％増と大幅に伸びています。", more)
    found = audit_rows(Edition.open("isehara", 2024), ROWS["isehara"])
    [finding] = [f for f in found.findings if f.sentence.ja == more]
    assert any("7位" in remark.ja for remark in finding.remarks)


def test_the_share_stands_on_top_and_the_errata_have_four_columns():
    found = audited("isehara", "SNSの登録者数は前年度比136％増です。\n\n社員は12人です。")
    assert document_as_text(found).startswith("数値 1／2（50％）")
    assert document_as_text(found, "en").startswith("1 of 2 numbers")
    title, heads, row = errata(found).splitlines()
    assert (title, heads.split("\t")) == ("正誤表", ["頁", "誤", "正", "理由"])
    assert "36％増" in row.split("\t")[2]


def test_the_page_has_a_mark_beside_every_colour_and_asks_no_server():
    from helpers.audit.page import document_as_html

    found = audited("isehara", "SNSの登録者数は前年度比136％増です。\n\n社員<b x>は12人です。")
    page = document_as_html(found)
    assert "数値 1／2" in page and "✕ 数値と合わない: 1" in page and "✕ 誤り" in page
    assert "&lt;b x&gt;" in page and "http://" not in page.split("</head>")[1]


WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>1 背景 99人</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>愛着を感じている市民は</w:t></w:r><w:r><w:t>72.5％です。</w:t></w:r></w:p>"
    "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>全体</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:tr><w:tc><w:p><w:r><w:t>愛着を感じている</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>61.0%</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)


def test_a_word_document_is_read_with_its_tables(tmp_path, capsys):
    path = tmp_path / "policy.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", WORD)
    found = audited("nishitokyo", document_text(path))
    assert [each.state for each in found.checked] == [FOUND, CONTRADICTED]
    assert main(["audit", "nishitokyo", "2025", "--document", str(path)]) == 1
    assert "確かめました" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "content"), [("a.xyz", b""), ("a.txt", b"\xff\xfe\x00")])
def test_what_cannot_be_read_is_said_in_one_line(tmp_path, capsys, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    assert main(["audit", "nishitokyo", "2025", "--document", str(path)]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_pdf_without_the_tool_is_told_so(tmp_path, monkeypatch):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4")
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(InputError, match="pdftotext"):
        document_text(path)


def test_a_damaged_pdf_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4")
    monkeypatch.setattr("shutil.which", lambda _: "pdftotext")
    broken = subprocess.CompletedProcess([], 1, b"", b"Syntax Error")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: broken)
    with pytest.raises(InputError, match="Syntax Error"):
        document_text(path)
