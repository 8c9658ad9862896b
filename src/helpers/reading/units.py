"""What a file says beside its numbers: the unit they are in, and what its symbols mean.

Units stand above a table, in a heading, or in a row of their own below it; a legend stands in
the notes: 「-」は皆無, or 「***」 and its meaning in two cells. Both are read, never guessed.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

_TIMES = {
    "十": 10, "百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12,
    "10": 10, "100": 100, "1000": 1000, "1,000": 1000, "10000": 10**4, "10,000": 10**4,
    "thousand": 1000, "million": 10**6, "billion": 10**9,
}  # fmt: skip
_BASES = (
    "人", "名", "世帯", "戸", "円", "件", "票", "回", "台", "棟", "校", "店", "社", "所", "か所",
    "箇所", "事業所", "団体", "組", "枚", "冊", "席", "床", "泊", "人泊", "トン", "t", "kg", "ha",
    "km2", "㎢", "m2", "㎡", "km", "m", "歳", "年", "分", "時間", "点", "倍", "%", "‰", "ポイント",
    "指数", "persons", "people", "households", "yen", "dollars", "ドル",
)  # fmt: skip
_NAMES = {
    1: "", 10: "十", 100: "百", 1000: "千", 10**4: "万", 10**5: "十万", 10**6: "百万",
    10**7: "千万", 10**8: "億", 10**9: "十億", 10**10: "百億", 10**12: "兆",
}  # fmt: skip
_UNIT = re.compile(
    r"(?:(?P<number>10,?000|1,?000|100|10|thousand|million|billion)?\s*(?P<kanji>[十百千万億兆]*)\s*)"
    rf"(?P<base>{'|'.join(sorted(map(re.escape, _BASES), key=len, reverse=True))})"
)
_STATED = re.compile(
    r"(?:単位|[Uu]nits?)\s*[:;：；は]?\s*([^()（）\[\]【】「」\s]+(?:\s*[,、・]\s*[^()\s]+)*)"
)
_BRACKETS = re.compile(r"[(\[【〔「]([^()\[\]【】〔〕「」]*)[)\]】〕」]")
_SHARE = re.compile(r"率|割合|構成比|%|パーセント")

# --- legends: the sign, then は, = or :, then what it means
_SIGN = r"(?:-{1,3}|[―—–‐−ー─]{1,3}|\*{1,3}|[xX×χ]|\.{2,3}|・{1,3}|[△▲]|[〇○◯]|r|p)"
_SAID = re.compile(
    rf"(?:^|[\s,、。;()「『\"“'‘])(?P<sign>{_SIGN})[」』\"”'’]?\s*(?:印)?\s*(?:は|が|:|=|\.{{3,}}|\s)\s*"
    rf"(?P<means>[^。;\n]*?)(?=$|[。;\n]|[,、\s]\s*[「『\"“'‘]?{_SIGN}[」』\"”'’]?\s*(?:印)?\s*(?:は|が|:|=))"
)
_ALIKE = str.maketrans(dict.fromkeys("―—–‐−ー─", "-") | dict.fromkeys("X×χ", "x"))
_MEANS = {
    "zero": re.compile(
        r"皆無|該当(?:数値|数字|する数|者)?(?:が|の|は)?(?:な|無)|ゼロ|零|\bnil\b|\bzero\b|\bnone\b"
    ),
    "unknown": re.compile(
        r"不詳|不明|得られない|(?:データ|資料|数値|数字|統計)(?:が|の|は)?(?:な|無|存在し|得)|"
        r"(?:調査|集計|公表|表章|把握|算出|計算)(?:又は集計|・集計)?(?:を|が|は)?(?:して|され|でき)(?:いない|てい?ない|ない)|"
        r"未(?:調査|集計|公表)|欠測|not available|not known|unknown|n/a|no data|missing",
        re.I,
    ),
    "hidden": re.compile(r"秘匿|秘密|伏せ|非公表|公表しない|confidential|suppress", re.I),
}


@dataclass(frozen=True)
class Unit:
    """``千人``: how many of its base one is, and the base."""

    factor: Decimal
    base: str

    def __str__(self) -> str:
        return f"{_NAMES.get(int(self.factor), f'{self.factor:f}')}{self.base}"


def unit_of(text: str) -> Unit | None:
    """The unit that a text is, and nothing else: ``千人``, ``（百万円）``, ``％``."""
    clean = "".join(unicodedata.normalize("NFKC", text).split()).strip("()[]【】〔〕「」")
    clean = re.sub(r"^(?:単位|[Uu]nits?):?", "", clean)
    match = _UNIT.fullmatch(clean)
    if match is None:
        return None
    factor = _TIMES[match["number"]] if match["number"] else 1
    small = large = 1
    for sign in match["kanji"]:
        if _TIMES[sign] >= 10**4:
            large *= _TIMES[sign]
        else:
            small *= _TIMES[sign]
    base = {"名": "人", "persons": "人", "people": "人", "yen": "円", "households": "世帯"}
    return Unit(Decimal(factor * small * large), base.get(match["base"], match["base"]))


def stated_units(text: str) -> list[Unit]:
    """The units that a heading or a line above states: 単位：千人, 人口（千人）, 単位：人、％."""
    clean = unicodedata.normalize("NFKC", text)
    if whole := unit_of(clean):
        return [whole]
    said = [match[1] for match in _STATED.finditer(clean)] or _BRACKETS.findall(clean)
    parts = [part for words in said for part in re.split(r",(?!\d{3})|[、・/]|及び|と", words)]
    return [unit for part in parts if (unit := unit_of(part))]


def is_share(heading: str) -> bool:
    """Whether a heading names a share or a rate, whose numbers may carry a % sign."""
    return bool(_SHARE.search(unicodedata.normalize("NFKC", heading)))


def symbol(text: str) -> str:
    """A symbol for comparing: half-width, one kind of dash, one kind of cross."""
    return unicodedata.normalize("NFKC", text).strip().translate(_ALIKE)


def meaning_of(text: str) -> str:
    """zero, unknown or hidden, by the words of a legend; nothing where they say two of them."""
    rest, found = text, []
    for meaning, words in _MEANS.items():
        if words.search(rest):
            found.append(meaning)
            rest = words.sub("", rest)  # 該当数値なし is not also 数値なし
    return found[0] if len(found) == 1 else ""


def legend(rows: Iterable[Sequence[str]]) -> dict[str, str]:
    """What the notes of a file say about its symbols; one that is said to mean two is left out."""
    found: dict[str, set[str]] = {}
    for row in rows:
        texts = [unicodedata.normalize("NFKC", text).strip() for text in row]
        pairs = list(itertools.pairwise(texts))
        for text in texts:
            pairs += [(match["sign"], match["means"]) for match in _SAID.finditer(text)]
        for sign, words in pairs:
            bare = sign.strip("「」『』\"“”'‘’() ")
            if re.fullmatch(_SIGN, bare) and (meaning := meaning_of(words)):
                found.setdefault(symbol(bare), set()).add(meaning)
    return {sign: meanings.pop() for sign, meanings in found.items() if len(meanings) == 1}
