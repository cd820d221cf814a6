"""A report in the format that is asked for, to standard output or whole into a file."""

from pathlib import Path

import click
import msgspec

from monitor.commands.output_file import write_output
from monitor.model.reports import Report
from monitor.report.formats.csv import as_table
from monitor.report.formats.json import as_json
from monitor.report.formats.markdown import as_markdown
from monitor.report.formats.text import as_text

FORMS = ("text", "html", "markdown", "json", "csv")


def written(report: Report, form: str) -> str:
    """A report as the text of a file."""
    match form:
        case "html":
            from monitor.report.html import as_html  # noqa: PLC0415 - Jinja2 takes 0.1 s to load

            return as_html(report)
        case "markdown":
            return as_markdown(report)
        case "json":
            return msgspec.json.format(msgspec.json.encode(as_json(report))).decode() + "\n"
        case "csv":
            return as_table(report)
        case "text":
            return as_text(report) + "\n"
    raise AssertionError(form)


def deliver(text: str, output: Path | None) -> None:
    """Print, or write the file. Raises BadRequestError when that cannot be."""
    if output is None:
        click.echo(text.encode("utf-8", "replace"), nl=False)
    else:
        write_output(output, text)
