"""monitor.toml and the environment, read and checked once, before anything is touched."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec import structs

from monitor.mail.recipients_config import completed, is_zone, recipient_problems
from monitor.model.errors import ConfigurationError
from monitor.model.settings import Schedule, Settings, Smtp
from monitor.sources import configured

SECURITY = ("starttls", "tls", "none")
PASSWORD = "MONITOR_SMTP_PASSWORD"  # noqa: S105 - the name of the variable
CREDENTIAL = "smtp_password"
# What SMTP accepts without extensions: no blanks, no brackets, one @, and a domain.
MAILBOX = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+")
HERE = Path(__file__).parent


def read_settings(file: Path | None) -> Settings:
    """Read and check the configuration; without a file everything has its default.

    Raises ConfigurationError that names the setting.
    """
    if file is None:
        return Settings()
    try:
        text = file.read_bytes().decode("utf-8")
    except OSError as error:
        raise ConfigurationError(f"cannot read {file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file} is not UTF-8: {error}") from error
    try:
        settings = msgspec.convert(tomllib.loads(text), Settings, strict=True, dec_hook=as_path)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file} is not valid TOML: {error}") from error
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"{file}: {place(error)}") from error
    try:
        settings = without_final_slashes(relative_to(file.parent, settings))
    except ConfigurationError as error:
        raise ConfigurationError(f"{file}: {error}") from error
    for problem in problems(settings):
        raise ConfigurationError(f"{file}: {problem}")
    return settings


def as_path(kind: type[Path], value: object) -> Path:
    """A path of the file, the one type that msgspec does not know."""
    if isinstance(value, str):
        return kind(value)
    raise TypeError(f"Expected `str`, got `{type(value).__name__}`")


def place(error: msgspec.ValidationError) -> str:
    """msgspec's message with the path as it is written in TOML."""
    message, _, path = str(error).partition(" - at `$")
    return f"{message}, at {path.rstrip('`').lstrip('.')}" if path else message


def problems(settings: Settings) -> Iterator[str]:
    """Every fault that the types do not exclude."""
    for name in ("federal_register", "ecfr", "bis", "trade"):
        yield from url_problems(f"sources.{name}", getattr(settings.sources, name))
    yield from address_problems(settings)
    if settings.mail.smtp is not None:
        yield from smtp_problems(settings.mail.smtp)
        if not settings.recipients:
            yield "mail.smtp is set and there are no [[recipients]]; add a block for each address"
    if settings.schedule != Schedule() or any(page.schedule for page in settings.pages):
        yield from schedule_problems(settings)
    yield from configured.problems(settings)
    yield from ping_problems(settings.ping.url)
    if settings.operator is not None and not is_zone(settings.operator.time_zone):
        yield f"operator.time_zone is not a time zone such as America/Chicago: {settings.operator.time_zone!r}"
    if settings.templates.folder is not None and not settings.templates.folder.is_dir():
        yield f"templates.folder is not a folder: {settings.templates.folder}"


def address_problems(settings: Settings) -> Iterator[str]:
    """The addresses of the sender, the operator and the recipients."""
    if not mailbox(settings.mail.sender):
        yield f"mail.sender is not an address: {settings.mail.sender!r}"
    if settings.operator is not None and not MAILBOX.fullmatch(settings.operator.address):
        yield f"operator.address is not an address: {settings.operator.address!r}"
    for number, recipient in enumerate(settings.recipients):
        if not MAILBOX.fullmatch(recipient.address):
            yield f"recipients[{number}].address is not an address: {recipient.address!r}"
        yield from recipient_problems(f"recipients[{number}]", recipient)
    addresses = [recipient.address.lower() for recipient in settings.recipients]
    yield from (
        f"recipients: {a} is listed twice; give each address one block"
        for a in sorted(set(addresses))
        if addresses.count(a) > 1
    )


def url_problems(name: str, url: str) -> Iterator[str]:
    """The faults of a base address, which is https, or http on loopback, without query and fragment."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError as error:
        shown = "" if "@" in url else f": {url!r}"
        yield f"{name} is not an address{shown} ({error})"
        return
    if "@" in parts.netloc:
        yield f"{name} must not hold a user or a password"  # and it is not shown here
    elif parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment or not port_is_fine:
        yield f"{name} is not an https address: {url!r}"
    elif parts.scheme == "http" and not is_loopback(host):
        yield f"{name} must be https: {url!r} (http is for loopback only)"


def ping_problems(url: str) -> Iterator[str]:
    """The faults of the address to ping; as it is a secret, it is never shown."""
    if not url:
        return
    try:
        parts = urlsplit(url)
        host, port_is_fine = parts.hostname, parts.port is None or parts.port > 0
    except ValueError:
        host, port_is_fine = None, False
    if not host or not port_is_fine or parts.scheme not in ("http", "https") or parts.fragment:
        yield "ping.url is not an https address (it is a secret, and not shown here)"
    elif parts.scheme == "http" and not is_loopback(host):
        yield "ping.url must be https; http is for loopback only (it is a secret, and not shown here)"


def smtp_problems(smtp: Smtp) -> Iterator[str]:
    """The faults of the mail server's settings."""
    if smtp.security not in SECURITY:
        yield f"mail.smtp.security is {smtp.security!r}, not one of {', '.join(SECURITY)}"
    if smtp.security == "none" and not is_loopback(smtp.host):
        yield f"mail.smtp.security = 'none' is for loopback only, not for {smtp.host!r}"
    if smtp.ca_file is not None and not smtp.ca_file.is_file():
        yield f"mail.smtp.ca_file is not a file: {smtp.ca_file}"


def schedule_problems(settings: Settings) -> Iterator[str]:
    """Cron lines that APScheduler does not accept."""
    from monitor.polls.schedule import trigger  # noqa: PLC0415 - the scheduler is needed only where a schedule is set

    sections = {f"schedule.{source}": lines for source, lines in structs.asdict(settings.schedule).items()}
    sections |= {f"pages[{number}].schedule": page.schedule for number, page in enumerate(settings.pages)}
    for section, lines in sections.items():
        for number, line in enumerate(lines):
            try:
                trigger([line])
            except ValueError as error:
                yield f"{section}[{number}] is not a cron line: {line!r} ({error})"


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def mailbox(text: str) -> bool:
    """Whether a text is an address, with or without a name, that can stand in a From."""
    address = parseaddr(text)[1]
    try:
        Address(addr_spec=address)
    except (ValueError, MessageError):
        return False
    return MAILBOX.fullmatch(address) is not None


def relative_to(folder: Path, settings: Settings) -> Settings:
    """Paths in the file are relative to the file. Raises ConfigurationError for a watchlist that cannot be read."""
    own = settings.templates.folder
    templates = settings.templates if own is None else structs.replace(settings.templates, folder=folder / own)
    mail = settings.mail
    if mail.smtp is not None and mail.smtp.ca_file is not None:
        mail = structs.replace(mail, smtp=structs.replace(mail.smtp, ca_file=folder / mail.smtp.ca_file))
    recipients = tuple(completed(folder, number, recipient) for number, recipient in enumerate(settings.recipients))
    return structs.replace(settings, templates=templates, mail=mail, recipients=recipients)


def without_final_slashes(settings: Settings) -> Settings:
    """Base addresses as the sources expect them."""
    bases = {name: getattr(settings.sources, name).rstrip("/") for name in ("federal_register", "ecfr", "bis", "trade")}
    return structs.replace(settings, sources=structs.replace(settings.sources, **bases))


def smtp_password(environment: Mapping[str, str]) -> str | None:
    """The password from the environment, or from the credentials that systemd hands over.

    Raises ConfigurationError when the credential is there and cannot be read.
    """
    if PASSWORD in environment:
        return environment[PASSWORD]
    if "CREDENTIALS_DIRECTORY" not in environment:
        return None
    file = Path(environment["CREDENTIALS_DIRECTORY"]) / CREDENTIAL
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n") if file.exists() else None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"cannot read the credential {file}: {error}") from error


def state_folder(wanted: Path | None, environment: Mapping[str, str], package: Path = HERE) -> Path:
    """Where the state is: as asked, under systemd, in a checkout of the package, else in the user's own folder."""
    if wanted is not None:
        return wanted
    if environment.get("STATE_DIRECTORY"):
        return Path(environment["STATE_DIRECTORY"].partition(":")[0])
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "state").is_dir():
        return checkout / "state"
    if environment.get("XDG_STATE_HOME"):
        return Path(environment["XDG_STATE_HOME"]) / "fedreg-monitor"
    if os.uname().sysname == "Darwin":
        return Path.home() / "Library" / "Application Support" / "fedreg-monitor"
    return Path.home() / ".local" / "state" / "fedreg-monitor"
