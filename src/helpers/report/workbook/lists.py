"""The sheets of lists: indicators, codebook, sources, notes."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from helpers.audit.naming import DEFINITIONS
from helpers.edition import Edition
from helpers.labels import label
from helpers.problems import Said
from helpers.reading.codebook import ShownLabels
from helpers.report.methods import methods
from helpers.report.numbers import REMARKS
from helpers.report.reported import Reported
from helpers.report.workbook.format import Formats
from helpers.tables import KEY

_INDICATORS = {
    "キー": 40,
    "年度": 7,
    "指標": 24,
    "区分": 16,
    "グループ": 22,
    "項目": 18,
    "表示": 10,
    "単位": 10,
    "値": 13,
    "n": 9,
    "95％下限": 9,
    "95％上限": 9,
    "定義": 24,
    "もと": 14,
    "注記": 20,
    "出典": 60,
}
_FLUSH_RIGHT = ("表示", "値", "n", "95％下限", "95％上限")


def write_indicators(book: Workbook, formats: Formats, reported: Reported) -> None:
    """Every indicator row of the edition; what is hidden has no value, n or interval."""
    sheet, edition = book.add_worksheet("指標"), reported.edition
    _heads(sheet, formats, _INDICATORS)
    rows, word = reported.rows, wording(edition)
    for line, row in enumerate(rows, 1):
        texts = dict(
            enumerate((word(row[name]) for name in ("indicator", "breakdown", "group")), 2)
        )
        texts[0] = ".".join([row[name] for name in KEY if row[name]])
        if row["category"]:
            texts[5] = word(f"{row['indicator']}.{row['category']}")
        texts[7] = row["unit"]
        sheet.write_number(line, 1, int(row["fiscal_year"]), formats.year)
        sheet.write_string(line, 6, row["printed"], formats.right)
        if row["flag"] != "suppressed":
            for column, name in enumerate(("value", "n", "low", "high"), 8):
                if row[name]:
                    number = float(row[name])
                    shape = formats.number("" if name == "n" else row["printed"], number)
                    sheet.write_number(line, column, number, shape)
        source = edition.sources.get(row["source"])
        last = (
            _definition(row["definition"]),
            word(row["basis"]),
            REMARKS.get(row["flag"], (row["flag"],))[0],
            source.ja if source else row["source"],
        )
        for column, text in (texts | dict(enumerate(last, 12))).items():
            if text:  # an empty cell looks as its column does
                sheet.write_string(line, column, text, formats.text)
    _finish(sheet, len(rows), len(_INDICATORS))


def write_codebook(book: Workbook, formats: Formats, reported: Reported) -> None:
    """Identifiers in words: indicators, breakdowns, groups, categories, definitions."""
    sheet, edition, rows = book.add_worksheet("コードブック"), reported.edition, reported.rows
    _heads(sheet, formats, {"種類": 14, "コード": 34, "日本語": 40, "English": 44, "単位": 22})
    units: dict[str, dict[str, None]] = {}
    for row in rows:
        units.setdefault(row["indicator"], {}).setdefault(row["unit"])
    ja, en = wording(edition), wording(edition, "en")
    found = [
        ("指標", name, ja(name), en(name), "、".join(filter(None, used)))
        for name, used in units.items()
    ]
    for kind, names in (
        ("区分", [row["breakdown"] for row in rows]),
        ("グループ", [row["group"] for row in rows]),
        ("項目", [f"{row['indicator']}.{row['category']}" for row in rows if row["category"]]),
    ):
        found += [(kind, name, ja(name), en(name), "") for name in dict.fromkeys(names)]
    for name in dict.fromkeys(row["definition"] for row in rows if row["definition"]):
        said = DEFINITIONS.get(name, Said(name, name))
        found.append(("定義", name, said.ja, said.en, ""))
    _lines(sheet, formats, found)


def write_sources(book: Workbook, formats: Formats, edition: Edition) -> None:
    """The sources as 出典 lines name them."""
    sheet = book.add_worksheet("出典")
    _heads(sheet, formats, {"コード": 18, "日本語": 60, "English": 60, "注": 60})
    _lines(sheet, formats, [(n, s.ja, s.en, s.note) for n, s in edition.sources.items()])


def write_notes(book: Workbook, formats: Formats, reported: Reported) -> None:
    """What must be known: the columns, methods, figures left out."""
    sheet = book.add_worksheet("注記")
    _heads(sheet, formats, {"こと": 36, "説明": 100})
    found = [
        ("表示", "印刷する数値。文章や表にはこれを使う。"),
        ("値", "グラフのための数値。回答から求めたものは、表示と同じ桁までしかない。"),
        *((name.ja, said.ja) for name, said in methods(reported)),
        *((f"載せていない図: {name}", why) for name, why in reported.edition.left_out.items()),
    ]
    _lines(sheet, formats, found)


def wording(edition: Edition, lang: str = "ja") -> Callable[[str], str]:
    """Words for identifiers; names of cities and answers are words already."""
    own = ShownLabels(edition, lang)

    @cache
    def word(name: str) -> str:
        try:
            return label(name, lang, own)
        except KeyError:
            return name.rpartition(".")[2]

    return word


def _definition(name: str) -> str:
    return DEFINITIONS[name].ja if name in DEFINITIONS else name


def _heads(sheet: Worksheet, formats: Formats, heads: dict[str, int]) -> None:
    for column, (text, width) in enumerate(heads.items()):
        sheet.set_column(column, column, width, formats.text)
        right = text in _FLUSH_RIGHT
        sheet.write_string(0, column, text, formats.head_right if right else formats.head)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _lines(sheet: Worksheet, formats: Formats, lines: Iterable[Sequence[str]]) -> None:
    for row, texts in enumerate(lines, 1):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, formats.wrapped)


def _finish(sheet: Worksheet, rows: int, columns: int) -> None:
    sheet.autofilter(0, 0, max(rows, 1), columns - 1)
