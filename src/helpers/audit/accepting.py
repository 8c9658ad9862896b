"""Confirmed passages written into ``claims.yml``; what stands there, comments too, stays."""

import json
import re
from collections.abc import Sequence

from helpers.audit.claim import FILE, Claims
from helpers.audit.documents import FOUND, Checked, DocumentAudit
from helpers.configuration import read_configuration
from helpers.edition import Edition
from helpers.problems import InputError, Message
from helpers.sentences.statement import Statement

NO_SUCH = Message(
    "「見つかった」記述に {found} 番はありません（1〜{most}）",
    remedy="一覧の番号を 1,3 のように書くか、all と書いてください",
    en="there is no found passage no. {found} (1 to {most}). → write numbers (1,3) or all",
)
_MARK = "  # citypromo audit --accept"


def chosen(audit: DocumentAudit, which: str) -> list[Checked]:
    """The found passages of these numbers (``1,3``), or ``all``.

    Raises:
        InputError: a number that the list does not have.
    """
    found = audit.of(FOUND)
    if which == "all":
        return found
    parts = [part.strip() for part in which.split(",")]
    wrong = [p for p in parts if not p.isdecimal() or not 1 <= int(p) <= len(found)]
    if wrong:
        words = {"found": "、".join(wrong), "most": len(found)}
        raise InputError(NO_SUCH.at("--accept", **words))
    return [found[int(part) - 1] for part in parts]


def accept(edition: Edition, found: Sequence[Checked]) -> int:
    """Write the statements of passages at the end of ``claims.yml``; how many.

    The new file is read before it takes the place of the old one.

    Raises:
        InputError: the file that is there cannot be read.
    """
    entries = [_entry(each, statement) for each in found for statement in each.statements]
    path = edition.places.raw / FILE
    old = path.read_text(encoding="utf-8") if path.exists() else "claims: []\n"
    new = re.sub(r"(?m)^claims:\s*\[\]\s*$", "claims:", old).rstrip("\n") + "\n"
    beside = path.with_name(f".{FILE}.new")
    beside.write_text(new + "\n".join([_MARK, *entries]) + "\n", encoding="utf-8", newline="\n")
    try:
        read_configuration(beside, Claims)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return len(entries)


def _entry(checked: Checked, statement: Statement) -> str:
    fields: dict[str, object] = {"sentence": checked.passage.quoted}
    if checked.passage.page:
        fields["page"] = checked.passage.page
    fields |= {"kind": statement.kind, "claimed": statement.claimed, "what": statement.what}
    if statement.year is not None:
        fields["year"] = statement.year
    if statement.against != "previous":
        fields["against"] = statement.against
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    return "  - " + "\n    ".join(lines)
