"""`[[recipients]]`, checked and completed: topics, countries, the recipient's own names, and time zones."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from msgspec import structs

from monitor.law.countries import country_forms, is_country, short_name
from monitor.matching.suggestions import did_you_mean
from monitor.matching.words import words_of
from monitor.model.documents import Kind
from monitor.model.errors import ConfigurationError
from monitor.model.settings import Recipient
from monitor.model.severity import NO_DEADLINES, DeadlineTopic

TOPICS = {topic: topic for topic in (*Kind, *DeadlineTopic, NO_DEADLINES)}


def recipient_problems(place: str, recipient: Recipient) -> Iterator[str]:
    """What is wrong with a recipient's block beside the address; `place` is how the configuration names it."""
    yield from topic_problems(place, recipient.topics)
    for number, country in enumerate(recipient.countries):
        if not is_country(country):
            suggestion = did_you_mean(country, country_forms())
            yield f"{country!r} is not a country{suggestion}, at {place}.countries[{number}]"
    for number, name in enumerate(recipient.watchlist):
        if not words_of(name):
            yield f"{name!r} has no letter or digit and is no name, at {place}.watchlist[{number}]"
    if not is_zone(recipient.time_zone):
        suggestion = did_you_mean(recipient.time_zone, {name.casefold(): name for name in available_timezones()})
        yield (
            f"{recipient.time_zone!r} is not a time zone{suggestion}, at {place}.time_zone; "
            "names are such as America/New_York or Asia/Tokyo"
        )


def topic_problems(place: str, topics: Sequence[str]) -> Iterator[str]:
    """Topics that are none, and those that contradict each other."""
    for number, topic in enumerate(topics):
        if topic not in TOPICS:
            yield f"{topic!r} is not a topic{did_you_mean(topic, TOPICS)}, at {place}.topics[{number}]"
    if NO_DEADLINES in topics and any(topic in topics for topic in DeadlineTopic):
        yield f"{place}.topics has {NO_DEADLINES!r} and deadlines, too; leave out one or the other"


def completed(folder: Path, number: int, recipient: Recipient) -> Recipient:
    """A recipient with the names of their file, and with countries by their short names.

    The file is relative to `folder`. Raises ConfigurationError when it cannot be read.
    """
    return structs.replace(
        recipient,
        countries=tuple(short_name(country) if is_country(country) else country for country in recipient.countries),
        watchlist=(*recipient.watchlist, *names_of_file(folder, number, recipient.watchlist_file)),
    )


def names_of_file(folder: Path, number: int, file: Path | None) -> tuple[str, ...]:
    """The names of a watchlist file: one a line, without empty lines and those that begin with #."""
    if file is None:
        return ()
    place, path = f"recipients[{number}].watchlist_file", folder / file
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{place}: {path} is not UTF-8: {error}") from error
    except (OSError, ValueError) as error:  # ValueError: a path with a zero byte
        raise ConfigurationError(f"{place}: cannot read {path}: {getattr(error, 'strerror', error)}") from error
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def is_zone(name: str) -> bool:
    """Whether a time zone of this name can be had."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, not a name, or a folder of the time zone files
        return False
    return True
