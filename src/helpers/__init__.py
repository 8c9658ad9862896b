"""What the notebooks import: from raw files to indicators, figures and reports.

Rooms, lowest floor first (a room imports only from floors below):

1. ``years`` ``rounding`` ``labels`` ``problems``
2. ``tables`` ``edition`` ``fonts``
3. ``reading`` ``survey`` ``drawing``
4. ``indicators`` ``figures`` ``audit``
5. ``report`` ``pipeline``
6. ``cli``
"""

__version__ = "0.1.0"
