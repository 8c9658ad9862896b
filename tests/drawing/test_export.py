"""Files have the asked size, carry their key, and are the same bytes on every run."""

import errno
import hashlib
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
import pypdf
import pytest
from PIL import Image

from helpers.drawing import FORMATS, Context, Key, Page, styled
from helpers.drawing import chart as export
from helpers.drawing.fonts import BOLD, REGULAR

ALT = "縦棒グラフ。みほん市の人口。<10> & 5。"


@styled
def chart(width_mm=160.0, **more):
    context = Context("みほん市", "mihon 2025", source="架空データ", width_mm=width_mm, **more)
    page = Page(
        context,
        title="人口は10人",
        subtitle="みほん市の人口（人）",
        plot_mm=30,
        legend=[
            Key("昨年", "#57b8ff"),
            Key("目標", "#c74700", "dashed"),
            Key("基準", "#333333", "hatch"),
        ],
        notes=["注の文"],
    )
    axes = page.axes(10, 2, 50, 20)
    axes.set(xlim=(0, 3), ylim=(0, 12))
    axes.bar([1, 2], [10, 5], hatch="////")
    data = pd.DataFrame({"区分": ["=1+1", "+46.3", "−5", "@a", "普通"], "値": [-1.5, 2, 3, 4, 5]})
    return page.chart("population", unit="人", alt=ALT, data=data)


@pytest.mark.parametrize("width_mm", [160, 80])
def test_the_page_is_the_size_that_was_asked(width_mm):
    image = Image.open(io.BytesIO(export.png(chart(width_mm))))
    dpi = image.info["dpi"][0]
    assert image.width / dpi * 25.4 == pytest.approx(width_mm, abs=0.1)
    pdf = pypdf.PdfReader(io.BytesIO(export.pdf(chart(width_mm)))).pages[0].mediabox
    assert float(pdf.width) / 72 * 25.4 == pytest.approx(width_mm, abs=0.1)
    svg = export.svg(chart(width_mm)).decode()
    assert f'width="{width_mm / 25.4 * 72:.6f}'.rstrip("0") in svg


def test_the_png_carries_key_edition_width_and_words():
    text = Image.open(io.BytesIO(export.png(chart(80)))).text
    assert text["X-Figure-Key"] == "population_80mm"
    assert text["X-Figure-Edition"] == "mihon 2025"
    assert text["X-Figure-Width-mm"] == "80"
    assert text["Title"] == "人口は10人"
    assert text["Description"] == ALT
    assert "Software" not in text


def test_the_svg_speaks_to_screen_readers():
    svg = export.svg(chart()).decode()
    assert 'role="img"' in svg
    assert "<title" in svg
    assert "&lt;10&gt; &amp; 5" in svg
    assert "<text" not in svg  # paths: drawn alike where the font is absent


def test_the_pdf_embeds_true_type_and_its_text_can_be_read():
    pdf = export.pdf(chart())
    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "みほん市の人口" in text
    assert len(pdf) < 60_000


def test_the_csv_opens_in_excel_and_runs_nothing():
    raw = export.csv(chart())
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = raw.decode("utf-8-sig").split("\r\n")
    assert lines[:6] == ["区分,値", "'=1+1,-1.5", "+46.3,2.0", "−5,3.0", "'@a,4.0", "普通,5.0"]


@pytest.mark.parametrize("before", ["seaborn", "rc"])
def test_nobodys_settings_show_through(before):
    import matplotlib as mpl

    wanted = export.png(chart())
    with mpl.rc_context():
        if before == "seaborn":
            import seaborn

            seaborn.set_theme(style="darkgrid", context="poster", font_scale=2)
        else:
            mpl.rcParams.update({"font.size": 30, "savefig.bbox": "tight", "axes.facecolor": "red"})
        assert export.png(chart()) == wanted
        assert mpl.rcParams["font.size"] > 12  # theirs is left as it was


SCRIPT = """
import hashlib, sys
sys.path.insert(0, {folder!r})
from test_export import chart
from helpers.drawing import FORMATS
for name, export in FORMATS.items():
    print(name, hashlib.sha256(export(chart())).hexdigest())
"""


def test_the_same_bytes_in_every_process():
    mine = {name: hashlib.sha256(make(chart())).hexdigest() for name, make in FORMATS.items()}
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York")):
        script = SCRIPT.format(folder=str(Path(__file__).parent))
        run = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        )
        assert dict(line.split() for line in run.stdout.splitlines()) == mine


def test_the_font_is_ours_and_has_its_licence():
    assert REGULAR.stat().st_size < 4_000_000
    assert BOLD.stat().st_size < 4_000_000
    assert "SIL OPEN FONT LICENSE" in (REGULAR.parent / "OFL.txt").read_text().upper()


def test_large_print_is_larger_and_the_title_can_stay_with_the_caption():
    assert chart(large_print=True).stem == "population_large"
    small, large = (c.figure.get_size_inches()[1] for c in (chart(), chart(large_print=True)))
    assert large > small
    without = chart(title_in_figure=False)
    assert "人口は10人" not in [t.get_text() for t in without.figure.texts]


@pytest.mark.skipif(os.name == "nt", reason="here this process itself has them open")
def test_a_font_that_is_still_open_stops_no_export(monkeypatch, tmp_path):
    """Windows removes no open file, and matplotlib keeps open what it has drawn with.

    What is left lies in the folder for temporary files, and in a run that goes with the run
    (``test_kernels_end.py``).
    """

    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, "open")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with monkeypatch.context() as windows:
        windows.setattr(os, "unlink", refuse)
        assert export.pdf(chart()).startswith(b"%PDF")
    assert len(list(tmp_path.iterdir())) == 1
