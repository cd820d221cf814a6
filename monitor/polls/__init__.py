"""One file a source: ask, validate, parse, compare, record in one transaction; the clock and backfill are polls, too."""
