"""The desk a notebook works at: one for each stage, with what that stage may read and write.

A notebook names no path. In a run its desk writes to the run's staging folder; by hand it writes
drafts under ``reports/_draft``. Cleaning reads raw files and writes cleaned tables; indicators
read cleaned tables and write indicator rows; figures read indicator rows and write figures.
"""
