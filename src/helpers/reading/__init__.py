"""Raw files to frames: what the analyst was given, read without changing it."""
