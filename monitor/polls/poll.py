"""One poll of one source: request, fetch, validate, parse, compare, and one transaction; a failure is an Outcome."""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module

from msgspec import structs

from monitor.model.errors import SourceError, StateError
from monitor.model.polls import Outcome, Status
from monitor.model.settings import SIDE_SOURCES, Page, Search, Settings
from monitor.polls.context import Context
from monitor.polls.failures import failed_result
from monitor.polls.record import record
from monitor.polls.result import PollResult

Poll = Callable[[Context], PollResult]

# The module under polls/ with the `poll` of each source; its namesake under sources/ reads the answers. In this order:
# a rule is reported from its filing, then from its publication, then from the codified list; early signals follow.
# A new source is these two modules, a row here and its field in Schedule (model/settings.py), where SIDE_SOURCES says
# which failures count. Tests hold the example configuration and the README to it.
SOURCES = {
    "inspection": "inspection",
    "published": "published",
    "ecfr": "ecfr",
    "screening": "screening",
    "bis": "bis.site",
    "search:": "searches",  # the operator's own, by their names
    "page:": "web_page",
}


def polls_of(settings: Settings) -> dict[str, Poll]:
    """How each source is polled, by its name, in the order of a cycle."""
    own: dict[str, Sequence[Search | Page]] = {"search:": settings.searches, "page:": settings.pages}
    polls: dict[str, Poll] = {}
    for name, module in SOURCES.items():
        if name in own:
            polls |= {f"{name}{one.name}": partial(poll_with, module, one) for one in own[name]}
        else:
            polls[name] = partial(poll_with, module)
    return polls


def poll_with(module: str, *arguments: object) -> PollResult:
    """Poll with a module, which is loaded only now: the readers of pages and of rules take 0.2 s to load."""
    *own, context = arguments
    found: PollResult = import_module(f"monitor.polls.{module}").poll(context, *own)
    return found


def poll(source: str, context: Context) -> Outcome:
    """Poll a source, and keep what it said with all that follows from it in one transaction."""
    waiting = context.store.retry_at(source)
    if waiting is not None and context.now < waiting:
        message = f"asked to be left alone until {waiting.astimezone(context.now.tzinfo):%Y-%m-%d %H:%M %Z}"
        return Outcome(source=source, status=Status.WAITING, message=message, started_at=context.now, retry_at=waiting)
    with context.fetcher.one_poll(once=source in SIDE_SOURCES):  # an early signal must not keep a cycle waiting
        result, requests = context.counted(partial(ask, source, context))
    rejected = (*context.fetcher.refused, *result.rejected)
    return record(context, structs.replace(result, requests=requests, rejected=rejected))


def ask(source: str, context: Context) -> PollResult:
    """Ask a source; that its answer is not accepted is a result, too."""
    try:
        return polls_of(context.settings)[source](context)
    except SourceError as error:
        return failed_result(context, source, error)


def poll_clock(context: Context) -> Outcome:
    """What is due today, of dates and of the eCFR; a failure is an Outcome, as mail that is owed must still go out."""
    from monitor.polls import clock, uncodified  # noqa: PLC0415 - 0.2 s that a quiet poll need not spend

    try:
        record(context, uncodified.poll(context))
        return record(context, clock.poll(context))
    except (SourceError, StateError) as error:
        message = str(error)
    return record(context, PollResult(source=clock.NAME, started_at=context.now, message=message, failed=True))
