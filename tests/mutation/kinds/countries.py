"""Instructions that speak of several countries at once."""

import re
from itertools import pairwise
from random import Random

from edits import COUNTRY, MARKER, NAME, Paragraph, groups, replaced
from kind import kind

from kinds.markers import levels

_ITEM = re.compile(rf"^Under (?P<country>{COUNTRY}), by (?P<rest>(?:adding|revising|removing)\b.*?)(?:;(?: and)?|\.)?$")
_Found = tuple[Paragraph, str, str]


def _runs(text: str) -> list[list[_Found]]:
    """Of each instruction the items of one line each: paragraph, country, and what is done."""
    runs: list[list[_Found]] = []
    for group in groups(text):
        runs.append([])
        for paragraph, depth, _ in levels(group):
            found = _ITEM.match(MARKER.sub("", paragraph.text)) if depth == 0 else None
            if found:
                runs[-1].append((paragraph, found["country"], found["rest"]))
    return runs


def _same_rest(text: str, listed: str, least: int) -> str | None:
    """Items that do the same to the same name put together as one; {} stands for the countries."""
    changes: list[tuple[Paragraph, str | None]] = []
    for run in _runs(text):
        by_rest: dict[str, list[_Found]] = {}
        for found in run:
            by_rest.setdefault(found[2], []).append(found)
        for rest, alike in by_rest.items():
            if len(alike) < least:
                continue
            countries = [country for _, country, _ in alike]
            if any("," in country for country in countries):
                continue  # “CHINA, PEOPLE’S REPUBLIC OF” in a list of countries is put together elsewhere
            head = ", ".join(countries[:-1]) + (", and " if len(countries) > 2 else " and ") + countries[-1]
            marker = alike[0][0].text.partition(" ")[0]
            changes.append((alike[0][0], f"{marker} {listed.format(head)} {rest};"))
            changes += [(paragraph, None) for paragraph, _, _ in alike[1:]]
    return replaced(text, changes) if changes else None


@kind("“Under CANADA, INDIA, and JAPAN, removing the entry for “X””: one entity under several countries")
def countries_listed(text: str, _random: Random) -> str | None:
    return _same_rest(text, "Under {}, by", 2)


@kind("“Under each of CANADA, INDIA, and JAPAN, by adding an entry for “X””")
def countries_each_of(text: str, _random: Random) -> str | None:
    return _same_rest(text, "Under each of {}, by", 2)


@kind("“Under the destinations of CANADA and INDIA, by adding an entry for “X””")
def countries_destinations_of(text: str, _random: Random) -> str | None:
    return _same_rest(text, "Under the destinations of {}, by", 2)


def _two_in_one(text: str, random: Random, joined: str) -> str | None:
    """Two neighboring items put together as one."""
    pairs = [(a, b) for run in _runs(text) for a, b in pairwise(run) if "and by" not in a[2] + b[2]]
    pairs = [(a, b) for a, b in pairs if re.search(NAME, a[2]) and re.search(NAME, b[2])]
    if not pairs:
        return None
    (first, country, rest), (second, other, after) = random.choice(pairs)
    marker = first.text.partition(" ")[0]
    inner = joined.format(marker=marker, a=country, x=rest, b=other, y=after)
    return replaced(text, [(first, inner), (second, None)])


@kind("“By adding an entry for “X” under INDIA, and by adding an entry for “Y” under JAPAN”")
def two_countries_last(text: str, random: Random) -> str | None:
    return _two_in_one(text, random, "{marker} By {x} under {a}, and by {y} under {b};")


@kind("“Under INDIA, by adding an entry for “X”, and under JAPAN, by adding an entry for “Y””")
def two_countries_first(text: str, random: Random) -> str | None:
    return _two_in_one(text, random, "{marker} Under {a}, by {x}, and under {b}, by {y};")


@kind("“Under INDIA, by adding an entry for “X”. Under JAPAN, by adding …”: two sentences in one item")
def two_countries_two_sentences(text: str, random: Random) -> str | None:
    return _two_in_one(text, random, "{marker} Under {a}, by {x}. Under {b}, by {y};")


@kind("“By adding entries for “X” under INDIA and “Y” under JAPAN”: one verb for two countries")
def two_countries_one_verb(text: str, random: Random) -> str | None:
    verb = r"(adding, in alphabetical order|removing|revising),? (?:the |an )?entr(?:y|ies) for "
    pairs: list[tuple[_Found, _Found, str]] = []
    for run in _runs(text):
        for a, b in pairwise(run):
            first, second = re.match(verb, a[2]), re.match(verb, b[2])
            if first and second and first[1] == second[1] and "and by" not in a[2] + b[2]:
                pairs.append((a, b, first[1]))
    if not pairs:
        return None
    a, b, word = random.choice(pairs)
    names = [re.sub(verb, "", rest) for _, _, rest in (a, b)]
    sign = "," if "order" in word else " the"
    marker = a[0].text.partition(" ")[0]
    inner = f"{marker} By {word}{sign} entries for {names[0]} under {a[1]} and {names[1]} under {b[1]};"
    return replaced(text, [(a[0], inner), (b[0], None)])
