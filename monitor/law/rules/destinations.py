"""The destinations of the lists: prose says "China" or "the U.A.E.", the list prints capitals."""

import re

from monitor.law.countries import OTHER_FORMS, PLAIN_NAMES, is_country, short_name

# Where the heading of Supplement No. 4 to part 744 is more than the short name.
_LONGER_HEADINGS = {"China": "CHINA, PEOPLE'S REPUBLIC OF"}
_NO_DESTINATION = "United States"
_FORMS = sorted(
    {*PLAIN_NAMES.replace("\n", "").split("|")}
    | {form for name, others in OTHER_FORMS.items() if name != _NO_DESTINATION for form in (name, *others.split("|"))}
    | {"Peoples Republic of China"},
    key=len,
    reverse=True,
)

# A destination by any of its names, the longest first; without a group.
DESTINATION = "(?:" + "|".join(re.escape(form.rstrip(".")) for form in _FORMS) + r")(?!\w)\.?"


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
