"""The composition root: from settings, a folder and a clock to a cycle."""

import getpass
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import httpx
from msgspec import Struct

from monitor import __version__
from monitor.config import smtp_password
from monitor.cycle import Cycle, run_cycle
from monitor.deliver import Post
from monitor.desk import Desk
from monitor.errors import ConfigurationError
from monitor.fetch import Fetcher, Politeness, is_loopback
from monitor.mail import FileMailer, Letter, Mailer, compose, message_id
from monitor.model.polls import Outcome
from monitor.model.settings import Recipient, Settings
from monitor.render import Renderer
from monitor.smtp import SmtpMailer
from monitor.state_file import open_store
from monitor.store import Store

MAIL_FOLDER = "mail"


class App(Struct, frozen=True, kw_only=True):
    """Everything that a command needs; `transport` stands in for the network in tests and in the demo."""

    settings: Settings
    folder: Path
    clock: Callable[[], datetime]
    environment: Mapping[str, str]
    transport: httpx.BaseTransport | None = None

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        """The configured readers; without any, the person who runs this, by files."""
        return self.settings.recipients or (Recipient(address=f"{user_name()}@localhost"),)

    @property
    def operator(self) -> str | None:
        """Who is told about the watch itself; the person who runs this where nobody is configured at all."""
        if self.settings.operator is not None:
            return self.settings.operator.address
        return None if self.settings.recipients else self.recipients[0].address

    def cycle(
        self,
        sources: Sequence[str] | None = None,
        *,
        mail: bool = True,
        due_only: bool = False,
        tell: Callable[[Outcome], None] | None = None,
    ) -> Cycle:
        """One cycle of these sources, or of all that have a schedule, on this state; the lock must be held."""
        post = self.post() if mail else None
        with self.desk() as desk:
            return run_cycle(desk, post, sources=sources, due_only=due_only, tell=tell)

    def open_state(self) -> None:
        """Make the state, or bring it up to date, before the first cycle. Raises StateError."""
        open_store(self.folder).close()

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The open state and the way to the sources, at one reading of the clock."""
        with open_store(self.folder) as store, self.fetcher() as fetcher:
            yield self.desk_with(store, fetcher)

    def desk_with(self, store: Store, fetcher: Fetcher) -> Desk:
        """A desk on a state and a fetcher that are open already."""
        return Desk(
            folder=self.folder,
            store=store,
            fetcher=fetcher,
            settings=self.settings,
            recipients=self.recipients,
            operator=self.operator,
            now=self.clock(),
        )

    def fetcher(self) -> Fetcher:
        """The way to the sources, as politely as configured."""
        sources = self.settings.sources
        politeness = Politeness(
            requests_per_second=sources.requests_per_second,
            timeout=sources.timeout,
            user_agent=f"fedreg-monitor/{__version__} (contact: {sources.contact or 'none configured'})",
        )
        bases = (sources.federal_register, sources.ecfr, sources.bis, sources.trade)
        return Fetcher(politeness, transport=self.transport, allow_private=any(map(is_loopback, bases)))

    def post(self) -> Post:
        """How mail is written and handed over."""
        return Post(
            mailer=self.mailer(),
            renderer=Renderer(self.settings.templates.folder),
            sender=self.settings.mail.sender,
        )

    def mailer(self) -> Mailer:
        """An SMTP server where one is configured, else files in the state folder.

        Raises ConfigurationError when a user is configured and no password is given.
        """
        smtp = self.settings.mail.smtp
        if smtp is None:
            return FileMailer(self.folder / MAIL_FOLDER)
        password = smtp_password(self.environment)
        if smtp.user and password is None:
            raise ConfigurationError(
                "mail.smtp.user is set and there is no password: "
                "set MONITOR_SMTP_PASSWORD or the systemd credential smtp_password"
            )
        return SmtpMailer(smtp, password)

    def test_mail(self, address: str) -> str:
        """Send one message at once; returns where it went. Raises DeliveryError."""
        now = self.clock()
        letter = Letter(
            recipient=address,
            subject="fedreg-monitor: a test of the way to you",
            text="This is a test. Alerts of fedreg-monitor will come the same way.\n",
            html="<p>This is a test. Alerts of fedreg-monitor will come the same way.</p>\n",
            message_id=message_id(f"test:{now.isoformat()}", address, self.settings.mail.sender),
            date=now,
        )
        mailer = self.mailer()
        try:
            mailer.send(compose(letter, self.settings.mail.sender))
        finally:
            mailer.close()
        smtp = self.settings.mail.smtp
        return str(self.folder / MAIL_FOLDER) if smtp is None else f"{smtp.host}:{smtp.port}"


def user_name() -> str:
    """The name of who runs this, also where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # KeyError before Python 3.13
        return "reader"
