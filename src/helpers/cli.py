"""The command line: ``citypromo run CITY YEAR`` and its neighbours."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from helpers.commands import (
    audit,
    batch,
    check,
    diff,
    doctor,
    listing,
    new_city,
    new_year,
    plan,
    powerpoint,
    run,
    use,
    verify,
    word,
)
from helpers.commands.arguments import spoken
from helpers.pipeline.leaving import leave
from helpers.problems import InputError

COMMANDS = (
    run,
    plan,
    verify,
    check,
    doctor,
    new_year,
    new_city,
    use,
    diff,
    listing,
    audit,
    word,
    powerpoint,
    batch,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 all is well, 1 the user must act, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Japanese Windows consoles are CP932; a character it lacks must not end the run.
            stream.reconfigure(errors="replace")
    options = _parser().parse_args(arguments)
    try:
        status = int(options.command(options))
        sys.stdout.flush()
        return status
    except InputError as error:
        print(error.text(getattr(options, "lang", "") or spoken()), file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever reads has read enough (`citypromo audit … | head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("中断しました。公開済みの報告書はそのままです。", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    what = "政策報告書の図表を、元データから作り直します。"
    parser = argparse.ArgumentParser(prog="citypromo", description=what)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return parser


def program() -> NoReturn:
    """The command as a program of its own."""
    leave(main())


if __name__ == "__main__":
    program()
