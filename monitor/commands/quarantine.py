"""Answers that are kept and not believed."""

import click

from monitor.commands.options import Globals
from monitor.commands.outcome_lines import line_of
from monitor.model.eastern import EASTERN, count
from monitor.model.errors import MonitorError
from monitor.polls import ecfr
from monitor.store import Held, KeptRejectedAnswer
from monitor.store.lock import locked
from monitor.store.open import read_store


@click.group()
def quarantine() -> None:
    """Answers that are kept and not believed."""


def kept_answers(options: Globals) -> tuple[list[Held], list[KeptRejectedAnswer]]:
    """What is held as a list of its day, and the beginnings of answers that were refused before that."""
    store = read_store(options.folder)
    if store is None:
        return [], []
    with store:
        return store.held(), store.rejected_answers()


@quarantine.command("list")
@click.option("--refused", "with_rejected", is_flag=True, help="List also the answers that were refused at once.")
@click.pass_obj
def quarantine_list(options: Globals, *, with_rejected: bool) -> int:
    """List what is held, and why."""

    held, rejected = kept_answers(options)
    for one in held:
        snapshot = one.snapshot
        size = len(snapshot.body or b"")
        click.echo(f"{snapshot.sha256[:12]}  {snapshot.name} as of {snapshot.as_of}, {size:,} bytes: {one.reason}")
    if not held:
        click.echo("nothing is in quarantine")
    for kept in rejected if with_rejected else ():
        moment = f"{kept.refused_at.astimezone(EASTERN):%Y-%m-%d %H:%M %Z}"
        click.echo(f"r{kept.id}  {moment}  {kept.source}: {printable(kept.answer.reason)}")
    if rejected and not with_rejected:
        click.echo(f"{count(len(rejected), 'refused answer')} kept besides: `quarantine list --refused`")
    return 0


@quarantine.command("show")
@click.argument("which", metavar="HASH|ID")
@click.pass_obj
def quarantine_show(options: Globals, which: str) -> int:
    """Print an answer that is held (the beginning of its hash) or was refused (its id, such as r12)."""

    held, rejected = kept_answers(options)
    bodies = [one.snapshot.body or b"" for one in held if one.snapshot.sha256.startswith(which.lower())]
    answers = [kept.answer for kept in rejected if f"r{kept.id}" == which.lower()]
    if len(bodies) + len(answers) != 1:
        raise MonitorError(f"{len(bodies)} answers are known as {which!r}; `quarantine list --refused` shows them")
    for answer in answers:
        click.echo(f"{answer.url}: {answer.status} {printable(answer.content_type)}\n{printable(answer.reason)}\n")
    click.echo(printable((bodies or [answers[0].body])[0].decode("utf-8", "replace")))
    return 0


def printable(text: str) -> str:
    """A text of somebody else for a terminal: what would move the cursor or turn the direction is spelled out."""
    return "".join(c if c.isprintable() or c in "\n\t" else c.encode("unicode_escape").decode() for c in text)


@quarantine.command("accept")
@click.argument("sha256", metavar="HASH")
@click.pass_obj
def quarantine_accept(options: Globals, sha256: str) -> int:
    """Believe the answer whose hash begins with HASH; its changes are told as if it had come so."""

    app = options.app()
    with locked(options.folder), app.context() as context:
        click.echo(line_of(ecfr.accept(context, sha256)))
    return 0
