"""Verbs of instructions: other words, other forms, another order."""

import re
from random import Random

from edits import COUNTRY, NAME, edit_all, edit_one, substitute
from kind import kind

_NAMES = rf"{NAME}(?:[;,]? (?:and )?{NAME})*"
_ORDER = r",? in alphabetical order,?"
_WORDS = ("", "an", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@kind("“Under X, add, in alphabetical order, an entry for …”: imperative in place of “by adding”")
def verb_imperative(text: str, _random: Random) -> str | None:
    short = {"adding": "add", "revising": "revise", "removing": "remove"}

    def change(found: re.Match[str]) -> str:
        verb = short[found[2].lower()]
        return f"{found[1]}{verb.capitalize() if found[2][0].isupper() else verb}"

    return edit_all(text, substitute(r"((?:^\S+ )|(?:, ))(?:by )?([Aa]dding|[Rr]evising|[Rr]emoving)\b", change))


@kind("“an entry for … is added, in alphabetical order” in the passive")
def verb_passive(text: str, _random: Random) -> str | None:
    pattern = rf"^(\S+ Under {COUNTRY},) by adding{_ORDER} (an entry|entries) for ({_NAMES})"

    def change(found: re.Match[str]) -> str:
        verb = "is" if found[2] == "an entry" else "are"
        return f"{found[1]} {found[2]} for {found[3].rstrip(';,')} {verb} added in alphabetical order"

    return edit_all(text, substitute(pattern, change))


@kind("“by inserting” in place of “by adding”")
def verb_inserting(text: str, _random: Random) -> str | None:
    return edit_all(text, lambda i: i.replace("adding", "inserting").replace("Adding", "Inserting"))


@kind("“by amending the entry” in place of “by revising the entry”")
def verb_amending(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(r"\b([Rr])evising (?=the entr)", _amending))


def _amending(found: re.Match[str]) -> str:
    return "Amending " if found[1] == "R" else "amending "


@kind("“by modifying the entry”, the word of discussions, in place of “by revising”")
def verb_modifying(text: str, _random: Random) -> str | None:
    return edit_all(text, lambda i: i.replace("revising", "modifying").replace("Revising", "Modifying"))


@kind("“by deleting the entry”, the word of rules of the nineties, in place of “by removing”")
def verb_deleting(text: str, _random: Random) -> str | None:
    return edit_all(text, lambda i: i.replace("removing", "deleting").replace("Removing", "Deleting"))


@kind("“in alphabetical order” is left out")
def order_left_out(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(rf"{_ORDER} ", " "))


@kind("“in alphabetical order” stands after the names")
def order_after_names(text: str, _random: Random) -> str | None:
    def edit(inner: str) -> str | None:
        return re.sub(rf"(adding){_ORDER} ((?:an entry|entries) for {_NAMES})", r"\1 \2 in alphabetical order", inner)

    return edit_all(text, edit)


@kind("“by alphabetically adding entries for”")
def order_as_adverb(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(rf"\bby adding{_ORDER} ", "by alphabetically adding "))


@kind("“By adding, in alphabetical order, an entry for … under X”: the country stands last")
def country_last(text: str, _random: Random) -> str | None:
    pattern = rf"^(\S+) Under ({COUNTRY}), by ((?:adding|revising|removing)\b[^“]*{_NAMES})"

    def change(found: re.Match[str]) -> str:
        return f"{found[1]} By {found[3].rstrip(',;')} under {found[2]}"

    return edit_all(text, lambda i: None if " and by " in i else re.sub(pattern, change, i))


@kind("“Under X, by adding … ” where the country stood last")
def country_first(text: str, _random: Random) -> str | None:
    pattern = rf"^(\S+) By ((?:adding|revising|removing)\b[^“]*{_NAMES}) under ({COUNTRY})(?=[;.]|$)"
    return edit_all(text, substitute(pattern, r"\1 Under \3, by \2"))


@kind("The number of entries is given before their names: “by adding, in alphabetical order, two entries for …”")
def count_before_names(text: str, _random: Random) -> str | None:
    def change(found: re.Match[str]) -> str:
        count = found[3].count("“")
        return f"{found[1]}{_WORDS[count] if count < len(_WORDS) else count} entries for {found[3]}"

    return edit_all(text, substitute(rf"((?:adding{_ORDER}|revising the) )(entries) for ({_NAMES})", change))


@kind("“by adding, in alphabetical order, two entities: “A” and “B””")
def entities_in_place_of_entries(text: str, _random: Random) -> str | None:
    def change(found: re.Match[str]) -> str:
        count = found[2].count("“")
        return f"{found[1]}{_WORDS[count] if count < len(_WORDS) else count} entities: {found[2]}"

    return edit_all(text, substitute(rf"(adding{_ORDER} )entries for ({_NAMES})", change))


@kind("“by adding, in alphabetical order, the entity “X””")
def the_entity(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(rf"(adding{_ORDER} )an entry for (?={NAME})", r"\1the entity "))


@kind("“by adding the following entries, in alphabetical order: “A” and “B””")
def the_following_entries(text: str, _random: Random) -> str | None:
    pattern = rf"(adding){_ORDER} entries for (?={NAME})"
    return edit_all(text, substitute(pattern, r"\1 the following entries, in alphabetical order: "))


@kind("“to read as follows” closes an item as it closes an instruction")
def item_reads_as_follows(text: str, _random: Random) -> str | None:
    pattern = rf"^(\S+ (?:Under|By|Adding|Revising)\b(?:(?! remov)[^“])*{_NAMES})(;(?: and)?|\.)$"
    return edit_all(text, lambda i: None if "emoving" in i else re.sub(pattern, r"\1 to read as follows\2", i))


@kind("“a new entry for”, “new entries for”")
def new_entries(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(rf"(adding{_ORDER} )(an |)(entr)", _new))


def _new(found: re.Match[str]) -> str:
    return f"{found[1]}{'a new ' if found[2] else 'new '}{found[3]}"


@kind("“the existing entry for”, “the entry for the entity “X””")
def existing_entry(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(r"\b((?:[Rr]evis|[Rr]emov)ing) the (entr(?:y|ies) for)", r"\1 the existing \2"))


@kind("“by listing” takes the place of “by adding an entry for”")
def verb_listing(text: str, _random: Random) -> str | None:
    return edit_all(
        text, substitute(rf"\bby adding{_ORDER} (?:an entry|entries) for ", "by listing, in alphabetical order, ")
    )


@kind("The verb of an item is lost: “Under X, in alphabetical order, an entry for …”", keeps=False)
def verb_lost(text: str, random: Random) -> str | None:
    return edit_one(text, random, substitute(r"(?:by )?\b(?:[Aa]dding|[Rr]evising|[Rr]emoving)(?:, )?", ""))


@kind("The verb of an item is a word that does not tell what is done: “by treating the entry for”", keeps=False)
def verb_says_nothing(text: str, random: Random) -> str | None:
    return edit_one(text, random, substitute(r"\b(?:by )?(?:[Aa]dding|[Rr]evising|[Rr]emoving)\b", "by treating"))
