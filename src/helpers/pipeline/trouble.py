"""What is said when the program itself fails: a sentence, and where the traceback is."""

import errno
import traceback

from helpers.places import project_root

FULL = (errno.ENOSPC, errno.EDQUOT)
DISK_FULL = (
    "ディスクがいっぱいで、書き込めません。\n"
    "→ 不要なファイルを消して空きを作り、もう一度実行してください。"
)


def trouble(error: Exception, city: str, year: str | int) -> str:
    """A sentence on an error that nobody expected; its traceback is written to a file."""
    if isinstance(error, OSError) and error.errno in FULL:
        return DISK_FULL
    what = f"プログラムの誤りで止まりました（{type(error).__name__}: {error}）。"
    path = project_root() / "reports" / "_failed" / city / str(year) / "traceback.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8", newline="\n")
    except OSError:
        return f"{what}\n→ 開発者に、この文を伝えてください。"
    return f"{what}\n→ 開発者に {path} を渡してください。"
