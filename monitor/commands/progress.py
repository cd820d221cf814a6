"""How far a command is, on a terminal only; a pipe or a file gets none of it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Begins = Callable[[int], None]
Done = Callable[[str], None]


@contextmanager
def progress() -> Iterator[tuple[Begins, Done]]:
    """A bar on standard error: call the first with how many steps come, the second with the words of each."""
    if not sys.stderr.isatty():
        yield (lambda _: None), (lambda _: None)
        return
    from rich.console import Console  # noqa: PLC0415 - 0.1 s that only a terminal need spend
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("looking for what is missing", total=0)

        def begins(steps: int) -> None:
            bar.update(task, total=(bar.tasks[0].total or 0) + steps)

        def done(words: str) -> None:
            bar.update(task, description=words, advance=1)

        yield begins, done
