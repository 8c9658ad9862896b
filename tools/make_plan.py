"""Make the table of the fictional city 青空市's plan: 37 施策, 120 measures, one row each.

    python tools/make_plan.py

Every number is drawn by a seeded generator: nothing of it is of a real city.
"""

import random
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

ROOT = Path(__file__).parents[1]
OUT = ROOT / "data" / "raw" / "aozora" / "2024" / "指標一覧_R6.xlsx"
FIELDS = {
    "子育て・教育": [
        "妊娠・出産の支援",
        "保育の充実",
        "学校教育",
        "青少年の育成",
        "生涯学習",
        "図書館",
    ],
    "健康・福祉": ["健康づくり", "地域医療", "高齢者福祉", "障害者福祉", "地域福祉", "生活の支援"],
    "安全・安心": ["防災", "消防・救急", "防犯", "交通安全", "消費生活", "危機管理"],
    "環境・都市": ["緑と公園", "ごみの減量", "脱炭素", "道路", "公共交通", "住まい", "上下水道"],
    "産業・にぎわい": ["農業", "商業", "工業", "観光", "雇用", "創業の支援"],
    "市民・行政": ["市民協働", "人権と男女共同参画", "多文化共生", "広報", "情報化", "財政"],
}
COUNTS = [("事業の参加者数", "人", 800), ("相談件数", "件", 300), ("登録団体数", "団体", 40),
          ("講座の開催回数（累計）", "回", 60), ("拠点数", "か所", 12)]  # fmt: skip
HEADS = ["施策番号", "施策名", "分野", "担当課", "指標番号", "指標名", "単位", "把握方法", "方向",
         "現状値（R3）", "R4実績値", "R5実績値", "R6実績値",
         "R5目標値", "R6目標値", "R7目標値", "R8目標値", "R9目標値",
         "事業費（千円）", "うち一般財源（千円）", "判断理由"]  # fmt: skip
WIDTHS = (9, 18, 16, 14, 9, 34, 7, 14, 7, 11, 11, 11, 11, 11, 11, 11, 11, 11, 12, 12, 60)


def measures(dice: random.Random, policy: str, count: int) -> list[list[object]]:
    """The rows of one 施策, from 指標番号 to R9目標値."""
    rows: list[list[object]] = []
    kinds = dice.sample(COUNTS, count - 2)
    for name, unit, size in kinds:
        start = round(size * dice.uniform(0.6, 1.5))
        goal = round(start * dice.uniform(1.15, 1.6)) + 1
        way = (goal - start) / 6
        now = start
        actuals = []
        for _ in range(3):
            step = dice.choice((-0.6, 0.1, 0.4, 0.9, 1.1, 1.4)) * way
            now = max(now, round(now + step)) if "累計" in name else max(1, round(now + step))
            actuals.append(now)
        rows.append([f"{policy}の{name}", unit, "業務統計", "", start, *actuals,
                     *(round(start + step * way) for step in (2, 3, 4, 5)), goal])  # fmt: skip
    share = round(dice.uniform(35, 70), 1)
    ways = [round(share + dice.uniform(-6, 7), 1) for _ in range(3)]
    only_direction = dice.random() < 0.3
    rows.append([f"{policy}に満足している市民の割合", "％", "市民意識調査", "", share, *ways,
                 *("" if only_direction else round(share + step, 1) for step in (2, 3, 4, 5)),
                 "↗" if only_direction else round(share + 6, 1)])  # fmt: skip
    open_cases = round(dice.uniform(40, 160))
    ways = [round(open_cases * dice.uniform(0.75, 1.1)) for _ in range(3)]
    last: object = "－" if dice.random() < 0.12 else ways[2]
    rows.append([f"{policy}に関する苦情・事故の件数", "件", "業務統計", "減少", open_cases,
                 *ways[:2],
                 last, *(round(open_cases * (1 - 0.05 * step)) for step in (2, 3, 4, 5)),
                 round(open_cases * 0.7)])  # fmt: skip
    return rows


def reason(rows: list[list[object]]) -> str:
    """What the sheet says of the 施策: the first measure against last year, as it is."""
    name, unit, before, now = rows[0][0], rows[0][1], rows[0][6], rows[0][7]
    word = "増加" if int(str(now)) > int(str(before)) else "減少"
    if now == before:
        return f"{name}は{now}{unit}で、前年度と同じです。"
    by = abs(int(str(now)) - int(str(before)))
    return f"{name}は{now}{unit}で、前年度より{by}{unit}{word}しました。"


def table() -> list[list[object]]:
    """The heading and a row a measure; what is of the 施策 stands in its first row alone."""
    dice = random.Random(2024)
    rows: list[list[object]] = [[*HEADS]]
    number = 0
    for chapter, (field, policies) in enumerate(FIELDS.items(), 1):
        for place, policy in enumerate(policies, 1):
            number += 1
            own = measures(dice, policy, 4 if number % 4 == 1 and number < 36 else 3)
            cost = dice.randrange(2_000, 90_000, 100)
            for at, row in enumerate(own, 1):
                first = at == 1
                head = [f"{chapter}-{place}", policy, field, f"{policy}担当課"]
                rows.append([
                    *(head if first else [""] * 4), f"{chapter}-{place}-{at}", *row,
                    *([cost, cost * dice.randrange(3, 10) // 10, reason(own)] if first
                      else [""] * 3),
                ])  # fmt: skip
    return rows


def main() -> None:
    """Write the workbook as a city would keep it: a title, a heading, a row a measure."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "成果指標"
    sheet.append(["青空市総合計画 成果指標一覧（令和6年度）【架空データ】"])
    for row in table():
        sheet.append([None if cell == "" else cell for cell in row])
    for letter, width in zip("ABCDEFGHIJKLMNOPQRSTU", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for cell in sheet[2]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
    for cells in sheet.iter_rows(min_row=3, min_col=10, max_col=18):
        for cell in cells:
            if isinstance(cell.value, float):
                cell.number_format = "0.0"
    sheet.freeze_panes = "G3"
    OUT.parent.mkdir(parents=True, exist_ok=True)
    book.save(OUT)


if __name__ == "__main__":
    main()
