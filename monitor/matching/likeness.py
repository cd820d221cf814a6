"""Which of a recipient's names a printed name is, and why."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from monitor.law.wording import ratio
from monitor.matching.words import (
    OF_THE_LAW,
    core_of,
    distinctive,
    is_capitalized,
    is_distinctive,
    numbered,
    stand_in,
    words_of,
)

NEARLY = 90.0  # percent of letters in common, from which two long names are nearly the same
NEARLY_OTHER = 75.0  # the same of the words that differ; the rest of a long name is often alike
SHORTEST_NEAR = 7  # letters; in a shorter name one letter is another name


class Sought(Struct, frozen=True):
    """One of the recipient's names: as they write it, its words without legal forms, and those that are its own."""

    wanted: str
    words: tuple[str, ...]
    distinctive: tuple[str, ...]

    @property
    def joined(self) -> str:
        """All letters and digits, so that "Hi-Tech" is "HiTech"."""
        return "".join(self.words)


class Likeness(Struct, frozen=True):
    """That a text has one of the names, how sure that is (0 to 100), and why, in words."""

    wanted: str
    score: float
    how: str


class Names:
    """A recipient's names, made ready to be looked for in many texts."""

    def __init__(self, names: Sequence[str]) -> None:
        """Names without a letter or digit are never found."""
        found = (Sought(name, words, distinctive(words)) for name in dict.fromkeys(names) if (words := core_of(name)))
        self._all = tuple(found)
        self._joined = [sought.joined for sought in self._all]
        self._by_anchor: dict[str, list[Sought]] = {}
        self._by_distinctive: dict[str, list[Sought]] = {}
        self._by_joined: dict[str, list[Sought]] = {}
        for sought in self._all:
            self._by_anchor.setdefault(_anchor(sought.words), []).append(sought)
            self._by_joined.setdefault(sought.joined, []).append(sought)
            for word in sought.distinctive:
                self._by_distinctive.setdefault(word, []).append(sought)

    def like(self, printed: str) -> list[Likeness]:
        """Which of the names a printed name is, each once and for its best reason."""
        best: dict[str, Likeness] = {}
        for found in (*self._same(printed), *self._by_words(printed), *self._nearly(printed)):
            if found.wanted not in best or found.score > best[found.wanted].score:
                best[found.wanted] = found
        return list(best.values())

    def named_in(self, text: str) -> list[str]:
        """Which of the names stand in a text, word for word."""
        words = words_of(text)
        met = [sought for word in dict.fromkeys(words) for sought in self._by_anchor.get(word, ())]
        return [sought.wanted for sought in met if stand_in(sought.words, words) and _is_named(sought, text)]

    def _same(self, printed: str) -> Iterator[Likeness]:
        for sought in self._by_joined.get("".join(core_of(printed)), ()):
            exact = words_of(sought.wanted) == words_of(printed)
            yield Likeness(
                sought.wanted, 100.0, "same name" if exact else "same name but for its legal form or spacing"
            )

    def _by_words(self, printed: str) -> Iterator[Likeness]:
        words = core_of(printed)
        have = set(words)
        for word in have:
            for sought in self._by_anchor.get(word, ()):
                if sought.distinctive and have.issuperset(sought.words):
                    yield Likeness(sought.wanted, 95.0, "all words of your name")
                elif _is_phrase(sought) and stand_in(sought.words, words):
                    yield Likeness(sought.wanted, 85.0, "your name is part of it")
        if len(words) > 1 and is_distinctive(anchor := _anchor(words)):
            for sought in self._by_distinctive.get(anchor, ()):
                if have < set(sought.words):
                    yield Likeness(sought.wanted, 80.0, "it is part of your name")

    def _nearly(self, printed: str) -> Iterator[Likeness]:
        words = core_of(printed)
        joined = "".join(words)
        if len(joined) < SHORTEST_NEAR:
            return
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a mail about names needs it

        for _, score, index in process.extract(
            joined, self._joined, scorer=fuzz.ratio, score_cutoff=NEARLY, limit=None
        ):
            sought = self._all[index]
            if len(sought.joined) >= SHORTEST_NEAR and _differ_little(words, sought.words):
                yield Likeness(sought.wanted, min(score, 99.0), f"nearly the same: {min(score, 99.0):.0f} %")


@lru_cache(maxsize=64)
def ready(names: tuple[str, ...]) -> Names:
    """The names of a recipient, made ready once."""
    return Names(names)


def _anchor(words: tuple[str, ...]) -> str:
    """The word by which a name is looked up: the longest of its own, else the longest."""
    return max(distinctive(words) or words, key=len)


def _is_phrase(sought: Sought) -> bool:
    """Tell whether a name can be looked for inside a text: it has a word of its own, or is more than one word."""
    return bool(sought.distinctive) or len(sought.words) > 1


def _differ_little(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two names that are nearly the same have the same numbers, and other words that are alike, too."""
    ours, theirs = ("".join(word for word in a if word not in b) for a, b in ((one, other), (other, one)))
    return numbered(one) == numbered(other) and ratio(ours, theirs) >= NEARLY_OTHER


def _is_named(sought: Sought, text: str) -> bool:
    """Tell whether words that stand in prose are a name there: several, or one that is written as a name is."""
    if len(sought.words) > 1:
        return True
    (word,) = sought.words
    return bool(sought.distinctive) and word not in OF_THE_LAW and is_capitalized(word, text)
