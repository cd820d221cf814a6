"""Small documents and days for the tests of licenses and deadlines, made of readings as the reader gives them."""

from datetime import date, datetime, timedelta
from typing import Any

from monitor.deadlines import deadlines, due, keys_of
from monitor.deadlines.licenses import licenses
from monitor.model.deadlines import CaughtUp, ClockNotice, Codified, Due, ReadDocument
from monitor.model.eastern import EASTERN
from monitor.model.entries import Text
from monitor.model.licenses import GeneralLicense
from monitor.model.rules import GeneralLicenseAction, Kind, LicenseStatus, RuleReading

PLACE = "Temporary General License, Supplement No. 7 to part 744"
SUPPLEMENT = "Supplement No. 7 to part 744"
ONE_DAY = timedelta(days=1)


def day(text: str) -> date:
    """2024-05-01."""
    return date.fromisoformat(text)


def read_document(
    number: str,
    on: str | date,
    *,
    status: LicenseStatus | None = None,
    title: str = "Temporary General License: Extension of Validity",
    seen_on: date | None = None,
    license_name: str = PLACE,
    valid_from: date | None = None,
    old: str | date | None = None,
    new: str | date | None = None,
    **reading: Any,
) -> ReadDocument:
    """A document filed on a day at 8:45 and printed two days later, effective when filed unless said otherwise."""
    filed = day(on) if isinstance(on, str) else on
    old_expiry, new_expiry = (day(d) if isinstance(d, str) else d for d in (old, new))
    action = None
    if status is not None:
        action = GeneralLicenseAction(
            name=license_name, status=status, valid_from=valid_from, old_expiry=old_expiry, new_expiry=new_expiry
        )
        words = (
            f"{number}: the license is valid through {new_expiry:%B} {new_expiry.day}, {new_expiry.year}."
            if (new_expiry is not None)
            else f"{number} speaks of the license."
        )
        reading.setdefault("quotes", {"general_license": words})
    reading.setdefault("effective_on", filed)
    reading.setdefault("kind", Kind.GENERAL_LICENSE)
    return ReadDocument(
        reading=RuleReading(document_number=number, general_license=action, **reading),
        document_number=number,
        title=title,
        filed_at=datetime(filed.year, filed.month, filed.day, 8, 45, tzinfo=EASTERN),
        publication_date=filed + 2 * ONE_DAY,
        seen_on=seen_on,
    )


def issued(number: str, on: str | date, new: str | date | None, **more: Any) -> ReadDocument:
    """A license issued on a day."""
    more.setdefault("title", "Temporary General License")
    return read_document(number, on, status=LicenseStatus.ISSUED, new=new, **more)


def extended(number: str, on: str | date, old: str | date | None, new: str | date | None, **more: Any) -> ReadDocument:
    """A license extended on a day."""
    return read_document(number, on, status=LicenseStatus.EXTENDED, old=old, new=new, **more)


def removed(number: str, on: str | date, **more: Any) -> ReadDocument:
    """A license removed on a day."""
    return read_document(number, on, status=LicenseStatus.REMOVED, **more)


def only(documents: list[ReadDocument], codified: list[Codified] | None = None) -> GeneralLicense:
    """The one license that documents and the regulations tell of."""
    (one,) = licenses(documents, codified or [])
    return one


def printed(as_of: str | date, *paragraphs: str, heading: str = "Temporary General License") -> Codified:
    """Supplement No. 7 as the regulations print it on a day."""
    text = Text(heading=f"Supplement No. 7 to Part 744—{heading}", paragraphs=paragraphs)
    on = day(as_of) if isinstance(as_of, str) else as_of
    return Codified(supplement=SUPPLEMENT, as_of=on, body=text)


def notices(
    documents: list[ReadDocument],
    since: str | date,
    today: str | date,
    codified: list[Codified] | None = None,
    **more: Any,
) -> list[Due]:
    """What is due between two days."""
    found = licenses(documents, codified or [])
    begin, end = (day(d) if isinstance(d, str) else d for d in (since, today))
    return list(due(deadlines(documents, found, codified or []), found, since=begin, today=end, **more))


def daily(
    documents: list[ReadDocument],
    since: str | date,
    today: str | date,
    codified: list[Codified] | None = None,
    **more: Any,
) -> list[ClockNotice]:
    """What is due on each day when somebody looks every day."""
    begin, end = (day(d) if isinstance(d, str) else d for d in (since, today))
    found: list[ClockNotice] = []
    while begin < end:
        for notice in notices(documents, begin, begin + ONE_DAY, codified, **more):
            assert isinstance(notice, ClockNotice)
            found.append(notice)
        begin += ONE_DAY
    return found


def flat(found: list[Due]) -> list[str]:
    """The keys of notices, those within a CaughtUp in its place."""
    return [key for one in found for key in (keys_of(one)[1:] if isinstance(one, CaughtUp) else keys_of(one))]


def kinds_by_day(found: list[ClockNotice]) -> list[tuple[str, str]]:
    """The day and the kind of each notice."""
    return [(f"{one.on}", one.kind.value) for one in found]
