"""A report as one HTML file that needs nothing else: no network, no framework, and readable without its script."""

import base64
import hashlib

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from monitor.diff.redline import Mark
from monitor.mail.render import TEMPLATES
from monitor.model.eastern import clock, count, long_date
from monitor.model.reports import Report
from monitor.report.page.contents import page_of


def as_html(report: Report) -> str:
    """The page as text. Everything that a source or a user wrote is escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"long_date": long_date, "clock": clock, "count": count}
    style, script = template_file("report.css"), template_file("report.js")
    return environment.get_template("report.html").render(
        page=page_of(report),
        style=Markup(style),  # noqa: S704 - our own files, whose hashes the page's policy lists  # nosec B704
        script=Markup(script),  # noqa: S704 - the same  # nosec B704
        policy=policy(style, script),
        Mark=Mark,
    )


def template_file(name: str) -> str:
    """A file of the program that is put into the page."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def policy(style: str, script: str) -> str:
    """The page may load nothing, and only its own style and script may work (https://www.w3.org/TR/CSP3/)."""
    return (
        f"default-src 'none'; style-src {hash_source(style)}; script-src {hash_source(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def hash_source(text: str) -> str:
    """The hash by which the policy allows an inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
