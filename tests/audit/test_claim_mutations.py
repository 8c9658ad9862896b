"""Every shipped claim, spoiled in one place: each spoiling is noticed, and no true one accused."""

from collections import Counter
from fractions import Fraction
from random import Random

import pytest
from courtroom import EDITIONS, SEEDS, claim, claims, edition, evidence, judged, row
from mutations import POSSIBLE, borne_out, mutants

from helpers.audit.claim import Claim
from helpers.audit.history import published_rows
from helpers.audit.tables import table_findings
from helpers.sentences.evidence import Evidence
from helpers.sentences.naming import Naming
from helpers.sentences.verdict import FALSE, MISLEADING, OVERSTATED, ROUNDING, TRUE, UNKNOWN

HOLDS = (TRUE, ROUNDING)


def tried(cities) -> list[tuple[str, Claim, str, Claim]]:
    """Mutants of the claims that there are data for."""
    return [
        (city, original, kind, mutant)
        for city in cities
        for original in claims(city)
        if judged(original, city).verdict != UNKNOWN
        for kind, mutant in mutants(original)
    ]


@pytest.mark.parametrize("city", EDITIONS)
def test_every_mutation_is_caught(city):
    escaped, counts, possible = [], Counter(), []
    for _, original, kind, mutant in tried([city]):
        if borne_out(original, mutant):
            continue
        found, was = judged(mutant, city).verdict, judged(original, city).verdict
        if mutant.claimed in POSSIBLE.get(original.claimed, ()):
            possible.append(found)
            continue
        counts[kind] += 1
        # What was misleading must not become true; what was true must not stay so.
        if found in HOLDS or (was in HOLDS and found == UNKNOWN):
            escaped.append((kind, original.claimed, mutant.claimed, mutant.what, found))
    assert escaped == []
    assert set(possible) <= {ROUNDING, UNKNOWN}
    assert sum(counts.values()) > 50
    print(f"{city}: {sum(counts.values())} mutations tried and caught", dict(counts))


def test_what_a_number_of_misleading_claims_says_is_told_apart():
    """A misleading claim with a wrong digit is false, unless another definition has that number."""
    fits = {"約20万7千人"}  # the mGAP table's 20.7万人
    count = 0
    for city, original, kind, mutant in tried(SEEDS):
        if kind == "digit" and judged(original, city).verdict == MISLEADING:
            if borne_out(original, mutant):
                continue
            expected, count = MISLEADING if mutant.claimed in fits else FALSE, count + 1
            assert judged(mutant, city).verdict == expected, mutant.claimed
    assert count > 10


def test_repairs_of_false_claims_are_true():
    for city, original, _, mutant in tried(SEEDS):
        if borne_out(original, mutant) and "以上" not in original.claimed:
            assert judged(mutant, city).verdict == TRUE, mutant.claimed


def half_up(value: Fraction, decimals: int) -> str:
    """四捨五入 by hand, for this test alone."""
    scaled = abs(value) * 10**decimals + Fraction(1, 2)
    digits = str(int(scaled)).rjust(decimals + 1, "0")
    whole = digits[: len(digits) - decimals] or "0"
    return f"{'−' if value < 0 else ''}{whole}{'.' if decimals else ''}{digits[len(digits) - decimals :]}"


def series_of(city: str):
    """Every number of the city: key, definition, its years."""
    known = evidence(city)
    for key in known.keys:
        for definition in known.all_definitions(key):
            if numbers := known.series(key, definition):
                yield key, definition, numbers


@pytest.mark.parametrize("city", EDITIONS)
def test_no_true_sentence_is_accused(city):
    """Sentences made of the printed numbers by plain arithmetic: none is called false."""
    accused, count = [], 0
    for key, definition, numbers in series_of(city):
        if city == "mihon" and not key.startswith(
            ("kpi", "moved", "births", "brand", "assoc", "mgap")
        ):
            continue
        for year, number in numbers.items():
            for one in true_claims(key, definition, year, numbers):
                count += 1
                found = judged(one, city)
                # A change that sampling may have made is said otherwise, but not called false.
                if found.verdict not in (*HOLDS, OVERSTATED):
                    accused.append(
                        (one.kind, one.claimed, key, year, number.printed, found.verdict)
                    )
    assert accused == []
    assert count > 60
    print(f"{city}: {count} true sentences, 0 accused")


def true_claims(key, definition, year, numbers):
    """What may be said of a number and of its change from the year before."""
    number, before = numbers[year], numbers.get(year - 1)
    same = {"year": str(year), "definition": [definition]}
    unit = "" if "・" in number.unit else number.unit
    yield claim("value", f"{number.printed}{unit}", key, **same)
    if number.value > 0 and unit in ("人", "世帯"):
        floor = int(number.value) // 1000 * 1000
        if floor:
            yield claim("at_least", f"{floor:,}{unit}以上", key, **same)
    if before is None:
        return
    new, old = number.value, before.value
    if new == old or unit == "位":
        return
    word, sign = ("増", 1) if new > old else ("減", -1)
    if not key.startswith("kpi.") or new > old:
        trend = claim("trend", "増加" if sign > 0 else "減少", key, **same)
        if not key.startswith("kpi.kpi.page_views"):  # below its baseline, that one is misleading
            yield trend
    if unit in ("%", "ポイント"):
        points = half_up(abs(new - old), number.known.decimals)
        yield claim("points", f"{points}ポイント{word}", key, **same)
    elif unit in ("人", "世帯", "万件") and old > 0 and new > 0:
        rate = 100 * new / old
        for decimals in (0, 1):
            change = half_up(abs(rate - 100), decimals)
            if change.strip("0."):
                yield claim("percent", f"{change}％{word}", key, **same)
            yield claim("ratio", f"前年度比{half_up(rate, decimals)}％", key, **same)
        yield claim("times", f"{half_up(new / old, 2)}倍", key, **same)


@pytest.mark.parametrize("decimals", [0, 1])
def test_no_author_who_knows_the_unrounded_numbers_is_accused(decimals):
    """Printed from numbers with more digits: what holds of those is never called false."""
    random, accused = Random(20251122), []
    for _ in range(400):
        old, new = (Fraction(random.randrange(1000, 99000), 1000) for _ in range(2))
        rows = [row("x", y, half_up(v, decimals), "%") for y, v in ((2024, old), (2025, new))]
        way = "増" if new > old else "減"
        said = [
            claim("points", f"{half_up(abs(new - old), decimals)}ポイント{way}", "x.total.total"),
            claim("percent", f"{half_up(abs(100 * new / old - 100), 0)}％{way}", "x.total.total"),
            claim("trend", "増加" if new > old else "減少", "x.total.total"),
            claim("value", f"約{half_up(new, 0)}％", "x.total.total"),
        ]
        accused += [(old, new, c.claimed) for c in said if judged(c, rows=rows).verdict == FALSE]
    assert accused == []


COLUMNS = ("share_8_10", "share_0_5", "modified_nps", "intent_amount")
NAMES = ("recommend", "participate", "thank")


def printed_table() -> dict[tuple[str, str], str]:
    known = evidence("nishitokyo")
    cells = {
        (c, n): known.series(f"{c}.total.total.{n}", "city_method")[2025].printed
        for c in COLUMNS
        for n in NAMES
    }
    return cells | {("mgap", "total"): "−414"}


def fits(cells: dict[tuple[str, str], str]) -> bool:
    """Whether numbers exist that print so: intervals of floats, by hand, whole numbers ±0.5."""

    def value(*cell: str) -> float:
        return float(cells[cell].replace("−", "-"))

    def times(net: float, population: float = 20.7) -> tuple[float, float]:
        ends = [(net + a) * (population + b) for a in (-0.5, 0.5) for b in (-0.05, 0.05)]
        return min(ends), max(ends)

    total = sum(value("intent_amount", n) for n in NAMES)
    nets = [value("modified_nps", n) for n in NAMES]
    for name, net in zip(NAMES, nets, strict=True):
        if abs(value("share_8_10", name) - value("share_0_5", name) - net) > 1:
            return False
        low, high = times(net)
        if not low - 0.05 < value("intent_amount", name) < high + 0.05:
            return False
    low, high = (sum(nets) + s * 1.5 for s in (-1, 1))
    ends = [a * b for a in (low, high) for b in (20.65, 20.75)]
    near = abs(total - value("mgap", "total")) <= 0.5 + 3 * 0.05
    return near and min(ends) - 0.5 < value("mgap", "total") < max(ends) + 0.5


def test_every_digit_of_the_printed_table_is_held_by_the_others():
    """A wrong digit is found where no rounding explains it, and never where one does."""
    rows = published_rows(edition("nishitokyo"))
    cells, found, excused = printed_table(), 0, 0
    assert fits(cells)
    for cell, text in cells.items():
        for position, digit in enumerate(text):
            if not digit.isdigit():
                continue
            for new in {(int(digit) + step) % 10 for step in (1, -1, 3, 5)}:
                spoiled = text[:position] + str(new) + text[position + 1 :]
                changed = [
                    r | {"printed": spoiled}
                    if (r["indicator"], r["category"]) == cell and r["definition"] == "city_method"
                    else r
                    for r in rows
                    if r["indicator"] in (*COLUMNS, "mgap", "population")
                ]
                tables = tables_of(changed)
                assert (FALSE in tables) == (not fits(cells | {cell: spoiled})), (cell, spoiled)
                found, excused = found + (FALSE in tables), excused + (FALSE not in tables)
    assert found > 60
    print(f"mGAP table: {found} wrong digits found, {excused} explained by rounding")


def tables_of(rows) -> set[str]:
    city = edition("nishitokyo")
    return {f.verdict for f in table_findings(city, Evidence(rows), Naming(city))}
