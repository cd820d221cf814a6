"""One poll of one source; a source that fails is an Outcome, not an exception."""

from collections.abc import Callable
from functools import partial

from msgspec import structs

from monitor import codified, inspecting, publishing, searching
from monitor.desk import Desk
from monitor.errors import ImplausibleError, ReadError, SourceError
from monitor.fetch import retry_moment
from monitor.model.polls import Outcome, Status
from monitor.model.settings import BESIDE, Page, Settings
from monitor.sources import ecfr, inspection, published, screening
from monitor.trouble import trouble_of


def poll(source: str, desk: Desk) -> Outcome:
    """Poll a source and keep what it said, with all that follows from it, in one transaction."""
    waiting = desk.store.retry_at(source)
    if waiting is not None and desk.now < waiting:
        message = f"asked to be left alone until {waiting.astimezone(desk.now.tzinfo):%Y-%m-%d %H:%M %Z}"
        return Outcome(source=source, status=Status.WAITING, message=message, started_at=desk.now, retry_at=waiting)
    with desk.fetcher.one_poll(once=source in BESIDE):  # a hint must not keep a cycle waiting
        outcome = ask(source, desk)
    keep_refused(desk, outcome)
    return outcome


def ask(source: str, desk: Desk) -> Outcome:
    """Ask a source; that it is not believed is an outcome."""
    asked = desk.fetcher.requests
    try:
        return polls_of(desk.settings)[source](desk)
    except SourceError as error:
        note_unread(desk, error)
        failed = Outcome(
            source=source,
            status=Status.FAILED,
            message=str(error),
            trouble=trouble_of(error),
            started_at=desk.now,
            requests=desk.fetcher.requests - asked,
            retry_at=retry_moment(error, desk.now),
        )
        with desk.store.transaction():
            desk.store.record_poll(failed)
        return failed


def note_unread(desk: Desk, error: SourceError) -> None:
    """Keep, too, the answer that was taken on the way and then did not read, or cannot be true."""
    last = desk.fetcher.last
    if error.refused is None and last is not None and isinstance(error, ReadError | ImplausibleError):
        desk.fetcher.refused.append(structs.replace(last, reason=str(error)))


def keep_refused(desk: Desk, outcome: Outcome) -> None:
    """Keep what was not believed in this poll, also of texts and lists that did not fail the whole of it."""
    if desk.fetcher.refused:
        with desk.store.transaction():
            desk.store.keep_refused(outcome.source, desk.fetcher.refused, desk.now)


def poll_ecfr(desk: Desk) -> Outcome:
    """The codified supplements, read only when the structure says that they moved."""
    asked = desk.fetcher.requests
    look = codified.look(desk)
    outcome = structs.replace(look.outcome, requests=desk.fetcher.requests - asked)
    codified.record(desk, structs.replace(look, outcome=outcome))
    return outcome


def poll_screening(desk: Desk) -> Outcome:
    """The screening list."""
    from monitor import screening as flow  # noqa: PLC0415 - the readers of rules, which the others need not wait for

    return flow.poll(desk)


def poll_bis(desk: Desk) -> Outcome:
    """The BIS site."""
    from monitor import bis_site  # noqa: PLC0415 - Beautiful Soup, which the other sources need not wait for

    return bis_site.poll(desk)


def poll_page(page: Page, desk: Desk) -> Outcome:
    """A page of the operator's own."""
    from monitor import web_pages  # noqa: PLC0415 - the same

    return web_pages.poll(page, desk)


def polls_of(settings: Settings) -> dict[str, Callable[[Desk], Outcome]]:
    """How each source is polled, by its name.

    In this order: a rule is told from its filing, then from its publication, then from the codified list; hints follow.
    """
    polls: dict[str, Callable[[Desk], Outcome]] = {
        inspection.NAME: inspecting.poll,
        published.NAME: publishing.poll,
        ecfr.NAME: poll_ecfr,
        screening.NAME: poll_screening,
        "bis": poll_bis,
    }
    polls |= {f"search:{search.name}": partial(searching.poll, search) for search in settings.searches}
    return polls | {f"page:{page.name}": partial(poll_page, page) for page in settings.pages}
