"""Cleaned tables to indicators: one file a family, one row a number that can be printed."""
