"""Making an edition: the next year of a city, or the first of a new one; never overwriting."""
