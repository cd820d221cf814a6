"""Which names a person may mean: exact, in part, or misspelled."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct
from rapidfuzz import fuzz, utils

from monitor.law.wording import CLOSING_BRACKET, key

EXACT, IN_PART = 100.0, 95.0
GOOD = 82.0  # below it is no match, only a name that comes near
NEAR = 55.0
MOST_NEAR = 8
AFFILIATES = re.compile(r"\s+(?:and|or)\s+(?:its|their|any)\b.*$", re.IGNORECASE)


class Named(Struct, frozen=True):
    """Something with names, `names[0]` being its own one; `weight` says how much else it has."""

    number: int
    names: tuple[str, ...]
    weight: int = 0


class Meant(Struct, frozen=True):
    """What is meant, and what else could be, the likeliest first; nothing is meant where no name is good enough."""

    found: tuple[int, ...]
    others: tuple[int, ...]


def meant(asked: str, known: Sequence[Named]) -> Meant:
    """Find what a name means: everything that has the best fitting name, under any country.

    Of names that fit alike the own name comes before an alias, and who has more names comes first.
    """
    scored = [(score, one) for one in known if (score := best(asked, one.names)) >= NEAR]
    scored.sort(key=lambda pair: (-pair[0], -best(asked, pair[1].names[:1]), -pair[1].weight, pair[1].number))
    others = tuple(one.number for _, one in scored)
    if not scored or scored[0][0] < GOOD:
        return Meant((), others[:MOST_NEAR])
    names = {key(name) for name in spellings(fitting(asked, scored[0][1]))}
    same = [one.number for _, one in scored if names & {key(s) for name in one.names for s in spellings(name)}]
    return Meant(tuple(same), tuple(number for number in others if number not in same)[:MOST_NEAR])


def fitting(asked: str, one: Named) -> str:
    """The name that fits best; the own one where several do."""
    return max(one.names, key=lambda name: likeness(asked, name))


def best(asked: str, names: Iterable[str]) -> float:
    """How well the best of some names fits."""
    return max((likeness(asked, name) for name in names), default=0.0)


def likeness(asked: str, name: str) -> float:
    """How well a name fits, from 0 to 100: the same in letters and digits, its words among others, or alike."""
    if key(asked) in {key(spelling) for spelling in spellings(name)}:
        return EXACT
    words, others = words_of(asked), words_of(name)
    if not words or not others:
        return 0.0
    if set(words) <= set(others):
        return IN_PART
    length = sum(map(len, words))
    return min(IN_PART - 1, sum(len(word) * max(fuzz.ratio(word, one) for one in others) for word in words) / length)


@lru_cache(maxsize=65_536)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, in one case and without punctuation."""
    return tuple(utils.default_process(name).split())


def spellings(name: str) -> tuple[str, ...]:
    """A name as printed, and without the bracket at its end."""
    return name, CLOSING_BRACKET.sub("", name)


def is_named(beneficiary: str, names: Iterable[str]) -> bool:
    """Whether a beneficiary, such as "Alfa and its affiliates", is one of these names, or the firm in them."""
    words = set(words_of(AFFILIATES.sub("", beneficiary)))
    return bool(words) and any(words <= set(words_of(name)) for name in names)
