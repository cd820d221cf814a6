"""Tables for spreadsheets: Excel takes them for UTF-8, and none of their cells for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

MARK = "\ufeff"  # without it Excel reads UTF-8 as the code page of the machine
# https://owasp.org/www-community/attacks/CSV_Injection; the wide forms are formulas to East Asian editions.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MOST = 32_000  # characters: Excel cuts a cell at 32 767 and pushes the rest into the next row


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table with its heading as RFC 4180 has it; the lists in its cells are joined by semicolons."""
    written = io.StringIO()
    written.write(MARK)
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(columns)
    for row in rows:
        table.writerow([cell(value) for value in row])
    return written.getvalue()


def cell(value: object) -> str:
    """One cell as text; what a spreadsheet would calculate begins with an apostrophe."""
    if value is None:
        return ""
    text = "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    text = f"{text[:MOST]}…" if len(text) > MOST else text
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
