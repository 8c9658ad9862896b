"""Parts of the maker of the fictional sample city 見本市; run ``tools/make_mihon.py``."""
