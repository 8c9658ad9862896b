"""What the notebooks import: from raw files to indicators, figures and reports.

Rooms, lowest floor first (a room imports only from floors below):

1. ``years`` ``rounding`` ``labels`` ``problems`` ``spreadsheet`` ``places`` ``characters``
   ``bands`` ``seal`` ``contents``
2. ``recorder`` ``person_rows``
3. ``intervals`` ``configuration`` ``page`` ``palette`` ``trends``
4. ``tables`` ``edition`` ``fonts``
5. ``reading`` ``survey`` ``drawing`` ``chosen``
6. ``indicators`` ``figures`` ``audit``
7. ``desk`` ``check`` ``scaffold`` ``comparison``
8. ``report``
9. ``pipeline`` ``doctor``
10. ``batch``
11. ``commands``
12. ``cli``
"""

__version__ = "0.1.0"
