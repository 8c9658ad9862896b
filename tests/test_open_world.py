"""What one city asks and counts is named in its description, not in the code that all share.

Ids of the sample city and the seeds are looked for as texts in src/helpers and in the shared
notebooks. Files that still name some are listed; the list may only become shorter.
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data" / "raw"
# Words of the house itself, which some edition happens to use as an id.
OWN = {"total", "positive", "neutral", "negative", "population", "other", "score", "commuters",
       "inflow", "outflow", "source", "field", "none", "transport", "children", "cleaning",
       "female", "male"}  # fmt: skip
STILL: dict[str, list[str]] = {
    "audit/mgap_table.py": ["participate", "recommend", "thank"],
    "audit/tables.py": ["attachment", "housing_satisfaction", "residence_intention"],
    "batch/combined.py": ["attachment", "residence_intention"],
    "batch/compared.py": [
        "attachment",
        "housing_satisfaction",
        "information_access",
        "participate",
        "recommend",
        "residence_intention",
        "thank",
    ],
    "figures/change.py": ["attachment", "residence_intention"],
    "figures/distribution.py": ["participate", "recommend", "thank"],
    "figures/likert.py": ["attachment", "residence_intention"],
    "figures/mgap.py": ["participate", "recommend", "thank"],
    "figures/mgap_history.py": ["participate", "recommend", "thank"],
    "figures/quadrant.py": ["field_importance", "field_satisfaction"],
    "indicators/mgap.py": ["participate", "recommend", "thank"],
    "labels.py": [
        "1-5",
        "10-20",
        "18-19",
        "20+",
        "20-29",
        "30-39",
        "40-49",
        "5-10",
        "50-59",
        "60-69",
        "70+",
        "activities",
        "attachment",
        "attractiveness",
        "field_importance",
        "field_satisfaction",
        "housing_satisfaction",
        "information_access",
        "information_contact",
        "instagram_followers",
        "page_views",
        "participate",
        "recognition",
        "recommend",
        "residence_intention",
        "sns_followers",
        "thank",
        "tourism_intention",
        "under_1",
    ],
    "sentences/ready.py": [
        "attachment",
        "attractiveness",
        "field_importance",
        "field_satisfaction",
        "housing_satisfaction",
        "information_contact",
        "participate",
        "recognition",
        "recommend",
        "residence_intention",
        "thank",
        "tourism_intention",
    ],
    "31_figures_attachment.ipynb": ["attachment", "residence_intention"],
    "31_figures_attachment_years.ipynb": [
        "attachment",
        "housing_satisfaction",
        "residence_intention",
    ],
    "32_figures_living.ipynb": ["housing_satisfaction"],
    "35_figures_activities.ipynb": ["activities"],
}


def ids() -> set[str]:
    """Questions, fields, groups and measures of the three cities, and what their ranks are of."""
    found: set[str] = set()
    for path in RAW.glob("*/*/codebook.yml"):
        book = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name, question in book["questions"].items():
            found |= {name, *question.get("items", ())}
        for group in book["groups"].values():
            found |= {str(one) for one in group["classes"]}
    for path in RAW.glob("*/*/edition.yml"):
        tables = yaml.safe_load(path.read_text(encoding="utf-8")).get("printed_tables", {})
        for table in tables.values():
            for axis in ("rows", "columns"):
                for part in table.get(axis, {}).values():
                    found |= {part.get("category", ""), part.get("group", "")}
    return {str(one) for one in found} - OWN - {"", "baseline", "actual", "target"}


def texts(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def named() -> dict[str, set[str]]:
    known, found = ids(), {}
    for path in sorted((ROOT / "src/helpers").rglob("*.py")):
        told = {*texts(path.read_text(encoding="utf-8"))} & known
        if told:
            found[path.relative_to(ROOT / "src/helpers").as_posix()] = told
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        if told := {text for cell in code for text in texts(cell)} & known:
            found[path.name] = told
    return found


def test_no_city_is_built_in():
    assert {"attachment", "recommend", "participation", "page_views", "attractiveness"} <= ids()
    assert {file: sorted(told) for file, told in named().items()} == STILL
