"""Which editions a batch is to run: cities, years, a list, or all that have raw files."""

import re
from collections.abc import Sequence
from pathlib import Path

from helpers.batch.outcome import EditionId
from helpers.edition import editions
from helpers.national import Municipality, municipalities
from helpers.problems import InputError, Message, Problems, Unfit, near
from helpers.scaffold.national_edition import lay_out, this_fiscal_year
from helpers.years import parse_year

NO_CITY = Message(
    "「{city}」という市はありません", remedy="{near}", en="no city “{city}”. → {near}"
)
NO_YEAR = Message(
    "「{text}」は読めません",
    "2023-2025、2023,2025、R5-R7 のどれかの書き方",
    en="“{text}” is no year. → write 2023-2025, 2023,2025 or R5-R7",
)
NO_LINE = Message(
    "「{text}」は読めません",
    "「市のID 年度」（例: mihon 2025）",
    en="cannot read “{text}”. → a line is a city and a year, mihon 2025",
)
NO_EDITION = Message(
    "{city} {year} の元データがありません",
    remedy="data/raw/{city}/{year}/edition.yml を作るか、この行を消してください",
    en="no raw files of {city} {year}. → make data/raw/{city}/{year}/edition.yml or take it out",
)
NO_FILE = Message(
    "一覧のファイルを読めません（{why}）",
    "1行に「市のID 年度」を書いた UTF-8 のテキスト",
    en="cannot read the list ({why}). → a UTF-8 text, a city and a year on each line",
)
NOTHING = Message(
    "選んだ市と年度に、元データのある年度版がありません",
    remedy="citypromo list で一覧を見て、選び直してください",
    en="there is no such edition. → citypromo list shows what there is",
)

NO_PREFECTURE = Message("{why}", en="{why}")
ONE_YEAR = Message(
    "「{text}」は1つの年度ではありません",
    "全国の統計の報告書は1つの年度で作ります（例: R8）",
    en="“{text}” is not one fiscal year. → reports from the box are made for one (R8)",
)


def selected(
    cities: str = "",
    years: str = "",
    listed: Path | None = None,
    known: Sequence[EditionId] | None = None,
) -> list[EditionId]:
    """Editions that have raw files, and are of these cities and years, or on the list.

    Args:
        cities: ids with commas between; all if empty.
        years: ``2023-2025``, ``2023,2025``, ``R5-R7``; all if empty.
        listed: a file with a city and a year on each line; cities and years narrow it down.
        known: the editions that have raw files; those of this project by default.

    Raises:
        InputError: everything that cannot be read or does not exist, or nothing is left.
    """
    known = editions() if known is None else known
    problems = Problems()
    wanted = _listed(listed, known, problems) if listed else known
    names = [name.strip() for name in cities.split(",") if name.strip()]
    there = sorted({city for city, _ in known})
    for name in names:
        if name not in there:
            problems.note(NO_CITY.at("--cities", city=name, near=near(name, there)))
    spans = _spans(years, problems)
    problems.stop_if_any()
    found = [
        (city, year)
        for city, year in wanted
        if (not names or city in names) and (not spans or any(year in span for span in spans))
    ]
    if not found:
        raise InputError(NOTHING.at("citypromo batch"))
    return sorted(set(found))


def from_box(prefectures: str, years: str) -> list[EditionId]:
    """Editions of all municipalities, or of some prefectures; made where they are missing.

    Args:
        prefectures: names with commas between; all if empty.
        years: one fiscal year; this one if empty.

    Raises:
        InputError: a name that is no prefecture, or not one year.
    """
    problems = Problems()
    names = [name.strip() for name in re.split("[、,]", prefectures) if name.strip()]
    found: list[Municipality] = []
    for name in names or [""]:
        try:
            found += municipalities(name)
        except Unfit as error:
            problems.note(NO_PREFECTURE.at("--prefecture", why=error.said))
    year = this_fiscal_year()
    if years:
        spans = _spans(years, problems)
        if sum(map(len, spans)) != 1:
            problems.note(ONE_YEAR.at("--years", text=years))
        else:
            year = spans[0][0]
    problems.stop_if_any()
    return lay_out(list(dict.fromkeys(found)), year)


def _spans(text: str, problems: Problems) -> list[range]:
    """The years of ``2023-2025,R3``."""
    spans = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        ends = part.replace("〜", "-").replace("–", "-").split("-")
        try:
            first, last = parse_year(ends[0]), parse_year(ends[-1])
        except ValueError:
            first, last = 1, 0
        if len(ends) > 2 or first > last:
            problems.note(NO_YEAR.at("--years", text=part))
        spans.append(range(first, last + 1))
    return spans


def _listed(path: Path, known: Sequence[EditionId], problems: Problems) -> list[EditionId]:
    """The editions of a list file; blank lines and what follows ``#`` do not count."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(NO_FILE.at(str(path), why="UTF-8 ではない / not UTF-8")) from None
    except OSError as error:
        raise InputError(NO_FILE.at(str(path), why=error.strerror)) from None
    there, found = set(known), []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition("#")[0].replace(",", " ").split()
        if not words:
            continue
        place = f"{path}:{number}"
        try:
            city, year = words[0], parse_year(" ".join(words[1:]))
        except ValueError:
            problems.note(NO_LINE.at(place, text=line.strip()))
            continue
        if (city, year) in there:
            found.append((city, year))
        else:
            problems.note(NO_EDITION.at(place, city=city, year=year))
    return found
