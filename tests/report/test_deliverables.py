"""What a run writes beside its figures."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.problems import InputError
from helpers.report.deliverables import FILES, deliver

ALL = ["index.html", "report.pdf", "report.docx", "indicators.xlsx", "audit.html"]
# Later by more than the two seconds that a zip can tell apart: a clock would be seen.
MAKE = """\
import time
time.sleep(2.1)
from helpers.edition import Edition
from helpers.report.deliverables import deliver
from helpers.report.reported import published
deliver(published(Edition.open("mihon", 2025)), published(Edition.open("mihon", 2024)))
"""


def digests(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ALL}


def test_the_same_bytes_in_another_process(reported, previous):
    written = deliver(reported, previous)
    assert [path.name for path in written] == ALL
    # This report has no codebook: there are no answers to lay out.
    assert [name for name in FILES.values() if not name.startswith("crosstabs")] == ALL
    assert (reported.folder / "report.pdf").read_bytes().startswith(b"%PDF-")
    before = digests(reported.folder)
    for path in written:
        path.unlink()
    other = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8"}
    subprocess.run([sys.executable, "-c", MAKE], check=True, timeout=120, env=other)
    assert digests(reported.folder) == before


def test_only_what_the_edition_names(reported, previous, tmp_path):
    chosen = reported.edition.model_copy(update={"deliverables": ["workbook"]})
    shutil.copytree(reported.folder / "figures", tmp_path / "figures")
    small = type(reported)(chosen, tmp_path, reported.data, reported.notebooks)
    assert [path.name for path in deliver(small, previous)] == ["indicators.xlsx"]
    none = reported.edition.model_copy(update={"deliverables": []})
    assert deliver(type(reported)(none, tmp_path, reported.data, {}), None) == []


def test_a_wrong_sentence_stands_beside_its_figure_in_the_pdf_and_in_the_audit(reported, previous):
    deliver(reported, previous)
    for name in ("index.html", "audit.html"):
        page = (reported.folder / name).read_text(encoding="utf-8")
        assert "愛着を感じている人は75.0％です。" in page
        assert "誤り" in page


def test_a_claim_that_cannot_be_read_is_a_sentence(reported):
    path = reported.edition.places.raw / "claims.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("attachment.total", "atachment.total"), encoding="utf-8")
    try:
        with pytest.raises(InputError, match=r"attachment\.total\.total\.positive"):
            deliver(reported, None)
    finally:
        path.write_text(text, encoding="utf-8")
