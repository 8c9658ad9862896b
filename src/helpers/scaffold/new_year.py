"""The next edition of a city, made from its last one; what is there is never overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.edition import Edition, editions
from helpers.places import Places, project_root
from helpers.problems import InputError, Problem, nearest
from helpers.reading.files import read_cells
from helpers.reading.printed import FILE as PRINTED
from helpers.scaffold.codebook_forward import codebook_forward
from helpers.scaffold.edition_forward import edition_forward
from helpers.scaffold.file_list import LIST, file_list, printed_template
from helpers.scaffold.needed import Needed, missing_files, needed, open_ends
from helpers.scaffold.writing import write_new
from helpers.years import parse_year


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
    made: Mapping[str, str]
    missing: list[Needed]
    waiting: list[str]


def new_year(city: str, fiscal_year: str | int) -> NewYear:
    """Make the next edition, or say what the one begun still lacks.

    Raises:
        InputError: the city has no earlier edition, the year is none, or the edition is
            complete: then nothing is written.
    """
    try:
        year = parse_year(fiscal_year)
    except ValueError as error:
        raise InputError(Problem("fiscal_year", str(error))) from None
    folder = Places(project_root(), city, year).raw
    begun = (folder / "edition.yml").exists()
    earlier = None if begun else _earlier(city, year)
    made = _make(earlier, year, folder) if earlier else {}
    edition = Edition.open(city, year)
    missing, waiting = missing_files(edition), open_ends(folder)
    if begun and not missing and not waiting:
        found = "この年度版はもうあり、そろっています。何も書きませんでした"
        remedy = f"元データを確かめるには citypromo check {edition.id}"
        raise InputError(Problem(str(folder), found, remedy=remedy))
    return NewYear(edition, earlier, made, missing, waiting)


def _earlier(city: str, year: int) -> Edition:
    """The newest edition before a year."""
    known = editions()
    years = [y for name, y in known if name == city]
    before = [y for y in years if y < year]
    if before:
        return Edition.open(city, max(before))
    if years:
        found = f"{year} 年度より前の年度版がありません"
        raise InputError(Problem(city, found, f"{min(years) + 1} 年度より後", "年度を確かめる"))
    near = nearest(city, sorted({name for name, _ in known}))
    remedy = f"{near}。新しい市なら citypromo new-city {city}"
    raise InputError(Problem("city", f"「{city}」という市はありません", remedy=remedy))


def _make(earlier: Edition, year: int, folder: Path) -> dict[str, str]:
    """Write what is not there yet: configuration, codebook, table to type into, list of files."""
    old, before = earlier.fiscal_year, earlier.places.raw
    forward = edition_forward(before / "edition.yml", old, year)
    what = f"年度版の設定。{forward.edits} か所を {year} 年度に進めるか、印を付けた"
    texts = {"edition.yml": (forward.text, what)}
    if (before / "codebook.yml").exists():
        codes = codebook_forward(before / "codebook.yml", old, year)
        what = f"コードブック。{codes.edits} か所に {year} 年度の分を足した"
        texts["codebook.yml"] = (codes.text, what)
    if earlier.printed_tables and (before / PRINTED).exists():
        template = printed_template(read_cells(before / PRINTED).values, forward)
        texts[PRINTED] = (template, "印刷された表を写すところ。数値は空いている")
    # All is read before the first file is written: what cannot be read leaves no half edition.
    made = {name: what for name, (text, what) in texts.items() if write_new(folder / name, text)}
    edition = Edition.open(earlier.city, year)
    if write_new(folder / LIST, file_list(edition, needed(edition))):
        made[LIST] = "もらうファイルと、その出典の一覧"
    return made
