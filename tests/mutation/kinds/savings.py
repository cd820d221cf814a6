"""Savings clauses: goods en route, and until when they may proceed."""

import re
from random import Random

from edits import DATE, edit_prose, substitute
from kind import kind

from kinds.dates import day_of, formed

_HAS = r"removed from eligibility.*\ben route\b"
_BEFORE = rf"\(NLR\) before (?={DATE})"


def _edit(text: str, pattern: str, by: str) -> str | None:
    return edit_prose(text, _HAS, substitute(pattern, by))


@kind("“that were en route aboard a carrier, as of July 6, 2021,”")
def savings_as_of(text: str, _random: Random) -> str | None:
    return _edit(text, rf",? on (?={DATE}, pursuant)", ", as of ")


@kind("“on dock for loading, on lighter, laden aboard an exporting carrier, or en route”, the words of the nineties")
def savings_on_dock(text: str, _random: Random) -> str | None:
    return _edit(
        text,
        "that were en route",
        "that were on dock for loading, on lighter, laden aboard an exporting carrier, or en route",
    )


@kind("“may continue to proceed to that destination”")
def savings_may_continue(text: str, _random: Random) -> str | None:
    return _edit(text, "may proceed", "may continue to proceed")


@kind("“may be exported, reexported, or transferred to that destination”")
def savings_may_be_exported(text: str, _random: Random) -> str | None:
    return _edit(text, "may proceed to", "may be exported, reexported, or transferred to")


@kind("“(NLR), provided it is completed no later than on July 21, 2023”")
def savings_no_later_than(text: str, random: Random) -> str | None:
    words = random.choice(("no later than on", "no later than", "not later than"))
    return _edit(text, _BEFORE, f"(NLR), provided the export, reexport, or transfer is completed {words} ")


@kind("“(NLR) prior to July 21, 2023”")
def savings_prior_to(text: str, _random: Random) -> str | None:
    return _edit(text, _BEFORE, "(NLR) prior to ")


@kind("“(NLR), as long as they have been exported by close of business on July 21, 2023”")
def savings_close_of_business(text: str, _random: Random) -> str | None:
    return _edit(text, _BEFORE, "(NLR), so long as they have been exported by close of business on ")


@kind("“before midnight, on July 21, 2023” as “by 11:59 p.m. on July 21, 2023”")
def savings_hour(text: str, _random: Random) -> str | None:
    return _edit(text, r"before midnight,? on ", "by 11:59 p.m. on ")


@kind("“(NLR) within 30 days after July 6, 2021”: the end is counted")
def savings_within_days(text: str, _random: Random) -> str | None:
    def edit(inner: str) -> str | None:
        start, end = re.search(rf"on ({DATE}), pursuant", inner), re.search(_BEFORE + f"({DATE})", inner)
        if start is None or end is None:
            return None
        first, last = day_of(start[1]), day_of(end[1])
        if first is None or last is None:
            return None
        days = (last - first).days
        short = inner[: end.start()] + f"(NLR) within {days} days after {start[1]}" + inner[end.end() :]
        return re.sub(r" Any such items not actually.*", "", short)

    return edit_prose(text, _HAS, edit)


@kind("The clause is broken in two paragraphs before its end")
def savings_in_two_paragraphs(text: str, _random: Random) -> str | None:
    return _edit(text, r"\. (?=Any such items not actually)", ".</P><P>")


@kind("The days of the clause with the day of the week")
def savings_weekday(text: str, _random: Random) -> str | None:
    return edit_prose(text, _HAS, substitute(DATE, lambda m: formed(m[0], lambda day: f"{day:%A}, {m[0]}")))


@kind("The clause is named and begins “Savings Clause. Shipments of …” in its paragraph")
def savings_named(text: str, _random: Random) -> str | None:
    return _edit(text, "^", '<E T="03">Savings Clause.</E> ')


@kind("The day on which goods must be en route is lost", keeps=False)
def savings_day_lost(text: str, _random: Random) -> str | None:
    return _edit(text, rf",? on {DATE}, pursuant", ", pursuant")


@kind("The end of the clause is lost: “(NLR) before . Any such items”", keeps=False)
def savings_end_lost(text: str, _random: Random) -> str | None:
    return edit_prose(text, _HAS, lambda i: re.sub(rf"\b(before (?:midnight,? on )?){DATE}", r"\1", i))
