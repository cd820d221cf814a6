"""The command line: one file a command; `example` is what `demo` plays."""
