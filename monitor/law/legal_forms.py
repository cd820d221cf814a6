"""Legal forms of companies in texts, by looking up their words in the table."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from monitor.law.legal_form_table import (
    ALSO_WORDS,
    ENGLISH,
    FAMILIES,
    FIRST_OR_LAST,
    LAST,
    NEED_SIGNS,
    Ignored,
    LegalForm,
)

# A word is "L.L.C.", also with blanks behind its stops, or "A/S", or "Ltd."; hyphens end it.
WORD = re.compile(r"(?:[^\W\d_]\.\s?){1,4}[^\W\d_]\b\.?|[^\W_]+(?:[/'’ʼ][^\W_]+)*\.?")
GAP = re.compile(r"[.,\s()-]*(?:&\s*)?")  # "(Pvt.) Ltd.", "GmbH & Co. KG"
CLOSING_BRACKET = re.compile(r"[.,\s)-]*(?:\([^()]*\)[\s.]*)?")
ABBREVIATED = re.compile(r"\w{2,}\.")
LAST_WORD = re.compile(r"\b(\w+)\.$")
MOST_WORDS = 12  # of all forms at the end of a name
Words = Sequence[re.Match[str]]


@lru_cache(maxsize=8192)
def letters(word: str) -> str:
    """Return a word in one case, without accents, stops and strokes: "S.p.A." and "SpA" are "spa"."""
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return "".join(filter(str.isalnum, word)).casefold()


def _printed(forms: Iterable[LegalForm]) -> list[str]:
    return [text for form in forms for text in (*form.spellings, *form.long)]


def _in_words(text: str) -> tuple[str, ...]:
    return tuple(letters(word) for word in WORD.findall(text))


def _by_first_word(printed: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the forms in words by the first of them, the longest first."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for text in printed:
        words = _in_words(text)
        found.setdefault(words[0], set()).add(words)
    return {first: tuple(sorted(forms, key=len, reverse=True)) for first, forms in found.items()}


def _ignored(*where: Ignored) -> frozenset[str]:
    forms = (form for family in FAMILIES for form in family if form.ignored in where)
    words = (_in_words(spelling) for form in forms for spelling in form.spellings)
    return frozenset(one[0] for one in words if len(one) == 1)


PRINTED = _printed(form for family in FAMILIES for form in family)
FORMS = _by_first_word(PRINTED)
AS_PRINTED = frozenset(text.rstrip(".") for text in PRINTED)
ABBREVIATIONS = frozenset(word[:-1] for text in PRINTED for word in text.split() if ABBREVIATED.fullmatch(word))
ENGLISH_WORDS = frozenset(_in_words(text)[0] for text in _printed(ENGLISH)) - ALSO_WORDS
UNSURE = ALSO_WORDS | NEED_SIGNS
IGNORED_LAST = _ignored(LAST, FIRST_OR_LAST)
IGNORED_FIRST = _ignored(FIRST_OR_LAST)


@lru_cache(maxsize=4096)
def is_legal_form(text: str) -> bool:
    """Return whether a text is one or more legal forms and no more, but for a bracket behind them: "Co., Ltd. (HK)"."""
    words = list(WORD.finditer(text))
    end = _end_of_run(text, words, 0)
    if end == 0 or GAP.fullmatch(text, 0, words[0].start()) is None:
        return False
    return CLOSING_BRACKET.fullmatch(text, words[end - 1].end()) is not None


def opens_with_english_form(text: str) -> bool:
    """Return whether a text begins with an English form that is no other word: "Ltd. Beijing Branch"."""
    words = list(WORD.finditer(text))
    run = [word[0] for word in words[: _end_of_run(text, words, 0)]]
    return text[:1].isupper() and any(letters(word) in ENGLISH_WORDS for word in run)


def before_legal_form(text: str) -> str | None:
    """Return what stands before the legal forms at the end of a text; None where it ends in none."""
    words = list(WORD.finditer(text))
    if not words or GAP.fullmatch(text, words[-1].end()) is None:
        return None
    for first in range(max(1, len(words) - MOST_WORDS), len(words)):
        if _end_of_run(text, words, first) == len(words):
            return text[: words[first].start()].rstrip(" (")
    return None


def ends_in_abbreviated_form(text: str) -> bool:
    """Return whether a text ends in a form that keeps its full stop: "Alfa Ltd.", but not "Alfa Limited."."""
    last = LAST_WORD.search(text[-24:])
    return last is not None and last[1] in ABBREVIATIONS


def is_ignored_first(word: str) -> bool:
    """Return whether names are compared without a word at their head, given by its letters: "ooo"."""
    return word in IGNORED_FIRST


def is_ignored_last(word: str) -> bool:
    """Return whether names are compared without a word at their end, given by its letters: "ltd"."""
    return word in IGNORED_LAST


def _end_of_run(text: str, words: Words, first: int) -> int:
    """Return behind which word the legal forms end that begin with word `first`; `first` where there are none."""
    end = first
    while size := _size_of_form(text, words, first, end):
        end += size
    run = [word[0] for word in words[first:end]]
    is_sure = any(letters(word) not in UNSURE for word in run)
    return end if is_sure or all(map(_is_printed_as_form, run)) else first


def _size_of_form(text: str, words: Words, first: int, start: int) -> int:
    """Return how many words the longest form has that begins with word `start` of a run; 0 where none does."""
    if start == len(words):
        return 0
    for form in FORMS.get(letters(words[start][0]), ()):
        found = words[start : start + len(form)]
        joined = words[max(first, start - 1) : start + len(form)]
        if tuple(letters(word[0]) for word in found) == form and _is_unbroken(text, joined):
            return len(form)
    return 0


def _is_unbroken(text: str, words: Words) -> bool:
    return all(GAP.fullmatch(text, one.end(), other.start()) for one, other in pairwise(words))


def _is_printed_as_form(word: str) -> bool:
    """Return whether a word whose letters are also another word is printed as the table prints forms."""
    bare = word.rstrip(".")
    if "." in bare or "/" in bare:
        return True
    if letters(word) in NEED_SIGNS:
        return False
    return bare in AS_PRINTED or bare.isupper() or (bare != word and bare.capitalize() in ABBREVIATIONS)
