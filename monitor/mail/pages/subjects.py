"""What happened, to whom, from when, in a few words: the same words for every step of one action."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from monitor.law.countries import short_name
from monitor.model.alerts import DocumentEvent
from monitor.model.documents import Kind, Stage
from monitor.model.eastern import count, short_date
from monitor.model.rules import DateBase, GeneralLicenseAction, NamedEntry, RuleReading

LISTS = {
    Kind.ENTITY_LIST_RULE: "Entity List",
    Kind.UNVERIFIED_LIST: "Unverified List",
    Kind.MEU_LIST: "Military End-User List",
}
STAGES = {
    Stage.FILED: "Filed",
    Stage.RESCHEDULED: "Moved",
    Stage.WITHDRAWN: "Withdrawn",
    Stage.PUBLISHED: "Published",
    Stage.READ: "Now read",
    Stage.CHANGED: "Corrected",
    Stage.OVERDUE: "Not published",
    Stage.UNCODIFIED: "Not in the eCFR",
    Stage.VANISHED: "Vanished",
}
MOSTLY = 0.75  # of the names of a group begin with its word
FEWEST = 3  # names that make a group


def subject(event: DocumentEvent, today: date) -> str:
    """What happened, to whom, from when."""
    when = effective(event, today) if event.stage in (Stage.FILED, Stage.PUBLISHED, Stage.READ) else ""
    acts = "" if event.reading is None else acts_in_short(event.reading, event.title, when)
    what = acts or event.title + when
    match event.stage:
        case Stage.FILED | Stage.PUBLISHED | Stage.READ:
            step = "Published as filed" if event.as_filed and not event.text_missing else STAGES[event.stage]
            return f"{step}: {what}"
        case Stage.RESCHEDULED:
            day = event.publication_date
            moved = "a day not yet named" if day is None else short_date(day)
            return f"Publication moved to {moved}: {what}"
        case Stage.WITHDRAWN | Stage.OVERDUE | Stage.UNCODIFIED | Stage.VANISHED | Stage.CHANGED:
            return f"{STAGES[event.stage]}: {what}"


def effective(event: DocumentEvent, today: date) -> str:
    """From when, with the year where it is another one."""
    day = event.effective_on
    if day is None:
        return on_publication(event)
    return f", effective {short_date(day)}" + (f", {day.year}" if day.year != today.year else "")


def on_publication(event: DocumentEvent) -> str:
    """That a rule takes effect when it is printed, and the day for which that is planned."""
    open_dates = () if event.reading is None else event.reading.symbolic_dates
    hanging = [date for date in open_dates if date.field == "effective_on" and date.base is DateBase.PUBLICATION]
    if not hanging or hanging[0].days:
        return ""
    planned = "" if event.publication_date is None else f", {short_date(event.publication_date)}"
    return f", effective on publication{planned}"


def acts_in_short(reading: RuleReading, title: str, when: str = "") -> str:
    """The acts of a rule in a few words; empty where it has none that a title would not say better.

    `when` stands behind the first act, so that it is not what a short line loses.
    """
    license_ = reading.general_license
    acts = list(list_in_short(reading, title, alone=license_ is None)) if reading.kind in LISTS else []
    if license_ is not None:
        acts.insert(1, license_in_short(license_, alone=not acts))
    place = 1 if license_ is not None and len(acts) > 1 else 0
    return "; ".join(f"{act}{when}" if number == place else act for number, act in enumerate(acts))


def list_in_short(reading: RuleReading, title: str, *, alone: bool) -> Iterator[str]:
    """Entity List: 46 Alfa affiliates added in 25 countries, 2 removed; shorter where there is more to say."""
    groups = (("added", reading.added), ("revised", reading.revised), ("removed", reading.removed))
    acts = [(word, names) for word, names in groups if names]
    for number, (word, names) in enumerate(acts):
        act = f"{who(reading, names, title, word)} {word}"
        if number == 0:
            act = f"{LISTS[reading.kind]}: {act}{places(names)}" if alone else f"{LISTS[reading.kind]}: {act}"
        yield act


def who(reading: RuleReading, names: Sequence[NamedEntry], title: str, word: str) -> str:
    """How many, in the unit in which the rule counts them, and of which group where the rule says so."""
    if word != "added":
        return f"{len(names):,}"
    stated = reading.stated_counts
    entities = stated.entities is not None and stated.entities == stated.added
    number = stated.entities if entities and stated.entities is not None else len(names)
    group = group_of(names, (title, reading.stated_reason or "", *reading.quotes.values()))
    if group:
        return f"{number:,} {group} affiliate{'' if number == 1 else 's'}"
    return count(number, "entity") if number != len(names) else f"{number:,}"


def group_of(names: Sequence[NamedEntry], says: Sequence[str]) -> str:
    """The word with which most names begin, where the rule itself names affiliates by that word; else empty."""
    firsts = Counter(words[0] for entry in names if (words := re.findall(r"\w+", entry.name)))
    if not firsts:
        return ""
    word, number = firsts.most_common(1)[0]
    if number < max(FEWEST, MOSTLY * len(names)) or not word[0].isupper():
        return ""
    affiliates = re.compile(
        rf"\b{re.escape(word)}\b[^.;]{{0,60}}\baffiliates\b|\baffiliates of {re.escape(word)}\b", re.IGNORECASE
    )
    return word if any(affiliates.search(text) for text in says) else ""


def places(names: Sequence[NamedEntry]) -> str:
    """Where, in one word or a number."""
    countries = {short_name(entry.country) for entry in names}
    return f" in {next(iter(countries)) if len(countries) == 1 else count(len(countries), 'country')}"


def license_in_short(license_: GeneralLicenseAction, *, alone: bool) -> str:
    """Temporary General License extended through Mar 2 (was Dec 1); behind other acts "general license" is enough."""
    through = f" through {short_date(license_.new_expiry)}" if license_.new_expiry is not None else ""
    was = f" (was {short_date(license_.old_expiry)})" if license_.old_expiry is not None else ""
    name = license_.name.partition(",")[0] if alone else "general license"  # where it stands is in the mail
    return f"{name} {license_.status}{through}{was if through else ''}"
