"""What was made and what is missing, as the command says it."""

from collections.abc import Sequence

from helpers.edition import Edition
from helpers.scaffold.needed import needed
from helpers.scaffold.new_year import NewYear

_WORDS = {
    "ja": {
        "made": "{folder}/ を {before} から作りました。",
        "missing": "もらうファイル（{count}）:",
        "waiting": "確かめて直すところ（{count}）:",
        "again": "残りは、もう一度 citypromo new-year {edition} でわかります。",
        "next": "次: citypromo check {edition}",
        "city": "{folder}/ を作りました（{made}）。",
        "ready": "次: citypromo run {edition}",
        "fill": "次: {files} に数値を入れて、citypromo run {edition}",
    },
    "en": {
        "made": "Made {folder}/ from {before}.",
        "missing": "Files to obtain ({count}):",
        "waiting": "To look at ({count}):",
        "again": "What remains: citypromo new-year {edition}",
        "next": "Next: citypromo check {edition}",
        "city": "Made {folder}/ ({made}).",
        "ready": "Next: citypromo run {edition}",
        "fill": "Next: fill in {files}, then citypromo run {edition}",
    },
}


def summary_of_year(result: NewYear, lang: str = "ja") -> str:
    """The files made, then the files to obtain, then the lines to look at, then what to do."""
    words, edition = _WORDS[lang], result.edition
    folder = f"data/raw/{edition.places.edition}"
    lines: list[str] = []
    if result.earlier:
        lines.append(words["made"].format(folder=folder, before=result.earlier.id))
        lines += [f"  {name}  {getattr(what, lang)}" for name, what in result.made.items()]
    if result.missing:
        lines.append(words["missing"].format(count=len(result.missing)))
        lines += [
            f"  {folder}/{each.file}  ← {getattr(each.source, lang)}" for each in result.missing
        ]
    if result.waiting:
        lines.append(words["waiting"].format(count=len(result.waiting)))
        lines += [f"  {getattr(each, lang)}" for each in result.waiting]
    then = "again" if result.missing or result.waiting else "next"
    return "\n".join([*lines, words[then].format(edition=edition.id)])


def summary_of_city(edition: Edition, made: Sequence[str], lang: str = "ja") -> str:
    """The files of a new city, and what to fill in before the first report."""
    words, comma = _WORDS[lang], "、" if lang == "ja" else ", "
    folder = f"data/raw/{edition.places.edition}"
    files = comma.join(each.file for each in needed(edition))
    return "\n".join(
        [
            words["city"].format(folder=folder, made=comma.join(made)),
            words["fill"].format(files=files, edition=edition.id),
        ]
    )


def summary_of_statistics(edition: Edition, made: Sequence[str], lang: str = "ja") -> str:
    """The files of a municipality from the box; there is nothing to fill in."""
    words, comma = _WORDS[lang], "、" if lang == "ja" else ", "
    folder = f"data/raw/{edition.places.edition}"
    city = words["city"].format(folder=folder, made=comma.join(made))
    return f"{city}\n{words['ready'].format(edition=edition.id)}"
