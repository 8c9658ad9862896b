"""Rows as any city's year may bring them, drawn by lot."""

from random import Random

import pandas as pd
import samples
from samples import frame, row

GROUPS = {
    "age_group": ["18-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70+"],
    "tenure": ["under_1", "1-5", "5-10", "10-20", "20+"],
    "sex": ["female", "male"],
}
INTENTS = ("recommend", "participate", "thank")
QUESTIONS = ("attachment", "residence_intention", "housing_satisfaction")


def number(value: float, decimals: int = 0) -> str:
    return f"{value:.{decimals}f}".replace("-", "−")


def shares(dice: Random) -> tuple[float, float, float]:
    """Three parts of 100: ordinary ones, and such as leave a part of a few tenths or nothing."""
    first = dice.choice([dice.uniform(30, 95), dice.uniform(0, 6), 100.0])
    last = (100 - first) * dice.choice([dice.random(), 0.0, 0.03, 1.0])
    return first, 100 - first - last, last


def likert(dice: Random) -> pd.DataFrame:
    rows = []
    bases = dice.random() < 0.7
    for split, groups in {"total": ["total"], **GROUPS}.items():
        for group in groups:
            n = dice.choice([12, 64, 480, 12345]) if bases else None
            for question in QUESTIONS[: dice.choice([1, 2, 3])]:
                hidden = dice.random() < 0.05
                for part, value in zip(
                    ("positive", "neutral", "negative"), shares(dice), strict=True
                ):
                    half = dice.uniform(0.5, 14)
                    interval = {"low": value - half, "high": value + half} if n else {}
                    text = "" if hidden else number(value, 1)
                    flag = "suppressed" if hidden else ""
                    rows.append(
                        row(f"{question}.{split}.{group}.{part}", text, n=n, flag=flag, **interval)
                    )
    return frame(rows)


def mgap(dice: Random) -> pd.DataFrame:
    people = dice.uniform(1, 60)
    rows, total = [], 0.0
    for intent in INTENTS:
        low, _, high = (round(part) for part in shares(dice))
        amount = (high - low) * people
        total += amount
        rows += [
            row(f"share_0_5.total.total.{intent}", number(low)),
            row(f"share_8_10.total.total.{intent}", number(high)),
            row(f"modified_nps.total.total.{intent}", number(high - low), unit="ポイント"),
            row(f"intent_amount.total.total.{intent}", number(amount, 1), unit="万人・ポイント"),
        ]
    rows.append(row("mgap.total.total.total", number(total, 1), unit="万人・ポイント"))
    rows.append(row("population.total.total", number(people, 1), unit="万人"))
    return frame(rows)


def kpi(dice: Random) -> pd.DataFrame:
    rows = []
    for group, unit in (
        ("page_views", "万件"),
        ("sns_followers", "人"),
        ("information_access", "%"),
    ):
        scale = dice.choice([3.0, 48.0, 750.0, 49_390.0, 1_250_000.0])
        decimals = 1 if scale < 100 else 0
        first = 2025 - dice.choice([1, 2, 4, 7])
        years = [first, *(y for y in range(first + 1, 2026) if dice.random() < 0.8), 2025]
        for year in dict.fromkeys(years):
            kind = "baseline" if year == first else "actual"
            text = number(scale * dice.choice([1, 1.001, 0.98, dice.uniform(0.2, 1.5)]), decimals)
            rows.append(row(f"kpi.kpi.{group}.{kind}", text, year=year, unit=unit))
        aim = dice.choice(
            ["↗", "↘", number(scale * dice.choice([1, 1.05, 0.99, 1.6, 0.4]), decimals)]
        )
        end = 2025 + dice.choice([1, 1, 2, 4])
        rows.append(row(f"kpi.kpi.{group}.target", aim, year=end, unit=unit))
        status = dice.choice(["achieved", "worse", "behind", "on_pace", "level", "missed"])
        rows.append(row(f"kpi_status.kpi.{group}", status, unit=""))
        rows.append(row(f"kpi_attainment.kpi.{group}", number(dice.uniform(0, 240), 1)))
    return frame(rows)


def movement(dice: Random) -> pd.DataFrame:
    rows = []
    size = dice.choice([300, 9_500, 120_000])
    for come, go, rest in (
        ("moved_in", "moved_out", "net_migration"),
        ("births", "deaths", "natural_change"),
    ):
        for year in range(2025 - dice.choice([1, 4, 9, 14]), 2026):
            one, other = (round(size * dice.uniform(0.9, 1.1)) for _ in range(2))
            if dice.random() < 0.9:
                for name, value in ((come, one), (go, other), (rest, one - other)):
                    rows.append(row(f"{name}.total.total", number(value), year=year, unit="人"))
        size //= 5
    return frame(rows)


def daytime(dice: Random) -> pd.DataFrame:
    names = list(samples.DAYTIME)[: dice.choice([6, 12, 26])]
    middle = dice.choice([75, 100, 120])
    rows = [
        row(
            f"daytime_population_index.peer.{name}",
            number(dice.gauss(middle, 14), 1),
            year=2020,
            unit="",
        )
        for name in names
    ]
    rows.append(row("daytime_population_rank.total.total", "3", year=2020, unit="位"))
    return frame(rows)


def brand(dice: Random) -> pd.DataFrame:
    rows = []
    for item in samples.BRAND:
        rank = dice.choice([1, 88, 500, 990])
        for year in (2024, 2025):
            near = max(1, rank + dice.choice([0, 1, -1, 3, dice.randint(-300, 300)]))
            score = number(dice.uniform(0.5, 60), 1)
            rows.append(row(f"brand_score.total.total.{item}", score, year=year, unit="点"))
            rows.append(row(f"brand_rank.total.total.{item}", str(near), year=year, unit="位"))
    for year in range(2025 - dice.choice([1, 2, 6]), 2026):
        rank = str(dice.randint(1, 26))
        key = "brand_rank_tama.total.total.attractiveness"
        rows.append(row(key, rank, year=year, unit="位"))
    return frame(rows)


def commuters(dice: Random) -> pd.DataFrame:
    rows = []
    for partner in samples.PARTNERS:
        for way in ("outflow", "inflow"):
            text = number(10 ** dice.uniform(1, 4.6))
            rows.append(row(f"commuters.partner.{partner}.{way}", text, year=2020, unit="人"))
    return frame(rows)


def fields(dice: Random) -> pd.DataFrame:
    rows, spread = [], dice.choice([0.05, 0.3, 0.8])
    for field in [*samples.FIELDS[: dice.choice([5, 12, 22])], "市民参加"]:
        across, up = dice.gauss(3.1, spread), dice.gauss(3.8, spread)
        for year, shift in ((2022, dice.uniform(-0.3, 0.3)), (2025, 0.0)):
            for name, value in (("satisfaction", across), ("importance", up)):
                key = f"field_{name}.field.{field}.score"
                rows.append(row(key, number(value + shift, 2), year=year, unit="点"))
    rows = list({(r[1], r[2], r[4]): r for r in rows}.values())
    rows.append(row("field_satisfaction.total.total.score", "3.10", unit="点"))
    rows.append(row("field_importance.total.total.score", "3.80", unit="点"))
    return frame(rows)


def scores(dice: Random) -> pd.DataFrame:
    rows = []
    for intent in INTENTS:
        shape = [dice.expovariate(1) for _ in range(11)]
        shape = [100 * part / sum(shape) for part in shape]
        mean = sum(i * part for i, part in enumerate(shape)) / 100
        for score, part in enumerate(shape):
            rows.append(row(f"score_share.intent.{intent}.{score}", number(part, 1), n=1187))
        for name, part in (("0_5", shape[:6]), ("6_7", shape[6:8]), ("8_10", shape[8:])):
            rows.append(row(f"share_{name}.total.total.{intent}", number(sum(part), 1), n=1187))
        half = dice.uniform(0.05, 1.5)
        ends = {"low": mean - half, "high": mean + half}
        rows.append(row(f"mean_score.intent.{intent}", number(mean, 1), unit="点", n=1187, **ends))
    return frame(rows)


def years(dice: Random) -> pd.DataFrame:
    rows = []
    for question in QUESTIONS[: dice.choice([1, 2, 3])]:
        share = dice.uniform(3, 97)
        for year in range(2025 - dice.choice([1, 4, 9]), 2026):
            share = min(max(share + dice.gauss(0, 3), 0.0), 100.0)
            half = dice.uniform(0.5, 6)
            key = f"{question}.total.total.positive"
            ends = {"low": share - half, "high": share + half}
            rows.append(row(key, number(share, 1), year=year, n=1204, **ends))
    return frame(rows)


def mgap_years(dice: Random) -> pd.DataFrame:
    rows, unit = [], "万人・ポイント"
    scale, first = dice.choice([20, 400, 6000]), 2025 - dice.choice([1, 3, 7])
    for year in range(first, 2026):
        amounts = [dice.gauss(0, scale) for _ in INTENTS]
        for intent, amount in zip(INTENTS, amounts, strict=True):
            key = f"intent_amount.total.total.{intent}"
            rows.append(row(key, number(amount, 1), year=year, unit=unit))
        total, half = sum(amounts), scale * dice.uniform(0.05, 0.6)
        ends = {"low": total - half, "high": total + half}
        rows.append(row("mgap.total.total.total", number(total, 1), year=year, unit=unit, **ends))
        for part in ("attitude", "people") if year > first else ():
            text = number(dice.gauss(0, scale * dice.choice([0.01, 0.5])), 1)
            rows.append(row(f"mgap_change.total.total.{part}", text, year=year, unit=unit))
    return frame(rows)


def ages(dice: Random) -> pd.DataFrame:
    rows = []
    for indicator in ("sample_age", "register_age"):
        for group in GROUPS["age_group"]:
            for sex in ("male", "female"):
                text = number(dice.uniform(0, 14), 1)
                rows.append(row(f"{indicator}.age_group.{group}.{sex}", text, n=1204))
    return frame(rows)
