"""What the operator decides: the shape of monitor.toml, with its defaults."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, structs

from monitor.model.documents import Kind
from monitor.model.severity import Severity

Positive = Annotated[float, Meta(gt=0)]
Cron = Annotated[str, Meta(pattern=r"^\S+ \S+ \S+ \S+ \S+$")]
# A name that the operator gives to a search or a page: it stands in commands, in the ledger and in subjects.
Name = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]

# What a recipient gets unless they ask otherwise: no denial orders, no other documents of BIS.
DEFAULT_TOPICS = (
    Kind.ENTITY_LIST_RULE,
    Kind.GENERAL_LICENSE,
    Kind.CORRECTION,
    Kind.UNVERIFIED_LIST,
    Kind.MEU_LIST,
    Kind.VEU,
    Kind.LIST_FRAMEWORK,
    Kind.SUPPLY_CHAIN,
    Kind.COMMENT_REQUEST,
    Kind.SEARCH,
    Kind.PAGE,
)


class Sources(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[sources]`: where to ask and how politely."""

    federal_register: str = "https://www.federalregister.gov"
    ecfr: str = "https://www.ecfr.gov"
    bis: str = "https://www.bis.gov"
    trade: str = "https://data.trade.gov"
    requests_per_second: Annotated[float, Meta(ge=0)] = 1.0  # per host, after a burst of five; 0: no pacing
    timeout: Positive = 30.0  # seconds without a byte
    contact: str = ""  # an address or a page in the User-Agent, so that a site can reach you instead of blocking you


class Smtp(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[mail.smtp]`: the mail server. The password is never here."""

    host: str
    port: Annotated[int, Meta(gt=0, lt=65_536)] = 587
    security: str = "starttls"  # starttls, tls, or none (on loopback only)
    user: str = ""
    timeout: Positive = 30.0
    ca_file: Path | None = None  # certificates to trust besides the system's


class Mail(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[mail]`: without `smtp`, mail is written as files into the state folder."""

    sender: str = "Export control watch <fedreg-monitor@localhost>"
    smtp: Smtp | None = None
    give_up_after_hours: Positive = 72.0  # of trying in vain; the operator gets a notice


class Send(StrEnum):
    """When a recipient's alerts leave."""

    AT_ONCE = "at once"
    DAILY = "daily"
    WEEKLY = "weekly"


class Weekday(StrEnum):
    """The days of the week, in the order of `date.weekday`."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Recipient(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[recipients]]`: an address and what they asked for."""

    address: str
    topics: tuple[str, ...] = DEFAULT_TOPICS  # values of Kind and of DeadlineTopic, or "no-deadlines"
    countries: tuple[str, ...] = ()  # short names, once the configuration is checked; empty: all
    least_gravity: Severity = Severity.LOW
    watchlist: tuple[str, ...] = ()  # the recipient's own names, with those of the file once it is read
    watchlist_file: Path | None = None
    send: Send = Send.AT_ONCE
    hour: Annotated[int, Meta(ge=0, le=23)] = 8  # of a digest, in the recipient's own zone
    weekday: Weekday = Weekday.MONDAY  # of a weekly digest
    time_zone: str = "America/New_York"  # of the hour, and of the times in the mail; legal days stay Eastern
    weekly_report: bool = False  # the weekly account of what was polled, also when nothing changed

    @property
    def zone(self) -> ZoneInfo:
        """The recipient's time zone."""
        return ZoneInfo(self.time_zone)


class Operator(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[operator]`: who alone gets notices when the monitor itself needs a person."""

    address: str
    weekly: bool = True  # the weekly account of what was polled, also when nothing changed
    hour: Annotated[int, Meta(ge=0, le=23)] = 8  # of Monday, at which it is due
    time_zone: str = "America/New_York"


class Ping(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[ping]`: who notices when this monitor itself falls silent (https://healthchecks.io/docs/http_api/)."""

    url: str = ""  # a secret: whoever knows it can say that all is well; empty: nobody is pinged


class Schedule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[schedule]`: when the daemon polls, as cron lines in Eastern time (CONTRACT.md §2.5, §3.4).

    `check` polls every source that has a line, whenever it runs; a source without a line is polled only by name.
    """

    # Every minute around the slots in which special filings are posted, else every five minutes, hourly at night.
    inspection: tuple[Cron, ...] = (
        "44-59 8 * * mon-fri",
        "*/5 9-18 * * mon-fri",
        "14-25 11 * * mon-fri",
        "59 13 * * mon-fri",
        "0-10 14 * * mon-fri",
        "14-45 16 * * mon-fri",
        "59 17 * * mon-fri",
        "0-10 18 * * mon-fri",
        "0 19 * * mon-fri",
    )
    # The issue of the day appears from four o'clock on; corrections and late documents during the day.
    published: tuple[Cron, ...] = ("*/10 4-9 * * *", "20 10-21 * * *")
    # Received in the evening of the business day after publication, and now and then in between.
    ecfr: tuple[Cron, ...] = ("35 6,12,18,21 * * *",)
    # Made anew at about six (CONTRACT.md §6); where it did not change, it is not sent again.
    screening: tuple[Cron, ...] = ("30 6-21/3 * * *",)
    # A press release often comes before the filing of its rule, on some days in the evening or on a weekend.
    bis: tuple[Cron, ...] = ("*/15 7-19 * * mon-fri", "50 */4 * * *")


class Search(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[searches]]`: documents of any agency in the Federal Register; polled when `published` is."""

    name: Name
    term: str = ""
    agencies: tuple[str, ...] = ()  # as in the addresses of federalregister.gov: "foreign-assets-control-office"
    types: tuple[str, ...] = ()  # RULE, PRORULE, NOTICE, PRESDOCU
    cfr: str = ""  # "15 CFR 791"


class Page(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[pages]]`: a web page of the operator's own choice, compared paragraph by paragraph."""

    name: Name
    url: str
    selector: str = ""  # CSS; empty: the text of the whole page
    schedule: tuple[Cron, ...] = ("25 */2 * * *",)
    allow_private: bool = False  # whether the host may be this machine or one of the network around it


class Limits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[limits]`: what is rejected as implausible, and when silence is suspicious."""

    max_loss: Annotated[float, Meta(gt=0, lt=1)] = 0.1  # share of a list's entries that may go at once
    least_entries: Annotated[int, Meta(gt=0)] = 500  # of the Entity List in a baseline
    failures_before_notice: Annotated[int, Meta(gt=0)] = 3  # failed polls of a source in a row
    codified_after: Annotated[int, Meta(gt=0)] = 5  # business days after publication a rule must be in the eCFR
    screening_after: Annotated[int, Meta(gt=0)] = 10  # business days that the screening list may differ unsaid
    stale_after_hours: Positive = 26.0  # without a good poll, not counting days without an issue
    failures_notice_after_hours: Positive = 6.0  # of failing, also with fewer failed polls
    ecfr_behind_days: Annotated[int, Meta(gt=0)] = 4  # business days; one or two are normal (CONTRACT.md §5.2)
    off_after_hours: Positive = 26.0  # without any poll after one was due, not counting days without an issue
    least_free_mib: Annotated[int, Meta(ge=0)] = 200  # free space of the state folder's disk


class Reminders(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[reminders]`: how many days before an end recipients are reminded of it; 0 is the day itself."""

    days: tuple[Annotated[int, Meta(ge=0, le=365)], ...] = (30, 14, 7, 3, 1, 0)


class Templates(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[templates]`: a folder whose files replace ours of the same name."""

    folder: Path | None = None


# An early signal and a cross-check, polled by default: that they fail is reported, and is no failure of the monitor.
SIDE_SOURCES = ("bis", "screening")


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of monitor.toml."""

    sources: Sources = Sources()
    mail: Mail = Mail()
    recipients: tuple[Recipient, ...] = ()
    operator: Operator | None = None
    schedule: Schedule = Schedule()
    limits: Limits = Limits()
    reminders: Reminders = Reminders()
    ping: Ping = Ping()
    templates: Templates = Templates()
    searches: tuple[Search, ...] = ()
    pages: tuple[Page, ...] = ()

    @property
    def schedules(self) -> dict[str, tuple[str, ...]]:
        """When each source is polled, by its name; a source without a line is not polled by itself."""
        fixed: dict[str, tuple[str, ...]] = structs.asdict(self.schedule)
        searches = {f"search:{search.name}": self.schedule.published for search in self.searches}
        return fixed | searches | {f"page:{page.name}": page.schedule for page in self.pages}

    @property
    def scheduled(self) -> tuple[str, ...]:
        """The sources that are polled without being asked for by name: those with a schedule."""
        return tuple(name for name, lines in self.schedules.items() if lines)

    @property
    def relied_on(self) -> tuple[str, ...]:
        """Those of them without which the monitor misses changes."""
        return tuple(name for name in self.scheduled if name not in SIDE_SOURCES)
