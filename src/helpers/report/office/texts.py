"""One field held against the report, and its text replaced where it is old."""

from dataclasses import replace

from helpers.report.office.catalogue import Catalogue
from helpers.report.office.fields import WORDS, Field
from helpers.report.office.finding import Finding, Kind, Words
from helpers.report.office.written import sign_turned, span_of, written_like
from helpers.report.office.xml_part import XmlPart

# A text without a number is taken for a gap to fill (「〇〇.〇」) only if it is as short as one.
GAP = 8


def replaced(part: XmlPart, field: Field, catalogue: Catalogue, place: Words) -> Finding:
    """What is found of a field; the change, if any, is noted in the part."""
    is_words = field.key.startswith(WORDS)
    kind: Kind = "words" if is_words else "number"
    finding = Finding(place, kind, "left", field.key, old=field.text)
    if is_words:
        what, _, key = field.key.partition(":")
        new, why = catalogue.words(what, key), _no_figure(catalogue, key)
    else:
        sought = catalogue.numbers.find(field.key)
        new, why = sought.printed, sought.why
        if not sought.known:
            why = why if any(why) else catalogue.numbers.nearest(field.key)
            return replace(finding, state="missing", note=why)
    if not new:
        return replace(finding, state="missing" if is_words else "left", note=why)
    span = (0, len(field.text)) if is_words or field.placeholder else _span(field.text, new)
    if field.obstacle or span is None:
        several = ("どの数値か決められません", "which number is meant cannot be told")
        return replace(finding, note=field.obstacle or several)
    old = field.text[slice(*span)]
    text = new if is_words else written_like("" if field.placeholder else old, new)
    if text == old and not field.placeholder:
        return replace(finding, state="current", new=text)
    field.write(part, span, text)
    turned = not is_words and span_of(old) != (0, 0) and _has_digit(old) and sign_turned(old, text)
    note = _TURNED if turned else ("", "")
    return replace(finding, state="stale", old=old, new=text, note=note)


_TURNED = (
    "符号が変わりました。前後の言葉を確かめてください",
    "its sign has changed; look at the words around it",
)


def _span(text: str, new: str) -> tuple[int, int] | None:
    """What of a text is replaced; None where that is not clear."""
    if not _has_digit(new):  # a status such as 順調
        return (0, len(text)) if len(text) <= GAP or not _has_digit(text) else None
    if not _has_digit(text) and len(text) > GAP:
        return None
    return span_of(text)


def _has_digit(text: str) -> bool:
    return any(letter.isdecimal() for letter in text)


def _no_figure(catalogue: Catalogue, key: str) -> Words:
    close = catalogue.nearest(key)
    if not close:
        return "この報告書にない図です", "no such figure in the report"
    return f"ない図です。「{close}」の誤りではありませんか", f"no such figure; {close}?"
