"""The first edition of a municipality from the national statistics: complete, it runs at once.

The numbers are written out as raw files, with their source and definition in ``edition.yml``:
the analyst sees, checks and replaces them like any other table, and a later box changes nothing
in an edition that is there.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from helpers.edition import Edition, editions
from helpers.national import CENSUS, MOVEMENT, Municipality, named, peers, prefecture_of, rows
from helpers.places import Places, project_root
from helpers.problems import Message, Problems, Unfit
from helpers.reading.codes import RENUMBERED
from helpers.scaffold.writing import write_new
from helpers.spreadsheet import guarded
from helpers.years import era_year

KNOWN_EDITION = Message(
    "年度版 {id} はもうあります",
    remedy="次の年度版なら citypromo new-year {city} 年度",
    en="the edition {id} is there already. → its next one: citypromo new-year {city} YEAR",
)
NO_PEER = Message("{why}", en="{why}")

_MOVEMENT_COLUMNS = {
    "moved_in": "転入者数（日本人移動者）",
    "moved_out": "転出者数（日本人移動者）",
    "births": "出生数",
    "deaths": "死亡数",
}
_DAYTIME_COLUMNS = {
    "residents": ("population", "常住人口"),
    "outflow": ("outflow", "流出人口"),
    "inflow": ("inflow", "流入人口"),
    "daytime_population": ("daytime_population", "昼間人口"),
    "daytime_population_index": ("daytime_index", "昼夜間人口比率"),
}


def edition_from_box(
    one: Municipality, year: int, compared: Sequence[str] = ()
) -> tuple[Edition, list[str]]:
    """Write the edition of a municipality, with everything the box has of it.

    Args:
        one: the municipality.
        year: the fiscal year of the edition.
        compared: whom to compare it with, by name or code; else its prefecture's own kind.

    Returns:
        The edition, and the files written. What the box lacks of it is named in ``left_out``.

    Raises:
        InputError: the edition is there already, or a name to compare with is not known.
    """
    problems = Problems()
    if (one.id, year) in editions():
        problems.note(KNOWN_EDITION.at("ID", id=f"{one.id} {year}", city=one.id))
    others, area, area_en = _compared(one, compared, problems)
    problems.stop_if_any()
    made = _write(one, year, others, (area, area_en))
    return Edition.open(one.id, year), made


def lay_out(every: Sequence[Municipality], year: int) -> list[tuple[str, int]]:
    """Write the editions of many municipalities that are not there yet.

    Returns:
        City and fiscal year of each, those that were there too.
    """
    there = set(editions())
    for one in every:
        if (one.id, year) not in there:
            others, area, area_en = peers(one)
            _write(one, year, others, (area, area_en))
    return [(one.id, year) for one in every]


def _write(
    one: Municipality, year: int, others: Sequence[Municipality], area: tuple[str, str]
) -> list[str]:
    """Write what the box has of a municipality; the names of the files."""
    files = {
        "movement_japanese.csv": _movement(one),
        "daytime_population.csv": _daytime(others) if one.population else None,
        "population.csv": _population(one),
        "population_by_age.csv": _ages(one) if one.population else None,
        "rates.csv": _rates(others) if one.population and one.is_municipality else None,
    }
    folder = Places(project_root(), one.id, year).raw
    texts = {"edition.yml": _description(one, year, others, area, files)}
    texts |= {name: text for name, text in files.items() if text}
    return [name for name, text in texts.items() if write_new(folder / name, text)]


_AGES = ("under_15", "age_15_64", "age_65_over")


def this_fiscal_year() -> int:
    """The fiscal year of today, April to March."""
    today = date.today()
    return today.year - (today.month < 4)


def _compared(
    one: Municipality, names: Sequence[str], problems: Problems
) -> tuple[list[Municipality], str, str]:
    """The peers: those that were named with the city itself, or the prefecture's own kind."""
    if not names:
        return peers(one)
    found = {one.code: one}
    for name in names:
        try:
            other = named(name)
            found[other.code] = other
        except Unfit as error:
            problems.note(NO_PEER.at("--peers", why=error.said))
    count = len(found)
    return (
        [found[code] for code in sorted(found)],
        f"比べる{count}市区町村",
        f"the {count} municipalities compared",
    )


def _movement(one: Municipality) -> str | None:
    """Births, deaths and moves of all years that the box has, under its older code, too."""
    codes = {one.code, *(old for old, new in RENUMBERED.items() if new == one.code)}
    by_code = _movement_by_code()
    known = [row for code in codes for row in by_code.get(code, [])]
    known.sort(key=lambda row: row["year"])
    if not known:
        return None
    return _table(
        ["年", *_MOVEMENT_COLUMNS.values()],
        ([row["year"], *(row[name] or "…" for name in _MOVEMENT_COLUMNS)] for row in known),
    )


@cache
def _movement_by_code() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows(MOVEMENT):
        found.setdefault(row["code"], []).append(row)
    return found


def _daytime(others: Iterable[Municipality]) -> str:
    """Residents by day and by night of a municipality and of those it is compared with."""
    census = _census()
    return _table(
        ["年", "市区町村", *(heading for _, heading in _DAYTIME_COLUMNS.values())],
        (
            [
                "2020",
                other.name,
                *(census[other.code][name] or "…" for name, _ in _DAYTIME_COLUMNS.values()),
            ]
            for other in others
        ),
    )


def _population(one: Municipality) -> str | None:
    """Population of the last two censuses, on the borders of the last."""
    row = _census()[one.code]
    known = {
        "2015": row["population_2015_on_2020_borders"],
        "2020": row["population"],
    }
    lines = [[year, count, "国勢調査"] for year, count in known.items() if count]
    return _table(["年", "人口", "種類"], lines) if lines else None


def _areas(one: Municipality) -> dict[str, str]:
    """The code of each area that ages are compared with, by its id: itself, prefecture, nation."""
    return {one.id: one.code, "prefecture": f"{one.code[:2]}000", "nation": "00000"}


def _ages(one: Municipality) -> str:
    """Three age groups of a municipality, its prefecture and the nation."""
    census, headings = _census(), ["15歳未満", "15〜64歳", "65歳以上"]
    return _table(
        ["年", "地域", *headings],
        (
            ["2020", area, *(census[code][name] or "…" for name in _AGES)]
            for area, code in _areas(one).items()
        ),
    )


def _rates(others: Iterable[Municipality]) -> str:
    """Births, deaths and moves of the last year that has all of them, and the people counted."""
    census, known = _census(), _movement_by_code()
    year = max(row["year"] for row in rows(MOVEMENT) if row["births"] and row["moved_in"])
    lines = []
    for other in others:
        found = next((row for row in known.get(other.code, []) if row["year"] == year), {})
        counts = [found.get(name) or "…" for name in _MOVEMENT_COLUMNS]
        lines.append([year, other.name, *counts, census[other.code]["population"] or "…"])
    return _table(["年", "市区町村", *_MOVEMENT_COLUMNS.values(), "人口（2020年）"], lines)


@cache
def _census() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows(CENSUS)}


def _table(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A CSV that Excel opens with its characters whole."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in line] for line in lines)
    return "\ufeff" + out.getvalue()


def _description(
    one: Municipality,
    year: int,
    others: Sequence[Municipality],
    area: tuple[str, str],
    files: Mapping[str, str | None],
) -> str:
    """The edition's description: what each table is, and what the box has nothing of."""
    era = era_year(year)
    notebooks = ["12_clean_statistics", "22_indicators_population"]
    lines = [
        f"# {one.name} {era}版: 全国の統計（citypromo に付属）から作った年度版",
        f"city: {one.id}",
        f"fiscal_year: {year}",
        f"name: {{ja: {_text(one.name)}, en: {_text(one.short_en)}}}",
        f'code: "{one.code6}"',
        f"peers: {{ja: {_text(area[0])}, en: {_text(area[1])}}}",
        "report:",
        f"  ja: {_text(f'{one.name}の統計（{era}）')}",
        f"  en: {_text(f'{one.short_en} in statistics (FY{year})')}",
        "",
        "# 出典: 図の下に印刷される",
        "sources:",
        *_sources(one),
        "",
    ]
    if files["movement_japanese.csv"]:
        notebooks.append("33_figures_population")
    if files["daytime_population.csv"]:
        notebooks += ["34_figures_daytime", "34_figures_areas"]
    lines += ["notebooks:", *(f"  - {name}" for name in notebooks), ""]
    lines += ["# 統計の表の形: どの列が何か", "tables:"]
    if files["movement_japanese.csv"]:
        lines += [
            "  movement_japanese:",
            "    file: movement_japanese.csv",
            "    year: 年",
            "    definition: japanese_movers",
            "    source: ssdse",
            "    columns:",
            *(f"      {name}: {heading}" for name, heading in _MOVEMENT_COLUMNS.items()),
        ]
    if files["population.csv"]:
        lines += [
            "  population:",
            "    file: population.csv",
            "    year: 年",
            "    group: 種類",
            "    definition: by_date",
            "    source: census",
            "    columns:",
            "      population: 人口",
        ]
    if files["daytime_population.csv"]:
        lines += [
            "  daytime:",
            "    file: daytime_population.csv",
            "    year: 年",
            "    group: 市区町村",
            "    definition: imputed",
            "    source: census",
            "    columns:",
            *(f"      {name}: {heading}" for name, (_, heading) in _DAYTIME_COLUMNS.items()),
        ]
    if files["population_by_age.csv"]:
        lines += [
            "  composition_age:",
            "    file: population_by_age.csv",
            "    year: 年",
            "    group: 地域",
            "    definition: imputed",
            "    source: census",
            "    columns:",
            "      under_15: 15歳未満",
            "      age_15_64: 15〜64歳",
            "      age_65_over: 65歳以上",
        ]
    if files["rates.csv"]:
        lines += [
            "  rates:",
            "    file: rates.csv",
            "    year: 年",
            "    group: 市区町村",
            "    definition: japanese_movers",
            "    source: ssdse_rates",
            "    columns:",
            *(f"      {name}: {heading}" for name, heading in _MOVEMENT_COLUMNS.items()),
            "      population: 人口（2020年）",
        ]
    prefecture, prefecture_en = prefecture_of(one.code), prefecture_of(one.code, "en")
    lines += [
        "",
        "labels:",
        f"  prefecture: {{ja: {prefecture}, en: {prefecture_en}}}",
        "  nation: {ja: 全国, en: Japan}",
    ]
    lines += ["  国勢調査: {ja: 国勢調査, en: Census}"]
    lines += [
        f"  {other.id}: {{ja: {_text(other.name)}, en: {_text(other.short_en)}}}"
        for other in others
    ]
    if missing := [why for name, why in _MISSING.items() if not files[name]]:
        lines += ["", "# データがないために載せない図", "left_out:", *missing]
    return "\n".join([*lines, ""])


def _sources(one: Municipality) -> list[str]:
    """Where the numbers come from, with the editions and the gaps of the box as it is."""
    found = _movement_by_code().get(one.code, [])
    by_editions = sorted({row["edition_moves"] for row in found})
    lacking = [row["year"] for row in found if not row["births"] or not row["deaths"]]
    lines = []
    if found:
        first, last = by_editions[0], by_editions[-1]
        note = "転入・転出は日本人移動者のみ。"
        note += f"{'、'.join(lacking)}年の出生・死亡は未収録。" if lacking else ""
        lines += [
            "  ssdse:",
            "    ja: 厚生労働省「人口動態統計」、総務省統計局「住民基本台帳人口移動報告」"
            f"（日本人移動者）（統計センター「SSDSE（教育用標準データセット）A」{first}〜{last}年版から）",
            "    en: Vital Statistics (MHLW) and Report on Internal Migration (Japanese movers), "
            f"by way of SSDSE-A {first}–{last}",
            f"    note: {note}",
            "  ssdse_rates:",
            "    ja: 厚生労働省「人口動態統計」、総務省統計局「住民基本台帳人口移動報告」"
            "（SSDSE-A から）、「令和2年国勢調査」（不詳補完結果）",
            "    en: Vital Statistics (MHLW), Report on Internal Migration (by way of SSDSE-A), "
            "2020 Population Census",
            "    note: 転入・転出は日本人移動者のみ。人口は2020年10月1日の国勢調査。",
        ]
    return [
        *lines,
        "  census:",
        "    ja: 総務省統計局「令和2年国勢調査」（不詳補完結果）",
        "    en: Statistics Bureau of Japan, 2020 Population Census, results with imputation",
    ]


_MISSING = {
    "movement_japanese.csv": "  ③人口変動: 付属の統計（SSDSE-A）に、この地域の数値がない",
    "daytime_population.csv": "  ④昼間人口: 令和2年国勢調査に、この地域の常住人口がない",
}


def _text(name: str) -> str:
    """A name as YAML reads it back, whatever characters it has."""
    return json.dumps(name, ensure_ascii=False)
