"""Tables for spreadsheets: UTF-8 with a mark that Excel knows, and no cell that it takes for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

# https://owasp.org/www-community/attacks/CSV_Injection; the wide forms are taken for the narrow ones in some languages
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
MARK = "\ufeff"


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a table with its heading; lines end as RFC 4180 has it."""
    written = io.StringIO()
    written.write(MARK)
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(columns)
    table.writerows([cell(value) for value in row] for row in rows)
    return written.getvalue()


def cell(value: Any) -> str:
    """Return one cell; lists are joined by semicolons."""
    text = "; ".join(value) if isinstance(value, (list, tuple)) else str(value)
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text.startswith(("\t", "\r")) else text
