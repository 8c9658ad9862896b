"""The tutorial as a list of what is typed, quoted and promised, in the order of the page."""

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"ja": DOCS / "ja" / "tutorial.md", "en": DOCS / "tutorial.md"}
_ITEM = re.compile(
    r"^```(?P<kind>\w+)\n(?P<text>.*?)^```$|^- → `(?P<path>[^`]+)`(?:: `(?P<word>[^`]+)`)?$",
    re.MULTILINE | re.DOTALL,
)
_MUST_ACT = re.compile("終了コードは 1|exit status is 1")


@dataclass(frozen=True)
class Item:
    """A block of the page (its kind is its language), or a ``promise``: a path and what it holds.

    ``status`` is what the commands of a ``console`` block are said to end with.
    """

    kind: str
    text: str
    path: str = ""
    status: int = 0


def items(lang: str) -> list[Item]:
    page = PAGES[lang].read_text(encoding="utf-8")
    found = []
    for match in _ITEM.finditer(page):
        if match["path"]:
            found.append(Item("promise", match["word"] or "", match["path"]))
            continue
        until_next = page[match.end() :].partition("```console")[0]
        named = re.findall(r"^`(notebooks/[^`]+)`$", page[: match.start()], re.MULTILINE)
        path = named[-1] if match["kind"] == "diff" else ""
        status = int(match["kind"] == "console" and bool(_MUST_ACT.search(until_next)))
        found.append(Item(match["kind"], match["text"], path, status))
    return found


def unsaid(quote: str, output: str) -> str:
    """The first quoted line that the output does not have, in the order of the quotes, or ""."""
    lines = iter(output.splitlines())
    for line in quote.splitlines():
        if line == "…":
            continue
        wanted = re.compile(".*".join(re.escape(part) for part in line.split("…")) + r"\s*")
        if not any(wanted.fullmatch(said) for said in lines):
            return line
    return ""
