"""Indicator rows to draw: the printed numbers of the two documents, and a fictional city."""

# ruff: noqa: SIM905, B905 (tables of texts, short)

import re

import pandas as pd

COLUMNS = (
    "city fiscal_year indicator breakdown group category value printed unit n low high basis"
    " definition flag source"
).split()


def row(
    key,
    text,
    *,
    year=2025,
    unit="%",
    city="nishitokyo",
    n=None,
    low=None,
    high=None,
    flag="",
    value=None,
    source="",
):
    indicator, breakdown, group, category = [*key.split("."), "", "", ""][:4]
    if value is None and re.search(r"\d", text):
        value = float(text.replace("−", "-"))
    return (
        city,
        year,
        indicator,
        breakdown,
        group,
        category,
        value,
        text,
        unit,
        n,
        low,
        high,
        "published",
        "",
        flag,
        source,
    )


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
        for question, (yes, no) in zip(
            ("attachment", "residence_intention"), (numbers[:2], numbers[2:])
        ):
            if yes is not None:
                for part, value in (
                    ("positive", yes),
                    ("neutral", 100 - yes - no),
                    ("negative", no),
                ):
                    rows.append(row(f"{question}.{group}.{part}", f"{value:.1f}"))
    return frame(rows)


def attachment_sample():
    """The fictional city: bases, intervals, a small base, a hidden group."""
    rows = []
    for index, group in enumerate(
        [
            "total.total",
            "age_group.18-19",
            "age_group.20-29",
            "age_group.30-39",
            "age_group.40-49",
            "age_group.50-59",
            "age_group.60-69",
            "age_group.70+",
        ]
    ):
        n = [1204, 24, 96, 143, 201, 228, 236, 270][index]
        for question, yes in (
            ("attachment", 52 + 3.1 * index + (18 if index == 0 else 0)),
            ("residence_intention", 61 + 3.4 * index + (16 if index == 0 else 0)),
        ):
            half = 98 * (yes / 100 * (1 - yes / 100) * 4 / n) ** 0.5
            no = (100 - yes) * 0.45
            flag = "small_base" if n < 30 else ""
            for part, value in (("positive", yes), ("neutral", 100 - yes - no), ("negative", no)):
                interval = {"low": yes - half, "high": yes + half} if part == "positive" else {}
                hidden = question == "residence_intention" and index == 1
                rows.append(
                    row(
                        f"{question}.{group}.{part}",
                        "" if hidden else f"{value:.1f}",
                        city="mihon",
                        n=n,
                        flag="suppressed" if hidden else flag,
                        **interval,
                    )
                )
    return frame(rows)


def mgap():
    rows = []
    for intent, low, high, net, amount in (
        ("recommend", "38", "30", "−8", "−165.6"),
        ("participate", "67", "14", "−53", "−1097.1"),
        ("thank", "19", "61", "41", "848.7"),
    ):
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
        (
            "page_views",
            "万件",
            [
                (2021, "baseline", "753"),
                (2023, "actual", "463"),
                (2024, "actual", "493"),
                (2027, "target", "812"),
            ],
        ),
        (
            "sns_followers",
            "人",
            [
                (2021, "baseline", "15138"),
                (2023, "actual", "36318"),
                (2024, "actual", "49390"),
                (2027, "target", "43000"),
            ],
        ),
        (
            "information_access",
            "%",
            [
                (2022, "baseline", "41.3"),
                (2023, "actual", "45.2"),
                (2024, "actual", "41.4"),
                (2027, "target", "↗"),
            ],
        ),
    ):
        rows += [
            row(f"kpi.kpi.{group}.{category}", text, year=year, unit=unit, city="isehara")
            for year, category, text in numbers
        ]
    for group, attainment, progress, status in (
        ("page_views", "60.7", "−440.7", "worse"),
        ("sns_followers", "114.9", "122.9", "achieved"),
        ("information_access", "", "", "level"),
    ):
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
        rows += [
            row(f"{name}.total.total", _signed(number), year=year, unit="人")
            for name, number in numbers.items()
        ]
    return frame(rows)


DAYTIME = dict(
    zip(
        "狛江市 東大和市 稲城市 西東京市 東村山市 東久留米市 あきる野市 国分寺市 清瀬市 小金井市 日野市 小平市 調布市 三鷹市 町田市 青梅市 福生市 昭島市 府中市 羽村市 国立市 武蔵村山市 八王子市 多摩市 武蔵野市 立川市".split(),
        "74.3 80.3 80.5 80.9 81.8 83.0 84.9 85.3 86.5 87.3 88.5 89.0 89.0 89.8 90.3 90.5 91.6 93.0 95.1 95.2 95.4 95.4 99.1 99.5 108.0 113.2".split(),
        strict=True,
    )
)


def daytime():
    rows = [
        row(f"daytime_population_index.peer.{city}", text, year=2020, unit="")
        for city, text in DAYTIME.items()
    ]
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


# What follows is fictional: みほん市.


PARTNERS = (
    "みなと区 山手市 川原市 東野市 森山市 海浜市 谷中町 松原市 大橋市 北浜市 西川市 other".split()
)


def commuters():
    rows = []
    for index, partner in enumerate(PARTNERS):
        out, into = [
            (14820, 1204),
            (6210, 4305),
            (3980, 5120),
            (2704, 1980),
            (1520, 2210),
            (1180, 640),
            (820, 1340),
            (760, 510),
            (540, 420),
            (410, 380),
            (120, 90),
            (5230, 3110),
        ][index]
        rows.append(
            row(
                f"commuters.partner.{partner}.outflow", str(out), year=2020, unit="人", city="mihon"
            )
        )
        rows.append(
            row(
                f"commuters.partner.{partner}.inflow", str(into), year=2020, unit="人", city="mihon"
            )
        )
    return frame(rows)


FIELDS = "防災 防犯 子育て支援 学校教育 高齢者福祉 障害者福祉 健康づくり 医療 道路 公共交通 公園・緑地 ごみ・環境 景観 商工業 農業 観光 文化・芸術 スポーツ 市民参加 情報発信 行財政 人権・平和".split()


def fields():
    rows = []
    for index, field in enumerate(FIELDS):
        sat = 2.7 + ((index * 37) % 23) / 20
        imp = 3.1 + ((index * 53 + 7) % 29) / 20
        if field == "市民参加":
            sat, imp = 2.92, 2.98
        for year, shift in ((2022, -0.09), (2025, 0.0)):
            rows.append(
                row(
                    f"field_satisfaction.field.{field}.score",
                    f"{sat + shift:.2f}",
                    year=year,
                    unit="点",
                    city="mihon",
                )
            )
            rows.append(
                row(
                    f"field_importance.field.{field}.score",
                    f"{imp + shift / 2:.2f}",
                    year=year,
                    unit="点",
                    city="mihon",
                )
            )
    rows.append(row("field_satisfaction.total.total.score", "3.24", unit="点", city="mihon"))
    rows.append(row("field_importance.total.total.score", "3.81", unit="点", city="mihon"))
    return frame(rows)


def scores():
    rows = []
    shapes = {
        "recommend": [3, 2, 4, 6, 8, 16, 12, 18, 16, 7, 8],
        "participate": [12, 7, 9, 11, 9, 19, 10, 9, 7, 3, 4],
        "thank": [2, 1, 2, 3, 4, 9, 9, 15, 22, 14, 19],
    }
    for intent, shape in shapes.items():
        mean = sum(i * v for i, v in enumerate(shape)) / 100
        rows += [
            row(f"score_share.intent.{intent}.{score}", f"{share:.1f}", n=1187, city="mihon")
            for score, share in enumerate(shape)
        ]
        for name, part in (
            ("share_0_5", shape[:6]),
            ("share_6_7", shape[6:8]),
            ("share_8_10", shape[8:]),
        ):
            rows.append(
                row(f"{name}.total.total.{intent}", f"{sum(part):.1f}", n=1187, city="mihon")
            )
        rows.append(
            row(
                f"mean_score.intent.{intent}",
                f"{mean:.1f}",
                unit="点",
                low=mean - 0.15,
                high=mean + 0.15,
                n=1187,
                city="mihon",
            )
        )
    return frame(rows)


def years():
    rows = []
    for index, year in enumerate((2021, 2022, 2023, 2024, 2025)):
        for question, share in (
            ("attachment", 68.2 + 1.4 * index),
            ("residence_intention", 79.4 + 0.3 * index),
        ):
            rows.append(
                row(
                    f"{question}.total.total.positive",
                    f"{share:.1f}",
                    year=year,
                    low=share - 2.6,
                    high=share + 2.6,
                    n=1204,
                    city="mihon",
                )
            )
    return frame(rows)


def mgap_years():
    rows = []
    for index, year in enumerate((2022, 2023, 2024, 2025)):
        amounts = (-120.4 + 22 * index, -610.2 + 15 * index, 402.3 + 8 * index)
        for intent, amount in zip(("recommend", "participate", "thank"), amounts):
            rows.append(
                row(
                    f"intent_amount.total.total.{intent}",
                    f"{amount:.1f}".replace("-", "−"),
                    year=year,
                    unit="万人・ポイント",
                    city="mihon",
                )
            )
        total = sum(amounts)
        rows.append(
            row(
                "mgap.total.total.total",
                f"{total:.1f}".replace("-", "−"),
                year=year,
                unit="万人・ポイント",
                low=total - 82,
                high=total + 82,
                city="mihon",
            )
        )
        if index:
            rows.append(
                row(
                    "mgap_change.total.total.attitude",
                    "46.3",
                    year=year,
                    unit="万人・ポイント",
                    city="mihon",
                )
            )
            rows.append(
                row(
                    "mgap_change.total.total.people",
                    "−1.3",
                    year=year,
                    unit="万人・ポイント",
                    city="mihon",
                )
            )
    return frame(rows)


def questions():
    rows = []
    for q, question in enumerate(("attachment", "residence_intention", "housing_satisfaction")):
        for g, group in enumerate(
            (
                "total.total",
                "age_group.18-19",
                "age_group.20-29",
                "age_group.30-39",
                "age_group.40-49",
                "age_group.50-59",
                "age_group.60-69",
                "age_group.70+",
                "sex.female",
                "sex.male",
            )
        ):
            share = 60 + 5 * q + 2.3 * g - (g > 7) * 8
            flag = {"age_group.18-19": "suppressed"}.get(group, "") if q == 2 else ""
            rows.append(
                row(
                    f"{question}.{group}.positive",
                    "" if flag else f"{share:.1f}",
                    n=24 if group.endswith("18-19") else 150,
                    flag=flag,
                    city="mihon",
                )
            )
    return frame(rows)


def ages():
    rows = []
    sample = {
        "18-19": (0.8, 1.1),
        "20-29": (3.1, 4.6),
        "30-39": (5.2, 7.4),
        "40-49": (7.9, 9.8),
        "50-59": (8.8, 10.3),
        "60-69": (8.1, 9.4),
        "70+": (11.2, 12.3),
    }
    register = {
        "18-19": (1.2, 1.1),
        "20-29": (6.5, 6.4),
        "30-39": (7.2, 7.1),
        "40-49": (8.8, 8.7),
        "50-59": (9.0, 8.9),
        "60-69": (7.0, 7.2),
        "70+": (8.9, 12.0),
    }
    for indicator, shares in (("sample_age", sample), ("register_age", register)):
        for group, pair in shares.items():
            for sex, share in zip(("male", "female"), pair):
                rows.append(
                    row(
                        f"{indicator}.age_group.{group}.{sex}",
                        f"{share:.1f}",
                        n=1204 if indicator == "sample_age" else None,
                        city="mihon",
                    )
                )
    return frame(rows)
