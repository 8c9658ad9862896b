"""What was made and what is missing, as the command says it."""

from collections.abc import Sequence

from helpers.edition import Edition
from helpers.scaffold.needed import needed
from helpers.scaffold.new_year import NewYear


def said(result: NewYear, lang: str = "ja") -> str:
    """The files made, then the files to obtain, then the lines to look at, then what to do."""
    edition = result.edition
    folder = f"data/raw/{edition.places.edition}"
    ja = lang == "ja"
    lines: list[str] = []
    if result.earlier:
        before = result.earlier.id
        lines.append(
            f"{folder}/ を {before} から作りました。" if ja else f"Made {folder}/ from {before}."
        )
        lines += [f"  {name}  {what}" if ja else f"  {name}" for name, what in result.made.items()]
    if result.missing:
        count = len(result.missing)
        lines.append(f"もらうファイル（{count}）:" if ja else f"Files to obtain ({count}):")
        lines += [f"  {folder}/{each.file}  ← {each.source}" for each in result.missing]
    if result.waiting:
        count = len(result.waiting)
        lines.append(f"確かめて直すところ（{count}）:" if ja else f"To look at ({count}):")
        lines += [f"  {each}" for each in result.waiting]
    if result.missing or result.waiting:
        again = f"citypromo new-year {edition.id}"
        lines.append(f"残りは、もう一度 {again} でわかります。" if ja else f"What remains: {again}")
    else:
        lines.append(
            f"次: citypromo check {edition.id}" if ja else f"Next: citypromo check {edition.id}"
        )
    return "\n".join(lines)


def said_of_city(edition: Edition, made: Sequence[str]) -> str:
    """The files of a new city, and what to fill in before the first report."""
    folder = f"data/raw/{edition.places.edition}"
    files = [each.file for each in needed(edition)]
    return "\n".join(
        [
            f"{folder}/ を作りました（{'、'.join(made)}）。",
            f"次: {'、'.join(files)} に数値を入れて、citypromo run {edition.id}",
        ]
    )
