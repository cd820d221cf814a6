"""Play the example case."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from monitor.app import MAIL_FOLDER
from monitor.commands.example.play import demo_folder, play
from monitor.commands.example.sources import SampleSources
from monitor.model.eastern import count


@click.command()
@click.option("--output", type=click.Path(path_type=Path), help="An empty folder for the mails; default: a new one.")
def demo(output: Path | None) -> int:
    """Play the Huawei case of 2019 and 2020, offline.

    It goes through the whole pipeline in seconds.
    """

    folder = demo_folder(output)
    moments = SampleSources.moments()
    with progress(len(moments)) as advance:
        steps = list(play(folder, moments, advance))
    for step in steps:
        click.echo(f"{step.moment:%Y-%m-%d %H:%M}  {step.label}")
        for subject in step.subjects:
            click.echo(f"{'':18}→ {subject}")
        for failure in step.failures:
            click.echo(f"{'':18}! {failure}", err=True)
    mails = sum(len(step.subjects) for step in steps)
    click.echo(f"\n{count(len(steps), 'poll')} of each source, {count(mails, 'mail')} in {folder / MAIL_FOLDER}")
    return 1 if any(step.failures for step in steps) else 0


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None] | None]:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("playing May 2019 to August 2020", total=total)
        yield lambda done: bar.update(task, completed=done)
