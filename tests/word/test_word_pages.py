"""Pages before and after a refresh, as LibreOffice draws them."""

import shutil
import subprocess

import numpy as np
import office_report as report
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from helpers.report.office.refresh import refresh
from helpers.report.word import document

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")


def pages(folder, *paths):
    """Documents as PDF; a profile of its own, so that an open LibreOffice is not asked."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *paths]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [pdfium.PdfDocument(folder / f"{path.stem}.pdf") for path in paths]


def pictures(pdf):
    """Page, left edge, top and width of each picture, in points."""
    found = []
    for number, page in enumerate(pdf):
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=9):
            left, _, right, top = thing.get_bounds()
            found.append((number, left, top, right - left))
    return sorted(found)


def lines(pdf):
    return [page.get_textpage().get_text_range().split() for page in pdf]


def test_pages_text_and_places_stay_and_pictures_are_new(published, tmp_path):
    # the year before last, whose pictures have the shape of this year's
    policy = report.stored(tmp_path / "policy.docx", report.policy_of(2023, report.TYPED))
    result = refresh(policy, published)
    new = report.stored(tmp_path / "after.docx", result.content)
    before, after = pages(tmp_path, policy.path, new.path)
    assert len(after) == len(before) >= 2
    typed = {"74.6": "73.7", "19,305": "24,871", "▲135.2": "▲103.0", "遅れ": "順調"}
    expected = ["".join(page) for page in lines(before)]
    for old, now in typed.items():
        assert old in expected[0]
        expected[0] = expected[0].replace(old, now)
    assert ["".join(page) for page in lines(after)] == expected
    was, now = pictures(before), pictures(after)
    assert len(was) == len(now) == 10 + len(before) - 1  # the header's on every page
    for old, new_one in zip(was, now, strict=True):
        assert old[0] == new_one[0]
        assert np.allclose(old[1:], new_one[1:], atol=1)  # left, top, width in points
    drawn = [[page.render(scale=0.5).to_numpy() for page in pdf] for pdf in (before, after)]
    assert all((a != b).mean() > 0.005 for a, b in zip(*drawn, strict=True))


def test_the_first_document_opens_with_every_figure(published, tmp_path):
    path = tmp_path / "new.docx"
    path.write_bytes(document(published.reported))
    (pdf,) = pages(tmp_path, path)
    assert [round(width / 72 * 25.4) for *_, width in pictures(pdf)] == [160, 160]
    text = "".join("".join(page) for page in lines(pdf))
    assert "図1" in text and "73.7％" in text
