"""What must be known to read an edition's numbers: method, remarks, population."""

from helpers.problems import Said
from helpers.report.numbers import REMARKS
from helpers.report.reported import Reported
from helpers.sentences.naming import DEFINITIONS

_REMARKS = {
    "small_base": Said(
        "回答者が少なく、誤差が大きい。", "Few answered, so the sampling error is large."
    ),
    "suppressed": Said(
        "回答者が特定されないように伏せた（x）。",
        "Withheld (x), so that nobody who answered can be recognised.",
    ),
    "series_break": Said(
        "定義や方法が変わり、前の年の数値と比べられない。",
        "Definition or method changed: not to be compared with the years before.",
    ),
    "rounded_inputs": Said(
        "印刷された（丸めた）数値から求めたので、最後の桁は不確か。",
        "Computed from numbers as printed, so the last digit is uncertain.",
    ),
}
_ROUNDING = (
    Said("端数処理", "Rounding"),
    Said(
        "印刷する数値は、指標を求めるときに一度だけ四捨五入している。"
        "このため、内訳の合計や差が合わないことがある。",
        "A number is rounded half up, once, where it is computed; parts may not add up to a total.",
    ),
)
_INTERVAL = (
    Said("95％信頼区間", "95% interval"),
    Said(
        "無作為抽出の調査の誤差の範囲。差がこれより小さいときは、違いがあるとはいえない。",
        "The sampling error of a random sample; a smaller difference does not show that "
        "anything differs.",
    ),
)
# How a row follows from others: not another way to count, which a reader could take for it.
_COMPUTED = (
    "from_shares",
    "pooled",
    "bounds_population_exact",
    "bounds_population_rounded",
    "points",
    "ratio",
)


def methods(reported: Reported) -> list[tuple[Said, Said]]:
    """What and how, for the rows that the edition has, in the order a reader asks."""
    rows, edition = reported.rows, reported.edition
    found = [_ROUNDING]
    if any(row["low"] for row in rows):
        found.append(_INTERVAL)
    if people := edition.population:
        date, rule = people.date, people.rule
        found.append(
            (
                Said("mGAPに掛ける人口", "Population that mGAP is multiplied with"),
                Said(
                    f"{people.printed}{people.unit}（時点: {date}、端数処理: {rule}）",
                    f"{people.printed} {people.unit} (as of {date}; rounding: {rule})",
                ),
            )
        )
    flags = {row["flag"] for row in rows}
    for flag, said in _REMARKS.items():
        if flag in flags:
            ja, en = REMARKS[flag]
            found.append((Said(f"注記「{ja}」", f"Remark “{en}”"), said))
    found_in = {row["definition"] for row in rows}
    used = [name for name in DEFINITIONS if name in found_in and name not in _COMPUTED]
    if used:
        names = [DEFINITIONS[name] for name in used]
        listed = Said("、".join(n.ja for n in names), "; ".join(n.en for n in names))
        found.append((Said("数値の定義", "Definitions of the numbers"), listed))
    return found
