"""Names of entries: compare them, and find where the name ends in a cell that goes on with its address."""

import re
import unicodedata

_MORE_NAMES = re.compile(r",?\s+\(?(?:a\.?\s?k\.?\s?a|f\.?\s?k\.?\s?a|n\.?\s?k\.?\s?a)\b", re.IGNORECASE)
_FORMS = (
    r"Co|Company|Corp|Corporation|Ltd|Limited|LLC|L\.L\.C|Inc|Incorporated|LLP|LP|PLC|GmbH|AG|SA|S\.A"
    r"|S\.R\.L|SRL"
    r"|S\.R\.O|B\.?V|N\.?V|FZE|FZCO|FZC|FZ|FZ-LLC|JSC|OJSC|CJSC|PJSC|OAO|OOO|ZAO|AO|PAO|Pte|Pvt|Pty"
    r"|Sdn|Bhd|KK|K\.K|Oy"
    r"|AB|A\.S|AS|Ltda|S\.A\.L|SAL|Sarl|Kft|ULC|LLLP|DMCC|WLL|Est|Jr|Sr|II|III"
)
_MORE_FORM = re.compile(
    rf"\s*(?:{_FORMS})\b\.?(?:\s+(?:{_FORMS}|STI|Sti)\b\.?)*\s*(?=[,;(]|$)", re.IGNORECASE
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:Co|Corp|Ltd|Inc|Pte|Pvt|Pty|Bhd|Sdn|Sti|Est|Jr|Sr|Tic|San|No)|\.\w|\b\w)\.$", re.IGNORECASE
)
_PARENTHESIS = re.compile(r"\s\([^()]{1,200}\)(?=\s*(?:[,;.]|$))")


def same(name: str) -> str:
    """A name without case, accents and punctuation, to be compared with others."""
    if name.isascii():
        return "".join(filter(str.isalnum, name)).casefold()
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(filter(str.isalnum, folded))


def name_in_cell(cell: str, known: list[str]) -> str:
    """The name that an entity cell opens with; `known` are the names the document itself gives."""
    opening = same(cell[:400])
    fitting = [name for name in known if (form := same(name)) and opening.startswith(form)]
    end = max((_end_of(cell, name) for name in fitting), default=0)
    if end:
        further = _MORE_FORM.match(cell, end + 1) if cell[end : end + 1] == "," else None
        end = further.end() if further else end
        parenthesis = _PARENTHESIS.match(cell, end)
        return _cut(cell, parenthesis.end() if parenthesis else end)
    more = _MORE_NAMES.search(cell)
    return _cut(cell, len(_before_address(cell[: more.start()] if more else cell)))


def _cut(cell: str, end: int) -> str:
    """The name without the full stop that ends its cell; one that ends an abbreviation is its own."""
    name = cell[:end].strip(" ,;")
    ends_cell = end >= len(cell.rstrip()) and name.endswith(".")
    return name[:-1] if ends_cell and not _ABBREVIATED.search(name) else name


def _end_of(cell: str, name: str) -> int:
    """Where a name ends in a cell that opens with it, its own last signs included; 0 where a word goes on."""
    wanted, end, matched = same(name), 0, 0
    while matched < len(wanted):
        matched += len(same(cell[end]))
        end += 1
    if cell[end : end + 1].isalnum():
        return 0
    signs = re.search(r"\W*$", name)
    for sign in signs[0] if signs else "":
        if cell[end : end + 1] == sign:
            end += 1
    return end


def _before_address(text: str) -> str:
    start = 0
    while (comma := text.find(",", start)) != -1:
        if not _MORE_FORM.match(text, comma + 1):
            return text[:comma]
        start = comma + 1
    return text
