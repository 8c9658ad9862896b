"""The statistics of 見本市 and its neighbours, none of which exists."""

from pathlib import Path
from random import Random

from mihon.files import Row, write_csv, write_workbook
from mihon.questionnaire import ADULTS, AGES, DISTRICT_SHARES, DISTRICTS, POPULATION

FIRST_YEAR = 2012
PEERS = (
    "青葉市",
    "朝霧市",
    "泉野市",
    "梅里市",
    "大沢台市",
    "柏原台市",
    "霞野市",
    "桐生台市",
    "草笛市",
    "欅野市",
    "小春市",
    "桜川台市",
    "汐見野市",
    "白樺市",
    "杉野原市",
    "鈴掛市",
    "高嶺野市",
    "月見野市",
    "椿野市",
    "常磐野市",
    "虹ヶ原市",
    "花水木市",
    "日向野市",
    "緑野市",
    "若葉野市",
)  # no such cities exist
PARTNERS = (
    ("都心区", 9_840, 420),
    ("港東区", 6_310, 260),
    ("若葉野市", 3_120, 2_480),
    ("緑野市", 2_960, 2_710),
    ("桜川台市", 2_240, 1_930),
    ("副都心区", 5_470, 380),
    ("小春市", 1_650, 1_820),
    ("日向野市", 1_310, 1_460),
    ("白樺市", 980, 1_120),
    ("朝霧市", 760, 1_090),
    ("その他", 6_450, 4_330),
)


def make_register(folder: Path, year: int) -> None:
    """Adults by district, five-year class of age and sex on 1 October."""
    rows: list[Row] = [["地区", "年齢", "性別", "人数"]]
    for district, share in DISTRICT_SHARES.items():
        for low, high in AGES:
            old = max(0, low - 60) / 200
            for sex, part in (("男性", 0.495 - old), ("女性", 0.505 + old)):
                adults = POPULATION[year] * ADULTS * share * AGES[low, high]
                words = "80歳以上" if low == 80 else f"{low}〜{high}歳"
                rows.append([DISTRICTS[district], words, sex, round(adults * part)])
    write_csv(folder / f"住民基本台帳_18歳以上_R{year - 2018}.csv", rows)


def movement(last: int) -> list[dict[str, int]]:
    """Moves, births and deaths by calendar year, with a population that follows from them."""
    random = Random("mihon movement")
    population, out = 104_350, []
    for year in range(FIRST_YEAR, last + 1):
        dip = 0.92 if year in (2020, 2021) else 1.0
        row = {
            "year": year,
            "moved_in": round((5_280 + random.randint(-120, 120)) * dip),
            "moved_out": round((4_960 + random.randint(-120, 120)) * dip),
            "births": 812 - 17 * (year - FIRST_YEAR) + random.randint(-12, 12),
            "deaths": 905 + 24 * (year - FIRST_YEAR) + random.randint(-18, 18),
            "other_in": random.randint(60, 90),
            "other_out": random.randint(80, 120),
        }
        row["social"] = row["moved_in"] - row["moved_out"] + row["other_in"] - row["other_out"]
        row["natural"] = row["births"] - row["deaths"]
        population += row["social"] + row["natural"]
        out.append({**row, "population": population})
    return out


def make_movement(folder: Path, year: int) -> None:
    """Moves, births and deaths over eight years, and the population at each year's start."""
    heading: Row = [
        "年",
        "転入者数",
        "転出者数",
        "出生者数",
        "死亡者数",
        "その他の増",
        "その他の減",
    ]
    rows: list[Row] = [[*heading, "社会増減", "自然増減", "人口増減", "翌年1月1日の人口"]]
    people: list[Row] = [["年", "基準日", "人口", "種類"]]
    for row in movement(year - 1)[-8:]:
        values: Row = list(row.values())
        change = row["social"] + row["natural"]
        rows.append([*values[:9], change, row["population"]])
        following = row["year"] + 1
        people.append([following, f"{following}-01-01", row["population"], "住民基本台帳(総計)"])
    write_csv(folder / "movement_register.csv", rows)
    write_csv(folder / "population.csv", people)


def make_daytime(folder: Path) -> None:
    """Residents, outflow, inflow and daytime population of the city and 25 peers."""
    random = Random("mihon daytime")
    rows: list[Row] = [["年", "市", "常住人口", "流出人口", "流入人口", "昼間人口", "昼間人口指数"]]
    flows = (sum(o for _, o, _ in PARTNERS), sum(i for _, _, i in PARTNERS))
    cities = [("見本市", 103_950, *flows)]
    for name in PEERS:
        residents = random.randint(55_000, 420_000)
        outflow = round(residents * random.uniform(0.25, 0.44))
        cities.append((name, residents, outflow, round(outflow * random.uniform(0.35, 1.15))))
    for name, residents, outflow, inflow in cities:
        day = residents - outflow + inflow
        index = f"{day / residents * 100:.1f}"
        rows.append([2020, name, residents, outflow, inflow, day, index])
    write_csv(folder / "daytime_population.csv", rows)


def make_areas(folder: Path) -> None:
    """Ages of the city, its prefecture and the nation; births, deaths, moves of 20 cities."""
    random = Random("mihon areas")
    ages: list[Row] = [["年", "地域", "15歳未満", "15〜64歳", "65歳以上"]]
    for area, people in (("見本市", 103_950), ("県", 5_210_000), ("全国", 126_100_000)):
        young = round(people * random.uniform(0.11, 0.13))
        old = round(people * random.uniform(0.24, 0.30))
        ages.append([2020, area, young, people - young - old, old])
    write_csv(folder / "population_by_age.csv", ages)
    rates: list[Row] = [
        ["年", "市", "転入者数", "転出者数", "出生者数", "死亡者数", "人口（2020年）"]
    ]
    daytime = (folder / "daytime_population.csv").read_text(encoding="utf-8-sig").splitlines()[1:21]
    for line in daytime:
        name, residents = line.split(",")[1], int(line.split(",")[2])
        per_thousand = [(28, 55), (27, 52), (4.5, 9), (8, 14)]
        counts = [round(residents * random.uniform(*ends) / 1000) for ends in per_thousand]
        rates.append([2022, name, *counts, residents])
    write_csv(folder / "rates.csv", rates)


def make_commuters(folder: Path) -> None:
    """Commuters and students to and from the ten most frequent partners, and others."""
    rows: list[Row] = [["相手の市区町村", "流出（市外へ）", "流入（市内へ）"]]
    rows += [[partner, outflow, inflow] for partner, outflow, inflow in PARTNERS]
    write_csv(folder / "commuters.csv", rows)


def make_associations(folder: Path, year: int) -> None:
    """Households in neighbourhood associations over ten years, in a workbook with a title."""
    random = Random("mihon associations")
    rows: list[Row] = [
        ["自治会・町内会の加入状況（架空データ）"],
        ["年度", "世帯数", "加入世帯数", "加入率"],
    ]
    for past in range(2014, year + 1):
        households = 45_200 + 310 * (past - 2014) + random.randint(-40, 40)
        rate = 33.4 - 0.12 * (past - 2014) - 0.55 * max(0, past - 2021) + random.uniform(-0.2, 0.2)
        members = round(households * rate / 100)
        era = f"平成{past - 1988}年度" if past < 2019 else f"令和{past - 2018}年度"
        era = "令和元年度" if past == 2019 else era
        if past > year - 10:
            rows.append([era, households, members, f"{members / households * 100:.1f}"])
    write_workbook(folder / "自治会加入状況.xlsx", {"加入率": (rows, ["A1:D1"])})
