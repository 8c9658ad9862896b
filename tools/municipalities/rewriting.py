"""The names and the population of a municipality in files that were written for 見本市."""

import re
from decimal import Decimal
from pathlib import Path

from helpers.rounding import printed
from mihon.questionnaire import POPULATION
from municipalities.municipality import Municipality


def rewrite(folder: Path, city: Municipality, year: int) -> None:
    """Put the municipality's names into every text file of an edition.

    Args:
        folder: raw files of one edition.
        city: whose they are.
        year: the edition's year.
    """
    for path in folder.iterdir():
        if path.suffix in (".csv", ".yml"):
            encoding = "cp932" if "イベント" in path.name else "utf-8"
            text = path.read_bytes().decode(encoding)
            path.write_bytes(_renamed(text, city).encode(encoding))
    configuration = folder / "edition.yml"
    text = configuration.read_text(encoding="utf-8")
    persons = city.persons(POPULATION[year])
    shown = printed(Decimal(persons) / 10000, 1)
    text = re.sub(r"(?m)^(  printed: ).*$", rf"\g<1>{shown}", text, count=1)
    text = re.sub(r"(?m)^(  persons: ).*$", rf"\g<1>{persons}", text, count=1)
    configuration.write_text(text, encoding="utf-8", newline="\n")


def _renamed(text: str, city: Municipality) -> str:
    for old, new in (("見本市", city.ja), ("Mihon", city.en), ("mihon", city.id)):
        text = text.replace(old, new)
    return text
