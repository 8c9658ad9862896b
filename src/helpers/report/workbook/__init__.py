"""The workbook: indicators, each figure's numbers with an Excel chart, codebook, sources, notes."""

from helpers.report.workbook.book import workbook

__all__ = ["workbook"]
