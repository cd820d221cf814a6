"""Show what changed between two days."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import click
from msgspec import structs

from monitor.commands.options import Day, Globals, Moment
from monitor.commands.output_file import check_output
from monitor.commands.progress import progress
from monitor.commands.report_output import FORMS, deliver, formatted
from monitor.config import read_settings
from monitor.model.eastern import eastern_date
from monitor.model.entries import ListName
from monitor.model.errors import BadRequestError, MonitorError, SourceError
from monitor.model.reports import Chosen, Report
from monitor.polls.context import Context
from monitor.polls.on_demand.gaps import missing
from monitor.sources import ecfr, versions

MEU = ListName.MILITARY_END_USER_LIST.value
ALSO = {MEU.casefold(): ecfr.SUPPLEMENT_7.name}  # the list that the supplement became


@click.command()
@click.option("--from", "start", type=Day(), required=True, help="The day to compare from.")
@click.option("--to", "end", type=Day(), required=True, help="The day to compare to.")
@click.option("--entity", default="", help="Only entries whose name, aliases or inner entries contain this text.")
@click.option("--country", default="", help="Only entries under this country, by any of its usual names.")
@click.option(
    "--watchlist", type=click.Path(path_type=Path), help="Only entries that match names of this file, one per line."
)
@click.option("--list", "lists", multiple=True, help="Only this list or supplement; may be repeated.")
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), help="Write to this file instead of standard output.")
@click.option("--exit-code", is_flag=True, help="Exit 1 when something changed, 0 when nothing did.")
@click.option("--offline", is_flag=True, help="Only from kept evidence; fetch nothing.")
@click.option("--known-at", type=Moment(), help="Only what was kept at that moment; implies --offline.")
@click.pass_obj
def diff(  # noqa: PLR0913, PLR0917 - the options of the command line
    options: Globals,
    start: date,
    end: date,
    entity: str,
    country: str,
    watchlist: Path | None,
    lists: tuple[str, ...],
    form: str,
    output: Path | None,
    exit_code: bool,  # noqa: FBT001 - a flag of the command line
    offline: bool,  # noqa: FBT001 - the same
    known_at: datetime | None,
) -> int:
    """Show what changed between two days.

    Entries, general licenses, deadlines and documents. What is not kept is fetched first and kept as evidence; nobody
    is mailed about it.
    """
    read_settings(options.config)
    now = options.clock()()
    check_days(start, end, eastern_date(now))
    if known_at is not None and known_at > now:
        raise BadRequestError(f"--known-at {known_at.isoformat()} is in the future; it is {now.isoformat()}")
    chosen = Chosen(
        lists=tuple(list_name(name) for name in lists),
        entity=entity.strip(),
        country=country.strip(),
        watchlist="" if watchlist is None else watchlist.name,
        names=() if watchlist is None else read_names(watchlist),
    )
    if output is not None:
        check_output(output)
    with exit_codes_of_git(exit_code):
        found = report_of(options, start, end, chosen, known_at=known_at, offline=offline)
        deliver(formatted(found, form), output)
    return int(exit_code and not found.is_empty)


def report_of(
    options: Globals, start: date, end: date, chosen: Chosen, *, known_at: datetime | None, offline: bool
) -> Report:
    """The report, from kept evidence alone or after fetching what is missing."""
    from monitor.report.build import build_report, chosen_supplements  # noqa: PLC0415 - reading rules takes 0.2 s to load

    now = options.clock()()
    if offline or known_at is not None:
        with options.kept(known_at, missing=BadRequestError) as store:
            return build_report(store, start, end, chosen=chosen, known_at=known_at, made_at=now)
    with options.app().context() as context:
        problems = fetch_missing(context, start, end, chosen_supplements(chosen))
        found = build_report(context.store, start, end, chosen=chosen, made_at=now)
    return structs.replace(found, notes=(*found.notes, *problems))


def fetch_missing(context: Context, start: date, end: date, supplements: tuple[ecfr.Supplement, ...]) -> list[str]:
    """Fetch and keep what is missing; returns a note for each text that could not be fetched.

    Raises SourceError when a list or the documents cannot be fetched; what was fetched before is kept.
    """
    problems = []
    try:
        with progress(only_on_terminal=True) as (begins, done):
            for steps in missing(context, start, end, supplements):
                begins(len(steps), 0)
                for step in steps:
                    done(step.says)
                    if (problem := step.run()) is not None:
                        problems.append(problem)
    except SourceError as error:
        raise SourceError(f"{error}; --offline shows what is kept") from error
    return problems


def check_days(start: date, end: date, today: date) -> None:
    """Raise BadRequestError for two days that cannot be compared."""
    if start > end:
        raise BadRequestError(f"--from {start} is after --to {end}; exchange them")
    if end > today:
        raise BadRequestError(f"--to {end} is in the future; today in Washington is {today}")
    if start < versions.FIRST_DAY:
        raise BadRequestError(f"--from {start} is before {versions.FIRST_DAY}, the first day of the eCFR's history")


def list_name(asked: str) -> str:
    """The name of a supplement as it is kept, in any case. Raises BadRequestError with the names there are."""
    names = {one.name.casefold(): one.name for one in ecfr.MONITORED} | ALSO
    if asked.strip().casefold() not in names:
        known = ", ".join(f"'{one.name}'" for one in ecfr.MONITORED)
        raise BadRequestError(
            f"there is no list {asked!r}; there are {known} ('{MEU}' is Supplement No. 7's name today)"
        )
    return names[asked.strip().casefold()]


def read_names(file: Path) -> tuple[str, ...]:
    """The names in a file, one per line; blank lines and lines with # in front are skipped. Raises BadRequestError."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise BadRequestError(f"cannot read the watchlist {file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BadRequestError(f"the watchlist {file} is not UTF-8: {error}; save it as UTF-8 text") from error
    names = tuple(dict.fromkeys(name for line in lines if (name := " ".join(line.split())) and name[0] != "#"))
    if not names:
        raise BadRequestError(f"the watchlist {file} contains no name; write one per line")
    return names


@contextmanager
def exit_codes_of_git(exit_code: bool) -> Iterator[None]:  # noqa: FBT001 - as on the command line
    """With --exit-code, 1 means a difference, so a failure becomes 2."""
    try:
        yield
    except MonitorError as error:
        if exit_code and error.exit_code == 1:
            raise BadRequestError(str(error)) from error
        raise
