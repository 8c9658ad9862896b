"""The list of files to obtain, as a page in the edition's folder; and the table to type into."""

import csv
import io
from collections.abc import Sequence

from helpers.edition import Edition
from helpers.reading.printed import HEADER
from helpers.scaffold.edition_forward import Forward
from helpers.scaffold.needed import Needed
from helpers.scaffold.yaml_text import MARK
from helpers.spreadsheet import guarded

LIST = "元データ一覧.md"


def file_list(edition: Edition, files: list[Needed]) -> str:
    """The page: one row a file, with a box to tick."""
    folder = f"data/raw/{edition.places.edition}"
    command = f"citypromo new-year {edition.id}"
    rows = [
        f"| ☐ | `{each.file}` | {_cell(each.what.ja)} | {_cell(each.source.ja)} |" for each in files
    ]
    return "\n".join(
        [
            f"# {edition.name.ja} {edition.year_label()}の元データ",
            "",
            f"下の表のファイルを、この名前で `{folder}/` に置いてください。",
            "名前が違うときは、`edition.yml`（調査は `codebook.yml`）の `file:` を直します。",
            f"`{MARK.strip()}` の下は前年度のままです。確かめて直し、印の行を消してください。",
            f"足りないものは `{command}` で、いつでもわかります。",
            "",
            "| | ファイル | 内容 | 出典・もらう先 |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def printed_template(rows: Sequence[Sequence[str]], forward: Forward) -> str:
    """Last year's ``printed_tables.csv`` with every number taken out, for typing this year's.

    A label that got a neighbour for the new year gets a row for it too.
    """
    made: dict[tuple[str, ...], None] = {}
    for row in filter(any, rows[1:]):
        page, table, *labels = [*row, *HEADER][: len(HEADER) - 1]
        added = forward.labels.get(table, {})
        name = forward.tables.get(table, table)
        made.setdefault((page, name, *labels))
        made.setdefault((page, name, *(added.get(label, label) for label in labels)))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([*map(guarded, key), ""] for key in made)
    return "\ufeff" + out.getvalue()


def _cell(text: str) -> str:
    return text.replace("|", "／").replace("\n", " ")
