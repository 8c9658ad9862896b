"""The commands of ``citypromo``, one file each: ``add`` describes it, ``command`` does it."""
