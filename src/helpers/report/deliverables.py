"""All deliverables of an edition, written beside its figures."""

from pathlib import Path

from helpers.report.reported import Reported


def deliver(reported: Reported, previous: Reported | None) -> list[Path]:
    """Write the deliverables into ``reported.folder``.

    Args:
        reported: the report, its figures verified.
        previous: last year's published report, or None.

    Returns:
        The files written.
    """
    return []
