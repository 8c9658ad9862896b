"""A sentence understood: which numbers it speaks of, and what it says of each (``grammar``).

Numbers are found by the words that charts and tables show for them: the name of a question, a
group, a category, an indicator. The sentence need not use the whole name (閲覧数 for
市ホームページ閲覧数): the pairs of characters that it shares with a name count, the rarer the
more. Where several numbers may be meant, a statement is accused only if it is true of none.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from helpers.problems import Said
from helpers.sentences.evidence import Evidence
from helpers.sentences.grammar import MASK, YEAR, Reading, nearest, read
from helpers.sentences.judging import judge
from helpers.sentences.naming import Naming
from helpers.sentences.numbers import ABOUT, BODY, COUNTED, FRACTION, plain
from helpers.sentences.statement import Statement
from helpers.sentences.verdict import (
    FALSE,
    MISLEADING,
    OVERSTATED,
    ROUNDING,
    TRUE,
    UNKNOWN,
    Judgement,
    all_of,
)
from helpers.years import parse_year

_SINCE = re.compile(r"[でのはに]*(?:から|より|と?に?比べ|と?に?比較|比)")
_OTHER = re.compile(
    r"(?:よりも?|と?に?比べ|と?に?比較|に対し|を(?=[ぁ-ん]*(?:上回|下回))|の(?=約?[\d.]+倍))"
)
_NEGATIVE = re.compile(
    r"(?:てい|で|たく|思わ|感じ|がな|満足し)?(?:ない|なかった)(?=[人市方と層割回])|不満|否定的"
)
_SAME = re.compile(
    r"同(?:割合|数|率|指標|順位|値|期間)|この(?:割合|数|数値)|その(?:割合|数|数値)|(?:割合|値|数)は"
)
_NEAR_ENOUGH = 0.9  # of the best score: what else may be meant
WHOLE = "total"
_LEAST = 1.5  # score below which a name is not what the sentence speaks of
_ORDER = (
    TRUE,
    ROUNDING,
    OVERSTATED,
    MISLEADING,
    FALSE,
    UNKNOWN,
)  # the kindest reading that is known


@dataclass(frozen=True)
class Topic:
    """An indicator and one of its categories: what numbers of several groups have in common."""

    indicator: str
    category: str
    group: str = ""  # of an indicator whose groups are subjects of their own (measures of a plan)
    names: tuple[str, ...] = ()
    extra: str = ""  # words that may be said and need not be: 感じている


@dataclass
class Lexicon:
    """The words for the numbers that there are.

    Attributes:
        evidence: the numbers.
        word: the Japanese words for an identifier.
        own: the group that is the city itself among its peers.
    """

    evidence: Evidence
    word: Callable[[str], str]
    own: str = ""
    _rows: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)
    _units: dict[Topic, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key in self.evidence.keys:
            parts = [*key.split("."), "", ""]
            indicator, breakdown = parts[:2]
            category = ".".join(p for p in parts[3:] if p)
            if "." in category:
                continue
            by = self._rows.setdefault((indicator, category), {})
            by.setdefault(breakdown, []).append(key)

    @cached_property
    def topics(self) -> list[Topic]:
        """What sentences may speak of."""
        found = []
        for (indicator, category), by in self._rows.items():
            stem, _, beside = indicator.rpartition("_")
            if beside in ("change", "status", "unrounded", "pace") and (
                stem == "kpi" or any(stem == one for one, _ in self._rows)
            ):
                continue  # told beside a number; its own sentences speak of that number
            name = self.word(indicator)
            if "kpi" in by:
                if category == "actual":
                    found += [
                        Topic(
                            indicator, category, key.split(".")[2], (self.word(key.split(".")[2]),)
                        )
                        for key in by["kpi"]
                    ]
                continue
            names, extra = [name], ""
            if category and category not in ("total", "positive", "negative", "neutral", "score"):
                names.append(self.word(f"{indicator}.{category}"))
            if category in ("positive", "negative"):
                extra = self.word(f"{indicator}.{category}")
                who = self.word(f"{indicator}.who")
                extra += "" if who == "who" else who
            found.append(Topic(indicator, category, "", tuple(names), extra))
        return found

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """How much a pair of characters tells: the rarer among the names, the more."""
        names = [set(_pairs("、".join((*t.names, t.extra)))) for t in self.topics]
        counts: dict[str, int] = {}
        for pairs in names:
            for pair in pairs:
                counts[pair] = counts.get(pair, 0) + 1
        plainer = re.compile(r"[ぁ-ん]{2}|[ぁ-ん、]")
        return {
            pair: math.log(1 + len(names) / n) * (0.3 if plainer.match(pair) else 1.0)
            for pair, n in counts.items()
        }

    @cached_property
    def _heard(self) -> list[tuple[Topic, frozenset[str], frozenset[str], str]]:
        """Each topic with the pairs of its names, those of its extra words, and its unit."""
        return [
            (t, frozenset(_pairs("、".join(t.names))), frozenset(_pairs(t.extra)), self.unit(t))
            for t in self.topics
        ]

    def meant(self, text: str, units: Iterable[str] = ()) -> list[Topic]:
        """The topics that a text may mean, the likeliest first; none where it names nothing."""
        said = frozenset(_pairs(text))
        negative = bool(_NEGATIVE.search(text))
        wanted = {unit for unit in units if unit}
        scores: list[tuple[float, Topic, str]] = []
        for topic, names, extra, unit in self._heard:
            if topic.category in ("negative", "neutral") and not negative:
                continue
            if topic.category.isdecimal() and not any(f"「{n}」" in text for n in topic.names[1:]):
                continue  # a single option is meant where it is quoted
            heard, missing = (sum(self.weights[p] for p in part)
                              for part in (names & said, names - said))  # fmt: skip
            heard += sum(self.weights[p] for p in extra & said)
            heard += negative * {"negative": 1.0, "positive": -1.0}.get(topic.category, 0.0)
            if heard >= _LEAST:
                scores.append((heard**2 / (heard + 0.35 * missing), topic, unit))
        fitting = [each for each in scores if not wanted or each[2] in wanted] or scores
        best = max((score for score, *_ in fitting), default=0.0)
        kept = [each for each in fitting if each[0] >= _NEAR_ENOUGH * best]
        return [topic for _, topic, _ in sorted(kept, key=lambda each: -each[0])][:4]

    def balances(self, text: str) -> tuple[str, int]:
        """自然減 as 自然増減 and its sign; 0 where the text names none, or two that it compares."""
        text = (
            re.sub(r"転([入出])超過", r"社会増減が転\1超過", text)
            if "社会増減" in self.names
            else text
        )
        stems = [n[:-2] for n in self.names if n.endswith("増減")]
        if not stems:
            return text, 0
        pattern = re.compile(rf"({'|'.join(stems)})(増|減)(?![減少加])")
        found = pattern.findall(text)
        if len(found) != 1:
            return text, 0
        return pattern.sub(r"\1増減", text), 1 if found[0][1] == "増" else -1

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all topics."""
        return frozenset(name for topic in self.topics for name in topic.names)

    @cached_property
    def numbered(self) -> list[str]:
        """The names that look like numbers or changes: 8〜10点, 社会増減."""
        words = (plain(n) for topic in self.topics for n in (*topic.names, topic.extra))
        return list(dict.fromkeys(w for w in words if re.search(r"\d|[増減]", w)))

    def named(self, text: str, longer_than: str) -> bool:
        """Whether a group's word and what follows it are part of a topic's name."""
        after = text.removeprefix(longer_than)
        return bool(re.match(r"[一-龠々ァ-ヶー]{2}", after)) and any(
            text in plain(name) for name in self.names
        )

    def unit(self, topic: Topic) -> str:
        """The unit of a topic's numbers."""
        if topic not in self._units:
            numbers = (
                number
                for key in self.keys(topic)
                for series in self.evidence.all_definitions(key).values()
                for number in series.values()
                if number.quantity is not None
            )
            first = next(numbers, None)
            self._units[topic] = first.measure if first else ""
        return self._units[topic]

    def keys(self, topic: Topic) -> list[str]:
        """All keys of a topic, in the order of the rows."""
        every = self._rows[topic.indicator, topic.category].values()
        return [k for keys in every for k in keys if topic.group in ("", k.split(".")[2])]

    def key(self, topic: Topic, group: str = "") -> str | None:
        """The key of a group, of the whole, or of the city among its peers."""
        by = self._rows[topic.indicator, topic.category]
        if topic.group:
            return next((k for k in by["kpi"] if k.split(".")[2] == topic.group), None)
        if group:
            every = [key for b, keys in by.items() if b != "total" for key in keys]
            return next((key for key in every if key.split(".")[2] == group), None)
        own = [key for keys in by.values() for key in keys if key.split(".")[2] == self.own]
        return next(iter(by.get("total", own)), None)

    def siblings(self, topic: Topic, key: str) -> list[str]:
        """What a number is held against: other groups, other categories, the peers."""
        breakdown = key.split(".")[1]
        by = self._rows[topic.indicator, topic.category]
        if breakdown == "total" and "peer" in by:
            own = [k for k in by["peer"] if k.split(".")[2] == self.own]
            return [*own, *(k for k in by["peer"] if k not in own)] if own else []
        if breakdown not in {"total", "kpi"}:
            return [key, *(k for k in by[breakdown] if k != key)]
        others = [
            k
            for (indicator, category), rows in self._rows.items()
            if indicator == topic.indicator and category not in (topic.category, "total", "")
            for k in rows.get("total", [])
        ]
        return [key, *others] if topic.category and others else []

    @cached_property
    def groups(self) -> list[tuple[str, str]]:
        """Words for groups and their ids, the longest first."""
        found: dict[str, str] = {}
        ids = dict.fromkeys(
            (parts[1], parts[2])
            for key in self.evidence.keys
            if len(parts := key.split(".")) > 2 and parts[1] not in ("total", "kpi")
        )
        for breakdown, group in ids:
            for word in (self.word(f"{breakdown}.{group}"), self.word(group)):
                for alias in _aliases(plain(word)):
                    found.setdefault(alias, group)
        return sorted(found.items(), key=lambda pair: -len(pair[0]))

    def breakdown(self, text: str) -> str | None:
        """The breakdown whose order a text speaks of: 居住年数が長いほど."""
        names = dict.fromkeys(k.split(".")[1] for k in self.evidence.keys if "." in k)
        return max(
            (n for n in names if n not in ("total", "kpi", "peer")),
            key=lambda n: len(set(_pairs(self.word(n).removesuffix("別"))) & set(_pairs(text))),
            default=None,
        )


def _pairs(text: str) -> Iterator[str]:
    one = re.sub(r"[（）()・「」]", "、", plain(text)).lower()
    return (one[i : i + 2] for i in range(len(one) - 1) if "、" not in one[i : i + 2])


def _aliases(word: str) -> Iterator[str]:
    """How a group may be written: 18〜29歳, 18-29歳, 18歳から29歳; 20〜29歳 is 20代, too."""
    if len(word) < 2:
        return
    yield word
    if match := re.fullmatch(r"(\d+)[〜-](\d+)歳", word):
        low, high = match.groups()
        for between in ("〜", "-", "−", "–", "~", "から", "歳〜", "歳から", "・"):
            yield f"{low}{between}{high}歳"
        if int(low) % 10 == 0 and int(high) == int(low) + 9:
            yield f"{low}歳代"
            yield f"{low}代"
    if match := re.fullmatch(r"(.+)年未満", word):
        yield f"{match[1]}年に満たない"


@dataclass(frozen=True)
class Understood:
    """What a part of a sentence says; alternatives where several numbers may be meant."""

    text: str
    reading: Reading
    alternatives: tuple[Statement, ...]
    every: bool = False  # 2つの設問とも: of each of them

    def judged(self, year: int, evidence: Evidence, naming: Naming) -> Judgement:
        """The kindest verdict among the numbers that may be meant, or the whole of all."""
        verdicts = [
            judge(s, year, evidence, naming, any_definition=True) for s in self.alternatives
        ]
        if self.every and verdicts:
            return all_of(verdicts)
        return min(verdicts, key=lambda v: _ORDER.index(v.verdict), default=not_understood())


_EVERY = re.compile(r"つの(?:設問|質問|指標|項目)?とも|いずれも|すべて|どちらも|両方とも|ともに")


@dataclass(frozen=True)
class _Named:
    """What a clause names beside its topic: groups, those compared with, other topics, a year."""

    groups: tuple[str, ...]
    other: tuple[str, ...]
    versus: tuple[Topic, ...]
    year: int | None
    text: str


@dataclass(frozen=True)
class _Place:
    """Which number a reading is about: its topic, key and year, and what is beside it."""

    topic: Topic
    key: str
    mate: str | None
    year: int
    named: _Named


@dataclass
class Reader:
    """Reads sentences; what was spoken of last is what 同割合 means."""

    lexicon: Lexicon
    year: int
    topics: list[Topic] = field(default_factory=list)
    keys: tuple[str, ...] = ()  # what the author says that it is about

    def understand(self, sentence: str) -> list[Understood]:
        """The statements of a sentence."""
        found: list[Understood] = []
        groups: list[str] = []
        for one in re.split(r"[。\n]", plain(sentence)):
            pending = ""
            for chunk in re.split(r"(?<!\d)、|、(?!\d)", one):
                pending = f"{pending}、{chunk}".strip("、")
                told, sign = self.lexicon.balances(pending)
                masked, mine, other, year, against = self._names(told)
                readings = [r for each in read(masked) if (r := _of_sign(each, sign))]
                if not readings:
                    continue
                groups = mine or groups
                units = {u for r in readings if (u := _unit(r))}
                subject, versus = self._subjects(told, units)
                if _CONTINUED.match(told):
                    subject = self.topics
                kept = [topic for topic in self.topics if topic in subject]
                self.topics = kept or subject or self._same(pending, units)
                if self.keys:
                    self.topics, groups = self._given()
                said = [replace(r, against=against) if against else r for r in readings]
                named = _Named(tuple(groups), tuple(other), tuple(versus), year, pending)
                for reading in said:
                    meant = (self._statement(reading, topic, named) for topic in self.topics)
                    alternatives = tuple(statement for statement in meant if statement)
                    every = bool(_EVERY.search(pending))
                    found.append(Understood(pending, reading, alternatives, every))
                pending = ""
        return found

    def _given(self) -> tuple[list[Topic], list[str]]:
        """The topics and groups of the keys that the author names."""
        parts = [[*key.split("."), "", "", ""] for key in self.keys]
        found = [
            topic
            for indicator, _, group, *rest in parts
            for topic in self.lexicon.topics
            if topic.indicator == indicator
            and topic.category == rest[0]
            and topic.group in ("", group)
        ]
        return found, [p[2] for p in parts if p[1] not in ("total", "kpi")]

    def _same(self, text: str, units: set[str]) -> list[Topic]:
        """What a sentence that names nothing speaks of: as the one before, or any that fits."""
        if self.topics:
            return self.topics
        if not _SAME.search(text):
            return []
        wanted = {"%"} if "割合" in text or "率" in text else units
        fits = [t for t in self.lexicon.topics if self.lexicon.unit(t) in wanted]
        now = [t for t in fits if (k := self.lexicon.key(t)) and self._newest(k, None) == self.year]
        return (now or fits)[:8]

    def _names(self, text: str) -> tuple[str, list[str], list[str], int | None, str]:
        """Groups and years taken out: the text, the groups, those compared with, year, against."""
        mine: list[tuple[int, str]] = []
        other: list[str] = []
        year, against = None, ""
        for match in list(YEAR.finditer(text)):
            try:
                found = parse_year(
                    match[0].removesuffix("年度").removesuffix("年")
                    if match[0][:2].isdecimal()
                    else match[0].rstrip("度").rstrip("年")
                )
            except ValueError:
                continue
            if _SINCE.match(text, match.end()):
                against = str(found)
            else:
                year = found
            text = text[: match.start()] + MASK * len(match[0]) + text[match.end() :]
        if (whole := re.search(r"市?全体(?:で|の|は|では)(?!より)", text)) and not mine:
            mine.append((whole.start(), WHOLE))
        for word in self.lexicon.numbered:
            if word in text:
                text = text.replace(word, MASK * len(word))
        for word, group in self.lexicon.groups:
            at = text.find(word)
            if at < 0 or (word[0].isdecimal() and at and text[at - 1].isdecimal()):
                continue
            end = at + len(word)
            if self.lexicon.named(text[at : end + 2], longer_than=word):
                continue  # 全国順位 is the name of a number, not a number of 全国
            (other if _OTHER.match(text, end) else []).append(group)
            if group not in other:
                mine.append((at, group))
            text = text[:at] + MASK * len(word) + text[end:]
        return text, [group for _, group in sorted(mine)], other, year, against

    def _subjects(self, text: str, units: set[str]) -> tuple[list[Topic], list[Topic]]:
        """What the text speaks of, and what it compares that with by name."""
        versus: list[Topic] = []
        match = re.search(
            r"([^、はがもで]{2,}?)(?:を(?:大きく|わずかに)?(?:上回|下回)|よりも?)", text
        )
        named = match and not re.fullmatch(r"[\d.,%]+", match[1])  # 100を下回る names nothing
        if match and named and not re.search(r"目標|全体|前年|昨年|現状値|基準値", match[1]):
            versus = self.lexicon.meant(match[1])
            if versus:
                text = text.replace(match[1], "、", 1)
        share = re.search(
            rf"([^、はがもで]{{2,}}?)の(?:{ABOUT})?(?:{BODY}(?:倍|割|%)|{FRACTION})", text
        )
        if share and not versus and not re.search(r"目標|全体|[前昨]年|現状値|基準値", share[1]):
            counts = [t for t in self.lexicon.meant(share[1]) if self.lexicon.unit(t) in COUNTED]
            rest = text.replace(share[1], "、", 1)
            if counts and (mine := self.lexicon.meant(rest)):
                return mine, counts
        return self.lexicon.meant(text, units), versus

    def _statement(self, reading: Reading, topic: Topic, named: _Named) -> Statement | None:
        """The statement about one topic; None where it has no number for it."""
        lexicon, groups = self.lexicon, named.groups
        group = next((g for g in groups if g == WHOLE or lexicon.key(topic, g)), "")
        key = lexicon.key(topic, "" if group == WHOLE else group)
        if key is None or (groups and not group and not topic.group):
            return None
        mate = next((k for g in named.other if (k := lexicon.key(topic, g))), None)
        if mate is None:
            rivals = (lexicon.key(t, "" if group == WHOLE else group) for t in named.versus)
            mate = next((k for k in rivals if k and k != key), None)
        place = _Place(topic, key, mate, self._newest(key, named.year), named)
        shape = _SHAPES.get(reading.kind, Reader._plain)
        fields = shape(self, reading, place)
        if fields is None:
            return None
        known = {"kind": reading.kind, "claimed": reading.claimed, "what": [key]}
        try:
            return Statement.model_validate(known | {"year": place.year} | fields)
        except ValueError:
            return None

    def _plain(self, reading: Reading, place: _Place) -> dict[str, object] | None:
        """A change, or what needs no other number: against what the clause compares it with."""
        against = reading.against
        if against.startswith("-"):
            against = str(place.year + int(against))
        elif against == "previous":
            earlier = self._years(place.key, place.year - 1)
            back = "前回" in place.named.text and earlier
            against = str(max(earlier) if back else place.year - 1)
        elif against == "total":
            against = self.lexicon.key(place.topic) or ""
        elif against == "other":
            if place.mate is None:
                return None
            against = place.mate
        return {"against": against or "previous"}

    def _alone(self, _reading: Reading, place: _Place) -> dict[str, object] | None:
        return {"year": place.year}

    def _value(self, reading: Reading, place: _Place) -> dict[str, object] | None:
        """A number; a rank among others; a share of another number."""
        claimed, unit = reading.claimed, self.lexicon.unit(place.topic)
        if re.search(_BEFORE.format(re.escape(claimed)), place.named.text):
            return {"year": place.year - 1}
        if claimed.endswith(("位", "番目")) and unit != "位":
            place_said = f"{re.sub('[^0-9]', '', claimed)}番目に高い"
            return self._among(Reading("ordinal", place_said), place)
        if place.key.split(".")[1] != WHOLE and re.search(r"全体の(?:約)?\d", place.named.text):
            return None  # a share of all, or of what all say: nobody knows
        share = re.search("[%割半]|分の", claimed)
        if place.named.versus and place.mate and unit in COUNTED and share:
            year = self._newest(place.key, place.named.year, place.mate)
            return {"kind": "share_of", "what": [place.key, place.mate], "year": year}
        if place.named.versus and "回" in claimed:
            return None  # 社会増の414人を上回る: what is above it is said elsewhere
        return {}

    def _times(self, reading: Reading, place: _Place) -> dict[str, object] | None:
        """A multiple, of another year or of another number."""
        if place.named.versus and place.mate and self.lexicon.unit(place.topic) in COUNTED:
            year = self._newest(place.key, place.named.year, place.mate)
            return {"against": place.mate, "year": year}
        return self._plain(reading, place)

    def _compare(self, reading: Reading, place: _Place) -> dict[str, object] | None:
        """Two numbers of the same year, by their values or, of net changes, by their sizes."""
        rival = place.mate
        if rival is None and reading.against == WHOLE:
            rival = self.lexicon.key(place.topic)
        if rival is None or rival == place.key:
            return None
        above = reading.claimed == "上回る"
        kind, claimed = "order", "より高い" if above else "より低い"
        if sizes := _MAGNITUDE.search(place.named.text):
            kind, claimed = "magnitude", f"{sizes[1]}が{sizes[2]}を{reading.claimed}"
        year = self._newest(place.key, place.named.year, rival)
        return {"kind": kind, "claimed": claimed, "what": [place.key, rival], "year": year}

    def _run(self, reading: Reading, place: _Place) -> dict[str, object] | None:
        if not reading.claimed.endswith(("上回る", "下回る")):
            return {}
        if place.mate is None:
            return None
        year = self._newest(place.key, place.named.year, place.mate)
        return {"what": [place.key, place.mate], "year": year}

    def _among(self, reading: Reading, place: _Place) -> dict[str, object] | None:
        """An extreme or a place among the others of its kind."""
        what = self.lexicon.siblings(place.topic, place.key)
        if len(what) < 2:
            return None
        claimed = reading.claimed
        if self.lexicon.unit(place.topic) == "位":  # the top rank is the smallest number
            claimed = claimed[:-2] + {"高い": "低い", "低い": "高い"}[claimed[-2:]]
        return {"kind": reading.kind, "claimed": claimed, "what": what}

    def _tendency(self, _reading: Reading, place: _Place) -> dict[str, object] | None:
        split = self.lexicon.breakdown(place.named.text)
        what = [k for k in self.lexicon.keys(place.topic) if k.split(".")[1] == split]
        return {"what": what} if len(what) > 2 else None

    def _target(self, reading: Reading, place: _Place) -> dict[str, object] | None:
        if not place.topic.group:
            return None
        of_year = re.search(r"年度の?目標", place.named.text)
        return {"claimed": f"年度{reading.claimed}"} if of_year else {}

    def _status(self, _reading: Reading, place: _Place) -> dict[str, object] | None:
        """How an indicator with a target stands to its pace; no other has a status."""
        return {"year": place.year} if place.key.startswith("kpi.") else None

    def _years(self, key: str, last: int) -> list[int]:
        known = self.lexicon.evidence
        return [y for d in known.definitions([key]) for y in known.series(key, d) if y <= last]

    def _newest(self, key: str, year: int | None, mate: str = "") -> int:
        """The year that is said, or the newest that there is, of both where two are compared."""
        if year is not None:
            return year
        known = self.lexicon.evidence
        years = [
            y
            for d in known.definitions([key])
            for y in known.series(key, d)
            if y <= self.year and (not mate or y in known.series(mate, d))
        ]
        return max(years, default=self.year)


# 前年度の371万件から: the number of the year before, from which something is said to change.
_BEFORE = r"[前昨]年度?の{}(?:から|より|と?に?比|を[上下]回)"
# …24,871人で、前年度の19,305人から増加: the clause names nothing; it goes on about the same.
_CONTINUED = re.compile(rf"{_BEFORE.format('[0-9.,万千億]+[^0-9はがの、]{0,3}?')}[^はがの]*$")
_SHAPES: Mapping[str, Callable[[Reader, Reading, _Place], dict[str, object] | None]] = {
    "value": Reader._value,
    "series": Reader._alone,
    "times": Reader._times,
    "compare": Reader._compare,
    "run": Reader._run,
    "record": Reader._alone,
    "order": Reader._among,
    "ordinal": Reader._among,
    "tendency": Reader._tendency,
    "target": Reader._target,
    "status": Reader._status,
}

# 自然減が社会増を上回る: sizes are compared, and each is said to have its sign.
_MAGNITUDE = re.compile(r"(増|減)(?!減)[少加]?数?[がは][^、]{2,8}?(増|減)(?!減)[少加]?数?を")


def _of_sign(reading: Reading, sign: int) -> Reading | None:
    """What is said of a 減 as said of the 増減: 927人 is −927人, and its increase a decrease."""
    if sign >= 0:
        return reading
    if reading.kind == "value":
        exact = re.fullmatch(r"[\d.,万千百億]+\D?", reading.claimed)
        return replace(reading, claimed=f"−{reading.claimed}") if exact else None
    if reading.kind in ("trend", "run", "points"):
        flip = {"増加": "減少", "減少": "増加", "増": "減", "減": "増"}
        said = re.sub("増加|減少|増|減", lambda m: flip[m[0]], reading.claimed)
        return replace(reading, claimed=said)
    return reading if reading.kind in ("compare", "sign") else None


def _unit(reading: Reading) -> str:
    """The unit of the numbers that a reading must be about; nothing where any will do."""
    if reading.kind == "points" and "ポイント" in reading.claimed:
        return ""
    if reading.kind in ("value", "points", "series"):
        for stem, unit in (
            ("位", "位"),
            ("番目", "位"),
            ("%", "%"),
            ("割", "%"),
            ("分の", "%"),
            ("半数", "%"),
            ("大半", "%"),
        ):
            if stem in reading.claimed:
                return unit
        match = re.search(r"(人|世帯|件|点)(?!に)", reading.claimed)
        return match[1] if match else ""
    return ""


def reader_of(evidence: Evidence, naming: Naming, keys: Sequence[str] = ()) -> Reader:
    """A reader of the sentences of an edition.

    Args:
        evidence: its numbers.
        naming: its words.
        keys: what the sentence is about, where its author says so.
    """
    edition = naming.edition
    lexicon = Lexicon(evidence, lambda name: naming.word(name).ja, edition.city)
    return Reader(lexicon, edition.fiscal_year, keys=tuple(keys))


def judge_sentence(
    sentence: str, reader: Reader, naming: Naming
) -> tuple[Judgement, tuple[str, ...]]:
    """A whole sentence: as bad as its worst part; and the keys that it speaks of."""
    evidence = reader.lexicon.evidence
    parts = [
        (part, part.judged(reader.year, evidence, naming)) for part in reader.understand(sentence)
    ]
    if not parts:
        return not_understood(), ()
    known = [each for _, each in parts if each.verdict != UNKNOWN]
    keys = tuple(
        dict.fromkeys(k for part, _ in parts for s in part.alternatives[:1] for k in s.what)
    )
    return all_of(known or [each for _, each in parts]), keys[:3]


def not_understood() -> Judgement:
    """No number of the edition is meant, or no form is read: the forms that are."""
    forms = nearest()
    return Judgement(
        UNKNOWN,
        Said(
            "何の数値の、何を述べた文か読み取れません",
            "not understood: which number, and what of it",
        ),
        Said(
            f"指標の名前と数値を書くか、kind と claimed を書く（読める形の例: {forms}）",
            f"write the name of the indicator, or kind and claimed (forms: {forms})",
        ),
    )
