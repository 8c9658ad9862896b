"""Indicator rows to draw: the printed numbers of the two documents, and a fictional city."""

import re

import pandas as pd

COLUMNS = (
    "city fiscal_year indicator breakdown group category value printed unit n low high basis"
    " definition flag source"
).split()


def row(key, text, *, year=2025, unit="%", city="nishitokyo", n=None, low=None, high=None, flag="", value=None, source=""):
    indicator, breakdown, group, category = [*key.split("."), "", "", ""][:4]
    if value is None and re.search(r"\d", text):
        value = float(text.replace("−", "-"))
    return (city, year, indicator, breakdown, group, category, value, text, unit, n, low, high, "published", "", flag, source)


def frame(rows):
    return pd.DataFrame(rows, columns=COLUMNS)


ATTACHMENT = {
    "total.total": (72.5, 12.1, 80.5, 5.9),
    "age_group.18-19": (48.0, 44.0, 66.0, 8.0),
    "age_group.20-29": (68.8, 18.0, 72.2, 10.4),
    "age_group.30-39": (69.7, 19.0, 79.6, 9.1),
    "tenure.under_1": (54.0, 20.6, None, None),
    "tenure.1-5": (66.2, 19.2, None, None),
    "tenure.5-10": (69.9, 16.7, None, None),
}


def attachment():
    rows = []
    for group, numbers in ATTACHMENT.items():
        for question, (yes, no) in zip(("attachment", "residence_intention"), (numbers[:2], numbers[2:])):
            if yes is not None:
                for part, value in (("positive", yes), ("neutral", 100 - yes - no), ("negative", no)):
                    rows.append(row(f"{question}.{group}.{part}", f"{value:.1f}"))
    return frame(rows)


def attachment_sample():
    """The fictional city: bases, intervals, a small base, a hidden group."""
    rows = []
    for index, group in enumerate(["total.total", "age_group.18-19", "age_group.20-29", "age_group.30-39", "age_group.40-49", "age_group.50-59", "age_group.60-69", "age_group.70+"]):
        n = [1204, 24, 96, 143, 201, 228, 236, 270][index]
        for question, yes in (("attachment", 52 + 3.1 * index + (18 if index == 0 else 0)), ("residence_intention", 61 + 3.4 * index + (16 if index == 0 else 0))):
            half = 98 * (yes / 100 * (1 - yes / 100) * 4 / n) ** 0.5
            no = (100 - yes) * 0.45
            flag = "small_base" if n < 30 else ""
            for part, value in (("positive", yes), ("neutral", 100 - yes - no), ("negative", no)):
                interval = {"low": yes - half, "high": yes + half} if part == "positive" else {}
                hidden = question == "residence_intention" and index == 1
                rows.append(row(f"{question}.{group}.{part}", "" if hidden else f"{value:.1f}", city="mihon", n=n, flag="suppressed" if hidden else flag, **interval))
    return frame(rows)


def mgap():
    rows = []
    for intent, low, high, net, amount in (("recommend", "38", "30", "−8", "−165.6"), ("participate", "67", "14", "−53", "−1097.1"), ("thank", "19", "61", "41", "848.7")):
        rows += [
            row(f"share_0_5.total.total.{intent}", low),
            row(f"share_8_10.total.total.{intent}", high),
            row(f"modified_nps.total.total.{intent}", net, unit="ポイント"),
            row(f"intent_amount.total.total.{intent}", amount, unit="万人・ポイント"),
        ]
    return frame([*rows, row("mgap.total.total.total", "−414.0", unit="万人・ポイント")])


def kpi():
    rows = []
    for group, unit, numbers in (
        ("page_views", "万件", [(2021, "baseline", "753"), (2023, "actual", "463"), (2024, "actual", "493"), (2027, "target", "812")]),
        ("sns_followers", "人", [(2021, "baseline", "15138"), (2023, "actual", "36318"), (2024, "actual", "49390"), (2027, "target", "43000")]),
        ("information_access", "%", [(2022, "baseline", "41.3"), (2023, "actual", "45.2"), (2024, "actual", "41.4"), (2027, "target", "↗")]),
    ):
        rows += [row(f"kpi.kpi.{group}.{category}", text, year=year, unit=unit, city="isehara") for year, category, text in numbers]
    for group, attainment, progress, status in (("page_views", "60.7", "−440.7", "worse"), ("sns_followers", "114.9", "122.9", "achieved"), ("information_access", "", "", "level")):
        rows += [
            row(f"kpi_attainment.kpi.{group}", attainment, year=2024, city="isehara"),
            row(f"kpi_progress.kpi.{group}", progress, year=2024, city="isehara"),
            row(f"kpi_status.kpi.{group}", status, year=2024, unit="", city="isehara"),
        ]
    return frame(rows)


FLOWS = {
    2016: (1520, 1718, 10003, 9477), 2017: (1412, 1738, 10505, 9420), 2018: (1427, 1726, 11032, 9435),
    2019: (1432, 1795, 11388, 9455), 2020: (1389, 1845, 10790, 9327), 2021: (1273, 1863, 9768, 9018),
    2022: (1303, 2130, 9956, 9301), 2023: (1214, 2141, 9495, 9081), 2024: (None, None, 9223, 8777),
}  # fmt: skip


def _signed(value):
    return str(value).replace("-", "−")


def movement():
    rows = []
    for year, (births, deaths, came, went) in FLOWS.items():
        numbers = {"moved_in": came, "moved_out": went, "net_migration": came - went}
        if births is not None:
            numbers |= {"births": births, "deaths": deaths, "natural_change": births - deaths}
        rows += [row(f"{name}.total.total", _signed(number), year=year, unit="人") for name, number in numbers.items()]
    return frame(rows)


DAYTIME = dict(zip("狛江市 東大和市 稲城市 西東京市 東村山市 東久留米市 あきる野市 国分寺市 清瀬市 小金井市 日野市 小平市 調布市 三鷹市 町田市 青梅市 福生市 昭島市 府中市 羽村市 国立市 武蔵村山市 八王子市 多摩市 武蔵野市 立川市".split(), "74.3 80.3 80.5 80.9 81.8 83.0 84.9 85.3 86.5 87.3 88.5 89.0 89.0 89.8 90.3 90.5 91.6 93.0 95.1 95.2 95.4 95.4 99.1 99.5 108.0 113.2".split(), strict=True))


def daytime():
    rows = [row(f"daytime_population_index.peer.{city}", text, year=2020, unit="") for city, text in DAYTIME.items()]
    rows.append(row("daytime_population_rank.total.total", "4", year=2020, unit="位"))
    return frame(rows)


BRAND = {
    "attractiveness": ("7.4", "526", "6.7", "535"), "recognition": ("27.8", "354", "26.4", "394"),
    "information_contact": ("16.6", "390", "14.5", "459"), "tourism_intention": ("15.3", "779", "17.1", "599"),
    "residence_intention": ("8.4", "142", "6.5", "330"),
}  # fmt: skip


def brand():
    rows = []
    for item, numbers in BRAND.items():
        for year, score, rank in ((2025, *numbers[:2]), (2024, *numbers[2:])):
            rows.append(row(f"brand_score.total.total.{item}", score, year=year, unit="点"))
            rows.append(row(f"brand_rank.total.total.{item}", rank, year=year, unit="位"))
    for year, rank in ((2023, "22"), (2024, "16"), (2025, "18")):
        rows.append(row("brand_rank_tama.total.total.attractiveness", rank, year=year, unit="位"))
    return frame(rows)
