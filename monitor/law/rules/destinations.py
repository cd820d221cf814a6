"""The destinations of the lists: prose has "China" or "the U.A.E.", the list has headings in capitals."""

import re

from monitor.law.countries import OTHER_FORMS, PLAIN_NAMES, is_country, short_name

# Where the heading of Supplement No. 4 to part 744 is more than the short name.
_LONGER_HEADINGS = {"China": "CHINA, PEOPLE'S REPUBLIC OF"}
_NO_DESTINATION = "United States"
_WORD = re.compile(r"\w+")


def _forms_by_first_word() -> dict[str, list[str]]:
    """Every form that prose prints of a destination, folded, by its first word; the longest first."""
    forms = {"Peoples Republic of China", *(" ".join(name.split()) for name in PLAIN_NAMES.split("|"))}
    for name, others in OTHER_FORMS.items():
        forms |= {name, *others.split("|")} if name != _NO_DESTINATION else set()
    by_first: dict[str, list[str]] = {}
    for form in sorted({_folded(form).rstrip(".") for form in forms}, key=len, reverse=True):
        by_first.setdefault(_WORD.findall(form)[0], []).append(form)
    return by_first


def _folded(text: str) -> str:
    """A text in small letters and with straight apostrophes, each character in its place."""
    return text.replace("’", "'").replace("İ", "i").lower()


_BY_FIRST_WORD = _forms_by_first_word()


def destination_spans(text: str) -> list[tuple[int, int]]:
    """Where destinations stand in a text, by the longest of their forms and without a full stop at the end."""
    folded, spans, end = _folded(text), list[tuple[int, int]](), 0
    for word in _WORD.finditer(folded):
        form = _form_at(folded, word[0], word.start()) if word.start() >= end else ""
        if form:
            end = word.start() + len(form)
            spans.append((word.start(), end))
    return spans


def _form_at(folded: str, word: str, start: int) -> str:
    """The longest form that begins with a word; "Korea, South Africa" holds "Korea" and not "Korea, South"."""
    for form in _BY_FIRST_WORD.get(word, ()):
        end = start + len(form)
        if not folded.startswith(form, start) or _WORD.match(folded, end):
            continue
        inverted = form.partition(", ")[2]
        after = end - len(inverted)
        if not inverted or len(_form_at(folded, _WORD.findall(inverted)[0], after)) <= len(inverted):
            return form
    return ""


def heading(destination: str) -> str:
    """The heading under which the list prints a destination; an unknown one as printed, in capitals."""
    text = re.sub(r"\s+", " ", destination.replace("’", "'")).strip(" ,;:")
    text = re.sub(r"^the\s+", "", text, flags=re.IGNORECASE)
    for form in (text, re.sub(r"\s*\([\w.' ]+\)$", "", text)):
        if is_country(form):
            name = short_name(form)
            return _LONGER_HEADINGS.get(name, name.upper())
    return text.upper()


def is_destination(text: str) -> bool:
    """Whether a text is the name of a destination and nothing else."""
    return is_country(text)
