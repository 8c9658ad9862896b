"""All sources pooled, and how much of a change is only a change of the mix (methods 1.8).

Who comes to an event is keener than who is drawn at random: a year with more event forms looks
like progress. With fixed shares of the sources the mix cannot move the number; and the change of
the plain pool is split into what changed within the sources and what their mix made of it.
"""

from collections.abc import Mapping

from helpers.indicators.mgap import QUESTIONS, UNIT
from helpers.indicators.rows import Row, indicator_row
from helpers.indicators.wanted import mgap_wanted
from helpers.indicators.wave import Wave
from helpers.problems import InputError, Message, listed
from helpers.survey.pooling import by_source, pool, split_pooled_change

WRONG_SHARES = Message(
    "決めた構成比 {shares} が、調査 {sources} と合わないか、合計が 1 になりません",
    remedy="ノートブックの構成比に、codebook.yml の sources をすべて書いてください",
    en="the fixed shares of {shares} do not fit the sources {sources}, or do not sum to 1. → give "
    "every source of codebook.yml its share",
)


def fixed_share_row(wave: Wave, shares: Mapping[str, float], source: str) -> Row:
    """MGAP of all sources with shares that are the same every year: D = Σ a_s D_s.

    Sources that nobody drew at random have no sampling error: there is no interval.

    Args:
        wave: a year's survey.
        shares: source → its share; all together 1.
        source: id of the source.

    Raises:
        InputError: the shares do not fit the sources.
    """
    known = list(map(str, wave.responses["source"].unique()))
    if set(shares) != set(known) or abs(sum(shares.values()) - 1) > 1e-9:
        raise InputError(WRONG_SHARES.at("notebook", shares=listed(shares), sources=listed(known)))
    (total,) = (w for w in mgap_wanted(wave.responses, wave.population) if w.indicator == "mgap")
    found = pool(by_source({"mgap": total.measure}, wave.responses["source"]), shares).iloc[0]
    return indicator_row(
        "mgap",
        float(found["estimate"]),
        total.decimals,
        fiscal_year=wave.year,
        category="total",
        unit=UNIT,
        basis="microdata",
        definition="fixed_shares",
        source=source,
        n=float(found["n"]),
    )


def mix_rows(before: Wave, after: Wave, source: str) -> list[Row]:
    """The change of mGAP of the plain pool, in parts that add up to it exactly.

    Returns:
        ``mgap_change`` of definition ``pooled``: ``within`` the sources, by their ``mix``, by the
        number of ``people``, and the ``total``; nothing where not all three were asked.
    """
    waves = (before, after)
    if not all({*QUESTIONS} <= {*wave.responses.columns} for wave in waves):
        return []
    old, new = before.nets(), after.nets()
    # A source of one year only has no share in the other, and what it says there is as here.
    nets = old.combine_first(new), new.combine_first(old)
    shares = tuple(s.reindex(nets[0].index).fillna(0.0) for s in (before.shares(), after.shares()))
    splits = [
        split_pooled_change(*(part[q].to_dict() for part in (*nets, *shares))) for q in QUESTIONS
    ]
    people = (before.population + after.population) / 2
    sums = [
        float((n * a).to_numpy().sum()) for n, a in zip(nets, shares, strict=True)
    ]  # ΣD of the pool, before and after
    parts = {
        "within": 100 * people * sum(split.within for split in splits),
        "mix": 100 * people * sum(split.mix for split in splits),
        "people": 100 * sum(sums) / 2 * (after.population - before.population),
    }
    parts["total"] = 100 * (after.population * sums[1] - before.population * sums[0])
    same = {"fiscal_year": after.year, "source": source, "definition": "pooled", "unit": UNIT}
    n = min(int(wave.responses[list(QUESTIONS)].notna().any(axis=1).sum()) for wave in waves)
    return [
        indicator_row("mgap_change", value, 1, category=name, basis="microdata", n=n, **same)
        for name, value in parts.items()
    ]
