"""A document held against the numbers: each passage verified, found, contradicted, not checked.

Nothing is called true by likeness alone. ``found`` names the one number that a passage means, for
a person to confirm (``--accept`` writes it into ``claims.yml``); only then it is a claim that the
audit judges. A passage is accused only where it names its number itself.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from helpers.audit.claim import Claim, read_claims
from helpers.audit.passages import Passage, bare, passages
from helpers.edition import Edition
from helpers.problems import Said
from helpers.sentences.evidence import Evidence, Number
from helpers.sentences.grammar import YEAR
from helpers.sentences.grammar import numbers as numbers_of
from helpers.sentences.judging import judge
from helpers.sentences.naming import Naming
from helpers.sentences.numbers import plain
from helpers.sentences.statement import Statement
from helpers.sentences.understanding import Reader, Understood, judge_sentence, reader_of
from helpers.sentences.verdict import NOTHING, RIGHT, WRONG, Judgement
from helpers.years import parse_year

VERIFIED, FOUND, CONTRADICTED, UNCHECKED = "verified", "found", "contradicted", "unchecked"
CLASSES = (CONTRADICTED, UNCHECKED, FOUND, VERIFIED)  # what an author looks at first
_OTHERS = re.compile(r"全国(?!順位|の順位|\d)|都内|県内|他市|近隣|国の|都の|県の|年代別では")
# A municipality by its name: 相模原市の; 本市, 同市 and 26市 are none.
_PLACE = re.compile(
    r"(?<![一-龠ァ-ヶー\d])(?![本当同各全])([一-龠ァ-ヶー]{1,5}[市区町村県])(?=[のではがも])"
)
# Beside these words a sentence states a second number of the same indicator.
_SECOND = re.compile(r"目標|現状値|基準値|前年|昨年|前回|全体|から")
_LEAST = 0.5  # of a name that must be heard


@dataclass(frozen=True)
class Checked:
    """A passage and what became of it.

    Attributes:
        state: one of ``CLASSES``.
        verdict: of a claim or of the reading, as in ``VERDICTS``; empty where nothing is known.
        said, right: what the data say, and a wording that they carry.
        statements: what was understood of it, ready to be written into ``claims.yml``.
        open: the numbers that nothing covers.
    """

    passage: Passage
    state: str
    verdict: str = ""
    said: Said = NOTHING
    right: Said = NOTHING
    statements: tuple[Statement, ...] = ()
    open: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentAudit:
    """All passages of a document that state something."""

    edition: Edition
    checked: tuple[Checked, ...]

    def of(self, state: str) -> list[Checked]:
        """The passages of one class, in the order of the document."""
        return [each for each in self.checked if each.state == state]

    @property
    def numbers(self) -> tuple[int, int]:
        """How many numbers are checked, and how many there are."""
        left = (e.passage.numbers if e.state == UNCHECKED else e.open for e in self.checked)
        every = sum(len(each.passage.numbers) for each in self.checked)
        return every - sum(map(len, left)), every

    @property
    def failed(self) -> bool:
        """Whether something is contradicted."""
        return bool(self.of(CONTRADICTED))


def audit_document(edition: Edition, text: str, rows: Iterable[Mapping[str, Any]]) -> DocumentAudit:
    """Every sentence and cell of a text that states a number or says how something went.

    Args:
        edition: whose numbers.
        text: of the document; see ``passages``.
        rows: the edition's indicator rows and those of earlier editions.
    """
    evidence, naming = Evidence(rows), Naming(edition)
    reader = reader_of(evidence, naming)
    claims = [(bare(claim.sentence).strip("。"), claim) for claim in read_claims(edition)]
    found = []
    every = passages(text)
    index = _index(evidence, reader)
    for place, passage in enumerate(every):
        own = bare(passage.quoted).strip("。")
        covering = [c for quoted, c in claims if own and _same(own, quoted, passage)]
        if covering:
            found.append(_verified(passage, covering, edition, evidence, naming))
        elif passage.claims:
            near = every[max(0, place - 3) : place + 4]
            context = "、".join(p.said for p in near if p.page == passage.page and not p.whole)
            found.append(_read(passage, reader, naming, index, context))
    return DocumentAudit(edition, tuple(found))


def _verified(
    passage: Passage, claims: list[Claim], edition: Edition, evidence: Evidence, naming: Naming
) -> Checked:
    """What claims cover, as bad as the worst of them, and the numbers that none covers."""
    parts = []
    for claim in claims:
        if text := claim.to_be_read:
            judged, _ = judge_sentence(text, reader_of(evidence, naming, claim.what), naming)
        else:
            judged = judge(claim, edition.fiscal_year, evidence, naming)
        parts.append(judged)
    covered = plain("、".join(claim.claimed or claim.sentence for claim in claims))
    open_ = tuple(n for n in passage.numbers if n not in covered)
    bad = [each for each in parts if each.verdict in WRONG]
    known = [each for each in parts if each.verdict in (*RIGHT, *WRONG)]
    if not known:
        return Checked(passage, UNCHECKED, parts[0].verdict, parts[0].said, open=open_)
    first = bad[0] if bad else known[0]
    state = CONTRADICTED if bad else VERIFIED
    return Checked(passage, state, first.verdict, first.said, first.right, open=open_)


def _same(own: str, quoted: str, passage: Passage) -> bool:
    """Whether a claim quotes a passage, a part of it, or a sentence that a PDF has parted."""
    if passage.heads:
        return own == quoted
    return quoted in own or (own in quoted and 2 * len(own) > len(quoted))


_Index = dict[str, list[Number]]


def _index(evidence: Evidence, reader: Reader) -> _Index:
    """Every number that sentences may speak of, by its digits."""
    known = {k for topic in reader.lexicon.topics for k in reader.lexicon.keys(topic)}
    found: _Index = {}
    for key in evidence.keys:
        if key in known or key.startswith("kpi."):
            for definition in evidence.definitions([key]):
                for number in evidence.series(key, definition).values():
                    found.setdefault(_digits(number.printed), []).append(number)
    return found


def _digits(text: str) -> str:
    return re.sub(r"[^\d.]", "", text.replace("千", "000"))


def _pointed(
    text: str, passage: Passage, context: str, index: _Index, reader: Reader, naming: Naming
) -> Statement | None:
    """The one row that prints a number and whose name, group and year stand beside it."""
    if len(re.sub(r"\D", "", text)) < 2 and not passage.heads:
        return None  # a single digit is everywhere
    beside = passage.said if passage.heads else context
    unit = re.sub(r"[-+−\d.,]", "", text)
    years = {parse_year(re.sub("年度?$", "", y[0])) for y in YEAR.finditer(plain(passage.said))}
    groups = [g for word, g in reader.lexicon.groups if word in plain(beside)]
    fits: dict[str, Number] = {}
    for number in index.get(_digits(text), ()):
        _, breakdown, group, *_ = [*number.key.split("."), ""]
        if unit and unit not in (number.unit, plain(number.unit)):
            continue
        if years and number.year not in years:
            continue
        if breakdown == "total" and groups and passage.heads:
            continue
        if breakdown not in ("total", "kpi") and group not in (*groups, reader.lexicon.own):
            continue
        if _share(number.key, beside, naming) >= _LEAST:
            fits.setdefault(number.key, number)
    best = max((_share(key, beside, naming) for key in fits), default=0.0)
    fits = {k: n for k, n in fits.items() if _share(k, beside, naming) >= 0.9 * best}
    if len(fits) != 1:
        return None
    [number] = fits.values()
    fields = {"kind": "value", "claimed": text, "what": [number.key], "year": number.year}
    try:
        return Statement.model_validate(fields)
    except ValueError:
        return None


def _read(passage: Passage, reader: Reader, naming: Naming, index: _Index, context: str) -> Checked:
    """What the words and the numbers of a passage point to."""
    pointed = []
    if not passage.whole:
        every = {n: _pointed(n, passage, context, index, reader, naming) for n in passage.numbers}
        pointed = [s for s in every.values() if s]
        if pointed and (len(pointed) == len(every) or not passage.heads):
            evidence = reader.lexicon.evidence
            said = judge(pointed[0], reader.year, evidence, naming, any_definition=True).said
            left = tuple(n for n, s in every.items() if s is None)
            return Checked(passage, FOUND, "", said, NOTHING, tuple(pointed), left)
        if not passage.heads:
            return Checked(passage, UNCHECKED, open=tuple(passage.numbers))
    if not re.match(r"同|この|その", passage.said) or passage.heads:
        reader.topics = []
    parts = [part for part in reader.understand(passage.said) if part.alternatives]
    evidence = reader.lexicon.evidence
    good: list[tuple[Understood, Statement, Judgement]] = []
    bad: list[Judgement] = []
    covered = ""
    for part in parts:
        names = [s for s in part.alternatives if _heard(s, passage.said, naming)]
        judged = [judge(s, reader.year, evidence, naming, any_definition=True) for s in names]
        right = [(s, j) for s, j in zip(names, judged, strict=True) if j.verdict in RIGHT]
        if right:
            good.append((part, *right[0]))
            covered += plain(part.reading.claimed) + "、"
        elif _second(part, passage.said, names, index):
            continue
        elif judged and all(j.verdict in WRONG for j in judged) and _sure(passage, reader, naming):
            bad.append(judged[0])
            covered += plain(part.reading.claimed) + "、"
    open_ = tuple(n for n in passage.numbers if n not in covered and not _within(n, covered))
    if bad:
        worst = min(bad, key=lambda j: WRONG.index(j.verdict))
        return Checked(
            passage, CONTRADICTED, worst.verdict, worst.said, worst.right or worst.said, open=open_
        )
    if good:
        statements = tuple(statement for _, statement, _ in good)
        return Checked(passage, FOUND, "", good[0][2].said, NOTHING, statements, open_)
    return Checked(passage, UNCHECKED, open=open_)


def _second(part: Understood, text: str, names: list[Statement], index: _Index) -> bool:
    """Whether a number is the target, the baseline or an earlier number of what is spoken of."""
    if re.search(rf"\d[万千]*[人件]の{re.escape(part.reading.claimed)}", plain(text)):
        return True  # 812万件の6割: of a number that is given
    if part.reading.kind != "value" or not _SECOND.search(text):
        return False
    stems = {s.what[0].split(".")[0 if "kpi" not in s.what[0] else 2] for s in names}
    known = index.get(_digits(part.reading.claimed), ())
    return any(stems & set(number.key.split(".")[:3]) for number in known)


def _within(number: str, covered: str) -> bool:
    """3.8ポイント減 covers 3.8ポイント, −414 covers −414."""
    digits = re.sub(r"[^\d.,]", "", number)
    return bool(digits) and digits in [re.sub(r"[^\d.,]", "", n) for n, _ in numbers_of(covered)]


def _heard(statement: Statement, text: str, naming: Naming) -> bool:
    """Whether enough of a number's name stands in the text itself."""
    return _share(statement.what[0], text, naming) >= _LEAST


def _share(key: str, text: str, naming: Naming) -> float:
    """How much of the name of a key stands in a text."""
    indicator, _, group, *rest = [*key.split("."), "", ""]
    category = rest[0] if rest else ""
    words = [naming.word(indicator).ja]
    if indicator == "kpi":
        words = [naming.word(group).ja]
    elif category and category not in ("total", "actual"):
        words.append(naming.word(f"{indicator}.{category}").ja)
        words.append(naming.word(f"{indicator}.who").ja)
    said = _pairs(text)
    shares = [len(_pairs(w) & said) / len(_pairs(w)) for w in words if _pairs(w)]
    return max(shares, default=0.0) + 0.1 * sum(shares) * (len(shares) > 1)


def _pairs(text: str) -> set[str]:
    one = re.sub(r"[（）()・「」、]", "", plain(text)).lower()
    return {one[i : i + 2] for i in range(len(one) - 1)}


def _sure(passage: Passage, reader: Reader, naming: Naming) -> bool:
    """Whether nothing in a passage says that it speaks of something else than our number."""
    text = plain(passage.said)
    names = plain("".join(n for t in reader.lexicon.topics for n in (*t.names, t.extra)))
    names += "".join(word for word, _ in reader.lexicon.groups)
    places = set(_PLACE.findall(text)) - {plain(naming.edition.name.ja)}
    strange = [p for p in places if p not in names]
    strange += [w for w in re.findall(r"[A-Za-z]{3,}|[ァ-ヶー]{4,}", text) if w not in names]
    known = {"ポイント", "パーセント", "アンケート", "マイナス", "データ"}
    return not _OTHERS.search(text) and not [w for w in strange if w not in known]
