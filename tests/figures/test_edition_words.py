"""What is typed for one edition reaches no other."""

import pytest

from helpers.drawing import Context
from helpers.edition import using
from helpers.figures.edition_words import for_edition
from helpers.problems import InputError

ALL = ["isehara 2024", "mihon 2024", "mihon 2025", "nishitokyo 2025"]


def context(edition="mihon 2025", lang="ja", shared=ALL):
    return Context("市", edition, lang=lang, shared_by=lambda: shared, editions=lambda: ALL)


TITLES = {"mihon 2025": "見本の題", "mihon 2025 en": "Title", "isehara 2024": "伊勢原の題"}


@pytest.mark.parametrize(
    ("edition", "lang", "said"),
    [
        ("mihon 2025", "ja", "見本の題"),
        ("mihon 2025", "en", "Title"),
        ("mihon 2024", "ja", None),
        ("nishitokyo 2025", "ja", None),
        ("isehara 2024", "ja", "伊勢原の題"),
        ("isehara 2024", "en", None),  # a Japanese sentence is no English one
    ],
)
def test_a_title_reaches_the_edition_and_language_it_names(edition, lang, said):
    assert for_edition("title", TITLES, context(edition, lang)) == said


def test_a_plain_title_is_taken_where_one_edition_uses_the_notebook():
    alone = ["mihon 2025"]
    assert for_edition("title", "題", context(shared=alone)) == "題"
    assert for_edition("title", "題", context(shared=alone, lang="en")) is None
    assert for_edition("title", "Title", context(shared=alone, lang="en")) == "Title"


REFUSED = {
    "a plain title that others share": ("題", r'title=\{"mihon 2025": "題"\}'),
    "a language alone": ({"ja": "題"}, r'title=\{"mihon 2025": "…"'),
    "a year that two cities have": ({"2025": "題"}, "どの市"),
    "no such edition": ({"mihon 2026": "題"}, "年度版はありません"),
    "no such language": ({"mihon 2025 fr": "題"}, "年度版はありません"),
    "anything else": ({"タイトル": "題"}, "年度版はありません"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_say_for_whom_is_refused(name):
    given, said = REFUSED[name]
    with pytest.raises(InputError, match=said) as caught:
        for_edition("title", given, context())
    assert caught.value.text("en") != caught.value.text("ja")


def test_a_bare_year_is_taken_where_one_city_has_it():
    assert for_edition("title", {"2024": "題"}, Context(
        "市", "isehara 2024", editions=lambda: ["isehara 2024", "mihon 2025"]
    )) == "題"  # fmt: skip


def test_names_are_the_same_in_every_language():
    chosen = {"mihon 2025": ["participation"]}
    assert for_edition("highlight", chosen, context(lang="en")) == ["participation"]
    assert for_edition("highlight", chosen, context("isehara 2024")) is None


def test_who_uses_a_notebook_is_read_from_what_the_editions_list(tmp_path):
    def edition(name, text):
        path = tmp_path / "data" / "raw" / name / "edition.yml"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")

    edition("mihon/2025", "notebooks:\n  - 31_figures_attachment\n  - 41_figures_own  # ours\n")
    edition("isehara/2024", "notebooks:\n  - 41_figures_own_too\n")
    edition("other/2025", "city: other\n")  # lists none: whatever its description needs
    assert using("41_figures_own", tmp_path) == ["mihon 2025", "other 2025"]
    assert len(using("", tmp_path)) == 3
