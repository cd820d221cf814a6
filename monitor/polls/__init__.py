"""One file a source: ask, validate, parse, compare; record.py writes it in one transaction; clock and backfill, too."""
