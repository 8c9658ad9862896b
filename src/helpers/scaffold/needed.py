"""The files an edition needs: what each is, whom it comes from, and which are still missing."""

from dataclasses import dataclass
from pathlib import Path

from helpers.edition import Edition
from helpers.problems import InputError
from helpers.reading.codebook import open_codebook
from helpers.reading.files import read_cells
from helpers.reading.printed import FILE as PRINTED
from helpers.reading.printed import HEADER
from helpers.scaffold.yaml_text import MARK

_SAMPLES = {
    "random": "無作為抽出",
    "panel": "同じ人に毎年尋ねるもの",
    "open": "答えたい人が答えるもの",
}


@dataclass(frozen=True)
class Needed:
    """A raw file: its name, what it is, and its source."""

    file: str
    what: str
    source: str


def needed(edition: Edition) -> list[Needed]:
    """Every raw file that the edition's configuration and codebook name, each once."""
    found: dict[str, Needed] = {}
    if edition.printed_tables:
        names = {table.source for table in edition.printed_tables.values()}
        source = "／".join(edition.sources[name].ja for name in sorted(names))
        what = f"文書に印刷された表を写したもの（{'、'.join(edition.printed_tables)}）"
        found[PRINTED] = Needed(PRINTED, what, source)
    for table in edition.tables.values():
        columns = "、".join(names[0] for names in table.columns.values())
        source = edition.sources[table.source].ja
        found.setdefault(table.file, Needed(table.file, f"統計の表（{columns}）", source))
    if (edition.places.raw / "codebook.yml").exists():
        codebook = open_codebook(edition)
        city = edition.name.ja
        for name, survey in codebook.sources.items():
            what = f"調査の回答データ {name}（{_SAMPLES[survey.sample]}）"
            found.setdefault(survey.file, Needed(survey.file, what, f"{city}（調査の委託先）"))
        if residents := codebook.residents:
            what = f"重み付けに使う人数（{residents.date}）"
            source = f"{city}「住民基本台帳」"
            found.setdefault(residents.file, Needed(residents.file, what, source))
    return list(found.values())


def missing_files(edition: Edition) -> list[Needed]:
    """The needed files that are not there yet."""
    return [each for each in needed(edition) if not (edition.places.raw / each.file).is_file()]


def open_ends(folder: Path) -> list[str]:
    """What in the folder still waits for a person: marked lines, and numbers not typed yet."""
    found = []
    for name in ("edition.yml", "codebook.yml"):
        path = folder / name
        lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
        for number, line in enumerate(lines, 1):
            _, mark, why = line.partition(MARK)
            if mark:
                found.append(f"{name} {number}行目: {why}")
    if empty := _empty_texts(folder / PRINTED):
        found.append(f"{PRINTED}: 数値（text）の空いている行が {empty} 行")
    return found


def _empty_texts(path: Path) -> int:
    """How many rows of the printed tables have no number yet; what cannot be read is not empty."""
    try:
        rows = read_cells(path).values if path.exists() else []
    except InputError:  # ``citypromo check`` says what is wrong with it
        return 0
    return sum(
        not row[HEADER.index("text")].strip()
        for row in rows[1:]
        if any(row) and len(row) >= len(HEADER)
    )
