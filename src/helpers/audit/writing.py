"""Numbers as reports write them: thousands commas, ％, ポイント, ％増, minus as U+2212."""

import re
from fractions import Fraction

from helpers.problems import Said
from helpers.rounding import printed

_EN = {
    "%": "%",
    "ポイント": " points",
    "点": " points",
    "人": " people",
    "世帯": " households",
    "件": "",
    "万件": "0,000",
    "万人": "0,000 people",
    "万人・ポイント": " (10,000 people × points)",
    "倍": " times",
}


def thousands(text: str) -> str:
    """``−1097.1`` → ``−1,097.1``."""
    return re.sub(r"(?<![\d.])\d{4,}", lambda m: f"{int(m[0]):,}", text, count=1)


def with_unit(text: str, unit: str) -> Said:
    """A printed number and its unit: ``72.5％``, in English ``72.5%``."""
    shown = thousands(text)
    ja = f"{shown}{'％' if unit == '%' else unit}"
    if unit in ("位", "番目"):
        return Said(ja, f"rank {shown}")
    if unit in ("万件", "万人") and re.fullmatch(r"[−]?\d+(\.\d)?", text):
        whole, _, tenth = text.partition(".")
        tail = " people" if unit == "万人" else ""
        return Said(ja, f"{thousands(f'{whole}{tenth or 0}000')}{tail}")
    return Said(ja, f"{shown}{_EN.get(unit, ' ' + unit if unit else '')}")


def signed(value: Fraction, decimals: int, unit: str) -> Said:
    """A change with its direction: ``3.8ポイント減``, ``36％増``, ``増減なし``."""
    text = printed(abs(value), decimals)
    if not text.strip("0."):
        return Said("増減なし", "no change")
    size = with_unit(text, unit)
    up = value > 0
    if unit == "位":
        return Said(
            f"{size.ja}{'上昇' if up else '下降'}", f"{'up' if up else 'down'} {text} places"
        )
    return Said(f"{size.ja}{'増' if up else '減'}", f"{'up' if up else 'down'} {size.en}")


def joined(parts: list[Said], ja: str = "、", en: str = "; ") -> Said:
    """Several in a row."""
    return Said(ja.join(p.ja for p in parts), en.join(p.en for p in parts))
