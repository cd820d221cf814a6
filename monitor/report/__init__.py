"""What changed between two days: collected, written in each format, set as a page."""
