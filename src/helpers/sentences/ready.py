"""The sentences that a report needs every year, ready to paste: neutral words, numbers by key.

Each is a template in both languages; one whose numbers are not there, or must not be written, is
left out. Which change counts as level is decided in ``helpers.trends``; what may be called the
highest, the lowest or different, in ``significance``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from helpers.problems import InputError, Said
from helpers.sentences.evidence import Number
from helpers.sentences.facts import Facts, Refused
from helpers.sentences.judging import within_error
from helpers.sentences.significance import family
from helpers.trends import sizes


@dataclass(frozen=True)
class Sentence:
    """One sentence to paste, with the keys of its numbers."""

    section: str
    text: Said
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Writer:
    """Fills templates; knows what a change may be called."""

    facts: Facts

    def sentence(self, section: str, ja: str, en: str, *keys: str) -> Iterator[Sentence]:
        """The sentence, if all its numbers may be written."""
        try:
            text = Said(self.facts.write(ja), self.facts.write(en, "en"))
        except InputError:
            return
        yield Sentence(section, text, keys)

    def number(self, key: str, definition: str = "", year: str = "") -> Number | None:
        """The number that may be written under a key, or None."""
        try:
            return self.facts.number(key, definition, year)
        except Refused:
            return None

    def name(self, key: str) -> Said:
        """A key in words."""
        return self.facts.naming.key(key)

    def change(self, key: str, definition: str = "", year: str = "") -> Said:
        """``（前年度から0.9ポイント減、標本誤差の範囲）``; nothing without a year before."""
        number = self.number(key, definition, year)
        try:
            before = self.facts.before(number) if number else None
        except Refused:
            before = None
        if number is None or before is None or before.quantity is None:
            return Said("", "")
        field = f"{{{key}{f'#{definition}' if definition else ''}@{number.year}|change}}"
        range_ = _range(before, number)
        ja = f"（前年度から{field}{'、' if range_.ja else ''}{range_.ja}）"
        return Said(ja, f" ({field} from the year before{', ' if range_.en else ''}{range_.en})")


def _range(before: Number, after: Number) -> Said:
    """What must be said beside a change: that it is within sampling error, or level."""
    if within_error(before, after):
        return Said("標本誤差の範囲", "within sampling error")
    change, first, unit = float(after.value - before.value), float(before.value), after.measure
    if change and unit != "位" and "level" in sizes(change, first, unit):
        return Said("横ばいの範囲", "which counts as level")
    return Said("", "")


def movement(writer: Writer) -> Iterator[Sentence]:
    """Moves, births and deaths of the newest year of each series, its definition named."""
    pairs = (
        ("moved_in", "moved_out", "net_migration", "転入は{0}、転出は{1}で、社会増減は{2}です"),
        ("births", "deaths", "natural_change", "出生は{0}、死亡は{1}で、自然増減は{2}です"),
    )
    english = (
        "{0} moved in and {1} moved out, a net migration of {2}",
        "{0} were born and {1} died, a natural change of {2}",
    )
    for (*parts, ja), en in zip(pairs, english, strict=True):
        keys = [f"{part}.total.total" for part in parts]
        for definition in writer.facts.evidence.definitions(keys[:1]):
            series = [writer.facts.evidence.series(key, definition) for key in keys]
            years = [
                y for y in set.intersection(*(set(s) for s in series)) if y <= writer.facts.year
            ]
            if not years:
                continue
            by, year = writer.facts.naming.definition(definition), max(years)
            fields = [f"{{{key}#{definition}@{year}}}" for key in keys]
            yield from writer.sentence(
                "3",
                f"{year}年の{ja.format(*fields)}（{by.ja}）。",
                f"In {year} {en.format(*fields)} ({by.en}).",
                *keys,
            )


def daytime(writer: Writer) -> Iterator[Sentence]:
    """The index, its rank from the lowest, and the share who stay: three different things."""
    city = writer.facts.naming.edition.city
    index, rank, stay = (
        f"{name}.peer.{city}"
        for name in ("daytime_population_index", "daytime_population_rank", "stay_share")
    )
    peers = writer.facts.naming.edition.peers
    number = writer.number(index, "published", "newest")
    if number is None or peers is None:
        return
    field = f"#published@{number.year}"
    yield from writer.sentence(
        "4",
        f"{number.year}年の昼間人口指数（常住人口100人に対する昼間人口）は{{{index}{field}|number}}で、"
        f"{peers.ja}の中で低い方から{{{rank}{field}|number}}番目です。",
        f"In {number.year} there were {{{index}{field}|number}} people by day per 100 residents, "
        f"rank {{{rank}{field}|number}} from the lowest of {peers.en}.",
        index,
        rank,
    )
    for definition in writer.facts.evidence.definitions([stay]):
        staying, by = f"#{definition}@{number.year}", writer.facts.naming.definition(definition)
        yield from writer.sentence(
            "4",
            f"昼間も市内にとどまる市民の割合は{{{stay}{staying}}}です（{by.ja}）。",
            f"Of the residents {{{stay}{staying}}} stay in the city by day ({by.en}).",
            stay,
        )


def associations(writer: Writer) -> Iterator[Sentence]:
    """Households in neighbourhood associations, and their share."""
    count, rate = "association_households.total.total", "association_rate.total.total"
    changes = writer.change(count), writer.change(rate)
    yield from writer.sentence(
        "5",
        f"自治会・町内会の加入世帯数は{{{count}}}{changes[0].ja}、加入率は{{{rate}}}{changes[1].ja}です。",
        f"{{{count}}} belong to neighbourhood associations{changes[0].en}, "
        f"a share of {{{rate}}}{changes[1].en}.",
        count,
        rate,
    )


def brand(writer: Writer) -> Iterator[Sentence]:
    """Score and national rank of each item of the brand survey, and the rank among the peers."""
    names = ("attractiveness", "recognition", "information_contact", "tourism_intention")
    for name in (*names, "residence_intention"):
        score, rank = f"brand_score.total.total.{name}", f"brand_rank.total.total.{name}"
        word, changes = (
            writer.facts.naming.category(score),
            [writer.change(k) for k in (score, rank)],
        )
        yield from writer.sentence(
            "8",
            f"{word.ja}は{{{score}}}{changes[0].ja}、全国順位は{{{rank}}}{changes[1].ja}です。",
            f"{word.en}: {{{score}}}{changes[0].en}, national {{{rank}}}{changes[1].en}.",
            score,
            rank,
        )
    key = "brand_rank_tama.total.total.attractiveness"
    word, change = writer.name(key), writer.change(key)
    ja, en = f"{word.ja}は{{{key}}}です{change.ja}。", f"{word.en}: {{{key}}}{change.en}."
    yield from writer.sentence("8", ja, en, key)


def progress(writer: Writer) -> Iterator[Sentence]:
    """Each indicator against the year before, its baseline, its target and the required pace."""
    for key in [k for k in writer.facts.evidence.keys if k.startswith("kpi.kpi.")]:
        if not key.endswith(".actual") or (number := writer.number(key)) is None:
            continue
        group, name, change = key.split(".")[2], writer.name(key), writer.change(key)
        baseline = key.removesuffix("actual") + "baseline"
        start = writer.number(baseline, number.definition, "newest")
        since = f"{{{baseline}@{start.year}}}" if start else ""
        yield from writer.sentence(
            "progress",
            f"{name.ja}は{{{key}}}です{change.ja}。現状値（{since}）から{{{key}|change.baseline}}です。",
            f"{name.en}: {{{key}}}{change.en}; "
            f"{{{key}|change.baseline}} from the baseline ({since}).",
            key,
        )
        share, pace = f"kpi_progress.kpi.{group}", f"kpi_pace.kpi.{group}"
        status = writer.facts.status(group)
        yield from writer.sentence(
            "progress",
            f"{name.ja}の進捗率は{{{share}}}、必要なペースは{{{pace}}}で、判定は「{status.ja}」です。",
            f"{name.en}: progress {{{share}}}, required pace {{{pace}}}: {status.en}.",
            share,
            pace,
        )


_BY = {
    "age_group": Said("年齢別にみると", "By age"),
    "tenure": Said("居住年数別にみると", "By years of residence"),
}


def shares(writer: Writer, section: str, indicator: str) -> Iterator[Sentence]:
    """The positive share of a question, and where it is lowest by age and by tenure."""
    key = f"{indicator}.total.total.positive"
    name, change = writer.name(key), writer.change(key)
    yield from writer.sentence(
        section,
        f"{name.ja}は全体で{{{key}}}です{change.ja}。",
        f"{name.en}: {{{key}}} overall{change.en}.",
        key,
    )
    stems = [f"{indicator}.{breakdown}." for breakdown in _BY]
    found = [
        [
            n
            for k in writer.facts.evidence.keys
            if k.startswith(stem) and k.endswith(".positive") and (n := writer.number(k))
        ]
        for stem in stems
    ]
    for by, ends in zip(_BY.values(), _ends(found), strict=True):
        yield from _extremes(writer, section, by, ends)


def _extremes(
    writer: Writer, section: str, by: Said, ends: tuple[Number | None, Number | None, bool]
) -> Iterator[Sentence]:
    """What may be said of the lowest and the highest of several groups, and no more."""
    low, high, differ = ends
    parts = []
    for number, ja, en in (
        (low, "最も低い", "the lowest is"),
        (high, "最も高い", "the highest is"),
    ):
        if number and not differ:
            name = writer.facts.naming.group(number.key)
            parts.append(
                Said(f"{ja}のは{name.ja}で{{{number.key}}}", f"{en} {name.en}, {{{number.key}}}")
            )
    if low and high and differ:
        names = [writer.facts.naming.group(n.key) for n in (low, high)]
        parts = [
            Said(
                f"{names[0].ja}（{{{low.key}}}）は{names[1].ja}（{{{high.key}}}）より低い状況",
                f"{names[0].en} ({{{low.key}}}) is lower than {names[1].en} ({{{high.key}}})",
            )
        ]
    numbers = [n for n in (low, high) if n]
    if numbers and not numbers[0].sampled:  # printed without n: nobody knows the chance
        by = Said(f"公表された区分では、{by.ja}", f"{by.en}, as published")
    if parts:
        keys = [n.key for n in numbers]
        yield from writer.sentence(
            section,
            f"{by.ja}、{'、'.join(p.ja for p in parts)}です。",
            f"{by.en}, {' and '.join(p.en for p in parts)}.",
            *keys,
        )


def _ends(
    sets: Sequence[Sequence[Number]],
) -> list[tuple[Number | None, Number | None, bool]]:
    """Of each set the lowest and the highest that may be called so, by the family of all sets.

    Where neither may, the two outermost if they differ, and True.
    """
    held = family(sets)
    found: list[tuple[Number | None, Number | None, bool]] = []
    for members in sets:
        if len(members) < 2:
            found.append((None, None, False))
            continue
        low, high = (pick(members, key=lambda n: n.value) for pick in (min, max))
        ends = [held.extreme(members, sign, 1) for sign in (-1, 1)]
        if any(ends):
            found.append((*(end[0] if end else None for end in ends), False))  # type: ignore[arg-type]
        else:
            differ = held.sampled and held.differ(low, high)
            found.append((low, high, True) if differ else (None, None, False))
    return found


def fields(writer: Writer) -> Iterator[Sentence]:
    """The fields with the highest and the lowest importance and satisfaction."""
    names = ("field_importance", "field_satisfaction")
    found = [
        [
            n
            for k in writer.facts.evidence.keys
            if k.startswith(f"{name}.field.") and k.endswith(".score") and (n := writer.number(k))
        ]
        for name in names
    ]
    for name, ends in zip(names, _ends(found), strict=True):
        word = writer.facts.naming.word(name)
        yield from _extremes(writer, "6", Said(f"{word.ja}の平均点では", word.en), ends)


INTENTS = ("recommend", "participate", "thank")


def intents(writer: Writer) -> Iterator[Sentence]:
    """The shares of 8–10 and 0–5 points of each intent, and what is left of them."""
    for name in INTENTS:
        keys = [f"{i}.total.total.{name}" for i in ("share_8_10", "share_0_5", "modified_nps")]
        word = writer.facts.naming.category(keys[0])
        yield from writer.sentence(
            "7",
            f"{word.ja}は、8〜10点が{{{keys[0]}}}、0〜5点が{{{keys[1]}}}で、修正NPSは{{{keys[2]}|number}}です。",
            f"{word.en}: {{{keys[0]}}} gave 8–10 points and {{{keys[1]}}} 0–5 points; "
            f"modified NPS {{{keys[2]}|number}}.",
            *keys,
        )


def mgap(writer: Writer) -> Iterator[Sentence]:
    """MGAP with its parts; the estimate with its interval; no ratio, it is negative."""
    key = "mgap.total.total.total"
    parts = [f"intent_amount.total.total.{name}" for name in INTENTS]
    words = [writer.facts.naming.category(part) for part in parts]
    listed = "、".join(f"{w.ja}{{{p}}}" for w, p in zip(words, parts, strict=True))
    english = ", ".join(f"{w.en} {{{p}}}" for w, p in zip(words, parts, strict=True))
    change = writer.change(key)
    yield from writer.sentence(
        "mgap",
        f"mGAPは{{{key}}}です{change.ja}。内訳は{listed}です。",
        f"mGAP is {{{key}}}{change.en}: {english}.",
        key,
        *parts,
    )
    estimate = f"{key}#weighted"
    yield from writer.sentence(
        "mgap",
        f"市民意識調査だけから推定したmGAPは{{{estimate}}}"
        f"（95％信頼区間 {{{estimate}|interval}}）です。",
        f"Estimated from the resident survey alone mGAP is {{{estimate}}} "
        f"(95% confidence interval {{{estimate}|interval}}).",
        key,
    )


SECTIONS = {
    "1": Said("① 愛着と居住意向", "1. Attachment and wish to stay"),
    "2": Said("② 住環境", "2. Living here"),
    "3": Said("③ 人口変動", "3. Population movement"),
    "4": Said("④ 昼間人口・流入流出人口", "4. Daytime population"),
    "5": Said("⑤ 地域の取組への参加", "5. Local activities"),
    "6": Said("⑥ 施策の満足度と重要度", "6. Satisfaction and importance"),
    "7": Said("⑦ 地域に対する思い", "7. Intents"),
    "8": Said("⑧ 魅力度ランキング", "8. Brand survey"),
    "mgap": Said("mGAP", "mGAP"),
    "progress": Said("成果指標の進捗", "Progress of indicators"),
}


def sentences(facts: Facts) -> list[Sentence]:
    """Every sentence that the edition's numbers allow, by section."""
    writer = Writer(facts)
    found = [
        *shares(writer, "1", "attachment"),
        *shares(writer, "1", "residence_intention"),
        *shares(writer, "2", "housing_satisfaction"),
        *movement(writer),
        *daytime(writer),
        *associations(writer),
        *fields(writer),
        *intents(writer),
        *brand(writer),
        *mgap(writer),
        *progress(writer),
    ]
    return sorted(found, key=lambda sentence: list(SECTIONS).index(sentence.section))


def as_text(found: list[Sentence], lang: str = "ja") -> str:
    """Sections as headings, a sentence a line."""
    lines: list[str] = []
    for section, name in SECTIONS.items():
        own = [getattr(s.text, lang) for s in found if s.section == section]
        lines += ["", getattr(name, lang), *own] if own else []
    return "\n".join(lines).strip()
