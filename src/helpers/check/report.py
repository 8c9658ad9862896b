"""What an examination found, as text, JSON and an HTML page, in Japanese or English."""

import html
import json
import re
from dataclasses import asdict

from helpers.check.examination import Examination
from helpers.page import page
from helpers.problems import Problem, counted

_PLACE = re.compile(r"(?P<file>.+?\.\w{2,5})(?: (?:(?P<sheet>.+)!)?(?P<cell>[A-Z]{1,3}\d+))?\b")
_WORDS = {
    "ja": {
        "errors": "エラー",
        "warnings": "警告",
        "count": "{edition}: エラー {errors} 件、警告 {warnings} 件",
        "clean": "{edition}: 入力に問題は見つかりません",
        "heads": ("場所", "内容", "規則"),
        "title": "入力の確認",
    },
    "en": {
        "errors": "Errors",
        "warnings": "Warnings",
        "count": "{edition}: {errors}, {warnings}",
        "clean": "{edition}: nothing wrong found in the inputs",
        "heads": ("Where", "What", "Rule"),
        "title": "Inputs examined",
    },
}
_STYLE = "h2{margin-top:2em}.mend{color:#0b4f8a}"


def as_text(found: Examination, lang: str = "ja") -> str:
    """Errors first, one a line, and the count."""
    words = _WORDS[lang]
    lines: list[str] = []
    for kind, problems in (("errors", found.errors), ("warnings", found.warnings)):
        if problems:
            lines.append(f"[{words[kind]}]")
            lines += [_short(_line(problem, lang), found) for problem in problems]
            lines.append("")
    return "\n".join([*lines, _count(found, lang)])


def as_json(found: Examination) -> str:
    """Every problem with file, sheet, cell and rule, for other programs."""
    return json.dumps(
        {
            "edition": found.edition,
            "errors": len(found.errors),
            "warnings": len(found.warnings),
            "problems": [place(problem, found) | asdict(problem) for problem in found.problems],
        },
        ensure_ascii=False,
        indent=1,
    )


def as_html(found: Examination, lang: str = "ja") -> str:
    """A page to print out and tick off."""
    words = _WORDS[lang]
    parts = [f"<p>{html.escape(_count(found, lang))}</p>"]
    for kind, problems in (("errors", found.errors), ("warnings", found.warnings)):
        if problems:
            heads = "".join(f'<th scope="col">{head}</th>' for head in words["heads"])
            rows = "".join(_row(problem, found, lang) for problem in problems)
            table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
            parts.append(f"<h2>{words[kind]}</h2>{table}")
    return page(f"{words['title']} {found.edition}", lang, parts, _STYLE)


def place(problem: Problem, found: Examination) -> dict[str, str]:
    """File, sheet and cell of a problem, as far as its place names them."""
    match = _PLACE.match(_short(problem.where, found))
    if match is None:
        return {"file": "", "sheet": "", "cell": ""}
    return {name: text or "" for name, text in match.groupdict().items()}


def _row(problem: Problem, found: Examination, lang: str) -> str:
    text = _short(problem.text(lang), found).removeprefix(_short(problem.where, found))
    what, _, mend = text.removeprefix(":").strip().partition("→")
    mended = f'<div class="mend">→{html.escape(mend)}</div>' if mend else ""
    where = html.escape(_short(problem.where, found))
    cells = (where, html.escape(what) + mended, html.escape(problem.rule))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _line(problem: Problem, lang: str) -> str:
    return problem.text(lang) + (f" [{problem.rule}]" if problem.rule else "")


def _short(text: str, found: Examination) -> str:
    """Paths as seen from the project's folder."""
    return text.replace(f"{found.root}/", "").replace(f"{found.root}\\", "") if found.root else text


def _count(found: Examination, lang: str) -> str:
    counts: dict[str, object] = {"errors": len(found.errors), "warnings": len(found.warnings)}
    if lang == "en":
        counts = {
            "errors": counted(len(found.errors), "error"),
            "warnings": counted(len(found.warnings), "warning"),
        }
    form = _WORDS[lang]["count" if found.problems else "clean"]
    return str(form).format(edition=found.edition, **counts)
