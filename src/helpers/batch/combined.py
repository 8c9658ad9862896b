"""What a batch leaves of all its editions together, in ``reports/_batch``."""

import csv
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from helpers.batch.compared import COLUMNS, WHY, compared
from helpers.batch.dataset import write_dataset
from helpers.batch.index_page import index_page
from helpers.batch.outcome import EditionId, Outcome
from helpers.drawing import Chart, Context, save
from helpers.edition import Edition
from helpers.figures.small_multiples import MOST, small_multiples
from helpers.labels import label
from helpers.problems import InputError, Problems
from helpers.rounding import MINUS
from helpers.spreadsheet import guarded

TABLE, OUTCOMES = "comparison.csv", "editions.csv"
# Figures of a group: indicator, category.
DRAWN = (("attachment", "positive"), ("residence_intention", "positive"), ("turnover_rate", ""))
FEWEST = 3  # cities; fewer are better read in their own reports
HEADS = {
    "ja": [
        *("年度", "指標", "項目", "定義", "単位", "種類", "市", "値", "下限", "上限", "n"),
        *("順位", "対象の市", "順位のない理由"),
    ]
}
HEADS["en"] = list(COLUMNS)


def combine(outcomes: Sequence[Outcome], root: Path, folder: Path, lang: str = "ja") -> list[Path]:
    """Write the dataset, the comparison table, the figures and the list of outcomes.

    Args:
        outcomes: of the batch; only editions that are up to date are taken.
        root: the project.
        folder: where to.
        lang: of headings, remarks and figures.

    Returns:
        What was written: files, and the dataset's folder.

    Raises:
        InputError: some editions' indicators do not fit their schema; all else is written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Made again by every batch, like the reports: not for git.
    (folder / ".gitignore").write_text("*\n", encoding="utf-8", newline="\n")
    written = [
        write_outcomes(outcomes, folder / OUTCOMES, lang),
        index_page(outcomes, root, folder, lang),
    ]
    editions = [outcome.edition for outcome in outcomes if outcome.well]
    # Only what is compared stays in memory; the dataset is written part by part.
    problems = Problems()
    needed = [_needed(rows) for rows in write_dataset(editions, root, folder, problems)]
    if not needed:
        problems.stop_if_any()
        return written
    names = _names(editions)
    table = compared(pd.concat(needed, ignore_index=True))
    written += [folder / "indicators", write_table(table, names, folder / TABLE, lang)]
    for chart in charts(table, editions, lang):
        written += save(chart, folder / "figures")
    problems.stop_if_any()
    return written


def _needed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[(rows["breakdown"] == "total") & (rows["group"] == "total")]


def write_outcomes(outcomes: Sequence[Outcome], path: Path, lang: str) -> Path:
    """The table of editions: state, sentence, time, memory."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        columns = [name for name in asdict(outcomes[0]) if name != "said_en"] if outcomes else []
        writer.writerow(columns)
        for outcome in sorted(outcomes, key=lambda outcome: outcome.edition):
            cells = asdict(outcome) | {"said": guarded(outcome.sentence(lang))}
            cells |= {k: round(cells[k], 1) for k in ("seconds", "cpu_s", "memory_mb", "peak_mb")}
            writer.writerow([cells[name] for name in columns])
    return path


def write_table(table: pd.DataFrame, names: dict[str, str], path: Path, lang: str) -> Path:
    """The comparison table for Excel, with words for identifiers."""
    pairs = table["indicator"], table["category"]
    shown = table.assign(
        indicator=[_words(name, lang) for name in table["indicator"]],
        category=[_category(*pair, lang) for pair in zip(*pairs, strict=True)],
        basis=[label(name, lang) for name in table["basis"]],
        ranked=[count or "" for count in table["ranked"]],
        city=[names.get(city, city) for city in table["city"]],
        why=[getattr(WHY[why], lang) for why in table["why"]],
    )
    for column in ("printed", "low", "high"):
        shown[column] = [guarded(text) for text in shown[column]]
    shown.columns = pd.Index(HEADS[lang])
    shown.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    return path


def charts(table: pd.DataFrame, editions: Sequence[EditionId], lang: str) -> list[Chart]:
    """Small multiples of the group, where it is one that can be looked at side by side."""
    cities = sorted({city for city, _ in editions})
    if not FEWEST <= len(cities) <= MOST:
        return []
    newest = [Edition.open(*max(e for e in editions if e[0] == city)) for city in cities]
    made_up = any(edition.fictional for edition in newest)
    note = {"ja": "架空データ（見本）。", "en": "Fictional data (sample). "}[lang]
    context = Context(
        city=f"{len(cities)}市" if lang == "ja" else f"{len(cities)} cities",
        edition=f"batch {max(year for _, year in editions)}",
        source="各市の報告書" if lang == "ja" else "Reports of the cities",
        lang=lang,
        labels={edition.city: getattr(edition.name, lang) for edition in newest},
    )
    found = []
    for indicator, category in DRAWN:
        rows = _of_cities(table, indicator, category)
        if rows["group"].nunique() >= FEWEST:
            key, notes = f"small_multiples_{indicator}", [note] if made_up else []
            found.append(small_multiples(rows, context=context, key=key, notes=notes))
    return found


def _of_cities(table: pd.DataFrame, indicator: str, category: str) -> pd.DataFrame:
    """Indicator rows with the cities as groups, of the definition that most of them have."""
    rows = table[(table["indicator"] == indicator) & (table["category"] == category)]
    rows = rows[rows["why"].isin(("", "small"))]
    if rows.empty:
        return rows.assign(group="")
    common = rows.groupby("definition")["city"].nunique().sort_index().idxmax()
    if "weighted" in set(rows["definition"]):
        common = "weighted"
    rows = rows[rows["definition"] == common].rename(columns={"city": "group"})
    numbers = {end: pd.to_numeric(rows[end].str.replace(MINUS, "-")) for end in ("low", "high")}
    values = pd.to_numeric(rows["printed"].str.replace(MINUS, "-"))
    flag = ["small_base" if why == "small" else "" for why in rows["why"]]
    return rows.assign(**numbers, value=values, breakdown="peer", flag=flag, source="")


def _names(editions: Sequence[EditionId]) -> dict[str, str]:
    """The cities' names, as their newest edition writes them."""
    names = {}
    for city, year in sorted(editions):
        try:
            names[city] = Edition.open(city, year).name.ja
        except InputError:  # taken away meanwhile
            names[city] = city
    return names


def _category(indicator: str, category: str, lang: str) -> str:
    return label(f"{indicator}.{category}", lang) if category not in ("", "total") else ""


def _words(name: str, lang: str) -> str:
    if name == "mgap_per_10000":
        return {"ja": "mGAP（人口1万人当たり）", "en": "mGAP per 10,000 residents"}[lang]
    return label(name, lang)
