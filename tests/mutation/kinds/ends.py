"""Ends and suspensions: rules that hold until a day, or do not yet hold."""

import re
from random import Random

from edits import DATE, edit_element, substitute
from kind import kind

_TAGS = "EFFDATE|DATES|DATE"
_SPAN = rf"effective (?P<a>{DATE}),? through (?P<b>{DATE})(?=[.,])"


def _span(text: str, by: str) -> str | None:
    return edit_element(text, _TAGS, substitute(_SPAN, by))


@kind("“effective from A until B”, “effective A to B”")
def span_until(text: str, random: Random) -> str | None:
    return _span(text, random.choice((r"effective from \g<a> until \g<b>", r"effective \g<a> to \g<b>")))


@kind("“effective A through and including B”")
def span_including(text: str, _random: Random) -> str | None:
    return _span(text, r"effective \g<a>, through and including \g<b>")


@kind("“effective A and expires on B”")
def span_expires(text: str, _random: Random) -> str | None:
    return _span(text, r"effective \g<a>, and expires on \g<b>")


@kind("“effective A, and remains in effect through B”")
def span_remains(text: str, random: Random) -> str | None:
    return _span(text, rf"effective \g<a>, and {random.choice(('remains', 'will remain'))} in effect through \g<b>")


@kind("“effective for the period A—B”, “from A–B”")
def span_dash(text: str, _random: Random) -> str | None:
    return _span(text, r"effective from \g<a>–\g<b>")


@kind("“effective beginning on A and ending on B”")
def span_beginning(text: str, _random: Random) -> str | None:
    return _span(text, r"effective beginning on \g<a> and ending on \g<b>")


@kind("“Remove and reserve Supplement No. 7 to part 744.”")
def supplement_removed_imperative(text: str, _random: Random) -> str | None:
    return re.sub(
        r"(<AMDPAR>\s*\d+\. )(Supplement No\. 7 to part 744) is removed( and reserved)?\.",
        lambda m: f"{m[1]}Remove{' and reserve' if m[3] else ''} {m[2]}.",
        text,
    )


@kind("“Part 744 is amended by removing Supplement No. 7.”")
def supplement_removed_from_part(text: str, _random: Random) -> str | None:
    return re.sub(
        r"(<AMDPAR>\s*\d+\. )(Supplement No\. 7) to part 744 is removed( and reserved)?\.",
        lambda m: f"{m[1]}Part 744 is amended by removing{' and reserving' if m[3] else ''} {m[2]}.",
        text,
    )


@kind("An exception from the day: “except that amendatory instruction 6 is effective on”")
def exception_phrased(text: str, _random: Random) -> str | None:
    pattern = r"except for amendatory instructions? (\d+(?: and \d+)?), which (is|are) effective"
    return edit_element(text, _TAGS, substitute(pattern, r"except that amendatory instruction \1 \2 effective"))


@kind("The end of a rule is lost: “effective A through .”", keeps=False)
def span_end_lost(text: str, _random: Random) -> str | None:
    return _span(text, r"effective \g<a> through ")
