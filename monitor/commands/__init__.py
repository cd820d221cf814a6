"""The command line: one file for each command; `example` holds the sources of `demo`."""
