"""A first Word document of an edition: figures, numbers and sources, ready to be refreshed."""

from helpers.report.word.document import document

__all__ = ["document"]
