"""Names of entries: compare them, and find where the name ends in a cell that goes on with its address."""

import re
import unicodedata

_MORE_NAMES = re.compile(r",?\s+\(?(?:a\.?\s?k\.?\s?a|f\.?\s?k\.?\s?a|n\.?\s?k\.?\s?a)\b", re.IGNORECASE)
_SUFFIX = re.compile(
    r"\s*(?:Co|Company|Corp|Corporation|Ltd|Limited|LLC|L\.L\.C|Inc|Incorporated|LLP|LP|PLC|GmbH|AG|SA|S\.A|S\.R\.L|SRL|S\.R\.O"
    r"|B\.?V|N\.?V|FZE|FZCO|FZC|FZ|FZ-LLC|JSC|OJSC|CJSC|PJSC|OAO|OOO|ZAO|AO|PAO|Pte|Pvt|Pty|Sdn|Bhd|KK|K\.K|Oy|AB|A\.S|AS"
    r"|Ltda|S\.A\.L|SAL|Sarl|Kft|Sp|ULC|LLLP|DMCC|WLL|Est|Jr|Sr|II|III)\b\.?(?:\s+(?:Ltd|Limited|Inc|LLC|STI|Bhd|Sti)\b\.?)*\s*(?=[,;(]|$)",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\s\([^()]{1,80}\)(?=\s*(?:[,;.]|$))")


def same(name: str) -> str:
    """A name without case, accents and punctuation, to be compared with others."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def name_in_cell(cell: str, known: list[str]) -> str:
    """The name that an entity cell opens with; `known` are the names the document itself gives."""
    matching = [end for name in known if (end := _end_of(cell, name))]
    if matching:
        end = max(matching)
        parenthesis = _PARENTHESIS.match(cell, end)
        return cell[: parenthesis.end() if parenthesis else end].strip(" ,;")
    more = _MORE_NAMES.search(cell)
    return _before_address(cell[: more.start()] if more else cell).strip(" ,;")


def _end_of(cell: str, name: str) -> int:
    """Where a name ends in the cell that opens with it; 0 where it does not."""
    wanted = same(name)
    if not wanted or not same(cell).startswith(wanted):
        return 0
    end = next(i for i in range(1, len(cell) + 1) if same(cell[:i]) == wanted)
    following = cell[end : end + 1]
    if following.isalnum():
        return 0
    while (
        end < len(cell)
        and cell[end] in ".’'”)\""
        and cell[:end].count("(") > cell[:end].count(")") - (cell[end] != ")")
    ):
        end += 1
    return end


def _before_address(text: str) -> str:
    start = 0
    while (comma := text.find(",", start)) != -1:
        if not _SUFFIX.match(text, comma + 1):
            return text[:comma]
        start = comma + 1
    return text
