"""A small published report of two figures, drawn as the pipeline draws them, and last year's."""

import io
import json
import sys
from functools import cache
from pathlib import Path

import pandas as pd
from PIL import Image

from helpers import figures
from helpers.drawing import FORMATS, Context
from helpers.edition import Edition
from helpers.report.office.catalogue import Catalogue
from helpers.report.office.names import name
from helpers.report.office.package import Package, read_package
from helpers.report.office.relationships import Images, target
from helpers.report.office.xml_part import XmlPart
from helpers.report.reported import published
from helpers.tables import INDICATORS

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

AGES = ("18-19", "20-29", "30-39", "40-49")
# Last year the survey asked fewer groups: the new pictures are higher. Not so the year before.
GROUPS = {2023: AGES, 2024: AGES[:1], 2025: AGES}
YES = {2023: 76.1, 2024: 74.6, 2025: 73.7}
FIGURES = ("attachment_age", "stay_age")
TYPED = {
    "愛着を感じている人は": ("attachment.total.total.positive", "74.6％"),
    "、SNSの登録者数は": ("kpi.kpi.sns_followers.actual", "19,305"),
    "人、mGAPは": ("mgap.total.total.total", "▲135.2"),
    "、目標は": ("kpi.kpi.sns_followers.target", "４３０００"),
    "、状況は": ("kpi_status.kpi.sns_followers", "遅れ"),
    "、愛着のない人は": ("atachment.total.total.negative", "12.2"),
}
QUESTIONS = {"attachment_age": "attachment", "stay_age": "residence_intention"}


def row(key, printed, year, unit="%", definition="", flag=""):
    indicator, breakdown, group, category = [*key.split(".", 3), ""][:4]
    digits = printed.replace("−", "-")
    value = float(digits) if digits.replace(".", "").lstrip("-").isdigit() else None
    numbers = {"value": value, "n": 500.0, "low": None, "high": None}
    given = {"city": "nishitokyo", "fiscal_year": year, "indicator": indicator}
    given |= {"breakdown": breakdown, "group": group, "category": category, "printed": printed}
    given |= {"unit": unit, "basis": "published", "definition": definition, "flag": flag}
    return {**given, **numbers, "source": "policy"}


def survey(year):
    rows = []
    for question in QUESTIONS.values():
        for step, group in enumerate(("total", *GROUPS[year])):
            kind = "total" if group == "total" else "age_group"
            yes = YES[year] - 3 * step
            for part, share in (("positive", yes), ("neutral", 10.0), ("negative", 90.0 - yes)):
                rows.append(row(f"{question}.{kind}.{group}.{part}", f"{share:.1f}", year))
    return rows


def numbers(year):
    return [
        *survey(year),
        row("kpi.kpi.sns_followers.baseline", "15138", year - 4, "人"),
        row("kpi.kpi.sns_followers.actual", "19305", year - 1, "人"),
        row("kpi.kpi.sns_followers.actual", "24871", year, "人"),
        row("kpi.kpi.sns_followers.target", "43000", year + 2, "人"),
        row("kpi_status.kpi.sns_followers", "順調", year, ""),
        row("mgap.total.total.total", "−103.0", year, "万人・ポイント", "city_method"),
        row("mgap.total.total.total", "−327.6", year, "万人・ポイント", "weighted"),
        row("moved_in.total.total", "5353", year, "人", "register_all"),
        row("moved_in.total.total", "4100", year, "人", "japanese_movers"),
        row("hidden.total.total.positive", "8.5", year, flag="suppressed"),
        row("score_share.total.total.recommend.8", "12.5", year),
    ]


def frame(rows):
    return pd.DataFrame(rows, columns=list(INDICATORS.columns))


@cache
def drawn(year, key, width):
    """Files of a figure by their endings."""
    context = Context("西東京市", f"nishitokyo {year}", source="見本", width_mm=width)
    rows = frame(survey(year))
    chart = figures.likert(rows, context=context, indicator=QUESTIONS[key], key=key)
    return chart.stem, {ending: FORMATS[ending](chart) for ending in ("png", "svg", "txt", "csv")}


def png(year, key, width=160):
    return drawn(year, key, width)[1]["png"]


def publish(project):
    """Put the report of nishitokyo 2025 into a temporary project."""
    folder = project / "reports" / "nishitokyo" / "2025"
    (folder / "figures").mkdir(parents=True)
    outputs = []
    for key in FIGURES:
        for width in (160, 80):
            stem, files = drawn(2025, key, width)
            for ending, content in files.items():
                (folder / "figures" / f"{stem}.{ending}").write_bytes(content)
                outputs.append(f"report/figures/{stem}.{ending}")
    notebooks = {"31_figures_attachment": {"outputs": outputs}}
    (folder / "manifest.json").write_text(json.dumps({"notebooks": notebooks}), encoding="utf-8")
    data = project / "data" / "processed" / "nishitokyo" / "2025" / "indicators"
    data.mkdir(parents=True)
    frame(numbers(2025)).to_csv(data / "all.csv", index=False, encoding="utf-8-sig")


def catalogue():
    return Catalogue(published(Edition.open("nishitokyo", 2025)))


def policy_of(year, typed):
    """The document of ``tools/make_policy.py`` with an earlier year's small figures."""
    from make_policy import FIGURES as PLACES
    from make_policy import policy

    wide = {"inline": "attachment_age", "control": "stay_age", "header": "stay_age"}
    narrow = dict.fromkeys(PLACES.keys() - wide.keys(), "attachment_age") | {"group": "stay_age"}
    pictures = {place: png(year, key) for place, key in wide.items()}
    pictures |= {place: png(year, key, 80) for place, key in narrow.items()}
    svg = drawn(year, "attachment_age", 160)[1]["svg"]
    return policy(pictures, "attachment_age_80mm", svg, typed)


def stored(path, content, kind="word"):
    path.write_bytes(content)
    return read_package(path, kind)


def shown(package, part):
    """The image of every ``r:embed`` and ``r:id`` in a part that leads to one, in order."""
    relations = Images(package).by_id(part)
    found = []
    for element in XmlPart(package.parts[part]).root.iter():
        for attribute in (name("r:embed"), name("r:id")):
            relation = relations.get(element.get(attribute)) if element.get(attribute) else None
            if relation is not None and relation.get("Type").endswith("/image"):
                found.append(package.parts[target(part, relation)])
    return found


def changed_copy(package, path, changes):
    """The package with parts edited: ``{part: [(old, new), …]}``; each old text must be there."""
    parts = {}
    for part, pairs in changes.items():
        content = package.parts.get(part, b"")
        for old, new in pairs:
            assert old.encode() in content, old
            content = content.replace(old.encode(), new.encode(), 1)
        parts[part] = content
    return stored(path, package.with_parts(parts), package.kind)


def pixels(picture):
    return Image.open(io.BytesIO(picture)).size


__all__ = ["Package"]
