"""One poll of one source; a source that fails is an Outcome, not an exception."""

from collections.abc import Callable
from functools import partial

from msgspec import structs

from monitor.model.errors import ImplausibleError, ReadError, SourceError
from monitor.model.polls import Outcome, Status
from monitor.model.settings import BESIDE, Page, Settings
from monitor.polls import ecfr as codified
from monitor.polls import inspection as inspecting
from monitor.polls import published as publishing
from monitor.polls import search as searching
from monitor.polls.context import Context
from monitor.polls.failure_kinds import trouble_of
from monitor.sources import ecfr, inspection, published, screening
from monitor.sources.fetch import retry_moment


def poll(source: str, context: Context) -> Outcome:
    """Poll a source and keep what it said, with all that follows from it, in one transaction."""
    waiting = context.store.retry_at(source)
    if waiting is not None and context.now < waiting:
        message = f"asked to be left alone until {waiting.astimezone(context.now.tzinfo):%Y-%m-%d %H:%M %Z}"
        return Outcome(source=source, status=Status.WAITING, message=message, started_at=context.now, retry_at=waiting)
    with context.fetcher.one_poll(once=source in BESIDE):  # a hint must not keep a cycle waiting
        outcome = ask(source, context)
    keep_rejected_answers(context, outcome)
    return outcome


def ask(source: str, context: Context) -> Outcome:
    """Ask a source; that it is not believed is an outcome."""
    asked = context.fetcher.requests
    try:
        return polls_of(context.settings)[source](context)
    except SourceError as error:
        note_unread(context, error)
        failed = Outcome(
            source=source,
            status=Status.FAILED,
            message=str(error),
            trouble=trouble_of(error),
            started_at=context.now,
            requests=context.fetcher.requests - asked,
            retry_at=retry_moment(error, context.now),
        )
        with context.store.transaction():
            context.store.record_poll(failed)
        return failed


def note_unread(context: Context, error: SourceError) -> None:
    """Keep, too, the answer that was taken on the way and then did not read, or cannot be true."""
    last = context.fetcher.last
    if error.refused is None and last is not None and isinstance(error, ReadError | ImplausibleError):
        context.fetcher.refused.append(structs.replace(last, reason=str(error)))


def keep_rejected_answers(context: Context, outcome: Outcome) -> None:
    """Keep what was not believed in this poll, also of texts and lists that did not fail the whole of it."""
    if context.fetcher.refused:
        with context.store.transaction():
            context.store.keep_rejected_answers(outcome.source, context.fetcher.refused, context.now)


def poll_ecfr(context: Context) -> Outcome:
    """The codified supplements, read only when the structure says that they moved."""
    asked = context.fetcher.requests
    look = codified.look(context)
    outcome = structs.replace(look.outcome, requests=context.fetcher.requests - asked)
    codified.record(context, structs.replace(look, outcome=outcome))
    return outcome


def poll_screening(context: Context) -> Outcome:
    """The screening list."""
    from monitor.polls import screening as flow  # noqa: PLC0415 - the readers of rules, which the others need not wait for

    return flow.poll(context)


def poll_bis(context: Context) -> Outcome:
    """The BIS site."""
    from monitor.polls.bis import site  # noqa: PLC0415 - Beautiful Soup, which the other sources need not wait for

    return site.poll(context)


def poll_page(page: Page, context: Context) -> Outcome:
    """A page of the operator's own."""
    from monitor.polls import web_page  # noqa: PLC0415 - the same

    return web_page.poll(page, context)


def polls_of(settings: Settings) -> dict[str, Callable[[Context], Outcome]]:
    """How each source is polled, by its name.

    In this order: a rule is told from its filing, then from its publication, then from the codified list; hints follow.
    """
    polls: dict[str, Callable[[Context], Outcome]] = {
        inspection.NAME: inspecting.poll,
        published.NAME: publishing.poll,
        ecfr.NAME: poll_ecfr,
        screening.NAME: poll_screening,
        "bis": poll_bis,
    }
    polls |= {f"search:{search.name}": partial(searching.poll, search) for search in settings.searches}
    return polls | {f"page:{page.name}": partial(poll_page, page) for page in settings.pages}
