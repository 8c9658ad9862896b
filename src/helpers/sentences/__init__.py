"""What the report says with its numbers, and what a sentence with numbers claims: one grammar."""
