"""Tables that lost something: a column, a row, a cell, themselves."""

import re
from itertools import pairwise
from random import Random

from edits import cells, content, edit_one_entry_row, edit_tables, holds_entry, rows, with_cells
from kind import kind


def _without_column(text: str, index: int) -> str | None:
    def edit(table: str) -> str | None:
        def change(row: re.Match[str]) -> str:
            found = cells(row[0])
            whole = len(found) >= 4
            return with_cells(row[0], [*found[:index], *found[index + 1 :]]) if whole else row[0]

        table = re.sub(r"<CHED\b[^>]*>[^<]*</CHED>", "", table, count=1)
        return re.sub(r"<ROW\b[^>]*>.*?</ROW>", change, table, flags=re.DOTALL)

    return edit_tables(text, edit)


@kind("The column of countries is lost", keeps=False)
def column_of_countries_lost(text: str, _random: Random) -> str | None:
    stripped = _without_column(text, 0)  # a country on a row of its own goes with its column
    if stripped in (None, text):
        return None
    return edit_tables(
        stripped or "", lambda t: re.sub(r'<ROW\b[^>]*>\s*<ENT I="01">[^<]+</ENT>\s*<ENT A=.*?</ROW>', "", t)
    )


@kind("The column of entities is lost", keeps=False)
def column_of_entities_lost(text: str, _random: Random) -> str | None:
    return _without_column(text, 1)


@kind("A row with an entry is lost", keeps=False)
def table_row_lost(text: str, random: Random) -> str | None:
    return edit_one_entry_row(text, random, lambda row: "" if not content(cells(row)[0]) else None)


@kind("The entity’s cell of a row is empty", keeps=False)
def table_entity_emptied(text: str, random: Random) -> str | None:
    def edit(row: str) -> str | None:
        found = cells(row)
        return with_cells(row, [found[0], "<ENT> </ENT>", *found[2:]])

    return edit_one_entry_row(text, random, edit)


@kind("The table is lost", keeps=False)
def table_lost(text: str, random: Random) -> str | None:
    with_entries = [
        table
        for table in re.finditer(r"<GPOTABLE\b.*?</GPOTABLE>", text, re.DOTALL)
        if re.search(r">\s*Entity\s*<", table[0]) and any(holds_entry(row[0]) for row in rows(table[0]))
    ]
    if not with_entries:
        return None
    table = random.choice(with_entries)
    return text[: table.start()] + text[table.end() :]


@kind("Rows run together: the end of a row is lost, and its cells stand beside those of the next", keeps=False)
def table_rows_run_together(text: str, random: Random) -> str | None:
    def edit(table: str) -> str | None:
        found = [row for row in rows(table) if holds_entry(row[0])]
        pairs = [(a, b) for a, b in pairwise(found) if not content(cells(b[0])[0])]
        if not pairs:
            return None
        first, second = random.choice(pairs)
        joined = with_cells(first[0], [*cells(first[0]), *cells(second[0])])
        return table[: first.start()] + joined + table[second.end() :]

    return edit_tables(text, edit)
