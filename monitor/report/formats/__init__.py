"""A report in each of its formats, one module a format; each is a pure function of the report."""
