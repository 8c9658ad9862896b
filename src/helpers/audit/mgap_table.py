"""The printed table of mGAP: differences, products, totals, each alone and all together."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce

from helpers.audit.arithmetic import Pages, computed, published
from helpers.audit.constraints import Sum, feasible, narrowed
from helpers.audit.finding import Finding
from helpers.intervals import Interval
from helpers.problems import Said
from helpers.rounding import MINUS, number
from helpers.sentences.evidence import Evidence, Number
from helpers.sentences.naming import Naming
from helpers.sentences.numbers import thousands
from helpers.sentences.verdict import FALSE

INTENTS = ("recommend", "participate", "thank")


def mgap_tables(evidence: Evidence, naming: Naming, pages: Pages) -> Iterator[Finding]:
    """差分 = 8–10 less 0–5; 意欲量 = 差分 × 人口; mGAP = Σ 意欲量 = Σ 差分 × 人口."""
    names = {
        **{f"{i}.{c}": f"{i}.total.total.{c}" for i in _COLUMNS for c in INTENTS},
        "population": "population.total.total",
        "mgap": "mgap.total.total.total",
    }
    known = {short: published(evidence, key, pages) for short, key in names.items()}
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
    return computed(shown, gap, naive, [top, bottom, net], left, naming, pages)


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
    return computed(
        text, factor * people, naive, [*factors, population, result], None, naming, pages
    )


def _total(parts: Sequence[Number], total: Number, naming: Naming, pages: Pages) -> Finding:
    found = reduce(Interval.__add__, (n.interval for n in parts))
    naive = sum((n.value for n in parts), Fraction(0))
    shown = " + ".join(thousands(n.printed) for n in parts).replace(f"+ {MINUS}", f"{MINUS} ")
    return computed(shown, found, naive, [*parts, total], None, naming, pages)
