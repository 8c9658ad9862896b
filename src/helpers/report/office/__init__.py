"""Refreshing the pictures and numbers of a Word or PowerPoint file that people write in."""
