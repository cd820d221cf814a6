"""The progress of a long command, on standard error: a bar on a terminal, else plain lines."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from monitor.model.eastern import count

Begins = Callable[[int, int], None]
Advance = Callable[[str], None]


@contextmanager
def progress(*, only_on_terminal: bool = False) -> Iterator[tuple[Begins, Advance]]:
    """A bar with the remaining time on a terminal, else plain lines or nothing."""
    if not sys.stderr.isatty():
        yield ((lambda _, __: None), (lambda _: None)) if only_on_terminal else plain()
        return
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("looking up what there is to fetch", total=None)

        def begins(total: int, before: int) -> None:
            # The remaining time is estimated from this run alone.
            bar.reset(task, total=total - before, description=f"{before} finished before")

        yield begins, lambda label: bar.update(task, advance=1, description=label)


def plain() -> tuple[Begins, Advance]:
    """A line for each unit."""
    total = done = 0

    def begins(units: int, before: int) -> None:
        nonlocal total, done
        total, done = units, before
        click.echo(f"{count(units, 'unit')}, {before} finished before", err=True)

    def advance(label: str) -> None:
        nonlocal done
        done += 1
        click.echo(f"{done} of {total}: {label}", err=True)

    return begins, advance
