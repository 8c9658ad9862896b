"""Claims changed in one place: a digit, the sign, the unit, a word; and whether that makes it true.

What a mutant should get is decided here by hand or by plain arithmetic on the printed numbers,
without the code that is tested.
"""

import re
from collections.abc import Iterator

from helpers.audit.claim import Claim
from helpers.sentences.statement import CHANGES, NUMBERS

UNITS = {
    "％": "ポイント",
    "%": "ポイント",
    "ポイント": "％",
    "位": "点",
    "番目": "点",
    "人": "世帯",
}
WAYS = {"増": "減", "減": "増", "上昇": "低下"}
OPPOSITE = {
    "高い順": ["低い順"],
    "低い順": ["高い順"],
    "より低い": ["より高い"],
    "より高い": ["より低い"],
    "最も低い": ["最も高い", "高い順"],
    "最も高い": ["最も低い"],
    "順調": ["達成", "遅れ", "後退", "維持", "未達"],
    "上昇": ["低下", "横ばい"],
    "増加": ["減少", "横ばい"],
    "減少": ["増加"],
    "大幅に伸びて": ["大幅に減少", "微増", "横ばい", "減少"],
    "大幅に増加": ["大幅に減少", "微増", "横ばい", "減少"],
    "大きく上昇": ["大きく低下", "横ばい", "低下", "やや上昇"],
    "微減": ["微増", "増加", "横ばい", "大幅に増加"],
    "維持": ["減少", "低下"],
    "ほぼ横ばい": ["増加", "大幅に減少"],
    "やや減少": ["やや増加"],
}
# Mutants that the printed numbers bear out: 136 % is the ratio, 36 % the increase. A fall of
# 3.8 points may be called a fall.
REPAIRS = {
    "前年度比136％増": {"前年度比136％", "前年度比36％増"},
    "前年度比129％増": {"前年度比129％", "前年度比29％増"},
}
# Mutants that may be true of the numbers before rounding: nobody may be accused of them.
# 30.6 less 29.9 is between 0.6 and 0.8; 396 of 371 (万件) between 106.46 and 107.02 %.
POSSIBLE = {
    "0.7ポイント減": {"0.8ポイント減", "0.6ポイント減"},
    "前年度比106.7％": {"前年度比106.8％", "前年度比106.6％"},
}


def mutants(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Every change of one place, by its kind."""
    text = claim.claimed
    if claim.kind in (*NUMBERS, *CHANGES, "series", "described_as"):
        for kind, changed in _numbers(text, claim):
            yield kind, claim.model_copy(update={"claimed": changed})
    for word in OPPOSITE.get(text, []):
        yield "word", claim.model_copy(update={"claimed": word})
    if claim.of:
        for peers in ("25市", "27市", "36市"):
            yield "digit", claim.model_copy(update={"of": peers})
    if len(claim.what) > 1 and claim.kind in ("order", "share_of", "difference"):
        yield "order", claim.model_copy(update={"what": claim.what[::-1]})


def _numbers(text: str, claim: Claim) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"\d", text):
        first = match.start() == 0 or not re.match(r"[\d.,]", text[match.start() - 1])
        for new in {(int(match[0]) + step) % 10 for step in (1, -1, 3, 5)}:
            if not (first and new == 0):
                yield "digit", text[: match.start()] + str(new) + text[match.end() :]
    whole = re.search(r"\d[\d,]*", text)[0]
    yield "digit", text.replace(whole, f"1{whole}" if f"{whole}." in text else f"{whole}0", 1)
    unit = next((unit for unit in UNITS if unit in text), None)
    if unit:
        yield "unit", text.replace(unit, UNITS[unit])
    if "万" in text:
        yield "unit", text.replace("万", "億", 1)
    for way, other in WAYS.items():
        if way in text:
            yield "sign", text.replace(way, other)
            if claim.kind in CHANGES:
                yield "ratio", text.replace(way, "")
    if claim.kind == "ratio":
        yield "ratio", f"{text}増"
    if claim.kind not in CHANGES and claim.kind != "series" and claim.claimed[0] not in "−約前":
        yield "sign", f"−{text}"


def borne_out(claim: Claim, mutant: Claim) -> bool:
    """Whether the mutant is a true sentence, by hand."""
    if mutant.claimed in REPAIRS.get(claim.claimed, ()):
        return True
    if "以上" in claim.claimed:  # who has 70 % has 60 % too, and −70 %
        size = [int(re.sub(r"\D", "", c.claimed) or 0) for c in (claim, mutant)]
        multiplied = "億" in mutant.claimed and "億" not in claim.claimed
        same_unit = not any(new in mutant.claimed for new in ("世帯", "点"))
        return same_unit and not multiplied and (size[1] <= size[0] or mutant.claimed[0] == "−")
    return False
