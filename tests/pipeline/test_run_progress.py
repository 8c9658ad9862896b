"""What a run says: live lines on a terminal, plain lines elsewhere, all of it in the log."""

import io

from helpers.pipeline.progress import Progress, fitted
from helpers.problems import Said


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def speak(stream: io.StringIO, lang: str = "ja") -> Progress:
    progress = Progress(stream, lang)
    progress.say(Said("figures（2 冊）", "figures (2 notebooks)"))
    progress.cell("31_figures", 1, 5, "題")
    progress.cell("32_figures", 2, 4, "図")
    progress.end("31_figures", Said("  ○ 31_figures  1.0 秒", "  ○ 31_figures  1.0 s"))
    progress.note(Said("省略 33_figures", "skip 33_figures"))
    return progress


def test_elsewhere_only_lines_that_stay():
    stream = io.StringIO()
    speak(stream)
    assert stream.getvalue() == "figures（2 冊）\n  ○ 31_figures  1.0 秒\n"


def test_a_terminal_shows_the_cell_and_heading_of_every_running_notebook(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    speak(stream)
    drawn = stream.getvalue().split("\x1b")
    assert drawn[0].endswith("  … 31_figures  セル 1/5「題」\n")
    assert drawn[1] == "[1F"
    assert drawn[2].endswith("31_figures  セル 1/5「題」\n  … 32_figures  セル 2/4「図」\n")
    assert drawn[3] == "[2F"
    assert drawn[4] == "[J  ○ 31_figures  1.0 秒\n  … 32_figures  セル 2/4「図」\n"


def test_the_log_keeps_what_stays_and_what_was_noted():
    log = speak(io.StringIO()).log
    assert [line[10:] for line in log.splitlines()] == [
        "figures（2 冊）",
        "  ○ 31_figures  1.0 秒",
        "省略 33_figures",
    ]


def test_all_is_said_in_the_language_of_the_run(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    log = speak(stream, "en").log
    assert "  … 31_figures  cell 1/5 “題”\n" in stream.getvalue()
    for text in (stream.getvalue(), log):
        assert "figures (2 notebooks)" in text and "  ○ 31_figures  1.0 s\n" in text
    assert log.endswith("skip 33_figures\n")


def test_a_line_is_cut_to_the_terminal():
    assert fitted("あいう", 5) == "あい"
    assert fitted("abc", 5) == "abc"
