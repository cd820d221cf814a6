"""Tables for spreadsheets: UTF-8 with a mark that Excel knows, and no cell that it takes for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

MARK = "\ufeff"  # without it Excel reads UTF-8 as the code page of the machine
# https://owasp.org/www-community/attacks/CSV_Injection; the wide forms are taken for the narrow ones in some languages
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
MOST = 32_000  # characters: Excel cuts a cell at 32 767 and pushes the rest into the next row


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table with its heading; lines end as RFC 4180 has it."""
    written = io.StringIO()
    written.write(MARK)
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(columns)
    table.writerows([cell(value) for value in row] for row in rows)
    return written.getvalue()


def cell(value: object) -> str:
    """Return one cell; lists are joined by semicolons, what a spreadsheet would calculate begins with an apostrophe."""
    if value is None:
        return ""
    text = "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    text = f"{text[:MOST]}…" if len(text) > MOST else text
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text.startswith(("\t", "\r", "\n")) else text
