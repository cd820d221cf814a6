"""The composition root: from settings, a folder and a clock to a cycle."""

import getpass
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from msgspec import Struct

from monitor import __version__
from monitor.config import smtp_password
from monitor.cycle import Cycle, run_cycle
from monitor.evidence.readings import Readings
from monitor.health.ping import Ping
from monitor.mail.channels import Channel
from monitor.mail.channels.folder import FolderChannel
from monitor.mail.channels.smtp import SmtpChannel
from monitor.mail.deliver import Post
from monitor.mail.message import OutgoingMessage, message_id
from monitor.mail.render import Renderer
from monitor.model.errors import ConfigurationError
from monitor.model.polls import Outcome
from monitor.model.settings import Recipient, Settings
from monitor.polls.context import Context
from monitor.sources.fetch import Fetcher, Politeness, is_loopback
from monitor.store import Store
from monitor.store.disk import check_room, free_mib
from monitor.store.lock import locked
from monitor.store.open import open_store

if TYPE_CHECKING:
    from monitor.polls.backfill.work import Work

MAIL_FOLDER = "mail"
BACKFILL_LOCK = "backfill.lock"  # one backfill at a time; the other lock is for writing
PATIENCE = 600.0  # seconds that a backfill waits for a cycle to end


class App(Struct, frozen=True, kw_only=True):
    """Everything that a command needs; `transport` stands in for the network in tests and in the demo."""

    settings: Settings
    folder: Path
    clock: Callable[[], datetime]
    environment: Mapping[str, str]
    transport: httpx.BaseTransport | None = None
    free: Callable[[Path], float] = free_mib  # MiB on the disk of a folder

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        """The configured recipients; without any, the person who runs this, by files."""
        return self.settings.recipients or (Recipient(address=f"{user_name()}@localhost"),)

    @property
    def operator(self) -> str | None:
        """Who gets the notices about the monitor itself; the person who runs this where nobody is configured at all."""
        if self.settings.operator is not None:
            return self.settings.operator.address
        return None if self.settings.recipients else self.recipients[0].address

    def cycle(
        self,
        sources: Sequence[str] | None = None,
        *,
        mail: bool = True,
        due_only: bool = False,
        on_outcome: Callable[[Outcome], None] | None = None,
    ) -> Cycle:
        """One cycle of these sources, or of all that have a schedule, on this state; the lock must be held.

        A cycle that polls is pinged before and after.

        Raises StateError where there is no room to write, or the state cannot be used.
        """
        ping = Ping(self.settings.ping.url if sources is None or sources else "", transport=self.transport)
        ping.started()
        try:
            check_room(self.free(self.folder), self.folder)
            post = self.post() if mail else None
            with self.context() as context:
                cycle = run_cycle(context, post, sources=sources, due_only=due_only, on_outcome=on_outcome)
        except Exception as error:
            ping.ended([str(error)])
            raise
        ping.ended(cycle.complaints)
        return cycle

    def open_state(self) -> None:
        """Make the state, or bring it up to date, before the first cycle. Raises StateError."""
        open_store(self.folder).close()

    @contextmanager
    def context(self) -> Iterator[Context]:
        """The open state and the way to the sources, at one reading of the clock."""
        with open_store(self.folder) as store, self.fetcher() as fetcher:
            yield self.context_with(store, fetcher)

    @contextmanager
    def work(self) -> Iterator["Work"]:
        """What a backfill works with: it holds the lock only while it writes, so that cycles run in between.

        Raises AlreadyRunningError at once where the lock is held, as a daemon holds it for its life.
        """
        from monitor.polls.backfill.work import Work  # noqa: PLC0415 - no cycle needs it

        with locked(self.folder, BACKFILL_LOCK), self.fetcher() as fetcher:
            with locked(self.folder):
                store = open_store(self.folder)

            @contextmanager
            def writing() -> Iterator[Store]:
                with locked(self.folder, patience=PATIENCE), store.transaction():
                    yield store

            with store:
                yield Work(context=lambda: self.context_with(store, fetcher), writing=writing)

    def context_with(self, store: Store, fetcher: Fetcher) -> Context:
        """A context on a state and a fetcher that are open already."""
        return Context(
            folder=self.folder,
            store=store,
            readings=Readings(store, saves=True),
            fetcher=fetcher,
            settings=self.settings,
            recipients=self.recipients,
            operator=self.operator,
            now=self.clock(),
            free_mib=self.free(self.folder),
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
        """How mail is written and delivered."""
        return Post(
            channel=self.channel(),
            renderer=Renderer(self.settings.templates.folder),
            sender=self.settings.mail.sender,
            recipients=self.recipients,
            operator=self.operator,
            give_up_after=timedelta(hours=self.settings.mail.give_up_after_hours),
        )

    def channel(self) -> Channel:
        """An SMTP server where one is configured, else files in the state folder.

        Raises ConfigurationError when a user is configured and no password is given.
        """
        smtp = self.settings.mail.smtp
        if smtp is None:
            return FolderChannel(self.folder / MAIL_FOLDER, self.settings.mail.sender)
        password = smtp_password(self.environment)
        if smtp.user and password is None:
            raise ConfigurationError(
                "mail.smtp.user is set and there is no password: "
                "set MONITOR_SMTP_PASSWORD or the systemd credential smtp_password"
            )
        return SmtpChannel(smtp, password, self.settings.mail.sender)

    def test_mail(self, address: str) -> str:
        """Send one message at once; returns where it went. Raises DeliveryError."""
        now = self.clock()
        message = OutgoingMessage(
            recipient=Recipient(address=address),
            subject="fedreg-monitor: a test of the way to you",
            text="This is a test. Alerts of fedreg-monitor will come the same way.\n",
            html="<p>This is a test. Alerts of fedreg-monitor will come the same way.</p>\n",
            message_id=message_id(f"test:{now.isoformat()}", address, self.settings.mail.sender),
            date=now,
        )
        channel = self.channel()
        try:
            channel.send(message)
        finally:
            channel.close()
        smtp = self.settings.mail.smtp
        return str(self.folder / MAIL_FOLDER) if smtp is None else f"{smtp.host}:{smtp.port}"


def user_name() -> str:
    """The name of who runs this, also where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # KeyError before Python 3.13
        return "reader"
