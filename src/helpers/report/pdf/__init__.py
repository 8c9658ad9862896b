"""The report as PDF/A and PDF/UA: figures with captions, tables, methods, sources, the audit."""

from helpers.report.pdf.document import pdf

__all__ = ["pdf"]
