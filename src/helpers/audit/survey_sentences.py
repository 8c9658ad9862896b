"""Ready sentences about the survey: shares, fields, intents, mGAP."""

from collections.abc import Iterator

from helpers.audit.differences import within_error
from helpers.audit.writer import Sentence, Writer
from helpers.problems import Said

_BY = {"age_group": Said("年齢別", "By age"), "tenure": Said("居住年数別", "By years of residence")}


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
    for breakdown in ("age_group", "tenure"):
        stem = f"{indicator}.{breakdown}."
        keys = [k for k in writer.facts.evidence.keys if k.startswith(stem)]
        known = [n for k in keys if k.endswith(".positive") and (n := writer.number(k))]
        if len(known) < 2:
            continue
        low, high = (pick(known, key=lambda n: n.value) for pick in (min, max))
        if low.value == high.value or within_error(low, high):
            continue
        names, by = [writer.facts.naming.group(n.key) for n in (low, high)], _BY[breakdown]
        yield from writer.sentence(
            section,
            f"{by.ja}にみると、最も低いのは{names[0].ja}で{{{low.key}}}、"
            f"最も高いのは{names[1].ja}で{{{high.key}}}です。",
            f"{by.en}, the lowest is {names[0].en}, {{{low.key}}}, "
            f"and the highest {names[1].en}, {{{high.key}}}.",
            low.key,
            high.key,
        )


def fields(writer: Writer) -> Iterator[Sentence]:
    """The fields with the highest and the lowest importance and satisfaction."""
    for indicator in ("field_importance", "field_satisfaction"):
        keys = [k for k in writer.facts.evidence.keys if k.startswith(f"{indicator}.field.")]
        known = [n for k in keys if k.endswith(".score") and (n := writer.number(k))]
        if len(known) < 2:
            continue
        low, high = (pick(known, key=lambda n: n.value) for pick in (min, max))
        words = [writer.facts.naming.group(n.key) for n in (high, low)]
        name = writer.facts.naming.word(indicator)
        yield from writer.sentence(
            "6",
            f"{name.ja}の平均点が最も高い分野は{words[0].ja}（{{{high.key}}}）、"
            f"最も低い分野は{words[1].ja}（{{{low.key}}}）です。",
            f"{name.en}: highest for {words[0].en} ({{{high.key}}}), "
            f"lowest for {words[1].en} ({{{low.key}}}).",
            high.key,
            low.key,
        )


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
