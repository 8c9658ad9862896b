"""Parts of the maker of fictional municipalities; run ``tools/make_municipalities.py``."""
