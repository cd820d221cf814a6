"""One file a source: ask, validate, parse, compare, record in one transaction; clock and backfill are polls, too."""
