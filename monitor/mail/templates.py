"""The environment of the templates of mail: Jinja2, escaped for HTML, and strict about what is missing."""

from functools import cache
from pathlib import Path
from textwrap import fill

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    select_autoescape,
)

from monitor.diff.redline import Mark, side
from monitor.law.countries import short_name
from monitor.mail.pages.blocks import Block, shorten
from monitor.model.eastern import clock, long_date, short_date

# What a template of the user's own can raise: errors of Jinja2, and those of Python in an expression or a file.
BROKEN = (TemplateError, ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)


def environment(folders: tuple[Path, ...]) -> Environment:
    """The templates of these folders; a file in an earlier one replaces those of the same name."""
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "long_date": long_date,
        "short_date": short_date,
        "clock": clock,
        "wrap": wrap,
        "short_name": short_name,
        "shorten": shorten,
        "kind": kind,
        "before": lambda pieces: side(pieces, Mark.GONE),
        "after": lambda pieces: side(pieces, Mark.NEW),
    }
    return made


@cache  # compiled once; in a folder of the user's own, files come and go while a daemon runs
def packaged_environment(folder: Path) -> Environment:
    """Our own templates."""
    return environment((folder,))


def kind(block: Block) -> str:
    """The name of a block, by which a template knows how to show it."""
    return type(block).__name__.lower()


def wrap(text: str, indent: int = 0) -> str:
    """A paragraph in lines of 76 characters; long words such as links stay whole."""
    blank = " " * indent
    return fill(text, 76, initial_indent=blank, subsequent_indent=blank, break_long_words=False, break_on_hyphens=False)
