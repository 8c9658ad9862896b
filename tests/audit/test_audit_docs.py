"""docs/audit.md and docs/ja/audit.md: their example is a claim, their commands answer so."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from helpers.audit.claim import Claim, Claims
from helpers.cli import main
from helpers.sentences.statement import CHANGES, ORDERS, STATUSES, Statement

ROOT = Path(__file__).parents[2]
PAGES = {"ja": ROOT / "docs" / "ja" / "audit.md", "en": ROOT / "docs" / "audit.md"}


@pytest.fixture(params=PAGES)
def page(request) -> str:
    return PAGES[request.param].read_text(encoding="utf-8")


def test_the_example_is_a_claim(page):
    [example] = re.findall(r"```yaml\n(.+?)```", page, re.S)
    known = yaml.safe_load(example)
    known["claims"][0]["page"] = str(known["claims"][0]["page"])
    [claim] = Claims.model_validate(known).claims
    assert claim.kind in CHANGES


def test_every_kind_and_key_is_explained(page):
    kinds = Statement.model_fields["kind"].annotation.__args__
    assert [kind for kind in kinds if f"`{kind}`" not in page] == []
    said = {"sentence", "page", "kind", "claimed", "what"}
    fields = set(Claim.model_fields) - said
    assert [name for name in fields if not re.search(rf"`{name}[`:]", page)] == []


def test_the_words_of_the_table_are_known(page):
    [orders] = re.findall(r"\| `order` \| (.+?) \|", page)
    assert set(re.findall(r"`(.+?)`", orders)) <= set(ORDERS)
    [states] = re.findall(r"\| `status` \| (.+?) \|", page)
    assert set(re.findall(r"`(.+?)`", states)) <= set(STATUSES)


def test_the_command_answers_what_the_page_shows(page, capsys):
    [(command, answer)] = re.findall(r"\$ citypromo (audit .+--fill .+)\n(.+)\n", page)
    assert main(shlex.split(command)) == 0
    assert capsys.readouterr().out.strip() == answer


def test_both_pages_have_the_same_tables():
    rows = [re.findall(r"^\| `.+", p.read_text(encoding="utf-8"), re.M) for p in PAGES.values()]
    kinds = [[row.split("|")[1].replace("、", ", ") for row in found] for found in rows]
    assert kinds[0] == kinds[1]
