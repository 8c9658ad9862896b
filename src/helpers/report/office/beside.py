"""Where a refreshed document is written: beside the author's file, and never over a file."""

import re
from itertools import count
from pathlib import Path

from helpers.problems import InputError
from helpers.report.office import messages

_SUFFIX = "_更新"


def lock_of(path: Path) -> Path | None:
    """The lock that Word, PowerPoint or LibreOffice keeps beside an open file, or None.

    Word puts ``~$`` before the name and, in longer names, in the place of its first letters.
    """
    names = [f"~${path.name}", f"~${path.name[1:]}", f"~${path.name[2:]}", f".~lock.{path.name}#"]
    return next((lock for name in names if (lock := path.with_name(name)).exists()), None)


def refuse_open(path: Path) -> None:
    """Stop where a file is open: what is not saved yet would be missing from the new one.

    Raises:
        InputError: it is open.
    """
    if lock := lock_of(path):
        raise InputError(messages.OPEN.at(str(path), lock=lock.name))


def write_beside(path: Path, content: bytes) -> tuple[Path, bool]:
    """Write ``policy_更新.docx`` beside ``policy.docx``; the next free name where that is taken.

    Returns:
        The file that holds the content, and whether it was written now: a file that holds these
        very bytes is left as it is.

    Raises:
        InputError: a file of that name is open, or the folder cannot be written to.
    """
    stem = re.sub(rf"{_SUFFIX}(_\d+)?$", "", path.stem)
    for number in count(1):
        wanted = path.with_name(
            f"{stem}{_SUFFIX}{'' if number == 1 else f'_{number}'}{path.suffix}"
        )
        refuse_open(wanted)
        try:
            if wanted.exists():
                if wanted.read_bytes() == content:
                    return wanted, False
                continue
            write_new(wanted, content)
        except OSError as error:
            why = error.strerror or ""
            raise InputError(messages.NOT_WRITTEN.at(str(wanted), why=why)) from None
        return wanted, True
    raise AssertionError("count() does not end")


def note_beside(written: Path, text: str) -> None:
    """Keep what was done beside a refreshed document, under its name.

    Raises:
        InputError: it cannot be written.
    """
    note = written.with_suffix(".txt")
    try:
        note.write_text(text, encoding="utf-8-sig", newline="\n")
    except OSError as error:
        raise InputError(messages.NOT_WRITTEN.at(str(note), why=error.strerror or "")) from None


def write_new(path: Path, content: bytes) -> None:
    """Write a file that does not exist yet, whole or not at all.

    Raises:
        FileExistsError: it exists.
        OSError: it cannot be written.
    """
    with path.open("xb") as file:
        try:
            file.write(content)
        except OSError:
            file.close()
            path.unlink()
            raise
