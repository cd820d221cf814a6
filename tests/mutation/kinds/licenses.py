"""General licenses: how an instruction puts a new end in place of the old one."""

import re
from random import Random

from edits import DATE, substitute
from kind import kind

from kinds.dates import formed

_AMDPAR = re.compile(r"<AMDPAR>(.*?)</AMDPAR>", re.DOTALL)
_CHANGE = rf"by removing “(?P<old>{DATE})”(?P<where> wherever it appears)? and adding in its place “(?P<new>{DATE})”"


def _edit(text: str, pattern: str, by: str) -> str | None:
    """The instructions to a license, edited."""

    def change(found: re.Match[str]) -> str:
        inner = re.sub(r"\s+", " ", found[1]).strip()
        after = substitute(pattern, by)(inner)
        return found[0] if after in (None, inner) else f"<AMDPAR>{after}</AMDPAR>"

    return _AMDPAR.sub(change, text)


@kind("“by revising “June 30, 2016” to read “August 30, 2016””")
def license_to_read(text: str, _random: Random) -> str | None:
    return _edit(text, _CHANGE, r"by revising “\g<old>”\g<where> to read “\g<new>”")


@kind("“by replacing “June 30, 2016” with “August 30, 2016””")
def license_replacing(text: str, _random: Random) -> str | None:
    return _edit(text, _CHANGE, r"by replacing “\g<old>”\g<where> with “\g<new>”")


@kind("“by removing the date “June 30, 2016” and adding, in its place, the date “August 30, 2016””")
def license_the_date(text: str, _random: Random) -> str | None:
    return _edit(text, _CHANGE, r"by removing the date “\g<old>”\g<where> and adding, in its place, the date “\g<new>”")


@kind("“by adding “August 30, 2016” in place of “June 30, 2016””")
def license_new_first(text: str, _random: Random) -> str | None:
    return _edit(text, _CHANGE, r"by adding “\g<new>” in place of “\g<old>”\g<where>")


@kind("“by changing “June 30, 2016” to “August 30, 2016””")
def license_changing(text: str, _random: Random) -> str | None:
    return _edit(text, _CHANGE, r"by changing “\g<old>” to “\g<new>”\g<where>")


@kind("“by removing “June 30, 2016” each place it appears and inserting “August 30, 2016””")
def license_each_place(text: str, _random: Random) -> str | None:
    return _edit(text, _CHANGE, r"by removing “\g<old>” each place it appears and inserting “\g<new>”")


@kind("Dates without quotation marks")
def license_without_marks(text: str, _random: Random) -> str | None:
    return _edit(text, _CHANGE, r"by removing \g<old>\g<where> and adding in its place \g<new>")


@kind("Straight marks around dates")
def license_straight_marks(text: str, _random: Random) -> str | None:
    return _edit(text, _CHANGE, r'by removing "\g<old>"\g<where> and adding in its place "\g<new>"')


@kind("The two verbs as items: “a. Removing “June 30, 2016”; and b. Adding in its place “August 30, 2016””")
def license_as_items(text: str, _random: Random) -> str | None:
    by = r"by:</AMDPAR><AMDPAR>a. Removing “\g<old>”\g<where>; and</AMDPAR><AMDPAR>b. Adding in its place “\g<new>”"
    return _edit(text, _CHANGE, by)


@kind("“Amend Supplement No. 7 to part 744 by removing”")
def license_imperative(text: str, _random: Random) -> str | None:
    return _edit(text, r"^(\d+\. )(Supplement No\. 7 to part 744) is amended by", r"\1Amend \2 by")


@kind("“Supplement No. 7 to part 744 (Temporary General License) is amended”")
def license_named(text: str, _random: Random) -> str | None:
    return _edit(text, r"^(\d+\. Supplement No\. 7 to part 744)(?= is)", r"\1 (Temporary General License)")


@kind("“Supp. No. 7 to Part 744”")
def license_abbreviated(text: str, _random: Random) -> str | None:
    return _edit(text, r"(?<=\d\. )Supplement No\. 7 to part 744", "Supp. No. 7 to Part 744")


@kind("“In Supplement No. 7 to part 744, remove “June 30, 2016” and add in its place “August 30, 2016””")
def license_remove_and_add(text: str, _random: Random) -> str | None:
    pattern = rf"^(\d+\. )(Supplement No\. 7 to part 744) is amended {_CHANGE}"
    return _edit(text, pattern, r"\1In \2, remove “\g<old>”\g<where> and add in its place “\g<new>”")


@kind("Months abbreviated in the instruction")
def license_months_short(text: str, _random: Random) -> str | None:
    def short(found: re.Match[str]) -> str:
        return formed(found[0], lambda day: f"{day:%b}{'' if day.month == 5 else '.'} {day.day}, {day.year}")

    return _AMDPAR.sub(
        lambda m: re.sub(DATE, short, m[0]) if re.search(_CHANGE, re.sub(r"\s+", " ", m[1])) else m[0], text
    )


@kind("The new end is lost: “and adding in its place “””", keeps=False)
def license_new_end_lost(text: str, _random: Random) -> str | None:
    return _edit(text, _CHANGE, r"by removing “\g<old>”\g<where> and adding in its place “”")


@kind("The instruction to the license is lost", keeps=False)
def license_instruction_lost(text: str, _random: Random) -> str | None:
    return _AMDPAR.sub(lambda m: "" if re.search(_CHANGE, re.sub(r"\s+", " ", m[1])) else m[0], text)
