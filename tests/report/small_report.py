"""Two small published reports of a fictional city, drawn as the pipeline draws them."""

import json
from pathlib import Path

import pandas as pd

from helpers import figures
from helpers.drawing import Chart, Context, save
from helpers.tables import INDICATORS

CITY, YEAR = "mihon", 2025
# A group that a spreadsheet would run, a browser would obey, and Typst would set in bold.
HOSTILE = "=1+1 <b>#x*y*</b>"
EDITION = """\
city: mihon
fiscal_year: {year}
name: {{ja: 見本市, en: Mihon}}
code: 999999
fictional: true
report: {{ja: 見本市の方針, en: Policy of Mihon}}
sources:
  survey: {{ja: 市民意識調査, en: Residents' survey, note: 無作為抽出。}}
notebooks: [31_figures_attachment, 34_figures_commuters]
labels:
  central: {{ja: "{hostile}", en: "{hostile}"}}
  harbour: {{ja: 港東区, en: Harbour}}
left_out:
  ②<住環境>: "#数値 が *ない*"
"""
CLAIMS = """\
claims:
  - sentence: 愛着を感じている人は75.0％です。
    page: 4
    kind: value
    claimed: 75.0％
    what: [attachment.total.total.positive]
"""
# Share that is attached, by group; the youngest are too few in 2024.
SHARES = {"total.total": 73.75, "age_group.18-19": 60.5, "age_group.70+": 78.15}


def row(key: str, value: float | None, year: int, unit: str, flag: str = "") -> dict[str, object]:
    indicator, breakdown, group, category = key.split(".")
    hidden = flag == "suppressed"
    sampled = unit == "%" and not hidden
    printed = f"{value:.1f}" if unit == "%" else f"{value:.0f}"
    return {
        "city": CITY,
        "fiscal_year": year,
        "indicator": indicator,
        "breakdown": breakdown,
        "group": group,
        "category": category,
        "value": None if hidden else value,
        "printed": "x" if hidden else printed,
        "unit": unit,
        "n": 1398.0 if sampled else None,
        "low": value - 2.55 if sampled else None,
        "high": value + 2.35 if sampled else None,
        "basis": "microdata" if unit == "%" else "census",
        "definition": "weighted" if unit == "%" else "published",
        "flag": flag,
        "source": "survey",
    }


def frame(year: int) -> pd.DataFrame:
    rows = []
    for place, yes in SHARES.items():
        flag = "suppressed" if year == YEAR and "18-19" in place else ""
        shares = {"positive": yes - (YEAR - year), "neutral": 10.0, "negative": 90.0 - yes}
        rows += [row(f"attachment.{place}.{c}", v, year, "%", flag) for c, v in shares.items()]
        if year == YEAR:
            rows += [
                row(f"residence_intention.{place}.{c}", v, year, "%", flag)
                for c, v in shares.items()
            ]
    for partner, out in (("central", 9840), ("harbour", 6310)):
        rows.append(row(f"commuters.partner.{partner}.outflow", out, 2020, "人"))
        rows.append(row(f"commuters.partner.{partner}.inflow", out / 10, 2020, "人"))
    return pd.DataFrame(rows, columns=list(INDICATORS.columns))


def charts(year: int) -> dict[str, list[Chart]]:
    rows = frame(year)
    labels = {"central": HOSTILE, "harbour": "港東区"}
    context = Context("見本市", f"{CITY} {year}", source="市民意識調査（架空）", labels=labels)
    found = [figures.likert(rows, context=context, indicator="attachment", key="attachment_age")]
    if year == YEAR:
        new = {"indicator": "residence_intention", "key": "stay_age"}
        found += [found[0].at(width_mm=80), figures.likert(rows, context=context, **new)]
    flows = [figures.flows(rows, context=context)]
    return {"31_figures_attachment": found, "34_figures_commuters": flows}


def publish(root: Path, year: int) -> None:
    """Put the report of one year into a project."""
    raw = root / "data" / "raw" / CITY / str(year)
    raw.mkdir(parents=True)
    text = EDITION.format(year=year, hostile=HOSTILE)
    (raw / "edition.yml").write_text(text, encoding="utf-8")
    (raw / "claims.yml").write_text(CLAIMS, encoding="utf-8")
    data = root / "data" / "processed" / CITY / str(year) / "indicators"
    data.mkdir(parents=True)
    frame(year).to_csv(data / "all.csv", index=False, encoding="utf-8-sig")
    folder = root / "reports" / CITY / str(year)
    notebooks = {}
    for name, drawn in charts(year).items():
        paths = [path for chart in drawn for path in save(chart, folder / "figures")]
        notebooks[name] = {"outputs": {f"report/figures/{path.name}": "" for path in paths}}
    (folder / "manifest.json").write_text(json.dumps({"notebooks": notebooks}), encoding="utf-8")
