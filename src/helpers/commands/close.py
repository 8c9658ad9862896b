"""``citypromo close``: a report that is printed is not made again, only verified."""

import argparse

from helpers.commands.arguments import Commands
from helpers.problems import Said

REOPENED = Said(
    "{id}: 閉じるのをやめました。次の run から作り直せます。",
    "{id} is open again; from the next run on it is made anew.",
)
COMMIT = Said("git に入れてください: {path}", "Commit it: {path}")


def add(commands: Commands) -> None:
    """Describe the command."""
    what = Said(
        "印刷した年度版を閉じます（run は作り直さず、変わっていないかだけを調べます）",
        "Closes an edition that is printed: runs only verify it, and make it no more",
    )
    example = "citypromo close mihon 2024 --reopen"
    parser = commands.add_for_edition("close", command, what, example)
    reopen = Said("閉じるのをやめます", "take the closing back")
    parser.add_argument("--reopen", action="store_true", help=reopen)


def command(options: argparse.Namespace) -> int:
    """Close, or take it back.

    Raises:
        InputError: there is no whole report to close; or the edition was not closed.
    """
    from helpers.edition import Edition
    from helpers.pipeline.closing import close, reopen
    from helpers.pipeline.manifest import CLOSED

    edition = Edition.open(options.city, options.year)
    if options.reopen:
        reopen(edition.places)
        print(REOPENED.of(options.lang).format(id=edition.id))
        return 0
    print(close(edition).of(options.lang))
    path = (edition.places.published_data / CLOSED).relative_to(edition.places.root).as_posix()
    print(COMMIT.of(options.lang).format(path=path))
    return 0
