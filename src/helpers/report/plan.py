"""A plan as its sheets have it: the table of each 施策, its grades, 判断理由 with their audit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from helpers.audit.finding import Audit, Finding
from helpers.edition.description import Described, Measured, Policy
from helpers.reading.described import described
from helpers.report.reported import Reported
from helpers.sentences.numbers import thousands
from helpers.years import short_year

RATES = {
    "kpi_attainment": ("達成率", "Attainment"),
    "kpi_progress": ("進捗率", "Progress"),
    "kpi_year_attainment": ("年度目標の達成率", "Attainment, year's target"),
}


@dataclass(frozen=True)
class Sheet:
    """One 施策 in the order of its sheet.

    Attributes:
        key: of its figure.
        policy: what is described of it.
        heads: of the table.
        rows: a measure each, as printed.
        findings: the sentences of 判断理由, judged.
        cost: 事業費 and 一般財源 as printed; empty where the table has none.
    """

    key: str
    policy: Policy
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    findings: tuple[Finding, ...]
    cost: str


class Plan:
    """The measures of an edition's plan and what became of them."""

    def __init__(self, reported: Reported):
        self._reported = reported
        self._year = str(reported.edition.fiscal_year)

    @cached_property
    def about(self) -> Described:
        """What the edition describes; read once."""
        return described(self._reported.edition)

    @cached_property
    def _printed(self) -> Mapping[tuple[str, ...], str]:
        """(indicator, group, category, year) → as printed; a computed grade before a copied one."""
        found: dict[tuple[str, ...], str] = {}
        for row in self._reported.rows:
            key = (row["indicator"], row["group"], row["category"], row["fiscal_year"])
            if key not in found or row["basis"] == "derived":
                found[key] = row["printed"]
        return found

    def number(self, indicator: str, group: str, category: str = "", year: str = "") -> str:
        """A number of a measure as printed, of the edition's year if none is given."""
        return thousands(self._printed.get((indicator, group, category, year or self._year), ""))

    def sheets(self, audit: Audit | None) -> Iterator[Sheet]:
        """Every 施策 in its order."""
        say = self._reported.say
        for key, ident in self.about.sheets.items():
            policy = self.about.policies[ident]
            own = {n: one for n, one in self.about.measures.items() if one.policy == ident}
            columns = self._columns(list(own))
            heads = (say("指標", "Measure"), say("単位", "Unit"), *(head for head, *_ in columns))
            rows = tuple(self._row(n, one, columns) for n, one in own.items())
            name = policy.number or policy.ja
            findings = audit.findings if audit else ()
            judged = tuple(f for f in findings if f.page == name and f.kind == "sentence")
            yield Sheet(key, policy, heads, rows, judged, self._cost(ident))

    def _columns(self, names: Sequence[str]) -> list[tuple[str, str, str, str]]:
        """Heading, indicator, category and year of each column that some measure fills."""
        say = self._reported.say
        words = {
            "baseline": ("現状値", "Baseline"),
            "actual": ("実績", "Actual"),
            "target": ("目標", "Target"),
        }
        found = [
            (f"{short_year(int(year)) if say(True, False) else year} {say(*words[kind])}",
             "kpi", kind, year)
            for kind in words
            for year in sorted({y for i, g, c, y in self._printed if i == "kpi" and c == kind
                                and g in names})
            if self._shown(kind, year, names)
        ]  # fmt: skip
        found += [
            (say(*said), name, "", self._year)
            for name, said in RATES.items()
            if any(self.number(name, one) for one in names)
        ]
        return [*found, (say("評価", "Grade"), "kpi_grade", "", self._year)]

    def _shown(self, kind: str, year: str, names: Sequence[str]) -> bool:
        """The newest two actuals, the year's own target and the plan's: what fits beside a name."""
        if kind == "actual":
            return int(self._year) - 1 <= int(year) <= int(self._year)
        if kind != "target":
            return True
        years = {n: [y for i, g, c, y in self._printed if (i, g, c) == ("kpi", n, "target")]
                 for n in names}  # fmt: skip
        plan = {str(self.about.measures[n].target_year or "") for n in names}
        plan |= {max(own) for n, own in years.items() if own and not plan & {*own}}
        return year in {self._year, *plan}

    def _row(
        self, name: str, one: Measured, columns: Sequence[tuple[str, str, str, str]]
    ) -> tuple[str, ...]:
        shown = [self.number(indicator, name, kind, year) for _, indicator, kind, year in columns]
        cells = [
            (f"{text}%" if text else "－") if column[1] in RATES else text or "…"
            for text, column in zip(shown, columns, strict=True)
        ]
        label = getattr(one.name, self._reported.lang)
        return (f"{one.number} {label}".strip(), one.unit, *cells)

    def _cost(self, ident: str) -> str:
        units = {(r["indicator"], r["group"]): r["unit"] for r in self._reported.rows
                 if r["breakdown"] == "policy"}  # fmt: skip
        words = {"cost": ("事業費", "Cost"), "own_funds": ("うち一般財源", "own funds")}
        said = [
            f"{self._reported.say(*word)} {text}{units[name, ident]}"
            for name, word in words.items()
            if (text := self.number(name, ident))
        ]
        return self._reported.say("、", ", ").join(said)
