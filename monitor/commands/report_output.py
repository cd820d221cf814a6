"""A report in the chosen format, printed or written to a file as a whole."""

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


def formatted(report: Report, form: str) -> str:
    """A report as text in the chosen format."""
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
    """Print a text, or write it to a file. Raises BadRequestError when the file cannot be written."""
    if output is None:
        click.echo(text.encode("utf-8", "replace"), nl=False)
    else:
        write_output(output, text)
