"""The sentences that a report needs every year, ready to paste: neutral words, numbers by key.

Each is a template in both languages; one whose numbers are not there, or must not be written, is
left out. Which change counts as level is decided in ``helpers.trends``.
"""

from helpers.audit.facts import Facts
from helpers.audit.statistics_sentences import associations, brand, daytime, movement, progress
from helpers.audit.survey_sentences import fields, intents, mgap, shares
from helpers.audit.writer import Sentence, Writer
from helpers.problems import Said

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
