"""Municipalities of Japan: found by name, code or romanised name, with those to compare with.

The numbers are those of ``census.csv.gz`` and ``movement.csv.gz`` beside this file, which
``tools/make_national.py`` makes from the publishers' files; README.md says what is in them.
"""

import csv
import gzip
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from helpers.problems import Unfit
from helpers.reading.codes import RENUMBERED, check_digit

CENSUS = Path(__file__).with_name("census.csv.gz")
MOVEMENT = Path(__file__).with_name("movement.csv.gz")
# As many as a figure of half a page can hold, a line each.
MOST_PEERS = 20
_SUFFIX = re.compile(r"-(shi|ku|machi|cho|mura|son|area|to|fu|ken)$")
_KINDS = {
    "city": ("市", "cities"),
    "town": ("町村", "towns and villages"),
    "special_ward": ("特別区", "special wards"),
    "ward": ("区", "wards"),
}
_SPECIAL_WARDS = range(13101, 13124)


@dataclass(frozen=True)
class Municipality:
    """One municipality, or a ward of a designated city, as the census of 2020 has it.

    Attributes:
        code: five digits.
        kind: ``city``, ``town``, ``special_ward`` (of Tokyo), ``ward`` (of a designated city) or
            ``wards`` (特別区部: Tokyo's special wards as one area).
        population: of 1 October 2020; None where nobody was counted.
    """

    code: str
    prefecture: str
    name: str
    name_en: str
    kind: str
    population: int | None

    @property
    def code6(self) -> str:
        """The code with its check digit."""
        return self.code + str(check_digit(self.code))

    @property
    def short_en(self) -> str:
        """The romanised name without ``-shi``: ``Kamakura``."""
        return re.sub(r"-(shi|machi|cho|mura|son)$", "", self.name_en)

    @property
    def is_municipality(self) -> bool:
        """Whether it has a mayor of its own: no ward of a designated city, no 特別区部."""
        return self.kind in {"city", "town", "special_ward"}

    @property
    def id(self) -> str:
        """Its folder's name: ``kamakura``; ``fuchu_tokyo`` where another has the same."""
        return _ids()[self.code]

    def __str__(self) -> str:
        return f"{self.prefecture}{self.name}（{self.code6}）"


@cache
def rows(file: Path) -> tuple[dict[str, str], ...]:
    """The rows of one of the two tables, as text; an empty text is a number not published."""
    text = gzip.decompress(file.read_bytes()).decode("utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))


class Ambiguous(Unfit):
    """A name that several municipalities have."""

    def __init__(self, text: str, found: list[Municipality]):
        self.found = found
        listed = "、".join(map(str, found))
        english = ", ".join(f"{one.name_en} ({one})" for one in found)
        super().__init__(
            f"「{text}」は {len(found)} か所あります。団体コードか、都道府県名から書いてください: "
            f"{listed}",
            f"“{text}” is the name of {len(found)}; write the code, or the prefecture before the "
            f"name: {english}",
        )


@cache
def everyone() -> tuple[Municipality, ...]:
    """All areas with a name of their own, wards of designated cities too, by code."""
    kinds = {"2": "city", "1": "city", "3": "town", "0": "ward"}
    found = []
    for row in rows(CENSUS):
        if row["kind"] == "a":
            continue
        kind = kinds[row["kind"]]
        if int(row["code"]) in _SPECIAL_WARDS:
            kind = "special_ward"
        elif row["code"] == "13100":
            kind = "wards"
        people = int(row["population"]) if row["population"] else None
        found.append(
            Municipality(row["code"], row["prefecture"], row["name"], row["name_en"], kind, people)
        )
    return tuple(found)


def municipalities(prefecture: str = "") -> list[Municipality]:
    """The 1,741 municipalities, or those of one prefecture.

    Raises:
        Unfit: there is no prefecture of this name.
    """
    every = [one for one in everyone() if one.is_municipality]
    if not prefecture:
        return every
    folded = _SUFFIX.sub("", _folded(prefecture))
    english = {name: romanised.lower() for name, romanised in _prefectures_en().items()}
    wanted = {
        name
        for name, romanised in english.items()
        if folded in {name, romanised, re.sub("[都府県]$", "", name)}
    }
    if not wanted:
        raise Unfit(
            f"「{prefecture}」という都道府県はありません（近い名前: {_near(prefecture, english)}）",
            f"there is no prefecture “{prefecture}”; near it: {_near(prefecture, english)}",
        )
    return [one for one in every if one.prefecture in wanted]


def prefecture_of(code: str, lang: str = "ja") -> str:
    """The prefecture's name by the first two digits of a code; empty where there is none."""
    for row in rows(CENSUS):
        if row["kind"] == "a" and row["code"] == f"{code[:2]}000":
            return row["name"] if lang == "ja" else _prefectures_en()[row["name"]]
    return ""


def named(text: str) -> Municipality:
    """The one municipality that a name, a code or a romanised name means.

    Args:
        text: ``鎌倉市``, ``神奈川県鎌倉市``, ``鎌倉``, ``Kamakura``, ``kamakura-shi``,
            ``fuchu_tokyo``, ``14204`` or ``142042``; a code given anew means its successor.

    Raises:
        Ambiguous: several are called so: all of them, with their codes.
        Unfit: none is called so: the nearest.
    """
    folded = _folded(text)
    if folded.isdigit():
        return _by_code(folded, text)
    found = [one for one in everyone() if folded in _forms(one)]
    # 鎌倉 may be a town elsewhere; who writes a form in full means that one.
    full = [one for one in found if folded in {one.name, _folded(one.name_en), one.id}]
    found = full or found
    if len(mayors := [one for one in found if one.is_municipality]) == 1:
        return mayors[0]
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous(text, found)
    near = _near(text, {str(one): _folded(one.name_en) for one in everyone()})
    raise Unfit(
        f"「{text}」という市区町村は2020年の国勢調査にありません（近い名前: {near}）",
        f"there is no municipality “{text}” in the census of 2020; near it: {near}",
    )


def peers(one: Municipality, most: int = MOST_PEERS) -> tuple[list[Municipality], str, str]:
    """Whom a municipality is compared with, and what they are called in both languages.

    Those of its prefecture and kind; of more than ``most`` the ones nearest in population.
    Itself is among them. Areas where nobody was counted are not.
    """
    kind = "city" if one.kind == "wards" else one.kind
    same = [
        each
        for each in everyone()
        if each.prefecture == one.prefecture and each.kind == kind and each.population
    ]
    ja, en = _KINDS[kind]
    place, place_en = one.prefecture, _prefectures_en()[one.prefecture]
    if kind == "ward":
        place, place_en = one.name.split("市")[0] + "市", one.name_en.split("-")[0]
        same = [each for each in same if each.name.startswith(place)]
    same = [one, *(each for each in same if each != one)]
    near = ""
    if len(same) > most and one.population:
        own = one.population
        same = sorted(same, key=lambda each: abs((each.population or 0) - own))[:most]
        near = "人口の近い"
    count = len(same)
    return (
        sorted(same, key=lambda each: each.code),
        f"{near}{place}の{count}{ja}",
        f"the {count} {en} of {place_en}" + (" nearest in population" if near else ""),
    )


def _by_code(digits: str, text: str) -> Municipality:
    """A code of five digits, or of six with a check digit that fits."""
    known = {one.code: one for one in everyone()}
    by_six = {one.code6: one for one in everyone()}
    candidates = {
        *(known[five] for five in (digits, digits.zfill(5)) if five in known),
        *(by_six[six] for six in (digits, digits.zfill(6)) if six in by_six),
    }
    for old, new in RENUMBERED.items():
        if digits[:5] == old or digits.zfill(5) == old:
            candidates.add(known[new])
    if len(candidates) == 1:
        return candidates.pop()
    if candidates:
        listed = "、".join(map(str, sorted(candidates, key=lambda one: one.code)))
        raise Unfit(
            f"「{text}」は {listed} のどれとも読めます。6桁で書いてください",
            f"“{text}” can be read as {listed}; write all six digits",
        )
    five = digits.zfill(5)[:5]
    near = sorted(known, key=lambda code: (_far(code, five), code))[:3]
    listed = "、".join(str(known[code]) for code in near)
    why = ("検査数字（6桁め）が合いません", "its check digit does not fit")
    if five not in known:
        why = ("その団体コードの市区町村はありません", "no municipality has it")
    raise Unfit(
        f"「{text}」は{why[0]}（近いコード: {listed}）",
        f"code “{text}”: {why[1]}; near it: {listed}",
    )


def _far(code: str, wanted: str) -> tuple[int, int]:
    """How unlike two codes are: digits that differ, then how far apart they are."""
    differ = sum(a != b for a, b in zip(code, wanted, strict=False))
    return differ, abs(int(code) - int(wanted))


def _folded(text: str) -> str:
    """A name as it is compared: full-width, spaces and capitals do not matter."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    return re.sub(r"[\s　]+", "", plain).replace("ヶ", "ケ").replace("ヵ", "カ")


@cache
def _forms_by_code() -> dict[str, frozenset[str]]:
    return {one.code: frozenset(_ways(one)) for one in everyone()}


def _forms(one: Municipality) -> frozenset[str]:
    return _forms_by_code()[one.code]


def _ways(one: Municipality) -> Iterable[str]:
    """All ways of writing a municipality that mean it, folded."""
    name = _folded(one.name)
    yield from (name, _folded(one.prefecture) + name)
    bare = re.sub(r"[市区町村]$", "", name)
    if len(bare) > 1:
        yield from (bare, _folded(one.prefecture) + bare)
    english = _folded(one.name_en)
    yield from (english, _SUFFIX.sub("", english), one.id)
    yield f"{_SUFFIX.sub('', english)},{_prefectures_en()[one.prefecture].lower()}"


@cache
def _prefectures_en() -> dict[str, str]:
    return {
        row["name"]: re.sub(r"-(to|fu|ken)$", "", row["name_en"])
        for row in rows(CENSUS)
        if row["kind"] == "a" and row["code"] != "00000"
    }


@cache
def _ids() -> dict[str, str]:
    """An id for each area: the shortest of its forms that nobody else has."""
    by_code: dict[str, list[str]] = {}
    for one in everyone():
        plain = re.sub(r"[^a-z]+", "_", one.name_en.lower()).strip("_")
        short = re.sub(r"_(shi|ku|machi|cho|mura|son)$", "", plain)
        prefecture = _prefectures_en()[one.prefecture].lower()
        if one.kind in {"ward", "wards"}:
            short = plain
        forms = [short, f"{short}_{prefecture}", f"{plain}_{prefecture}", f"{plain}_{one.code}"]
        by_code[one.code] = forms
    # A ward never takes the plain name of a municipality.
    ids: dict[str, str] = {}
    for level in range(4):
        waiting = [code for code in by_code if code not in ids]
        count = Counter(by_code[code][level] for code in waiting)
        taken = set(ids.values())
        ids |= {
            code: form
            for code in waiting
            if count[form := by_code[code][level]] == 1 and form not in taken
        }
    return ids


def _near(text: str, names: dict[str, str]) -> str:
    """The three names most like a text, by their characters or their romanised form."""
    folded = _folded(text)

    def likeness(name: str) -> float:
        plain = name.partition("（")[0]
        # Without the prefecture, where the text has none.
        bare = re.sub(r"^.{2,3}?[都道府県]", "", plain)
        forms = (plain, bare, names[name])
        return max(SequenceMatcher(None, folded, form).ratio() for form in forms)

    return "、".join(sorted(names, key=likeness, reverse=True)[:3])
