"""Pages of the BIS site that moved or can no longer be read: told to the operator once, and once when it is over."""

import hashlib
from collections.abc import Iterator, Sequence

from msgspec import Struct

from monitor.model.alerts import Alert, Notice, operator_alert
from monitor.model.eastern import clock
from monitor.polls.context import Context
from monitor.polls.web_page import origin_of
from monitor.sources import bis
from monitor.store import Doubted

SURE_AFTER = 12.0  # hours without a believed look, days without an issue not counted, after which one look is enough
MOVED = "is now read at"


class Page(Struct, frozen=True):
    """What is known of a page after a look: where it was read, empty where nowhere, and why it is not believed."""

    place: bis.Place
    path: str
    trouble: str


def look(context: Context, pages: Sequence[Page]) -> list[Alert]:
    """What the operator is to be told, inside a transaction: of all pages in one message.

    Once a page has moved the site was redesigned, and nothing needs to be seen twice.
    """
    last = context.store.last_good_poll(bis.NAME)
    sure = last is not None and context.store.calendar().open_hours(last, context.now) >= SURE_AFTER
    sure = sure or any(moved(context, page) for page in pages)
    troubled, over = [], []
    for page in pages:
        name = f"site:{page.place.name}"
        what = page.trouble or moved(context, page)
        if not what:
            before = context.store.trust(name)
            if before is not None and before.told and not before.what.startswith(MOVED):
                over.append((page, before))
            continue
        doubt = context.store.doubt(name, what, context.now)
        if not doubt.told and (doubt.times > 1 or sure):
            context.store.note_doubt_told(name)
            troubled.append((page, doubt))
    return [*notice_of_trouble(context, troubled), *notice_of_recovery(context, over)]


def moved(context: Context, page: Page) -> str:
    """Where a page is read now, if it was read elsewhere before; nothing else."""
    before = context.store.last_monitored(f"{bis.NAME}:{page.place.name}")
    if before is None or not page.path or origin_of(before).url.endswith(page.path):
        return ""
    return f"{MOVED} {page.path}"


def notice_of_trouble(context: Context, pages: Sequence[tuple[Page, Doubted]]) -> Iterator[Alert]:
    """Pages that are no longer what they were."""
    if not pages:
        return
    lines = "; ".join(f"{page.place.label}: {doubt.what}{at(page)}" for page, doubt in pages)
    body = Notice(
        title="the BIS site was redesigned, or a page of it cannot be read",
        reason=f"Since {clock(min(doubt.since for _, doubt in pages))}: {lines}.",
        advice="Readers were told nothing of it. The site is only a hint: the Federal Register and the eCFR are "
        "watched as before. A page that only moved is read where it is now; of one that cannot be read you hear again "
        "when it can, and what was answered is kept (`fedreg-monitor quarantine list --refused`).",
    )
    yield operator_alert(f"redesign:{digest(pages)}", f"redesign:{digest(pages)}", body, context.now)


def notice_of_recovery(context: Context, pages: Sequence[tuple[Page, Doubted]]) -> Iterator[Alert]:
    """Pages that can be read again."""
    if not pages:
        return
    lines = "; ".join(f"{page.place.label}, at {page.path}" for page, _ in pages)
    body = Notice(
        title="the BIS site can be read again",
        reason=f"{lines}: since {clock(min(doubt.since for _, doubt in pages))} it could not.",
        advice="There is nothing to do. What came in between was told if it is still listed and not older than a week.",
    )
    yield operator_alert(f"readable:{digest(pages)}", f"readable:{digest(pages)}", body, context.now)


def at(page: Page) -> str:
    """Where a page stands, where that is not said yet."""
    return f" (at {page.path})" if page.path and page.trouble else ""


def digest(pages: Sequence[tuple[Page, Doubted]]) -> str:
    """What tells one episode of some pages from another."""
    said = "|".join(f"{page.place.name}:{doubt.what}:{doubt.since.isoformat()}" for page, doubt in pages)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
