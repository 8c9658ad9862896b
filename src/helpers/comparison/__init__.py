"""Two editions of a city held against each other: what changed, and whether it means anything."""
