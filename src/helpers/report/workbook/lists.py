"""The sheets of lists: indicators, codebook, sources, notes."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from helpers.edition import Edition
from helpers.labels import label
from helpers.problems import Said
from helpers.reading.codebook import ShownLabels
from helpers.report.methods import methods
from helpers.report.numbers import REMARKS
from helpers.report.reported import Reported
from helpers.report.workbook.format import Formats
from helpers.sentences.naming import DEFINITIONS
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
_ENGLISH = {
    "キー": "Key", "年度": "Year", "指標": "Indicator", "区分": "Breakdown", "グループ": "Group",
    "項目": "Category", "表示": "Printed", "単位": "Unit", "値": "Value", "95％下限": "Low, 95%",
    "95％上限": "High, 95%", "定義": "Definition", "もと": "Basis",
    "注記": "Remark", "出典": "Source",
    "種類": "Kind", "コード": "Code", "日本語": "Japanese", "注": "Note",
    "こと": "Subject", "説明": "Meaning",
}  # fmt: skip
_FLUSH_RIGHT = ("表示", "値", "n", "95％下限", "95％上限")


def write_indicators(book: Workbook, formats: Formats, reported: Reported) -> None:
    """Every indicator row of the edition; what is hidden has no value, n or interval."""
    edition, lang = reported.edition, reported.lang
    sheet = book.add_worksheet(reported.say("指標", "Indicators"))
    _heads(sheet, formats, _INDICATORS, lang)
    rows, word = reported.rows, wording(edition, lang)
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
            _definition(row["definition"], lang),
            word(row["basis"]),
            REMARKS.get(row["flag"], (row["flag"],) * 2)[lang == "en"],
            getattr(source, lang) if source else row["source"],
        )
        for column, text in (texts | dict(enumerate(last, 12))).items():
            if text:  # an empty cell looks as its column does
                sheet.write_string(line, column, text, formats.text)
    _finish(sheet, len(rows), len(_INDICATORS))


def write_codebook(book: Workbook, formats: Formats, reported: Reported) -> None:
    """Identifiers in words: indicators, breakdowns, groups, categories, definitions."""
    sheet = book.add_worksheet(reported.say("コードブック", "Codebook"))
    edition, rows, say = reported.edition, reported.rows, reported.say
    _heads(
        sheet,
        formats,
        {"種類": 14, "コード": 34, "日本語": 40, "English": 44, "単位": 22},
        reported.lang,
    )
    units: dict[str, dict[str, None]] = {}
    for row in rows:
        units.setdefault(row["indicator"], {}).setdefault(row["unit"])
    ja, en = wording(edition), wording(edition, "en")
    found = [
        (say("指標", "Indicator"), name, ja(name), en(name), "、".join(filter(None, used)))
        for name, used in units.items()
    ]
    for kind, names in (
        (say("区分", "Breakdown"), [row["breakdown"] for row in rows]),
        (say("グループ", "Group"), [row["group"] for row in rows]),
        (
            say("項目", "Category"),
            [f"{row['indicator']}.{row['category']}" for row in rows if row["category"]],
        ),
    ):
        found += [(kind, name, ja(name), en(name), "") for name in dict.fromkeys(names)]
    for name in dict.fromkeys(row["definition"] for row in rows if row["definition"]):
        said = DEFINITIONS.get(name, Said(name, name))
        found.append((say("定義", "Definition"), name, said.ja, said.en, ""))
    _lines(sheet, formats, found)


def write_sources(book: Workbook, formats: Formats, reported: Reported) -> None:
    """The sources as 出典 lines name them."""
    sheet = book.add_worksheet(reported.say("出典", "Sources"))
    sources, lang = reported.edition.sources.items(), reported.lang
    _heads(sheet, formats, {"コード": 18, "日本語": 60, "English": 60, "注": 60}, lang)
    _lines(sheet, formats, [(n, s.ja, s.en, s.note_in(lang)) for n, s in sources])


def write_notes(book: Workbook, formats: Formats, reported: Reported) -> None:
    """What must be known: the columns, methods, figures left out."""
    sheet = book.add_worksheet(reported.say("注記", "Notes"))
    say, lang = reported.say, reported.lang
    _heads(sheet, formats, {"こと": 36, "説明": 100}, lang)
    found = [
        (
            say("表示", "Printed"),
            say("印刷する数値。文章や表にはこれを使う。", "What is printed: for texts and tables."),
        ),
        (
            say("値", "Value"),
            say(
                "グラフのための数値。回答から求めたものは、表示と同じ桁までしかない。",
                "For charts. Computed from answers, it has no more digits than are printed.",
            ),
        ),
        *((getattr(name, lang), getattr(said, lang)) for name, said in methods(reported)),
        *(
            (say(f"載せていない図: {name}", f"Figure left out: {name}"), why)
            for name, why in reported.edition.left_out.items()
        ),
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


def _definition(name: str, lang: str) -> str:
    return str(getattr(DEFINITIONS[name], lang)) if name in DEFINITIONS else name


def _heads(sheet: Worksheet, formats: Formats, heads: dict[str, int], lang: str) -> None:
    for column, (text, width) in enumerate(heads.items()):
        sheet.set_column(column, column, width, formats.text)
        right = text in _FLUSH_RIGHT
        shown = text if lang == "ja" else _ENGLISH.get(text, text)
        sheet.write_string(0, column, shown, formats.head_right if right else formats.head)
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
