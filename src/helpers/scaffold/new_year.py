"""Another edition of a city, made from its nearest one; what is there is never overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.audit.claim import FILE as CLAIMS
from helpers.edition import Edition, editions, read_year
from helpers.places import Places, project_root
from helpers.problems import InputError, Message, Said, Unfit, listed, near
from helpers.reading.described import described
from helpers.reading.files import read_cells
from helpers.reading.printed import FILE as PRINTED
from helpers.scaffold.claims_template import claims_template
from helpers.scaffold.codebook_forward import codebook_forward
from helpers.scaffold.edition_forward import edition_forward
from helpers.scaffold.file_list import LIST, file_list, printed_template
from helpers.scaffold.needed import Needed, missing_files, needed, open_ends
from helpers.scaffold.plan_forward import plan_forward
from helpers.scaffold.writing import write_new
from helpers.scaffold.year_text import move_year

NO_YEAR = Message("{why}", en="{why}")
COMPLETE = Message(
    "この年度版はもうあり、そろっています。何も書きませんでした",
    remedy="元データを確かめるには citypromo check {edition}",
    en="this edition is there and complete; nothing was written. → citypromo check {edition}",
)
NO_CITY = Message(
    "「{city}」という市はありません",
    remedy="{near}。新しい市なら citypromo new-city {city}",
    en="no city “{city}”. → {near}; for a new one: citypromo new-city {city}",
)


@dataclass(frozen=True)
class NewYear:
    """What was made, and what is still missing.

    Attributes:
        edition: the new edition.
        earlier: the edition it was made from; None if nothing was made now.
        made: the files written, with what each of them is.
        missing: raw files to obtain.
        waiting: lines to look at and numbers to type.
    """

    edition: Edition
    earlier: Edition | None
    made: Mapping[str, Said]
    missing: list[Needed]
    waiting: list[Said]


def new_year(city: str, fiscal_year: str | int) -> NewYear:
    """Make the next edition, or say what the one begun still lacks.

    Raises:
        InputError: the city has no earlier edition, the year is none, or the edition is
            complete: then nothing is written.
    """
    try:
        year = read_year(fiscal_year)
    except Unfit as error:
        raise InputError(NO_YEAR.at("fiscal_year", why=error.said)) from None
    folder = Places(project_root(), city, year).raw
    begun = (folder / "edition.yml").exists()
    earlier = None if begun else _earlier(city, year)
    made = _make(earlier, year, folder) if earlier else {}
    edition = Edition.open(city, year)
    missing, waiting = missing_files(edition), open_ends(folder)
    waiting += _other_questions(edition)
    if begun and not missing and not open_ends(folder):
        raise InputError(COMPLETE.at(str(folder), edition=edition.id))
    return NewYear(edition, earlier, made, missing, waiting)


def _other_questions(edition: Edition) -> list[Said]:
    """The questions that this edition has and the one before it has not, and the other way."""
    years = [year for city, year in editions() if city == edition.city]
    before = [year for year in years if year < edition.fiscal_year]
    if not before:
        return []
    try:
        now, then = described(edition), described(Edition.open(edition.city, max(before)))
    except InputError:  # ``citypromo check`` says what is wrong
        return []
    found = []
    for one, other, ja, en in (
        (now, then, "前の年度版にない設問", "questions that are new"),
        (then, now, "この年度版にない設問", "questions that are gone"),
    ):
        names = [q.ja for name, q in one.questions.items() if name not in other.questions]
        if names:
            told = listed(names)
            found.append(Said(f"{ja}: {told.ja}", f"{en}: {told.en}"))
    return found


def _earlier(city: str, year: int) -> Edition:
    """The newest edition before a year."""
    known = editions()
    years = [y for name, y in known if name == city]
    before = [y for y in years if y < year]
    if years:  # the nearest before it; of a year before all, the first after it
        return Edition.open(city, max(before) if before else min(years))
    close = near(city, sorted({name for name, _ in known}))
    raise InputError(NO_CITY.at("city", city=city, near=close))


def _make(earlier: Edition, year: int, folder: Path) -> dict[str, Said]:
    """Write what is not there yet: configuration, codebook, files to type into, list of files."""
    old, before = earlier.fiscal_year, earlier.places.raw
    forward = edition_forward(before / "edition.yml", old, year)
    what = Said(
        f"年度版の設定。{forward.edits} か所を {year} 年度に進めるか、印を付けた",
        f"the configuration; {forward.edits} places moved to {year} or marked",
    )
    texts: dict[str, tuple[str | bytes, Said]] = {"edition.yml": (forward.text, what)}
    if (before / "codebook.yml").exists():
        codes = codebook_forward(before / "codebook.yml", old, year)
        what = Said(
            f"コードブック。{codes.edits} か所に {year} 年度の分を足した",
            f"the codebook; {codes.edits} lines for {year} added",
        )
        texts["codebook.yml"] = (codes.text, what)
    if earlier.printed_tables and (before / PRINTED).exists():
        template = printed_template(read_cells(before / PRINTED).values, forward)
        what = Said("印刷された表を写すところ。数値は空いている", "to type the printed tables into")
        texts[PRINTED] = (template, what)
    if (before / CLAIMS).exists():
        what = Said(
            "新しい本文の、数値を述べた文を書くところ。空いている",
            "for the sentences of the new text that state a number; empty",
        )
        texts[CLAIMS] = (claims_template(earlier.places.edition), what)
    if earlier.plan and (table := plan_forward(earlier, year)):
        what = Said(
            "計画の表。目標は前年度のまま、新しい年度の実績の列が空いている",
            "the plan's table: targets as they were, an empty column for the new actuals",
        )
        texts[move_year(earlier.plan.file, old, year)] = (table, what)
    # All is read before the first file is written: what cannot be read leaves no half edition.
    made = {name: what for name, (text, what) in texts.items() if write_new(folder / name, text)}
    edition = Edition.open(earlier.city, year)
    if write_new(folder / LIST, file_list(edition, needed(edition))):
        made[LIST] = Said("もらうファイルと、その出典の一覧", "the files to obtain, and from whom")
    return made
