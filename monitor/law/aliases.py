"""Other names: "a.k.a., the following two aliases:" and the list behind it, or a bracket behind the name."""

import re

from msgspec import Struct

from monitor.law.legal_forms import is_legal_form
from monitor.law.names import split_name

KINDS = (
    r"(?:(?:[afn]\.\s?k\.\s?a\b|d\.?\s?/?\s?b\.?\s?/?\s?a\b|(?-i:[afn]ka)\b)\.?"
    r"|(?:also|formerly|now)\s+known\s+as|doing\s+business\s+as)"
)
# What opens a list of aliases at the end of a line; the number says how many.
KIND = re.compile(rf",?\s*\b{KINDS}", re.IGNORECASE)
ANOTHER_KIND = re.compile(rf"[,/\s]+(?:(?:and|or)[,/\s]+)?{KINDS}", re.IGNORECASE)
THE_FOLLOWING = re.compile(
    r",?\s+the\s+following\s+(?:(?P<count>[\w-]+)\s+)?(?:aliase?s?|names?|other\s+names?)\s*:?$", re.IGNORECASE
)
ONE_ALIAS = re.compile(rf",\s*{KINDS}[,:]?\s+(?!the\s+following\b)(?P<alias>.+)$", re.IGNORECASE)
BRACKET = re.compile(rf"\(\s*{KINDS}[,:]?\s+(?P<names>[^()]*(?:\([^()]*\)[^()]*)*)\)?", re.IGNORECASE)
MARKER = re.compile(r"(?:[—–•]|-(?=\s?\w)|\(\d{1,2}\)|\d{1,2}[.)](?=\s))\s*")
# In one line: "aliases: —One; and —Two", "aliases: (1) One; and (2) Two".
INLINE_MARKER = re.compile(r"(?P<before>[:;.,]|\band)\s+(?=(?:—|•|\(\d{1,2}\))\s?\w)")
ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\.\w+|\b(?:Co|Cos|Corp|Inc|Ltd|Ltda|Pvt|Pte|Pty|Bhd|Sdn|Sti|Tic|San|Jr|Sr|St|No))\.$"
)
NUMBERS = re.compile(r"\w+").findall(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)


def count_of(word: str | None) -> int | None:
    """Return the number that a word or figure names, if we know it."""
    if word is None:
        return None
    if word.isdecimal():
        return int(word)
    return NUMBERS.index(word.lower()) + 1 if word.lower() in NUMBERS else None


class ListOpening(Struct, frozen=True):
    """Where the words begin that open a list of aliases, and how many they announce."""

    start: int
    count: int | None


def list_opening(line: str) -> ListOpening | None:
    """Return what opens a list of aliases at the end of a line ("a.k.a., the following two aliases:")."""
    if "following" not in line.lower():
        return None
    for kind in KIND.finditer(line):
        end = kind.end()
        while another := ANOTHER_KIND.match(line, end):
            end = another.end()
        if following := THE_FOLLOWING.match(line, end):
            return ListOpening(kind.start(), count_of(following["count"]))
    return None


def mentions_aliases(text: str) -> bool:
    """Tell quickly whether a text may name aliases at all."""
    lowered = text.lower()
    return any(mark in lowered for mark in (".a.", ". a.", "ka,", "/a", "dba", "known as", "doing business"))


def is_item(line: str) -> bool:
    """Tell whether a line is an item of a list."""
    return MARKER.match(line) is not None


def item_text(line: str) -> str:
    """Return an item without its marker, its separator and its closing stop."""
    marker = MARKER.match(line)
    text = (line[marker.end() :] if marker is not None else line).rstrip(" ;,")
    for conjunction in (" and", " or"):
        text = text.removesuffix(conjunction).rstrip(" ;,")
    return text if not text.endswith(".") or ABBREVIATED.search(text) else text[:-1]


def names_in_brackets(text: str) -> tuple[str, ...]:
    """Return the names in brackets such as "(a.k.a., One, Two and Three)" wherever they stand in a text."""
    if "(" not in text:
        return ()
    return tuple(name for bracket in BRACKET.finditer(text) for name in _listed(bracket["names"]))


def _listed(text: str) -> list[str]:
    """Split names that commas separate; one pair joined by "and" alone may be one name and stays whole."""
    names: list[str] = []
    for piece in re.split(r"[,;]\s*(?:and\s+)?", text):
        if names and (not piece or is_legal_form(piece)):
            names[-1] += f", {piece}" if piece else ""
        else:
            names.append(piece)
    if len(names) > 1:
        names[-1:] = names[-1].split(" and ")
    return [name.strip(" .") for name in names if name.strip(" .")]


def name_that_runs_on(item: str) -> str:
    """Return the name at the head of an item that goes on into an address, as well as it can be told."""
    name = split_name(item)[0]
    sentence = re.match(r"(.+?[^\W\d_]{3,})\.\s+(?=\S)", name)
    if sentence is not None and not ABBREVIATED.search(sentence[1] + "."):
        return sentence[1]
    return name
