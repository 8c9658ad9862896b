"""The files an edition needs: what each is, whom it comes from, and which are still missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.edition import Edition
from helpers.problems import InputError, Said, listed
from helpers.reading.codebook import open_codebook
from helpers.reading.files import as_on_disk, read_cells
from helpers.reading.printed import FILE as PRINTED
from helpers.reading.printed import HEADER
from helpers.scaffold.yaml_text import MARK

_SAMPLES = {
    "random": Said("無作為抽出", "a random sample"),
    "panel": Said("同じ人に毎年尋ねるもの", "the same people every year"),
    "open": Said("答えたい人が答えるもの", "whoever wants to answer"),
}


@dataclass(frozen=True)
class Needed:
    """A raw file: its name, what it is, and its source."""

    file: str
    what: Said
    source: Said


def needed(edition: Edition) -> list[Needed]:
    """Every raw file that the edition's configuration and codebook name, each once."""
    found: dict[str, Needed] = {}
    typed = {name: table for name, table in edition.printed_tables.items() if not table.file}
    if typed:
        used = {table.source for table in typed.values()}
        names = listed(typed, len(typed))
        what = Said(
            f"文書に印刷された表を写したもの（{names.ja}）",
            f"tables typed off the document ({names.en})",
        )
        found[PRINTED] = Needed(PRINTED, what, _sources(edition, sorted(used)))
    for name, printed in edition.printed_tables.items():
        if printed.file:
            what = Said(f"文書に印刷された表（{name}）", f"a printed table (“{name}”)")
            source = _sources(edition, [printed.source])
            found.setdefault(printed.file, Needed(printed.file, what, source))
    if plan := edition.plan:
        what = Said("計画の成果指標の表", "the table of the plan's measures")
        found.setdefault(plan.file, Needed(plan.file, what, _sources(edition, [plan.source])))
    for table in edition.tables.values():
        columns = listed([names[0] for names in table.columns.values()], len(table.columns))
        what = Said(f"統計の表（{columns.ja}）", f"a statistics table ({columns.en})")
        found.setdefault(table.file, Needed(table.file, what, _sources(edition, [table.source])))
    if (edition.places.raw / "codebook.yml").exists():
        found |= {each.file: each for each in _of_codebook(edition) if each.file not in found}
    return list(found.values())


def _of_codebook(edition: Edition) -> Iterator[Needed]:
    """The files of the survey, and the register that it is weighted with."""
    codebook, city = open_codebook(edition), edition.name
    for name, survey in codebook.sources.items():
        how = _SAMPLES[survey.sample]
        what = Said(f"調査の回答データ {name}（{how.ja}）", f"answers of {name} ({how.en})")
        source = Said(f"{city.ja}（調査の委託先）", f"{city.en} (its survey company)")
        yield Needed(survey.file, what, source)
    if residents := codebook.residents:
        what = Said(
            f"重み付けに使う人数（{residents.date}）", f"persons, for weights (“{residents.date}”)"
        )
        source = Said(f"{city.ja}「住民基本台帳」", f"{city.en}, resident register")
        yield Needed(residents.file, what, source)


def _sources(edition: Edition, ids: list[str]) -> Said:
    known = [edition.sources[name] for name in ids]
    return Said("／".join(each.ja for each in known), "; ".join(each.en for each in known))


def missing_files(edition: Edition) -> list[Needed]:
    """The needed files that are not there yet."""
    raw = edition.places.raw
    return [each for each in needed(edition) if not as_on_disk(raw / each.file).is_file()]


def open_ends(folder: Path) -> list[Said]:
    """What in the folder still waits for a person: marked lines, and numbers not typed yet."""
    found = []
    for name in ("edition.yml", "codebook.yml"):
        path = folder / name
        lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
        for number, line in enumerate(lines, 1):
            _, mark, why = line.partition(MARK)
            if mark:
                found.append(Said(f"{name} {number}行目: {why}", f"{name} line {number}: “{why}”"))
    if empty := _empty_texts(folder / PRINTED):
        found.append(
            Said(
                f"{PRINTED}: 数値（text）の空いている行が {empty} 行",
                f"{PRINTED}: {empty} rows without a number (text)",
            )
        )
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
