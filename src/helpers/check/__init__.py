"""Everything wrong with an edition's inputs, in one go, before any notebook runs."""
