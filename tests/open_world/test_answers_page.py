"""The page on a city with its answers, followed: its file is read by its codebook."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from test_samples import EDITION

from helpers.check.examination import examine
from helpers.edition import Edition
from helpers.indicators.weighting import designs, sample_of
from helpers.reading.codebook import open_codebook
from helpers.reading.respondents import read_responses

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("page", ["new-survey.md", "ja/new-survey.md"])
def test_what_the_page_describes_is_read(tmp_path, monkeypatch, page):
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    folder = tmp_path / "data/raw/aoba/2025"
    folder.mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    blocks = dict(re.findall(r"```(csv|yaml)\n(.*?)```", (DOCS / page).read_text("utf-8"), re.S))
    (folder / "answers.csv").write_text(blocks["csv"], encoding="utf-8")
    (folder / "codebook.yml").write_text(blocks["yaml"], encoding="utf-8")
    (folder / "edition.yml").write_text(json.dumps(EDITION), encoding="utf-8")
    assert examine("aoba", 2025).errors == []
    edition = Edition.open("aoba", 2025)
    codebook = open_codebook(edition)
    answers = read_responses(edition, codebook).responses
    media = answers[["media.paper", "media.line", "media.web", "media.other"]]
    assert media.to_numpy().tolist() == [[1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 1, 0]]
    assert [None if pd.isna(one) else one for one in answers["why"]] == [2, None, 1]
    assert answers["why_missing"][1] == "not_applicable"
    (design,) = designs(sample_of(answers, codebook), None, codebook).values()
    assert design.df == 1  # two places
