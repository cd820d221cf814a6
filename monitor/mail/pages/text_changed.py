"""A prose supplement that says something else."""

from monitor.mail.pages.blocks import Block, Fact, Facts, Hash, Links, Page, Prose, View, redlined, section, shorten
from monitor.model.alerts import TextChanged
from monitor.model.eastern import count, long_date, short_date

MOST_REMOVED = 2  # paragraphs that are shown of a text that was removed altogether


def text_page(body: TextChanged, view: View) -> Page:
    """Every paragraph that is new, removed or different, word by word."""
    detail = view.detail
    shown = body.changes[: min(MOST_REMOVED, detail.items) if body.gone else detail.items]
    redlines = [redlined("", change.before, change.after, 2 * detail.cell) for change in shown]
    more = len(body.changes) - len(shown)
    sources = body.documents + body.links
    rest: tuple[Block, ...] = (
        (Prose(f"… and {count(more, 'more paragraph')}; the official page has all of them."),) if more else ()
    )
    return Page(
        subject=f"In the eCFR, {what(body)} as of {short_date(body.as_of)}: {title(body)}",
        lead=f"{title(body)} is {what(body)} in the eCFR as of {long_date(body.as_of)}.",
        blocks=(
            *section("What is different", (*redlines, *rest)),
            *section("Official pages", (Links(sources),) if sources else ()),
            Facts((Fact("Compared with", f"the text as of {long_date(body.as_of_before)}"),)),
            Hash("Evidence, the text as answered", body.sha256),
        ),
        essentials=(*redlines[:2], Links(sources[:1])),
    )


def title(body: TextChanged) -> str:
    """The supplement by its heading."""
    return shorten(body.heading or body.name, 160)


def what(body: TextChanged) -> str:
    """What became of it."""
    return "new" if body.appeared else "no longer there" if body.gone else "changed"
