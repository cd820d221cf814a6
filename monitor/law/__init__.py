"""Reading legal text: pure functions from bytes and words to values."""
