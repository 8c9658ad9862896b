"""A document's text in passages: its sentences and table cells, and the numbers that measure.

The text of a PDF breaks lines anywhere, within a number too, and writes radicals that look like
kanji; both are put right here. Numbers that only name something (a date, a heading, a page, an
article, the bounds of an age group) are told apart from those that measure.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.characters import plain_text
from helpers.sentences.numbers import plain

# Radicals of which Unicode does not say which kanji they look like; PDF fonts name them often.
_RADICALS = str.maketrans(
    "⺠⻑⻄⻘⻝⻩⻲⻁⻆⻅⻉⻋⻔⻢⻣⻥⻦⻨⻭⻯", "民長西青食黄亀虎角見貝車門馬骨魚鳥麦歯竜"
)
_BULLET = re.compile(r"[●○■◆◇※・①-⑳<＜*#-]|[(（]?\d{1,2}[)）.．]\s")
_PAGE = re.compile(r"[-–—\s]*\d{1,4}[-–—\s]*|\d+\s*(?:頁|ページ)")
_CONTENTS = re.compile(r"\S.*(?:\t|[.．・…‥]{3,}\s*|\s{3,})\d{1,3}")
_HEADING = re.compile(
    r"#{1,6}\s.*|第?\s*\d+(?:[-.－]\d+)*\s*(?:章|節|編)?[\s\t　]+\S.{0,40}|"
    r"[(（]\d+[)）]\s*\S.{0,30}|"
    r"[①-⑳]\s*\S.{0,20}"
)
_YEAR = r"(?:(?:令和|平成|昭和|[RHS])\s?(?:元|\d{1,2})|(?:19|20)\d{2})"
# Numbers that name: what they stand beside is taken out before numbers are looked for.
NAMES = re.compile(
    rf"{_YEAR}(?:\((?:{_YEAR}|\d+)\))?(?:年度?|/)?(?:末|版|比)?|"
    r"(?:19|20)\d{2}(?:年度?|\))|\d{1,2}(?:年度|月|日(?!本))|\d{1,2}[:時]\d{0,2}分?|"
    r"第\d+(?:次|期|回|条|項|章|節|号|版|表|図)?(?!位)|[図表]\d+(?:[-.]\d+)*|\d+(?:頁|ページ)|p\.?\d+|"
    r"\d+(?:\.\d+)?[〜~-]\d+(?:\.\d+)?(?:歳|年|点)(?:未満|以上)?|\d+(?:歳代|代|歳)(?:以上|未満|以下)?|"
    r"\d+年(?:間|以上|未満|連続|続けて|前|後|ごと)|\d+か年|\d+(?:つ|点満点|項目|区分|設問|階|丁目|番地|次|回目)|"
    r"(?<![\d.])\d+点?(?:から|[〜~-])\d+点?(?![\d.,]*[%人件位万千ポ\d.])|\d+点(?=以上|以下|と答)|目標\d+(?:[-.]\d+)*|問\d+|\d+を?とした|100とし|"
    r"\d+-\d+-\d+|https?://\S+|\d+市(?=の中|中|で|の順|の平均)"
)
NUMBER = re.compile(
    r"(?:[-+−]\s?)?\d[\d,]*(?:\.\d+)?[億万千百]*(?:\d[\d,]*[万千百]+)*(?:%|ポイント|割|倍|人に\d+人|"
    r"人|世帯|件|位|番目|点|市区町村|円|回|か所)?|\d+分の\d+|過半数|半数|倍増|半減"
)
# Words that say how something went or stands, without a number.
CLAIM = re.compile(
    r"増加|減少|増え|減っ|減り|上昇|低下|下降|横ばい|後退|改善|悪化|伸び|上回|下回|最も|一番|最高|最低|過去最|"
    r"連続で|高い(?:傾向|水準|数値)|低い(?:傾向|水準|数値)|目標を?(?:達成|上回|下回)|微増|微減|順調|トップ|最下位|"
    r"(?:より|比べて?)[^。]{0,16}(?:高|低|多|少な)"
)


# What is wished for, planned or possible states nothing.
_WISH = re.compile(
    r"図[りるっ]|目指|めざ|必要|可能性|重要|ことで|ため[、に]|れば|検討|考えられ|整理|促進|つながり|活用"
)
_MARKUP = re.compile(r"</?[a-z]{1,9}\s?/?>|\*\*")


@dataclass(frozen=True)
class Passage:
    """A sentence or a cell of a table.

    Attributes:
        text: as printed, on one line.
        page: where it stands; empty where the document has no pages.
        heads: the headings of a cell, of its column first; nothing for a sentence.
    """

    text: str
    page: str
    heads: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What is read: a sentence itself, a cell as a sentence of its headings."""
        if not self.heads:
            return self.text
        unit = "" if re.search(r"[%％位点人件]", self.text) else _unit(self.heads)
        return f"{'の'.join(self.heads)}は{plain(self.text)}{unit}です。"

    @property
    def quoted(self) -> str:
        """How it is quoted: a cell with its headings before it."""
        return " ".join((*self.heads, self.text))

    @property
    def numbers(self) -> list[str]:
        """The numbers that measure something, in the plain spelling."""
        text = plain(re.sub(r"[①-⑳]|^\d+[.．)）]\s", "、", self.text))
        rest = NAMES.sub(lambda match: "、" * len(match[0]), text)
        return [match[0] for match in NUMBER.finditer(rest)]

    @property
    def claims(self) -> bool:
        """Whether it states a number, or says how something went."""
        if self.numbers:
            return True
        text = plain(self.text)
        return bool(not self.heads and CLAIM.search(text) and not _WISH.search(text))

    @property
    def whole(self) -> bool:
        """Whether it is a sentence, which names by itself what it speaks of."""
        return not self.heads and self.text.endswith(("。", "です", "した", "ます"))


def _unit(heads: tuple[str, ...]) -> str:
    whole = plain("".join(heads))
    return next((u for w, u in (("順位", "位"), ("割合", "%"), ("点", "点")) if w in whole), "")


def bare(text: str) -> str:
    """One spelling without spaces: how sentences are compared."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text.translate(_RADICALS)))


def passages(text: str) -> list[Passage]:
    """The sentences and cells of a text; form feeds part its pages, tabs the cells of a row."""
    clean = plain_text(re.sub(r"[¹²³⁴-⁹⁰]+", "", text).translate(_RADICALS))
    pages = clean.split("\f")
    found: list[Passage] = []
    for number, page in enumerate(pages, start=1):
        name = str(number) if len(pages) > 1 else ""
        for block in _blocks(page):
            found += _table(block, name) if "\t" in block[0] else _prose(block, name)
    return found


def _blocks(page: str) -> Iterator[list[str]]:
    """Paragraphs and tables; headings, page numbers and the table of contents are left out."""
    block: list[str] = []
    listed = False  # within the table of contents
    for printed in [*page.splitlines(), ""]:
        line = printed
        listed = bool(re.fullmatch(r"[\W\s]*目\s*次[\W\s]*", line) and line.strip()) or (
            listed and (not line.strip() or bool(_CONTENTS.fullmatch(line.strip())))
        )
        if listed:
            continue
        if re.fullmatch(r"\s*\|?[\s:|-]+\|?\s*", line) and "-" in line:
            continue  # the rule below the heads of a Markdown table
        if line.strip().startswith("|"):
            line = "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))
        bare_line = line.strip(" 　")
        tabbed = "\t" in line
        heading = "。" not in line and not tabbed and _HEADING.fullmatch(bare_line)
        gone = (
            not bare_line
            or _PAGE.fullmatch(bare_line)
            or (not tabbed and _CONTENTS.fullmatch(bare_line))
        )
        starts = bool(block) and (
            tabbed != ("\t" in block[0])
            or (not tabbed and (line[:1] in " 　" or _BULLET.match(bare_line)))
        )
        if block and (gone or heading or starts):
            yield block
            block = []
        if not gone and not heading:
            block.append(line)


def _prose(lines: list[str], page: str) -> Iterator[Passage]:
    """Lines joined where a PDF has broken them, in numbers too; then parted at full stops."""
    whole = "".join(line.strip(" 　") for line in lines)
    whole = _MARKUP.sub("", whole)
    for sentence in re.split(r"(?<=。)(?![）)」』])", whole):
        if sentence.strip(" 　●・"):
            yield Passage(sentence.strip(), page)


def _table(lines: list[str], page: str) -> Iterator[Passage]:
    """Each cell under the heads of its column and beside that of its row."""
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
    heads: list[list[str]] = []
    for row in rows:
        measured = [c for c in row[1:] if re.search(r"\d", NAMES.sub("", plain(c)))]
        if not measured or (not heads and re.match(r"\s*$", row[0]) and not heads):
            heads.append(_carried(row))
            continue
        for column, cell in enumerate(row[1:], start=1):
            if re.search(r"\d", cell):
                above = [h[column] for h in heads if column < len(h) and h[column]]
                yield Passage(cell, page, (*dict.fromkeys(above), row[0]))


def _carried(row: list[str]) -> list[str]:
    """A head over several columns stands in the first of them."""
    found, last = [row[0]], ""
    for cell in row[1:]:
        last = cell or last
        found.append(last)
    return found
