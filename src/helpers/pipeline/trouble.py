"""What is said when the program itself fails: a sentence, and where the traceback is."""

import errno
import traceback

from helpers.places import project_root
from helpers.problems import Said

FULL = (errno.ENOSPC, errno.EDQUOT)
DISK_FULL = Said(
    "ディスクがいっぱいで、書き込めません。\n"
    "→ 不要なファイルを消して空きを作り、もう一度実行してください。",
    "The disk is full.\n→ Remove files that are not needed, and run again.",
)


def trouble(error: Exception, city: str, year: str | int) -> Said:
    """A sentence on an error that nobody expected; its traceback is written to a file."""
    if isinstance(error, OSError) and error.errno in FULL:
        return DISK_FULL
    name = f"{type(error).__name__}: {error}"
    what = Said(
        f"プログラムの誤りで止まりました（{name}）。",
        f"Stopped by a fault of the program ({name}).",
    )
    path = project_root() / "reports" / "_failed" / city / str(year) / "traceback.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8", newline="\n")
    except OSError:
        tell = Said("開発者に、この文を伝えてください。", "Tell its developers this sentence.")
    else:
        tell = Said(f"開発者に {path} を渡してください。", f"Give its developers {path}.")
    return Said(f"{what.ja}\n→ {tell.ja}", f"{what.en}\n→ {tell.en}")
