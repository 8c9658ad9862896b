"""The gallery: one page with every figure of an edition, that asks no server."""

from helpers.report.gallery.page import gallery

__all__ = ["gallery"]
