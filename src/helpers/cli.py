"""The command line: ``citypromo run CITY YEAR`` and its neighbours."""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from helpers import __version__
from helpers.commands import (
    audit,
    batch,
    check,
    close,
    diff,
    doctor,
    documents,
    editions,
    plan,
    run,
    use,
)
from helpers.commands import verify as verification
from helpers.commands.arguments import (
    Commands,
    Parser,
    WrongUsage,
    argparse_speaks,
    asked_language,
)
from helpers.pipeline.process_end import end_process
from helpers.problems import InputError, Said

COMMANDS = (
    run,
    plan,
    verification,
    close,
    check,
    doctor,
    editions,
    use,
    diff,
    audit,
    documents,
    batch,
)
WHAT = Said(
    "政策報告書の図表を、元データから作り直します",
    "Makes the charts of a policy report again from the raw files",
)
INTERRUPTED = Said(
    "中断しました。公開済みの報告書はそのままです。",
    "Interrupted. The published report is as it was.",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 all is well, 1 the user must act, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Japanese Windows consoles are CP932; a character it lacks must not end the run.
            stream.reconfigure(errors="replace")
    given = sys.argv[1:] if arguments is None else arguments
    lang = asked_language(given)
    try:
        with argparse_speaks(lang):
            options, rest = parser(lang).parse_known_args(given)
            if rest:
                options.parser.refuse(rest)
        status = int(options.command(options))
        sys.stdout.flush()
        return status
    except WrongUsage as error:
        print(error, file=sys.stderr)
        return 2
    except InputError as error:
        print(error.text(lang), file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever reads has read enough (`citypromo audit … | head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print(INTERRUPTED.of(lang), file=sys.stderr)
        return 1


def parser(lang: str = "ja") -> Parser:
    """The whole command line, its help in one language."""
    examples = ("citypromo list", "citypromo check mihon 2025", "citypromo run mihon 2025")
    whole = Parser(prog="citypromo", lang=lang, what=WHAT, examples=examples)
    version = f"citypromo {__version__}"
    what = Said("版の番号を表示します", "show the version")
    whole.add_argument("--version", action="version", version=version, help=what)
    whole.set_defaults(lang=lang)
    commands = Commands(whole)
    for command in COMMANDS:
        command.add(commands)
    return whole


def program() -> NoReturn:
    """The command as a program of its own."""
    end_process(main())


if __name__ == "__main__":
    program()
