"""``citypromo verify``: whether a published report is still what was published."""

import argparse

from helpers.commands.arguments import Commands
from helpers.problems import Said


def add(commands: Commands) -> None:
    """Describe the command."""
    what = Said(
        "公開した報告書が1バイトも変わっていないか調べます",
        "Looks whether the published report is what was published, to the byte",
    )
    commands.add_for_edition("verify", command, what)


def command(options: argparse.Namespace) -> int:
    """Compare every file with the manifest; nothing is written or locked.

    Raises:
        InputError: a publication was interrupted, or files are not as they were published, or
            as they were when the edition was closed.
    """
    from helpers.edition import Edition
    from helpers.pipeline.closing import verify_closed
    from helpers.pipeline.manifest import verify
    from helpers.pipeline.publication import refuse_interrupted

    edition = Edition.open(options.city, options.year)
    refuse_interrupted(edition.places)
    count = verify(edition)
    well = Said(
        f"{count} 個のファイルは、すべて公開したときのままです。",
        f"All {count} files are as they were published.",
    )
    print(well.of(options.lang))
    if kept := verify_closed(edition.places):
        print(kept.of(options.lang))
    return 0
