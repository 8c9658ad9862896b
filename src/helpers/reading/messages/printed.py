"""What can be wrong with the numbers typed off a document."""

from helpers.problems import Message

NO_HEADER = Message(
    "{found}",
    "{header}",
    "1行目の見出しを直してください",
    "the first row is not the heading {header}. → mend the first row",
    rule="L3-07",
)
NO_PRINTED_TABLE = Message(
    "表「{name}」は edition.yml の printed_tables にありません",
    remedy="{near}",
    en="the table “{name}” is not in printed_tables of edition.yml. → add it, or mend the name",
)
NO_LABEL = Message(
    "見出し「{text}」は edition.yml のこの表にありません",
    remedy="{near}",
    en="the label “{text}” is not described in edition.yml. → add it, or mend the label",
)
NO_KEY = Message(
    "この数値の {missing} が edition.yml から決まりません",
    remedy="edition.yml の printed_tables の、表か行か列に書き足してください",
    en="edition.yml does not say the {missing} of this number. → add it to its table or label",
)
NOT_AS_PRINTED = Message(
    "「{text}」は数値ではありません",
    "印刷どおりの数値（例: 72.5%、−8、15,138人）",
    "文書の印刷と見比べてください",
    "“{text}” is not a number as printed (72.5%, −8, 15,138). → compare with the document",
    rule="L2-01",
)
CONTRADICTION = Message(
    "「{text}」: 同じ数値が「{other}」（{first}）とも書かれています",
    "同じ数値",
    "どちらが正しいか、文書で確かめてください",
    "“{text}”: the same number is given as “{other}” at {first}. → see which one is right",
)
