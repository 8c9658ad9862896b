"""``citypromo powerpoint``: the pictures and numbers of slides held against a report."""

from typing import TYPE_CHECKING

from helpers.commands.arguments import add_command
from helpers.commands.documents import add_document_commands

if TYPE_CHECKING:
    from helpers.commands.arguments import Commands


def add(commands: "Commands") -> None:
    """Describe the commands."""
    what = "PowerPoint のスライドの図と数値を確かめ、新しい報告書に合わせます"
    parser = add_command(commands, "powerpoint", lambda _: 2, what)
    inner = parser.add_subparsers(required=True, metavar="check|refresh")
    add_document_commands(inner, "powerpoint", "slides.pptx")
