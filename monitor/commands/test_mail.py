"""Send a test message."""

import click

from monitor.commands.options import Globals
from monitor.config import MAILBOX


@click.command("test-mail")
@click.argument("address")
@click.pass_obj
def test_mail(options: Globals, address: str) -> int:
    """Send a test message to ADDRESS, the way alerts go."""

    if MAILBOX.fullmatch(address) is None:
        raise click.BadParameter(f"{address!r} is not a mail address such as officer@example.com", param_hint="ADDRESS")
    app = options.app()
    where = app.test_mail(address)
    click.echo(f"a test message for {address} went to {where}")
    return 0
