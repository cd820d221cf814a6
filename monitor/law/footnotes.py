"""Read footnotes: designations such as ² in a cell, and the text that the list prints for each."""

import re
from functools import lru_cache

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⸴"
TO_SUPERSCRIPT = str.maketrans("0123456789,", SUPERSCRIPTS)
TO_PLAIN = str.maketrans(SUPERSCRIPTS, "0123456789,")
RAISED = re.compile(f"[{SUPERSCRIPTS}]+")
# "³ For this entity, ...", or with a plain figure where a row of the table holds nothing else.
NOTE = re.compile(rf"([{SUPERSCRIPTS}]+)\s*(?=\S)")
NOTE_IN_ROW = re.compile(rf"([{SUPERSCRIPTS}]+|\d{{1,2}})\s+(?=[A-Z“\"])")


def raised(text: str) -> str:
    """Write what the markup raises: figures as superscripts, so that they stay apart, words as they are."""
    joined = text.replace(" ", "")
    return joined.translate(TO_SUPERSCRIPT) if joined.replace(",", "").isdecimal() else text


@lru_cache(maxsize=1024)
def designations_in(text: str) -> tuple[str, ...]:
    """Return the footnote designations of a cell in printed order, each once."""
    found = (part for mark in RAISED.findall(text) for part in mark.translate(TO_PLAIN).split(","))
    return tuple(dict.fromkeys(part for part in found if part))


def read_footnote(text: str, *, in_row: bool = False) -> tuple[str, str] | None:
    """Return the designation and the text of a footnote, or None where a paragraph or row is none."""
    found = (NOTE_IN_ROW if in_row else NOTE).match(text)
    if found is None:
        return None
    return found[1].translate(TO_PLAIN), text[found.end() :]
