"""Names in quotation marks, as instructions print them: with nested, doubled and missing marks."""

import re
from itertools import pairwise

from monitor.law.rules.destinations import is_destination

OPEN, CLOSE = "“", "”"
NAME = re.compile(r"⟦(\d+)⟧")
_UNCLOSED_BEFORE = re.compile(r"[,;]\s*(?:and\s+)?$")
_ENDS_AFTER = re.compile(r"[;,.]?\s*(?:and\s+)?(?:“|$)|;|,\s*and\b|\s+(?:and|under|to read|from)\b")
_QUOTED_COUNTRY = re.compile(
    r"(\b[Uu]nder\s+(?:the\s+)?(?:(?:heading|countr(?:y|ies)|destinations?)\s+(?:(?:of|for)\s+)?)?)⟦(\d+)⟧"
)
_OTHER_MARKS = str.maketrans("«»„‟❝❞", "“”“““”")
_OPENS_REVERSED = re.compile(rf"(?:(?<=[\s(\[—])|^){CLOSE}(?=[\w(])")
_CLOSES_REVERSED = re.compile(rf"(?<=[\w.,;)]){OPEN}(?=[;,.)]|\s|$)")
_SINGLE_OPEN = re.compile(r"(?:(?<=[\s(\[—])|^)(?:['‘`](?=[\w(])|‘(?=\s\w))")
_BEFORE_NAME = re.compile(r"(?:[;,:(—’']|\b[a-z]+)\s*$|^\s*$")  # and no word of a name: "Company 'Alfa'"
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,;)])['’](?=[;,.:)\s]|$)")
_AFTER_NAME = re.compile(r"[;,.]?\s*(?:and\s+)?")
_WORD = re.compile(r"\w")
_SEPARATOR = re.compile(r"[;,]\s+(?:and\s+)?|\b(?:entr(?:y|ies)|listings?)(?:\s+for)?\s+")


def mask_names(text: str) -> tuple[str, list[str]]:
    """The text with every quoted name replaced by a token (see `NAME`), and the names in order.

    A missing mark is supplied where the marks and separators beside it tell where it belongs. A destination in
    quotation marks is no name of an entry and stays.
    """
    names: list[str] = []
    masked = []
    for line in map(_with_usual_marks, text.split("\n")):
        pieces, position = [], 0
        for start, end in _spans(line):
            pieces += [line[position:start], f"⟦{len(names)}⟧"]
            names.append(_name(line[start:end]))
            position = end
        masked.append("".join([*pieces, line[position:]]))
    return _with_quoted_destinations("\n".join(masked), names), names


def restore_names(masked: str, names: list[str]) -> str:
    """The text with its names, each in one pair of quotation marks."""
    return NAME.sub(lambda token: f"“{names[int(token[1])]}”", masked)


def _with_usual_marks(line: str) -> str:
    """A paragraph of the same length whose marks are double and turned to the name that they enclose."""
    line = line.translate(_OTHER_MARKS)
    if OPEN not in line and CLOSE not in line:
        return _with_double_marks(line)
    line = _OPENS_REVERSED.sub(OPEN, line)
    return _CLOSES_REVERSED.sub(CLOSE, line) if line.count(OPEN) > line.count(CLOSE) else line


def _with_double_marks(line: str) -> str:
    """A paragraph with single marks: the last mark before the next name closes, others are apostrophes."""
    opening = [
        m.start() for m in _SINGLE_OPEN.finditer(line) if _BEFORE_NAME.search(line[max(0, m.start() - 40) : m.start()])
    ]
    signs = list(line)
    for start, until in pairwise([*opening, len(line)]):
        closing = [mark.start() for mark in _SINGLE_CLOSE.finditer(line, start + 1, until)]
        if closing:
            signs[start], signs[closing[-1]] = OPEN, CLOSE
    return "".join(signs)


def _with_quoted_destinations(masked: str, names: list[str]) -> str:
    def destination_or_token(found: re.Match[str]) -> str:
        name = names[int(found[2])]
        return f"{found[1]}{name}" if is_destination(name) else found[0]

    return _QUOTED_COUNTRY.sub(destination_or_token, masked)


def _name(quoted: str) -> str:
    """The name without the outer marks and the separator that stands within them."""
    name = quoted.removeprefix(OPEN).strip()
    if name.endswith(CLOSE) and (name[-2:-1] in ",;" or name.count(CLOSE) > name.count(OPEN)):
        name = name[:-1]
    name = name.strip(" ,;")
    if name.endswith(CLOSE) and name.count(CLOSE) > name.count(OPEN):
        name = name[:-1].strip(" ,;")
    while name.startswith(OPEN) and name.endswith(CLOSE) and OPEN not in name[1:]:  # its marks are doubled
        name = name[1:-1].strip(" ,;")
    return re.sub(r"\s+", " ", name)


def _spans(line: str) -> list[tuple[int, int]]:
    """Where quoted names stand in one paragraph, their marks included."""
    spans: list[tuple[int, int]] = []
    start, depth, last = 0, 0, 0
    for index, mark in enumerate(line):
        if mark == OPEN:
            unclosed = _UNCLOSED_BEFORE.search(line[start + 1 : index]) if depth else None
            if unclosed and line[index + 1 :].partition(OPEN)[0].count(CLOSE) < 2:  # else it is nested
                spans.append((start, start + 1 + unclosed.start()))
                depth = 0
            start = start if depth else index
            depth += 1
        elif mark == CLOSE and depth:
            depth = 0 if _ends(line, index, depth) else depth - 1
            if not depth:
                spans.append((start, index + 1))
                last = index + 1
        elif mark == CLOSE:
            begin = _begin_of_unopened(line, last, index)
            spans += [] if begin is None else [(begin, index + 1)]
            last = index + 1
    if depth:
        spans.append((start, start + _length_of_unclosed(line[start:])))
    return spans


def _ends(line: str, index: int, depth: int) -> bool:
    """Whether a closing mark ends the name, however many marks are open in it."""
    if depth == 1:
        return True
    separated = line[index - 1] in ",;" and line[index + 1 : index + 2] in ("", " ")
    return separated or bool(_ENDS_AFTER.match(line, index + 1))


def _begin_of_unopened(line: str, last: int, end: int) -> int | None:
    """Where a name begins whose opening mark is missing: after the name before, a separator or "entry for"."""
    after_name = _AFTER_NAME.match(line, last) if last else None
    found = after_name.end() if after_name else None
    for separator in _SEPARATOR.finditer(line, last, end):
        if separator[0].startswith(",") and found is not None:
            continue  # a comma can belong to the name
        found = separator.end()
    return found if found is not None and _WORD.search(line, found, end) else None


def _length_of_unclosed(rest: str) -> int:
    found = re.search(r";|\s+to read as follows|,?\s+and\s*$|[,:.]?\s*$", rest)
    return len(rest) if found is None else found.start()
