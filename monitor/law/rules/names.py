"""Names of entries: compare them, and find where the name ends in a cell that goes on with its address."""

import re
import unicodedata

from monitor.law.entities import read_entity

_FORMS = frozenset(
    re.findall(
        r"\S+",
        """
        co company corp corporation ltd limited llc l.l.c inc incorporated llp lp plc gmbh ag sa s.a s.r.l srl s.r.o
        bv b.v nv n.v fze fzco fzc fz fz-llc jsc ojsc cjsc pjsc oao ooo zao ao pao pte pvt pty sdn bhd kk k.k oy ab
        a.s as ltda s.a.l sal sarl kft ulc lllp dmcc wll est jr sr ii iii
        """,
    )
)
_FURTHER_FORMS = _FORMS | {"sti"}  # "Ltd. Sti."
_FORM_WORD = re.compile(r"\s*([a-z][a-z.-]*?)\.?(?=[\s,;(]|$)", re.IGNORECASE)
_FORMS_END = re.compile(r"\s*(?=[,;(]|$)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Co|Corp|Ltd|Inc|Pte|Pvt|Pty|Bhd|Sdn|Sti|Est|Jr|Sr|Tic|San|No)|\.\w|\b\w)\.$", re.IGNORECASE
)
_AFTER_NAME = re.compile(r"[)”\"'’“.]*\s*(?:$|[,;:(—–]|(?:a|f|n)\.?\s?k\.?\s?a\b)", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\s\([^()]{1,200}\)(?=\s*(?:[,;.]|$))")


def comparable(name: str) -> str:
    """A name without case, accents and punctuation, to be compared with others."""
    if name.isascii():
        return "".join(filter(str.isalnum, name)).casefold()
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(filter(str.isalnum, folded))


def begins_with_name(text: str, name: str) -> bool:
    """Whether a text begins with a name that ends there: "Alfa, Ltd." with "Alfa", but not "Alfa Two"."""
    form = comparable(name)
    return bool(form) and comparable(text).startswith(form) and _end_of(text, name) > 0


def name_in_cell(cell: str, given: list[str]) -> str:
    """The name that an entity cell opens with; `given` are the names in the text of the document."""
    opening = comparable(cell[:400])
    fitting = [name for name in given if (form := comparable(name)) and opening.startswith(form)]
    end = max((_end_of(cell, name) for name in fitting), default=0)
    if end:
        end = (_end_of_forms(cell, end + 1) if cell[end : end + 1] == "," else 0) or end
        parenthesis = _PARENTHESIS.match(cell, end)
        return _cut(cell, parenthesis.end() if parenthesis else end)
    return read_entity(cell).name


def _end_of_forms(cell: str, start: int) -> int:
    """Where legal forms end that stand between a comma and the next separator; 0 where other words do."""
    end = start
    forms = _FORMS
    while (word := _FORM_WORD.match(cell, end)) and word[1].lower() in forms:
        end, forms = word.end(), _FURTHER_FORMS
    closed = _FORMS_END.match(cell, end)
    return closed.end() if closed and end > start else 0


def _cut(cell: str, end: int) -> str:
    """The name without the full stop that ends its cell; the one of an abbreviation is kept."""
    name = cell[:end].strip(" ,;")
    ends_cell = end >= len(cell.rstrip()) and name.endswith(".")
    return name[:-1] if ends_cell and not _ABBREVIATED.search(name) else name


def _end_of(cell: str, name: str) -> int:
    """Where a name ends in a cell that opens with it, its own closing punctuation included; 0 where a word goes on."""
    wanted, end, matched = comparable(name), 0, 0
    while matched < len(wanted):
        matched += len(comparable(cell[end]))
        end += 1
    punctuation = re.search(r"\W*$", name)
    for mark in punctuation[0] if punctuation else "":
        if cell[end : end + 1] == mark:
            end += 1
    return end if _AFTER_NAME.match(cell, end) else 0
