"""Parts of the maker of the fictional sample city 見本市; run ``tools/make_mihon.py``."""

import os

# openpyxl writes other bytes where lxml is installed; the same file must come out everywhere.
os.environ["OPENPYXL_LXML"] = "False"
