"""The DATES paragraph: when a rule takes effect, in the phrases and forms of dates that rules print."""

import re
from collections.abc import Callable
from datetime import date, datetime
from random import Random

from edits import DATE, edit_element, substitute
from kind import kind

_TAGS = "EFFDATE|DATES|DATE"
_EFFECTIVE = rf"\b(This rule is effective):? (?:on )?(?={DATE})"


def day_of(words: str) -> date | None:
    """The day that "July 6, 2021" names; None for one the calendar does not have, as other kinds print it."""
    try:
        return datetime.strptime(words, "%B %d, %Y").date()  # noqa: DTZ007  # a date has no zone
    except ValueError:
        return None


def formed(words: str, form: Callable[[date], str]) -> str:
    """A date in another form; one that the calendar does not have stays as it is."""
    day = day_of(words)
    return words if day is None else form(day)


def _phrased(text: str, phrase: str) -> str | None:
    return edit_element(text, _TAGS, substitute(_EFFECTIVE, f"{phrase} "))


def _formed(text: str, form: Callable[[date], str]) -> str | None:
    """Every date of the DATES paragraph in another form."""
    return edit_element(text, _TAGS, substitute(DATE, lambda m: formed(m[0], form)))


@kind("“This rule is effective on July 6, 2021”, “effective: July 6, 2021”")
def effective_on(text: str, random: Random) -> str | None:
    return _phrased(text, random.choice(("This rule is effective on", "This rule is effective:")))


@kind("“This rule takes effect on July 6, 2021”")
def takes_effect(text: str, _random: Random) -> str | None:
    return _phrased(text, "This rule takes effect on")


@kind("“This rule becomes effective July 6, 2021”")
def becomes_effective(text: str, _random: Random) -> str | None:
    return _phrased(text, "This rule becomes effective")


@kind("“This rule shall be effective on”, “will be effective”")
def shall_be_effective(text: str, random: Random) -> str | None:
    return _phrased(text, random.choice(("This rule shall be effective on", "This rule will be effective on")))


@kind("“Effective Date: July 6, 2021.”")
def effective_date_label(text: str, _random: Random) -> str | None:
    return _phrased(text, "Effective Date:")


@kind("“This final rule is effective immediately upon publication, July 6, 2021”, “effective as of”")
def effective_as_of(text: str, _random: Random) -> str | None:
    return _phrased(text, "This final rule is effective as of")


@kind("“The effective date of this rule is July 6, 2021.”")
def effective_date_of_rule(text: str, _random: Random) -> str | None:
    return _phrased(text, "The effective date of this rule is")


@kind("“This rule enters into force on”, “goes into effect on”")
def goes_into_effect(text: str, _random: Random) -> str | None:
    return _phrased(text, "This rule goes into effect on")


@kind("“effective at 12:01 a.m. on July 6, 2021”, “at 4:45 p.m. Eastern time”")
def effective_at_hour(text: str, random: Random) -> str | None:
    hour = random.choice(("12:01 a.m.", "12:01 a.m. EDT", "4:45 p.m. Eastern time"))
    return _phrased(text, f"This rule is effective at {hour} on")


@kind("“effective upon publication in the Federal Register on July 6, 2021”, “upon filing for public inspection on”")
def effective_upon_publication(text: str, _random: Random) -> str | None:
    filed = re.search(r"\[FR Doc\. \S+ Filed (\d+)-(\d+)-(\d\d);", text)
    day = re.search(rf"{_EFFECTIVE}({DATE})", text)
    effective = day_of(day[2]) if day else None
    if filed is None or effective is None:
        return None
    after = (effective - date(2000 + int(filed[3]), int(filed[1]), int(filed[2]))).days
    if after == 0:
        return _phrased(text, "This rule is effective upon filing for public inspection on")
    return _phrased(text, "This rule is effective upon publication in the Federal Register on") if after == 1 else None


@kind("The day of the week before the date: “Tuesday, July 6, 2021”")
def date_with_weekday(text: str, _random: Random) -> str | None:
    return _formed(text, lambda d: f"{d:%A}, {d:%B} {d.day}, {d.year}")


@kind("“July 6th, 2021”")
def date_ordinal(text: str, _random: Random) -> str | None:
    return _formed(text, lambda d: f"{d:%B} {_ordinal(d.day)}, {d.year}")


def _ordinal(day: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
    return f"{day}{endings.get(day, 'th')}"


@kind("“6 July 2021”")
def date_day_first(text: str, _random: Random) -> str | None:
    return _formed(text, lambda d: f"{d.day} {d:%B} {d.year}")


@kind("“July 6 2021”, the comma lost")
def date_without_comma(text: str, _random: Random) -> str | None:
    return _formed(text, lambda d: f"{d:%B} {d.day} {d.year}")


@kind("“7/6/2021”, “07/06/2021”")
def date_in_numbers(text: str, random: Random) -> str | None:
    return _formed(text, random.choice((lambda d: f"{d.month}/{d.day}/{d.year}", lambda d: f"{d:%m/%d/%Y}")))


@kind("“Jul. 6, 2021”, “Sept. 6, 2021”")
def date_month_short(text: str, _random: Random) -> str | None:
    short = {5: "May", 6: "June", 7: "July", 9: "Sept."}
    return _formed(text, lambda d: f"{short.get(d.month, f'{d:%b}.')} {d.day}, {d.year}")


@kind("Months in capitals: “JULY 6, 2021”")
def date_month_capitals(text: str, _random: Random) -> str | None:
    return _formed(text, lambda d: f"{d:%B} {d.day}, {d.year}".upper())


@kind("Blanks that do not break in dates")
def date_nonbreaking(text: str, _random: Random) -> str | None:
    return _formed(text, lambda d: f"{d:%B}\u00a0{d.day}, {d.year}")


@kind("“the 6th day of July, 2021”")
def date_day_of_month(text: str, _random: Random) -> str | None:
    return _formed(text, lambda d: f"the {_ordinal(d.day)} day of {d:%B}, {d.year}")


@kind("A sentence on when an earlier rule took effect")
def date_of_earlier_rule(text: str, _random: Random) -> str | None:
    before = "The rule published on May 21, 2019 (84 FR 22961), was effective May 16, 2019. "
    return edit_element(text, _TAGS, lambda i: re.sub(r"(</HD>\s*<P>)\s*", rf"\1{before}", i, count=1))


@kind("“Comments must be submitted not later than”, “by close of business on”, “on or before”")
def comments_phrased(text: str, random: Random) -> str | None:
    words = random.choice(("not later than", "no later than on", "by close of business on", "on or before", "prior to"))
    return edit_element(text, _TAGS, substitute(r"(?<=[Cc]omments must be received by BIS )no later than", words))


@kind("The day is lost: “This rule is effective .”", keeps=False)
def date_lost(text: str, _random: Random) -> str | None:
    return edit_element(text, _TAGS, lambda i: re.sub(rf"({_EFFECTIVE}){DATE}", r"\2 ", i, count=1))


@kind("The day is one the calendar does not have", keeps=False)
def date_impossible(text: str, random: Random) -> str | None:
    day = random.choice(("February 30", "June 31", "July 36"))
    return edit_element(
        text, _TAGS, lambda i: re.sub(rf"({_EFFECTIVE})(?:[A-Z]\w+ \d+)(, \d{{4}})", rf"\2 {day}\3", i, count=1)
    )
