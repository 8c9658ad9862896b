"""The arithmetic of printed tables: shares of one base, differences, products, totals."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce

from helpers.audit.constraints import Sum, feasible, narrowed
from helpers.audit.evidence import Evidence, Number, Series
from helpers.audit.finding import Finding
from helpers.audit.naming import Naming
from helpers.audit.quantity import Quantity
from helpers.audit.verdict import FALSE, NOTHING, ROUNDING, TRUE, agrees
from helpers.audit.writing import thousands, with_unit
from helpers.edition import Edition
from helpers.intervals import Interval
from helpers.problems import Problems, Said
from helpers.rounding import MINUS, decimals_of, number, printed

INTENTS = ("recommend", "participate", "thank")
SHARES = {
    "attachment": ("positive", "neutral", "negative"),
    "residence_intention": ("positive", "neutral", "negative"),
    "housing_satisfaction": ("positive", "neutral", "negative"),
}
_MAN = 10_000


def table_findings(edition: Edition, evidence: Evidence, naming: Naming) -> list[Finding]:
    """Every relation that a printed table of the edition must keep."""
    pages = _pages(edition)
    return [*_mgap_tables(evidence, naming, pages), *_shares(evidence, naming, pages)]


Pages = dict[tuple[str, int], str]


def _pages(edition: Edition) -> Pages:
    """On which page the edition prints each number, by key and year."""
    from helpers.reading.printed import FILE, printed_rows

    if not (edition.places.raw / FILE).exists():
        return {}
    parts = ("indicator", "breakdown", "group", "category")
    return {
        (
            ".".join(str(row[part]) for part in parts if row[part] != ""),
            int(str(row["fiscal_year"])),
        ): str(row["page"])
        for row in printed_rows(edition, Problems())
    }


def _published(evidence: Evidence, key: str, pages: Pages) -> dict[tuple[str, int], Number]:
    """Numbers of a key that the edition prints itself, by definition and year."""
    found: dict[tuple[str, int], Number] = {}
    for definition in evidence.all_definitions(key):
        series: Series = evidence.series(key, definition)
        found |= {
            (definition, year): number_
            for year, number_ in series.items()
            if number_.basis == "published" and (key, year) in pages
        }
    return found


def _mgap_tables(evidence: Evidence, naming: Naming, pages: Pages) -> Iterator[Finding]:
    """差分 = 8–10 less 0–5; 意欲量 = 差分 × 人口; mGAP = Σ 意欲量 = Σ 差分 × 人口."""
    names = {
        **{f"{i}.{c}": f"{i}.total.total.{c}" for i in _COLUMNS for c in INTENTS},
        "population": "population.total.total",
        "mgap": "mgap.total.total.total",
    }
    known = {short: _published(evidence, key, pages) for short, key in names.items()}
    for table in sorted(known["mgap"], key=lambda each: -each[1]):
        cells = {short: rows[table] for short, rows in known.items() if table in rows}
        if len(cells) == len(names):
            yield from _mgap_table(cells, naming, pages)


_COLUMNS = ("share_8_10", "share_0_5", "modified_nps", "intent_amount")


def _mgap_table(cells: dict[str, Number], naming: Naming, pages: Pages) -> Iterator[Finding]:
    people = Interval.of_printed(cells["population"].printed)
    found = []
    for name in INTENTS:
        top, bottom, net, amount = (cells[f"{column}.{name}"] for column in _COLUMNS)
        found.append(difference(top, bottom, net, naming, pages))
        found.append(_product([net], cells["population"], people, amount, naming, pages))
    amounts = [cells[f"intent_amount.{name}"] for name in INTENTS]
    found.append(_total(amounts, cells["mgap"], naming, pages))
    nets = [cells[f"modified_nps.{name}"] for name in INTENTS]
    found.append(_product(nets, cells["population"], people, cells["mgap"], naming, pages))
    yield from found
    if FALSE not in {f.verdict for f in found} and not holds_together(cells, people):
        text = Said(
            "1行ずつは合うが、表の全体を満たす数値がない", "no numbers satisfy all rows at once"
        )
        keys = tuple(cells[name].key for name in cells)
        last = found[-1]
        yield Finding(last.sentence, "", "table", FALSE, text, text, (), keys, last.page)


def holds_together(cells: dict[str, Number], people: Interval) -> bool:
    """Whether unrounded numbers exist that print as the whole table does.

    Only asked of amounts that are not the printed difference times the population: those were
    made of unrounded differences, and hang together with the shares. Each row may have its own
    population, so that no table is accused for what rounding of the population explains.
    """
    known = {name: cells[name].interval for name in cells}
    relations = [Sum("mgap", {f"intent_amount.{name}": 1 for name in INTENTS})]
    exact = Fraction(number(cells["population"].printed))
    unrounded = False
    for name in INTENTS:
        net, amount = (cells[f"{column}.{name}"] for column in _COLUMNS[2:])
        relations.append(
            Sum(f"modified_nps.{name}", {f"share_8_10.{name}": 1, f"share_0_5.{name}": -1})
        )
        if not amount.known.rounds_from(net.value * exact):
            unrounded = True
            both = net.interval & (amount.interval / people)
            if both is None:
                return False
            known[net.key.replace(".total.total", "")] = both
    if not unrounded:
        return True
    return narrowed(known, relations) is not None and feasible(known, relations)


def difference(top: Number, bottom: Number, net: Number, naming: Naming, pages: Pages) -> Finding:
    """A printed difference of two printed numbers; what it may be before rounding."""
    gap, naive = top.interval - bottom.interval, top.value - bottom.value
    shown = f"{top.printed} {MINUS} {bottom.printed}"
    relation = Sum("net", {"top": 1, "bottom": -1})
    known = {"top": top.interval, "bottom": bottom.interval, "net": net.interval}
    joint = narrowed(known, [relation])
    left = joint["net"] if joint else None
    return _finding(shown, gap, naive, [top, bottom, net], left, naming, pages)


def _product(
    factors: Sequence[Number],
    population: Number,
    people: Interval,
    result: Number,
    naming: Naming,
    pages: Pages,
) -> Finding:
    """Sum of the factors times the population (万人), rounded first or last."""
    factor = reduce(Interval.__add__, (n.interval for n in factors))
    whole = sum((n.value for n in factors), Fraction(0))
    naive = whole * Fraction(number(population.printed))
    shown = " + ".join(n.printed for n in factors).replace(f"+ {MINUS}", f"{MINUS} ")
    shown = f"({shown})" if len(factors) > 1 else shown
    text = f"{shown} × {population.printed}"
    return _finding(
        text, factor * people, naive, [*factors, population, result], None, naming, pages
    )


def _total(parts: Sequence[Number], total: Number, naming: Naming, pages: Pages) -> Finding:
    found = reduce(Interval.__add__, (n.interval for n in parts))
    naive = sum((n.value for n in parts), Fraction(0))
    shown = " + ".join(thousands(n.printed) for n in parts).replace(f"+ {MINUS}", f"{MINUS} ")
    return _finding(shown, found, naive, [*parts, total], None, naming, pages)


def _finding(
    shown: str,
    found: Interval,
    naive: Fraction,
    numbers: Sequence[Number],
    joint: Interval | None,
    naming: Naming,
    pages: Pages,
) -> Finding:
    """The last of the numbers is the result that the table prints."""
    result = numbers[-1]
    decimals = decimals_of(result.printed)
    claimed = Quantity(result.value, Fraction(1, 10**decimals), unit="_")
    verdict = agrees(found, naive, claimed)
    computed = thousands(printed(naive, decimals))
    said = Said(f"{shown} = {computed}", f"{shown} = {computed}")
    if verdict == ROUNDING:
        inside = str(joint or found & claimed.interval)
        said = Said(
            f"{shown} = {computed} と違いますが、端数処理で説明できます"
            f"（四捨五入の前の値は {inside}）",
            f"{shown} = {computed}, not {thousands(result.printed)}: explained by rounding "
            f"(before rounding it is in {inside})",
        )
    right = NOTHING if verdict in (TRUE, ROUNDING) else Said(computed, computed)
    name = naming.key(result.key)
    printed_as = with_unit(result.printed, "")
    year = result.year
    sentence = Said(
        f"表（{year}年度）{name.ja} {printed_as.ja}", f"Table (FY{year}): {name.en} {printed_as.en}"
    )
    keys = tuple(dict.fromkeys(n.key for n in numbers))
    page = pages.get((result.key, year), "")
    return Finding(
        sentence, f"{shown} = {printed_as.ja}", "table", verdict, said, right, (), keys, page
    )


def _shares(evidence: Evidence, naming: Naming, pages: Pages) -> Iterator[Finding]:
    """Shares of one base: at most 100 together, and 100 where all answers are printed."""
    rows: dict[tuple[str, str, int], dict[str, Number]] = {}
    for key in evidence.keys:
        stem, _, category = key.rpartition(".")
        if category in SHARES.get(key.partition(".")[0], ()):
            for (definition, year), number_ in _published(evidence, key, pages).items():
                if number_.known.unit == "%" and number_.known.bound == "":
                    rows.setdefault((stem, definition, year), {})[category] = number_
    for (stem, _, _), row in rows.items():
        if len(row) > 1:
            complete = len(row) == len(SHARES[stem.partition(".")[0]])
            yield _share_row(list(row.values()), complete, naming, pages)


def _share_row(row: list[Number], complete: bool, naming: Naming, pages: Pages) -> Finding:
    found = reduce(Interval.__add__, (n.interval for n in row))
    naive = sum((n.value for n in row), Fraction(0))
    fits = 100 in found if complete else found.low < 100 or 100 in found
    exact = naive == 100 if complete else naive <= 100
    verdict = FALSE if not fits else TRUE if exact else ROUNDING
    decimals = max(decimals_of(n.printed) for n in row)
    shown = " + ".join(n.printed for n in row)
    text = f"{shown} = {printed(naive, decimals)}％"
    stem, _, _ = row[0].key.rpartition(".")
    name, year = naming.key(stem), row[0].year
    sentence = Said(f"表（{year}年度）{name.ja}の割合", f"Table (FY{year}): shares of {name.en}")
    right = Said("合計100％以下", "at most 100% together") if verdict == FALSE else NOTHING
    keys = tuple(n.key for n in row)
    page = pages.get((keys[0], year), "")
    return Finding(sentence, text, "table", verdict, Said(text, text), right, (), keys, page)
