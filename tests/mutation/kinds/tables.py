"""Tables of entries: heads, columns, rows, footnotes, countries in them."""

import re
from random import Random

from edits import cells, content, edit_entry_rows, edit_tables, holds_entry, rows, with_cells
from kind import kind

STARS = '<ROW RUL="s"><ENT I="28">*         *         *         *         *         *         *</ENT></ROW>'


def head_row(table: str) -> re.Match[str] | None:
    """The row that holds the headings."""
    return next((r for r in rows(table) if content((cells(r[0]) or [""])[0]).lower() == "country"), None)


def _headed(text: str, words: dict[str, str]) -> str | None:
    """The headings in other words."""

    def edit(table: str) -> str | None:
        for old, new in words.items():
            table = re.sub(rf"(<(?:ENT|CHED)\b[^>]*>\s*){old}(\s*</(?:ENT|CHED)>)", rf"\1{new}\2", table)
        return table

    return edit_tables(text, edit)


@kind("Headings in capitals: COUNTRY, ENTITY")
def table_heads_capitals(text: str, _random: Random) -> str | None:
    return _headed(text, {"Country": "COUNTRY", "Entity": "ENTITY"})


@kind("“Entities” in place of “Entity”, “Countries” in place of “Country”")
def table_heads_plural(text: str, _random: Random) -> str | None:
    return _headed(text, {"Country": "Countries", "Entity": "Entities"})


@kind("“Listed entity”, “Destination”: a heading in other words")
def table_heads_other_words(text: str, _random: Random) -> str | None:
    return _headed(text, {"Country": "Destination", "Entity": "Listed entity"})


@kind("“Name of entity”, “Country/destination”")
def table_heads_longer(text: str, _random: Random) -> str | None:
    return _headed(text, {"Country": "Country/destination", "Entity": "Name of entity"})


@kind("Headings in italics")
def table_heads_italic(text: str, _random: Random) -> str | None:
    return _headed(text, {"Country": '<E T="03">Country</E>', "Entity": '<E T="03">Entity</E>'})


@kind("Headings stand in the head of the table, where an empty one stood above a row of headings")
def table_heads_in_box(text: str, _random: Random) -> str | None:
    def edit(table: str) -> str | None:
        head = head_row(table)
        if head is None or "<BOXHD>" not in table:
            return None
        box = "".join(f'<CHED H="1">{content(cell)}</CHED>' for cell in cells(head[0]))
        table = table[: head.start()] + table[head.end() :]
        return re.sub(r"<BOXHD>.*?</BOXHD>", f"<BOXHD>{box}</BOXHD>", table, flags=re.DOTALL)

    return edit_tables(text, edit)


@kind("The headings are repeated in the middle of a table that runs over a page")
def table_heads_repeated(text: str, random: Random) -> str | None:
    def edit(table: str) -> str | None:
        head, entries = head_row(table), [r for r in rows(table) if holds_entry(r[0])]
        if head is None or len(entries) < 2:
            return None
        at = random.choice(entries[1:]).start()
        return table[:at] + head[0] + table[at:]

    return edit_tables(text, edit)


@kind("A table is broken in two, each with its headings")
def table_split(text: str, random: Random) -> str | None:
    def edit(table: str) -> str | None:
        head = head_row(table)
        countries = [r for r in rows(table) if head and r.start() > head.end() and _names_country(r[0])]
        if head is None or len(countries) < 2:
            return None
        at = random.choice(countries[1:]).start()
        start = table[: table.index("<ROW")]
        return f"{table[:at]}</GPOTABLE>{start}{head[0]}{table[at:]}"

    return edit_tables(text, edit)


def _names_country(row: str) -> bool:
    found = cells(row)
    return bool(found) and bool(re.fullmatch(r"[A-Z][A-Z ,'’()-]+", content(found[0])))


@kind("A title over the table: “Supplement No. 4 to Part 744—Entity List”")
def table_title(text: str, _random: Random) -> str | None:
    title = "<TTITLE>Supplement No. 4 to Part 744—Entity List</TTITLE>"
    return edit_tables(text, lambda t: re.sub(r"<TTITLE>\s*</TTITLE>", title, t))


@kind("The rows of stars between entries are left out")
def table_stars_left_out(text: str, _random: Random) -> str | None:
    return edit_tables(text, lambda t: re.sub(r"<ROW\b[^>]*>\s*<ENT[^>]*>[\s*]*\*[\s*]*</ENT>\s*</ROW>", "", t))


@kind("A row of stars before every entry")
def table_stars_everywhere(text: str, _random: Random) -> str | None:
    return edit_entry_rows(text, lambda row: STARS + row)


@kind("Fewer or more stars in a row, or the stars of one cell each")
def table_stars_in_cells(text: str, _random: Random) -> str | None:
    row = "<ROW><ENT>*</ENT><ENT>*</ENT><ENT>*</ENT><ENT>*</ENT><ENT>*</ENT></ROW>"
    return edit_tables(text, lambda t: re.sub(r"<ROW\b[^>]*>\s*<ENT[^>]*>[\s*]*\*[\s*]*</ENT>\s*</ROW>", row, t))


@kind("The country is repeated in every row")
def table_country_in_every_row(text: str, _random: Random) -> str | None:
    def edit(table: str) -> str | None:
        country, pieces, position = "", [], 0
        for row in rows(table):
            if _names_country(row[0]) and content(cells(row[0])[0]) != "COUNTRY":
                country = content(cells(row[0])[0])
            if holds_entry(row[0]) and not content(cells(row[0])[0]) and country:
                changed = with_cells(row[0], [f'<ENT I="01">{country}</ENT>', *cells(row[0])[1:]])
                pieces += [table[position : row.start()], changed]
                position = row.end()
        return "".join([*pieces, table[position:]])

    return edit_tables(text, edit)


@kind("The country is repeated as continued where the table runs over a page: “RUSSIA (continued)”")
def table_country_continued(text: str, random: Random) -> str | None:
    def edit(table: str) -> str | None:
        country = ""
        choices: list[tuple[re.Match[str], str]] = []
        for row in rows(table):
            if _names_country(row[0]):
                country = content(cells(row[0])[0])
            elif holds_entry(row[0]) and country and not content(cells(row[0])[0]):
                choices.append((row, country))
        if not choices:
            return None
        row, country = random.choice(choices)
        word = random.choice((" (continued)", "—Continued", " (Cont.)"))
        changed = with_cells(row[0], [f'<ENT I="01">{country}{word}</ENT>', *cells(row[0])[1:]])
        return table[: row.start()] + changed + table[row.end() :]

    return edit_tables(text, edit)


@kind("The country of the table in upper and lower case")
def table_country_titled(text: str, _random: Random) -> str | None:
    def edit(row: re.Match[str]) -> str:
        found = cells(row[0])
        country = content(found[0])
        return with_cells(row[0], [f'<ENT I="01">{country.title()}</ENT>', *found[1:]])

    def table_edit(table: str) -> str | None:
        return re.sub(
            r"<ROW\b[^>]*>.*?</ROW>",
            lambda m: edit(m) if _names_country(m[0]) and content(cells(m[0])[0]) != "COUNTRY" else m[0],
            table,
            flags=re.DOTALL,
        )

    return edit_tables(text, table_edit)


@kind("A footnote mark on the license requirement")
def table_footnote_on_requirement(text: str, _random: Random) -> str | None:
    def edit(row: str) -> str:
        found = cells(row)
        marked = found[2].replace("</ENT>", " <SU>1</SU></ENT>") if "<SU>" not in found[2] else found[2]
        return with_cells(row, [*found[:2], marked, *found[3:]])

    return edit_entry_rows(text, edit)


@kind("A footnote mark at the end of the entity’s cell, and the footnote below the table")
def table_footnote_on_entity(text: str, _random: Random) -> str | None:
    def edit(row: str) -> str:
        found = cells(row)
        return with_cells(row, [found[0], found[1].replace("</ENT>", " <SU>4</SU></ENT>"), *found[2:]])

    with_marks = edit_entry_rows(text, edit)
    note = "<TNOTE><SU>4</SU> For this entity, see § 744.11(a)(2)(ii) of the EAR.</TNOTE></GPOTABLE>"
    return (
        None if with_marks in (None, text) else edit_tables(with_marks or "", lambda t: t.replace("</GPOTABLE>", note))
    )


@kind("A sixth column is added at the end: footnote or notes")
def table_column_added(text: str, _random: Random) -> str | None:
    def edit(table: str) -> str | None:
        head = head_row(table)
        if head is None:
            return None
        longer = head[0].replace("</ROW>", "<ENT>Notes</ENT></ROW>")
        return table[: head.start()] + longer + table[head.end() :]

    added = edit_tables(text, edit)
    return (
        None
        if added in (None, text)
        else edit_entry_rows(added or "", lambda r: r.replace("</ROW>", "<ENT> </ENT></ROW>"))
    )


@kind("The entity’s cell goes on in a row of its own, as where the table runs over a page")
def table_cell_over_rows(text: str, _random: Random) -> str | None:
    def edit(row: str) -> str:
        found = cells(row)
        pieces = re.split(r"(?<=[a-z]), (?=\d)", found[1], maxsplit=1)
        if len(pieces) < 2 or "<" in pieces[1].removesuffix("</ENT>"):
            return row
        rest = pieces[1].removesuffix("</ENT>")
        first = with_cells(row, [found[0], f"{pieces[0]},</ENT>", *found[2:]])
        return f'{first}<ROW><ENT I="22"> </ENT><ENT>{rest}</ENT><ENT> </ENT><ENT> </ENT><ENT> </ENT></ROW>'

    return edit_entry_rows(text, edit)


@kind("The country stands on the row of its first entry and not on one of its own")
def table_country_with_entry(text: str, _random: Random) -> str | None:
    def edit(table: str) -> str | None:
        pattern = (
            r'<ROW\b[^>]*>\s*<ENT I="01">([^<]+)</ENT>\s*<ENT A="0\d">[\s*]*</ENT>\s*</ROW>\s*'
            r'(<ROW\b[^>]*>\s*)<ENT I="22">\s*</ENT>(?=\s*<ENT>\s*\w)'
        )
        return re.sub(pattern, r'\2<ENT I="01">\1</ENT>', table)

    return edit_tables(text, edit)
