"""Press releases: what they speak of, and which document they seem to announce."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import structs

from monitor.law.rules.numbers import number
from monitor.law.rules.sentences import sentences
from monitor.law.rules.title_and_summary import kinds_named, states_action
from monitor.law.rules.tokens import NUMBER, TokenKind, mask
from monitor.model.alerts import DocumentEvent
from monitor.model.documents import Kind
from monitor.model.eastern import long_date
from monitor.model.press_releases import Release
from monitor.model.rules import RuleReading
from monitor.sources.bis import dates_in

MOST_SAID = 5  # sentences that a mail quotes
MOST_SHARED = 4
CAPITALIZED = re.compile(r"\b[A-Z][\w’'-]{3,}")
# Words that any two documents of BIS, or any two names of companies, can share.
COMMON_WORDS = """
addition additional additions adds affiliates against aggression america american announces authority authorization
authorizations bureau center certain commerce commercial company companies components comments control controls
corporation corrections correction dated department dozen early effective electronic electronics end-user entities
entity entries entry expected export exports extends extension federal final foreign foreign-produced from further
future general group immediate import industrial industry information institute interests international issues
january february march april june july august september october november december license licenses limited list
manufacturing media military modifies modification monday tuesday wednesday thursday friday saturday sunday national
online other parties party persons policy product products protect public register regulations release removal
removals removes requests research restricts restrictions revision revisions rule russia russian science security
seven state states supply system systems technologies technology temporary their this trade under united university
unverified user users validity washington with china chinese hong kong iran that these those they when where which
while will would contact ocpa secretary administration regulation supplement part section
"""
COMMON = frozenset(COMMON_WORDS.split())
COUNTED = re.compile(
    rf"\b(?P<count>{NUMBER}|{NUMBER} dozen|a dozen)\s+(?:[\w-]+\s+){{0,4}}?"
    r"(?:entit|entr|compan|organi[sz]ation|affiliat|addition|person|part(?:y|ies)\b|institution|firm|business)",
    re.IGNORECASE,
)
DOZENS = {"a dozen": 12, "two dozen": 24, "three dozen": 36}


def with_subjects(release: Release) -> Release:
    """The release with the lists and licenses that it speaks of, and the sentences in which something is done."""
    kinds = dict.fromkeys(kinds_named(release.title))
    said = []
    for sentence in (sentence for paragraph in release.text for sentence in sentences(paragraph)):
        found = kinds_named(sentence)
        if found and states_action(sentence) and sentence != release.title:
            kinds |= dict.fromkeys(found)
            said.append(sentence)
    return structs.replace(release, kinds=tuple(kinds), said=tuple(said[:MOST_SAID]))


def facts_in_common(release: Release, event: DocumentEvent) -> tuple[str, ...]:
    """What a release and a document both say; nothing where they speak of different things."""
    reading = event.reading
    kinds: set[Kind] = {event.kind} if reading is None else {event.kind, *reading.also}
    if kinds.isdisjoint(release.kinds):
        return ()
    words = distinctive([release.title, *release.text]) & distinctive(names_of(event))
    numbers = counted([release.title, *release.text]) & counts_of(reading)
    days = {day for paragraph in release.text for _, day in dates_in(paragraph)} & days_of(reading)
    found = [f"“{word}”" for word in sorted(words)] + [f"the count {n}" for n in sorted(numbers)]
    return tuple((found + [long_date(day) for day in sorted(days - {release.day})])[:MOST_SHARED])


def names_of(event: DocumentEvent) -> Iterator[str]:
    """The title of a document and the names of its entries."""
    yield event.title
    if event.reading is not None:
        for entries in (event.reading.added, event.reading.revised, event.reading.removed):
            yield from (entry.name for entry in entries)


def distinctive(texts: Iterable[str]) -> set[str]:
    """Names and other words with a capital that few documents have."""
    words = {
        word.casefold().removesuffix("’s").removesuffix("'s") for text in texts for word in CAPITALIZED.findall(text)
    }
    return {word for word in words if word not in COMMON and len(word) > 3}


def counted(texts: Iterable[str]) -> set[int]:
    """How many entities, companies or additions a release speaks of; one is no distinction."""
    masked = (mask(text, TokenKind.NUMBER) for text in texts)
    counts = [one.words(match, "count") for one in masked for match in COUNTED.finditer(one.text)]
    found = {DOZENS.get(words.casefold()) or number(words) for words in counts}
    return {n for n in found if n is not None and n > 1}


def counts_of(reading: RuleReading | None) -> set[int]:
    """The counts that a document states, or that were read from it."""
    if reading is None:
        return set()
    stated = reading.stated_counts
    found = (stated.entities, stated.entries, stated.added, stated.removed, stated.revised)
    return {n for n in (*found, len(reading.added), len(reading.removed), len(reading.revised)) if n}


def days_of(reading: RuleReading | None) -> set[date]:
    """The days on which what a document does begins or ends."""
    if reading is None:
        return set()
    license_ = reading.general_license
    found = (reading.effective_on, reading.effective_through, None if license_ is None else license_.new_expiry)
    return {day for day in found if day is not None}


def certainty(same: tuple[str, ...]) -> str:
    """How sure it is that a release and a document belong together, and why."""
    return f"{'probably' if len(same) > 1 else 'possibly'} the same: both say {', '.join(same)}"
