"""Pages of the BIS site that moved or can no longer be read: the operator is told once, and once when it is over."""

import hashlib
from collections.abc import Iterator, Sequence

from msgspec import structs

from monitor.model.alerts import Alert, Notice, operator_alert
from monitor.model.eastern import clock
from monitor.polls.bis.pages import PagePoll
from monitor.polls.context import Context
from monitor.polls.result import PollResult
from monitor.polls.web_page import origin_of
from monitor.sources import bis
from monitor.store import Unconfirmed

SURE_AFTER = 12.0  # hours without a good poll, days without an issue not counted, after which one answer is enough
MOVED = "is now read at"
States = dict[str, Unconfirmed | None]
Episode = tuple[PagePoll, Unconfirmed]


def redesign_of(context: Context, pages: Sequence[PagePoll]) -> PollResult:
    """Whether pages moved or can no longer be read: noted of each, and one notice to the operator of all of them.

    Once a page has moved the site was redesigned, and nothing needs to be seen twice.
    """
    last = context.store.last_good_poll(bis.NAME)
    sure = last is not None and context.store.calendar().open_hours(last, context.now) >= SURE_AFTER
    sure = sure or any(moved(context, page) for page in pages)
    states: States = {}
    troubled: list[Episode] = []
    over: list[Episode] = []
    for page in pages:
        name = f"site:{page.place.name}"
        before, what = context.store.unconfirmed(name), page.trouble or moved(context, page)
        if what:
            state = Unconfirmed.after(before, what, context.now)
            if not state.reported and (state.times > 1 or sure):
                troubled.append((page, state))
                state = structs.replace(state, reported=True)
            states[name] = state
        elif before is not None:
            states[name] = None
            if before.reported and not before.what.startswith(MOVED):
                over.append((page, before))
    alerts = (*notice_of_trouble(context, troubled), *notice_of_recovery(context, over))
    return PollResult(source=bis.NAME, started_at=context.now, message="", unconfirmed=states, alerts=alerts)


def moved(context: Context, page: PagePoll) -> str:
    """Where a page is read now, if it was read elsewhere before; nothing else."""
    before = context.store.last_monitored(f"{bis.NAME}:{page.place.name}")
    if before is None or not page.path or origin_of(before).url.endswith(page.path):
        return ""
    return f"{MOVED} {page.path}"


def notice_of_trouble(context: Context, pages: Sequence[Episode]) -> Iterator[Alert]:
    """Pages that are no longer what they were."""
    if not pages:
        return
    lines = "; ".join(f"{page.place.label}: {state.what}{at(page)}" for page, state in pages)
    body = Notice(
        title="the BIS site was redesigned, or a page of it cannot be read",
        reason=f"Since {clock(min(state.since for _, state in pages))}: {lines}.",
        advice="Readers were told nothing of it. The site is only a hint: the Federal Register and the eCFR are "
        "watched as before. A page that only moved is read where it is now; of one that cannot be read you hear again "
        "when it can, and what was answered is kept (`fedreg-monitor quarantine list --refused`).",
    )
    yield operator_alert(f"redesign:{digest(pages)}", f"redesign:{digest(pages)}", body, context.now)


def notice_of_recovery(context: Context, pages: Sequence[Episode]) -> Iterator[Alert]:
    """Pages that can be read again."""
    if not pages:
        return
    lines = "; ".join(f"{page.place.label}, at {page.path}" for page, _ in pages)
    body = Notice(
        title="the BIS site can be read again",
        reason=f"{lines}: since {clock(min(state.since for _, state in pages))} it could not.",
        advice="There is nothing to do. What came in between was told if it is still listed and not older than a week.",
    )
    yield operator_alert(f"readable:{digest(pages)}", f"readable:{digest(pages)}", body, context.now)


def at(page: PagePoll) -> str:
    """Where a page stands, where that is not said yet."""
    return f" (at {page.path})" if page.path and page.trouble else ""


def digest(pages: Sequence[Episode]) -> str:
    """What identifies an episode of some pages."""
    said = "|".join(f"{page.place.name}:{state.what}:{state.since.isoformat()}" for page, state in pages)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
