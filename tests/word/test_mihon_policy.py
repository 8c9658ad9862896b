"""The sample city's document: last year's figures in every way that one can stand in a document."""

import re
from pathlib import Path

import office_report as report

from helpers.audit.history import read_rows
from helpers.report.office.fields import fields
from helpers.report.office.figure_mark import mark_of
from helpers.report.office.names import name
from helpers.report.office.numbers import Numbers
from helpers.report.office.package import read_package
from helpers.report.office.pictures import pictures
from helpers.report.office.written import with_commas
from helpers.report.office.xml_part import XmlPart

ROOT = Path(__file__).parents[2]
POLICY = read_package(ROOT / "data" / "documents" / "mihon" / "2025" / "policy.docx", "word")
BODY = XmlPart(POLICY.parts["word/document.xml"]).root


def test_it_shows_last_years_figures_of_the_fictional_city():
    marks = filter(None, map(mark_of, POLICY.parts.values()))
    assert {mark.edition for mark in marks} == {"mihon 2024"}
    assert "架空データ" in "".join(t.text or "" for t in BODY.iter(name("w:t")))
    assert POLICY.path.stat().st_size < 2_000_000


def test_pictures_stand_in_every_way():
    found = list(pictures(BODY))
    layers = {layer for picture in found for layer in picture.keys}
    assert layers == {"control", "text", "bookmark"}
    above = {e.tag for picture in found for e in picture.element.iterancestors()}
    for way in ("wp:inline", "wp:anchor", "w:tc", "wps:wsp", "wpg:wgp", "mc:Fallback", "w:sdt"):
        assert name(way) in above
    assert any(picture.element.tag == name("v:imagedata") for picture in found)
    ids = [picture.relationship for picture in found if picture.shadow is None]
    assert len(ids) - len(set(ids)) == 1  # two share one image
    assert report.shown(POLICY, "word/header1.xml")


def test_its_numbers_are_those_of_last_year_but_for_the_key_with_a_slip():
    rows = read_rows(ROOT / "data" / "processed" / "mihon" / "2024")
    numbers = Numbers(rows, 2024)
    wrong = []
    for field in fields(BODY):
        printed = with_commas(numbers.find(field.key).printed).replace("−", "▲")
        if re.sub("％$", "", field.text) != printed:
            wrong.append(field.key)
    assert wrong == ["asociation_rate.total.total"]
