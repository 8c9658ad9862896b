"""The command, its text, JSON and page: exit codes, sentences for bad input, no request, axe."""

import json
import re
import shutil
from pathlib import Path

import pytest
from courtroom import edition

from helpers.audit.auditing import audit_published
from helpers.audit.page import as_html
from helpers.audit.text import as_text
from helpers.cli import main

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
def indicators(project, monkeypatch) -> Path:
    """The temporary project with the committed indicators of the real cities."""
    for city, year in (("nishitokyo", 2025), ("isehara", 2024)):
        part = f"data/processed/{city}/{year}/indicators"
        shutil.copytree(ROOT / part, project / part)
    return project


def test_a_false_claim_is_a_failure(indicators, capsys):
    assert main(["audit", "isehara", "R6"]) == 1
    said = capsys.readouterr().out
    assert said.index("[誤り] 1") < said.index("[誤解を招く] 8") < said.index("[正しい] 2")
    assert "→ 書き方: 前年度比136％、または36％増" in said


def test_mended_it_is_none(indicators, spoil, capsys):
    path = spoil("isehara/2024/claims.yml", "claimed: 前年度比136％増", "claimed: 前年度比36％増")
    assert main(["audit", "isehara", "2024"]) == 1  # the sentence still says 136
    assert "「36」は sentence にありません" in capsys.readouterr().err
    mended = path.read_text(encoding="utf-8").replace("前年度比136％増と", "前年度比36％増と")
    path.write_text(mended, encoding="utf-8")
    assert main(["audit", "isehara", "2024", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "Misleading 8, Cannot be judged (data missing) 4, True 3" in said


def test_without_claims_the_tables_are_audited_still(indicators, capsys):
    (indicators / "data/raw/nishitokyo/2025/claims.yml").unlink()
    assert main(["audit", "nishitokyo", "2025"]) == 0
    assert "端数処理で説明できる 1、正しい 18" in capsys.readouterr().out


def test_json_for_other_programs(indicators, capsys):
    assert main(["audit", "nishitokyo", "2025", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["counts"] == {
        "false": 1,
        "misleading": 2,
        "overstated": 0,
        "unknown": 6,
        "rounding": 1,
        "true": 32,
    }
    [false] = [f for f in found["findings"] if f["verdict"] == "false"]
    assert false["kind"] == "described_as" and false["page"] == "4-8"
    assert set(false["said"]) == {"ja", "en"}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "what: [kpi.kpi.page_views.actual]",
            "what: [kpi.kpi.page_view.actual]",
            "「kpi.kpi.page_views.actual」の誤り",
        ),
        ("kind: percent", "kind: percents", "percents"),
        ("claimed: 微減", "claimed: 3割", "trend の言葉ではありません"),
        ("against: baseline", "against: 基準", "previous、baseline、年度"),
        ("    page: 1\n", "    pages: 1\n", "「pages」という項目はありません"),
        ("claimed: 前年度比136％増", "claimed: ふえた", "「ふえた」は数値として読めません"),
        ("claims:\n", "claims: [\n", "YAML"),
        ("    year: R5\n", "    definition: publishd\n", "「published」の誤り"),
        ("    year: R5\n", "    year: 昨年\n", "昨年"),
        ("    year: R5\n", "    of: 三\n", "「三」は数値として読めません"),
    ],
)
def test_a_slip_in_the_file_is_a_sentence(indicators, spoil, capsys, old, new, sentence):
    spoil("isehara/2024/claims.yml", old, new)
    assert main(["audit", "isehara", "2024"]) == 1
    said = capsys.readouterr()
    assert sentence in said.err and "claims.yml" in said.err
    assert "Traceback" not in said.err and said.out == ""


def test_before_the_first_run_it_says_what_to_do(project, capsys):
    assert main(["audit", "isehara", "2024"]) == 1
    assert "citypromo run isehara 2024" in capsys.readouterr().err


def test_facts_from_the_command_line(indicators, capsys):
    key = "kpi.kpi.sns_followers.actual"
    assert main(["audit", "isehara", "2024", "--fill", f"登録者は{{{key}}}、{{{key}|増減率}}"]) == 0
    assert capsys.readouterr().out == "登録者は49,390人、36.0％増\n"
    assert main(["audit", "isehara", "2024", "--fill", "{kpi.kpi.sns.actual}"]) == 1
    assert "「kpi.kpi.sns_followers.actual」の誤り" in capsys.readouterr().err
    assert main(["audit", "isehara", "2024", "--sentences"]) == 0
    assert "成果指標の進捗" in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_text_says_everything_in_its_language(lang):
    for city in ("nishitokyo", "isehara", "mihon"):
        for line in as_text(audit_published(edition(city)), lang).split("\n"):
            if lang == "en" and not re.search(r"「|←", line):
                assert not re.search(r"[ぁ-ん]", line), line


def test_the_page_names_its_data_fictional():
    page = as_html(audit_published(edition("mihon")))
    assert page.count("架空データ") >= 2  # title and heading


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.mark.parametrize(("city", "lang"), [("nishitokyo", "ja"), ("isehara", "en")])
def test_the_page_in_a_browser(browser, tmp_path, city, lang):
    """Nothing is asked of a server, nothing breaks the policy, axe finds nothing serious."""
    from axe_playwright_python.sync_playwright import Axe

    file = tmp_path / "audit.html"
    file.write_text(as_html(audit_published(edition(city)), lang), encoding="utf-8")
    # Its own policy forbids axe's script; the page is looked at without it for that alone.
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    found = [
        v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")
    ]
    assert found == []
    context.close()
    strict = browser.new_page()
    strict.on("console", lambda message: complaints.append(message.text))
    strict.goto(file.as_uri())
    assert complaints == []
    assert (
        strict.evaluate("getComputedStyle(document.querySelector('table')).borderCollapse")
        == "collapse"
    )
    assert strict.locator("tbody th[scope=row]").count() == len(
        audit_published(edition(city)).findings
    )


def test_the_page_shrinks_to_a_telephone(browser, tmp_path):
    file = tmp_path / "audit.html"
    file.write_text(as_html(audit_published(edition("nishitokyo"))), encoding="utf-8")
    page = browser.new_page(viewport={"width": 360, "height": 700})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_sentence_cannot_write_html(indicators, spoil):
    from helpers.edition import Edition

    spoil("isehara/2024/claims.yml", "sentence: 進捗評価 順調", "sentence: <script>x</script>")
    page = as_html(audit_published(Edition.open("isehara", 2024)))
    assert "<script>" not in page and "&lt;script&gt;" in page
