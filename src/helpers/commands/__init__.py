"""The commands of ``citypromo``: ``add`` describes, and ``command`` does it."""
