"""What changed between two days: built from evidence, and written in each format."""
