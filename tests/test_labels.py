"""Every identifier of a published edition has words in Japanese and English."""

import re
from pathlib import Path

import pytest

from helpers.audit.history import read_rows
from helpers.edition import Edition
from helpers.labels import LABELS, label
from helpers.sentences.naming import DEFINITIONS

ROOT = Path(__file__).parents[1]
EDITIONS = sorted(p for p in (ROOT / "data" / "processed").glob("*/*") if p.name.isdigit())
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def test_there_are_editions():
    assert len(EDITIONS) >= 5


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda f: f"{f.parent.name} {f.name}")
def test_no_key_of_an_edition_is_without_words(folder):
    edition = Edition.open(folder.parent.name, int(folder.name))
    rows = read_rows(folder)
    assert rows
    names = {row[part] for row in rows for part in ("indicator", "breakdown", "group", "basis")}
    names |= {f"{row['indicator']}.{row['category']}" for row in rows if row["category"]}
    spoken = ("ja",) if edition.plan else ("ja", "en")  # a plan's measures have one language
    for lang in spoken:
        own = edition.own_labels(lang)
        for name in names:
            assert label(name, lang, own).strip()
            assert lang == "ja" or not JAPANESE.search(label(name, lang, own)), name


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda f: f"{f.parent.name} {f.name}")
def test_no_definition_of_an_edition_is_without_words(folder):
    used = {row["definition"] for row in read_rows(folder)} - {""}
    assert used <= DEFINITIONS.keys()


def test_a_single_answer_is_named_with_its_question():
    assert label("score_share.recommend.8") == "推奨意欲 8点"
    assert label("score_share.thank.10", "en") == "Thank: 10"
    with pytest.raises(KeyError):
        label("score_share.laugh.8")


def test_no_english_name_is_japanese_and_none_is_empty():
    for name, (ja, en) in LABELS.items():
        assert ja.strip(), name
        assert en.strip(), name
        assert not JAPANESE.search(en), name
