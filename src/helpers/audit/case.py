"""A claim, one definition of its series, and the numbers that there are: what is judged."""

from dataclasses import dataclass

from helpers.audit.claim import Claim
from helpers.audit.evidence import Evidence, Number
from helpers.audit.naming import Naming
from helpers.audit.verdict import UNKNOWN, Judgement
from helpers.problems import Said
from helpers.years import parse_year

SMALL = Said("回答者が30人未満の数値です（参考値）", "fewer than 30 answers: for reference only")


@dataclass(frozen=True)
class Case:
    """What one claim is judged by under one definition.

    Attributes:
        year: the edition's fiscal year.
    """

    claim: Claim
    definition: str
    year: int
    evidence: Evidence
    naming: Naming

    def numbers(self, key: str) -> list[Number]:
        """The numbers of a key for the years that the claim is about, as far as there are any."""
        series = self.evidence.series(key, self.definition)
        years = self.claim.years or [self.claim.year or self.year]
        if self.claim.last:
            years = [year for year in series if year <= self.year][-self.claim.last :]
        return [series[year] for year in years if year in series]

    def newest(self, key: str) -> Number | None:
        """The number of the year that the claim is about."""
        return self.evidence.series(key, self.definition).get(self.claim.year or self.year)

    def before(self, number: Number) -> Number | None:
        """What a change is measured against: last year, the baseline, a year, another key."""
        against = self.claim.against
        if against == "baseline":
            return self.baseline(number)
        if against in self.evidence:
            return self.evidence.series(against, self.definition).get(number.year)
        year = number.year - 1 if against == "previous" else parse_year(against)
        if self.evidence.broken(number.key, self.definition, year, number.year):
            return None  # counted otherwise then: nothing to compare with
        return self.evidence.series(number.key, self.definition).get(year)

    def baseline(self, number: Number) -> Number | None:
        """The baseline of an indicator with a target (``kpi.kpi.page_views.baseline``)."""
        stem, _, category = number.key.rpartition(".")
        known = self.evidence.series(f"{stem}.baseline", self.definition)
        return next(iter(known.values()), None) if category == "actual" else None

    def missing(self, key: str) -> Judgement:
        """No number: which one, and which there are."""
        name, there = self.naming.key(key), self.evidence.all_definitions(key)
        series = there.get(self.definition, {})
        if any(number.flag == "suppressed" for number in series.values()):
            why = Said("秘匿した数値です", "a suppressed number")
            return Judgement(UNKNOWN, Said(f"{name.ja}: {why.ja}", f"{name.en}: {why.en}"))
        years = ", ".join(str(year) for year in sorted(series))
        wanted = self.claim.against if self.newest(key) else (self.claim.year or self.year)
        words = {"previous": ("前年度", "the previous year"), "baseline": ("基準値", "baseline")}
        ja, en = words.get(str(wanted), (f"{wanted}年度", f"FY{wanted}"))
        ja_there, en_there = (
            (f"（あるのは {years}）", f" (there are {years})") if years else ("", "")
        )
        return Judgement(
            UNKNOWN, Said(f"{name.ja}: {ja}の数値がない{ja_there}", f"{name.en}: no {en}{en_there}")
        )

    def remarks(self, *numbers: Number) -> tuple[Said, ...]:
        """What must be known of the numbers."""
        return (SMALL,) if any(number.small for number in numbers) else ()
