"""Early signals: press releases that may come before their rule, and web pages that say something else."""

from collections.abc import Iterator

from monitor.mail.pages.blocks import (
    Block,
    Bullets,
    Fact,
    Facts,
    Hash,
    Heading,
    Links,
    Page,
    Prose,
    View,
    redlined,
    section,
    shorten,
)
from monitor.model.alerts import Announcement, PageChanged
from monitor.model.eastern import clock, count

NOT_FILED = (
    "Not yet filed with the Federal Register, as far as we have seen: this is a press release, and no rule. "
    "The rule decides whom it concerns, from when, and on which terms; it is told when it is filed."
)
MINOR = "Only digits or dates changed, as counters and dates of access do by themselves."


def announced_page(body: Announcement, view: View) -> Page:
    """A press release: what it says of lists and licenses, and that no rule is known yet, or which one may be its."""
    dated = Facts((Fact("Press release", shorten(body.title, view.detail.fact)), Fact("Dated", body.dated)))
    sentences = body.said[: view.detail.items]
    quoted = Bullets(tuple(f"“{shorten(one, view.detail.fact)}”" for one in sentences))
    return Page(
        subject=f"BIS announces{'' if body.documents else ', not yet filed'}: {body.title}",
        lead=NOT_FILED if not body.documents else seems_known(body),
        blocks=(
            *reported_before(body),
            dated,
            *section("What it says", (quoted,) if sentences else ()),
            *section("Official pages", (Links(body.links),) if body.links else ()),
        ),
        essentials=(dated, Links((body.documents or body.links)[:1])),
    )


def seems_known(body: Announcement) -> str:
    """That the release may be about what is filed or printed already, and why."""
    if body.shared:
        return f"This press release seems to speak of what was told before (both say {', '.join(body.shared)})."
    return "This press release may speak of what is filed or printed already; compare them."


def reported_before(body: Announcement) -> Iterator[Block]:
    """The documents that it may be about."""
    if body.documents:
        yield Heading("What it may speak of")
    for document in body.documents:
        yield Links((document,)) if document.url else Bullets((document.label,))


def web_page_page(body: PageChanged, view: View) -> Page:
    """Every paragraph of a web page that is new, removed or different, word by word."""
    detail = view.detail
    shown = tuple(redlined("", c.before, c.after, 2 * detail.cell) for c in body.changes[: detail.items])
    more = len(body.changes) - len(shown)
    minor = (Prose(MINOR),) if body.minor else ()
    rest = (Prose(f"… and {count(more, 'more paragraph')}; the page has all of them."),) if more else ()
    return Page(
        subject=f"{body.label} says something else{' (digits or dates only)' if body.minor else ''}",
        lead=f"{body.heading or body.label} says something else than on {clock(body.before_at, view.zone)}.",
        blocks=(
            *minor,
            *section("What is different", (*shown, *rest)),
            *section("The page", (Links(body.links),) if body.links else ()),
            Hash("Evidence, the page as answered", body.sha256),
        ),
        essentials=(*minor, *shown[:2], Links(body.links[:1])),
    )
