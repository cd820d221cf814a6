"""A poll of the BIS site: early signals of lowest trust, that keep nothing else back (CONTRACT.md §7)."""

import hashlib
from collections.abc import Sequence

from msgspec import Struct, structs

from monitor.model.errors import ReadError, RefusedError, SourceError, UnreachableError
from monitor.polls.bis.pages import Absent, PagePoll, examine, name_of, path_of
from monitor.polls.bis.redesigns import redesign_of
from monitor.polls.context import Context
from monitor.polls.failures import failed_result
from monitor.polls.result import PollResult, merged
from monitor.polls.web_page import MOST, origin_of
from monitor.sources import bis
from monitor.sources.fetch import Answer


class Answers(Struct, kw_only=True):
    """The answers of the site, page by page, and what failed."""

    pages: dict[str, Answer | Absent] = {}
    failures: list[SourceError] = []

    @property
    def is_empty(self) -> bool:
        """Whether no page is there."""
        return all(answer is Absent.GONE for answer in self.pages.values())


def poll(context: Context) -> PollResult:
    """Every page of the site; one that fails, or was redesigned, keeps the others not back.

    Raises SourceError when the site is away; that no page can be read is a failure, too.
    """
    answers = fetch(context)
    pages = [examine(context, place, answers.pages[place.name]) for place in bis.PLACES if place.name in answers.pages]
    failures = [failed_result(context, bis.NAME, error) for error in answers.failures]
    failures += [page.result for page in pages if page.result.failed]
    accepted = [page for page in pages if not page.result.failed]
    if all(page.trouble or not page.path for page in accepted):
        failed = failures[0] if failures else failed_result(context, bis.NAME, nothing_read(accepted))
        unconfirmed = {name: state for page in pages for name, state in page.result.unconfirmed.items()}
        rejected = tuple(answer for page in accepted for answer in page.result.rejected)
        return structs.replace(failed, unconfirmed=unconfirmed, rejected=rejected + failed.rejected)
    return result_of(context, accepted, failures)


def result_of(context: Context, pages: Sequence[PagePoll], failures: Sequence[PollResult]) -> PollResult:
    """The parts of all pages as one result; a redesigned page is said, and is no failure of the others."""
    redesign = redesign_of(context, pages)
    parts = [page.result for page in pages]
    snapshots = [snapshot for part in parts for snapshot in part.snapshots]
    whole = PollResult(
        source=bis.NAME,
        started_at=context.now,
        message="; ".join([*(one.message for one in failures), *(page.summary for page in pages)]),
        as_of=context.today,
        sha256=hashlib.sha256("".join(snapshot.sha256 for snapshot in snapshots).encode()).hexdigest(),
        failed=bool(failures),
        retry_at=max((one.retry_at for one in failures if one.retry_at is not None), default=None),
        unconfirmed={name: state for failure in failures for name, state in failure.unconfirmed.items()},
    )
    return merged(whole, [*parts, redesign])


def nothing_read(pages: Sequence[PagePoll]) -> ReadError:
    """What is wrong when no page can be read: that is no redesign of a page, but a source that fails."""
    return ReadError(f"no page of the BIS site can be read: {'; '.join(page.summary for page in pages)}")


def fetch(context: Context) -> Answers:
    """Ask for every page. Raises SourceError when the site is away, or none of its pages is there."""
    found = Answers()
    for place in bis.PLACES:
        try:
            found.pages[place.name] = fetch_page(context, place)
        except UnreachableError as error:
            if found.is_empty:
                raise
            found.failures.append(error)
            break  # what does not answer once is not asked four times
        except SourceError as error:
            found.failures.append(error)
    if found.is_empty:
        raise found.failures[0] if found.failures else RefusedError("the BIS site has none of its pages: 404 for each")
    return found


def fetch_page(context: Context, place: bis.Place) -> Answer | Absent:
    """A page, first where it stood last, then at its other addresses, as long as these answer 404."""
    before = context.store.last_monitored(name_of(place))
    origin = None if before is None else origin_of(before)
    last = None if origin is None else path_of(context, origin.url)
    refused = len(context.fetcher.refused)
    for path in dict.fromkeys(place.paths if last is None else (last, *place.paths)):
        validator = origin.validator if origin is not None and path == last else None
        try:
            answer = context.fetcher.page(context.settings.sources.bis + path, validator=validator, most=MOST)
        except RefusedError as error:
            if error.refused is None or error.refused.status not in (404, 410):
                raise
            continue
        del context.fetcher.refused[refused:]  # an address that it left is no refused answer
        return Absent.SAME if answer is None else answer
    del context.fetcher.refused[refused:]
    return Absent.GONE
