"""The tables that the document of 見本市 prints: brand ranks and targets."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from helpers.rounding import printed, share_half_up
from mihon.files import Row, write_csv
from mihon.people import Person
from mihon.questionnaire import YEARS

PAGES = "7"
BRAND: dict[str, dict[int, tuple[str, int]]] = {
    "魅力度": {2022: ("5.9", 612), 2023: ("6.2", 588), 2024: ("6.0", 601), 2025: ("6.9", 547)},
    "認知度": {2022: ("24.1", 431), 2023: ("23.8", 440), 2024: ("24.6", 425), 2025: ("25.3", 409)},
    "情報接触度": {
        2022: ("13.9", 470),
        2023: ("14.4", 452),
        2024: ("14.1", 466),
        2025: ("15.8", 417),
    },
    "観光意欲度": {
        2022: ("16.0", 650),
        2023: ("15.7", 668),
        2024: ("16.3", 641),
        2025: ("14.9", 702),
    },
    "居留意欲度": {2022: ("5.8", 371), 2023: ("6.1", 355), 2024: ("6.4", 340), 2025: ("7.6", 221)},
}
PEER_RANK = {2021: 21, 2022: 20, 2023: 19, 2024: 20, 2025: 17}
PAGE_VIEWS = {2021: "412", 2023: "355", 2024: "371", 2025: "396"}
FOLLOWERS = {2021: "8,214", 2023: "14,960", 2024: "19,305", 2025: "24,871"}
# What the policy of each year printed of its mGAP: 0–5, 8–10, difference, amount; population; sum.
MGAP = {
    2023: (
        ("40%", "27%", "−13", "−135.2"),
        ("63%", "14%", "−48", "−499.2"),
        ("13%", "59%", "46", "478.4"),
        ("10.4万人", "−156.0"),
    ),
    2024: (
        ("40%", "26%", "−14", "−145.6"),
        ("61%", "16%", "−45", "−468.0"),
        ("13%", "60%", "46", "478.4"),
        ("10.4万人", "−135.2"),
    ),
}
PACE = {2023: "順調", 2024: "やや遅れ", 2025: "順調"}


def make_printed_tables(folder: Path, year: int, answers: Mapping[int, Sequence[Person]]) -> None:
    """Write ``printed_tables.csv``; the survey's shares are those of the files made beside it."""
    rows: list[Row] = [["page", "table", "row", "column", "text"]]
    for item, results in BRAND.items():
        for past in (year, year - 1):
            points, rank = results[past]
            rows.append([PAGES, "地域ブランド調査（架空）", item, f"{past}年調査 点", points])
            rows.append(
                [PAGES, "地域ブランド調査（架空）", item, f"{past}年調査 順位", f"{rank}位"]
            )
    for past in range(year - 2, year + 1):
        text = f"{PEER_RANK[past]}位"
        rows.append([PAGES, "26市の魅力度順位（架空）", f"{past}年", "順位", text])
    rows += _targets(year, answers)
    known = [past for past in YEARS if past <= year]
    rows += [["12", "評価の経過", "進捗評価", f"令和{p - 2018}年度", PACE[p]] for p in known]
    if year - 1 in MGAP:
        rows += _last_policy(year - 1, answers[year - 1])
    write_csv(folder / "printed_tables.csv", rows)


def _last_policy(year: int, people: Sequence[Person]) -> list[Row]:
    """What the policy of the year before printed of its survey: shares and the mGAP table."""
    name = "愛着と居住継続意向（前年度の方針）"
    rows: list[Row] = []
    for words, question in (("愛着", "attachment"), ("居住継続意向", "residence_intention")):
        given = [a for p in people if (a := p.answers[question]) is not None]
        for label, codes in ((f"{words}あり", (1, 2)), (f"{words}なし", (3, 4))):
            tenths = int(share_half_up(sum(a in codes for a in given), len(given), 1))
            rows.append(["4", name, label, "全体", f"{printed(tenths / 10, 1)}%"])
    *questions, (population, total) = MGAP[year]
    columns = ("0-5点割合", "8-10点割合", "差分", "意欲量")
    name = "mGAP調査結果（前年度の方針）"
    for words, texts in zip(("推奨意欲量", "参加意欲量", "感謝意欲量"), questions, strict=True):
        rows += [["9", name, words, c, t] for c, t in zip(columns, texts, strict=True)]
    rows += [["9", name, "全体", "定住人口", population], ["9", name, "全体", "mGAP", total]]
    return rows


def _targets(year: int, answers: Mapping[int, Sequence[Person]]) -> list[Row]:
    """Baseline, actual values up to this year, and the target."""
    page_views, followers = "市ホームページ閲覧数", "市が運用するSNSの登録者数"
    information = "必要な市政情報を手軽に入手できる環境が整っていると思う市民の割合"
    known = [past for past in YEARS if past <= year]
    rows: list[tuple[str, str, str]] = [
        (page_views, "現状値（R3）", f"{PAGE_VIEWS[2021]}万件"),
        *((page_views, f"R{p - 2018}実績値", f"{PAGE_VIEWS[p]}万件") for p in known),
        (page_views, "R9目標値", "450万件"),
        (followers, "現状値（R3）", f"{FOLLOWERS[2021]}人"),
        *((followers, f"R{p - 2018}実績値", f"{FOLLOWERS[p]}人") for p in known),
        (followers, "R9目標値", "20,000人"),
        (information, "現状値（R4）", "44.1%"),
        *((information, f"R{p - 2018}実績値", f"{_easy(answers[p])}%") for p in known),
        (information, "R9目標値", "50.0%"),
    ]
    return [["12", "成果指標", *row] for row in rows]


def _easy(people: Sequence[Person]) -> str:
    """The share that the city prints: unweighted, among those who answered."""
    given = [a for p in people if (a := p.answers["information_access"]) is not None]
    tenths = share_half_up(sum(a in (1, 2) for a in given), len(given), 1)
    return printed(int(tenths) / 10, 1)
