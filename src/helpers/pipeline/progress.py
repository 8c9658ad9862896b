"""What a run says while it goes on: to the terminal, and into the log of its report.

On a terminal every running notebook has a live line with its cell and heading; elsewhere only
finished lines are printed, one after the other.
"""

import os
import shutil
import sys
import threading
import time
import unicodedata
from typing import TextIO

from helpers.problems import Said

CLEAR = "\x1b[J"


class Progress:
    """Lines for a person; threads may speak side by side.

    Args:
        stream: where to speak, the standard output as a rule.
        lang: ``ja`` or ``en``.
    """

    def __init__(self, stream: TextIO | None = None, lang: str = "ja"):
        self.stream = stream or sys.stdout
        self.lang = lang
        self.live = self.stream.isatty() and os.environ.get("TERM") != "dumb"
        self._running: dict[str, str] = {}
        self._drawn = 0
        self._log: list[str] = []
        self._lock = threading.Lock()
        if self.live and os.name == "nt":
            os.system("")  # switches on the console's control sequences

    @property
    def log(self) -> str:
        """All that was said and noted, with the time of day."""
        return "\n".join(self._log) + "\n"

    def say(self, line: Said) -> None:
        """Say a line that stays."""
        with self._lock:
            self._note(line)
            self._show(line)

    def note(self, line: Said) -> None:
        """Write a line into the log alone."""
        with self._lock:
            self._note(line)

    def cell(self, notebook: str, number: int, cells: int, heading: str) -> None:
        """Say where a running notebook is; on the terminal alone."""
        with self._lock:
            ja = f"  … {notebook}  セル {number}/{cells}「{heading}」"
            at = Said(ja, f"  … {notebook}  cell {number}/{cells} “{heading}”")
            self._running[notebook] = at.of(self.lang)
            if self.live:
                self._show()

    def end(self, notebook: str, line: Said) -> None:
        """Put a line that stays in the place of a notebook's live line."""
        with self._lock:
            self._running.pop(notebook, None)
            self._note(line)
            self._show(line)

    def _note(self, line: Said) -> None:
        self._log.append(f"{time.strftime('%H:%M:%S')}  {line.of(self.lang)}")

    def _show(self, line: Said | None = None) -> None:
        """Draw the live lines anew, below a line that stays."""
        up = f"\x1b[{self._drawn}F{CLEAR}" if self._drawn else ""
        width = shutil.get_terminal_size().columns - 1
        live = [fitted(text, width) for text in self._running.values()] if self.live else []
        stays = [line.of(self.lang)] if line else []
        self.stream.write(up + "".join(f"{text}\n" for text in [*stays, *live]))
        self.stream.flush()
        self._drawn = len(live)


def fitted(text: str, width: int) -> str:
    """A text cut to so many columns; Japanese characters take two."""
    used = 0
    for index, character in enumerate(text):
        used += 2 if unicodedata.east_asian_width(character) in "WFA" else 1
        if used > width:
            return text[:index]
    return text
