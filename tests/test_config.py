"""monitor.toml and the environment."""

from pathlib import Path

import pytest

from monitor.config import HERE, read_settings, smtp_password, state_folder
from monitor.model.documents import Kind
from monitor.model.errors import ConfigurationError
from monitor.model.settings import DEFAULT_TOPICS, Settings


def written(folder: Path, text: str) -> Path:
    file = folder / "monitor.toml"
    file.write_text(text, encoding="utf-8")
    return file


def refusal(folder: Path, text: str) -> str:
    file = written(folder, text)
    with pytest.raises(ConfigurationError) as caught:
        read_settings(file)
    return str(caught.value).removeprefix(f"{file}").removeprefix(": ")


def test_without_a_file_everything_has_its_default() -> None:
    assert read_settings(None) == Settings()
    assert Settings().sources.federal_register == "https://www.federalregister.gov"


def test_an_empty_file_is_the_defaults(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, "")) == Settings()


def test_a_whole_file_reads(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ca.pem").touch()
    text = """
        [sources]
        federal_register = "https://mirror.example.org/fr/"
        requests_per_second = 0.5
        [mail]
        sender = "Watch <watch@example.org>"
        smtp = { host = "mail.example.org", security = "tls", port = 465, user = "u", ca_file = "ca.pem" }
        [[recipients]]
        address = "a@example.org"
        topics = ["entity-list-rule", "denial-order"]
        [[recipients]]
        address = "b@example.org"
        [schedule]
        ecfr = ["5 6 * * mon-fri"]
        [limits]
        stale_after_hours = 12
        [templates]
        folder = "ours"
    """
    settings = read_settings(written(tmp_path, text))
    assert settings.sources.federal_register == "https://mirror.example.org/fr"
    assert settings.templates.folder == tmp_path / "ours"
    assert settings.mail.smtp is not None
    assert settings.mail.smtp.ca_file == tmp_path / "ca.pem"
    assert [r.topics for r in settings.recipients] == [(Kind.ENTITY_LIST_RULE, Kind.DENIAL_ORDER), DEFAULT_TOPICS]


SMTP = '[mail.smtp]\nhost = "mail.example.org"\n'
READER = '[[recipients]]\naddress = "a@example.org"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("surces = 1", "unknown field `surces`"),
        ("[sources]\nrequests_per_secnd = 1", "unknown field `requests_per_secnd`, at sources"),
        ("[sources]\nrequests_per_second = -1", "at sources.requests_per_second"),
        ("[sources]\ntimeout = 0", "at sources.timeout"),
        ("[sources]\ntimeout = '30'", "at sources.timeout"),
        ("[sources]\necfr = 'ftp://www.ecfr.gov'", "sources.ecfr is not an https address: 'ftp://www.ecfr.gov'"),
        ("[sources]\necfr = 'www.ecfr.gov'", "sources.ecfr is not an https address"),
        ("[sources]\necfr = 'https://'", "sources.ecfr is not an https address"),
        ("[sources]\necfr = 'https://www.ecfr.gov/?a=b'", "sources.ecfr is not an https address"),
        ("[sources]\necfr = 'https://[::1'", "sources.ecfr is not an address"),
        ("[sources]\necfr = 'https://www.ecfr.gov:port'", "sources.ecfr is not an address"),
        ("[sources]\necfr = 'http://www.ecfr.gov'", "sources.ecfr must be https"),
        ("[mail]\nsender = 'nobody'", "mail.sender is not an address: 'nobody'"),
        ("[mail]\nsender = 'Watch <a..b@example.org>'", "mail.sender is not an address"),
        (f"{SMTP}port = 0\n{READER}", "at mail.smtp.port"),
        (f"{SMTP}security = 'ssl'\n{READER}", "mail.smtp.security is 'ssl', not one of starttls, tls, none"),
        (f"{SMTP}security = 'none'\n{READER}", "mail.smtp.security = 'none' is for loopback only"),
        (f"{SMTP}password = 'secret'\n{READER}", "unknown field `password`, at mail.smtp"),
        (f"{SMTP}ca_file = 'gone.pem'\n{READER}", "mail.smtp.ca_file is not a file"),
        (f"[mail.smtp]\nport = 25\n{READER}", "missing required field `host`, at mail.smtp"),
        (SMTP, "mail.smtp is set and there are no [[recipients]]"),
        ("[[recipients]]\naddress = 'a b@example.org'", "recipients[0].address is not an address: 'a b@example.org'"),
        (f"{READER}[[recipients]]\naddress = 'A@example.org'", "recipients: a@example.org is listed twice"),
        (f"{READER}topics = ['gossip']", "at recipients[0].topics[0]"),
        ("[schedule]\necfr = ['every day']", "at schedule.ecfr[0]"),
        ("[schedule]\necfr = ['61 * * * *']", "schedule.ecfr[0] is not a cron line: '61 * * * *'"),
        ("[schedule]\necfr = ['0 0 31 2 *']", "names a day that never comes"),
        ("[schedule]\nrumor = ['0 * * * *']", "unknown field `rumor`, at schedule"),
        ("[limits]\nmax_loss = 1.5", "at limits.max_loss"),
        ("[templates]\nfolder = 'gone'", "templates.folder is not a folder"),
        ("[templates]\nfolder = 3", "at templates.folder"),
        ("[sources", "is not valid TOML"),
    ],
)
def test_what_is_wrong_is_reported_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    said = refusal(tmp_path, text)
    assert words in said
    assert "\n" not in said


@pytest.mark.parametrize("host", ["127.0.0.1:8900", "localhost:8900", "[::1]:8900"])
def test_http_is_for_loopback(tmp_path: Path, host: str) -> None:
    assert read_settings(written(tmp_path, f"[sources]\necfr = 'http://{host}/ecfr'")).sources.ecfr.endswith("/ecfr")


@pytest.mark.parametrize("what", ["a folder", "absent"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, what: str) -> None:
    file = tmp_path / "absent.toml" if what == "absent" else tmp_path
    with pytest.raises(ConfigurationError, match=f"cannot read {file}"):
        read_settings(file)


def test_a_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    file = tmp_path / "monitor.toml"
    file.write_bytes("[mail]\nsender = 'Überwachung <a@example.org>'".encode("latin-1"))
    with pytest.raises(ConfigurationError, match=r"monitor\.toml is not UTF-8"):
        read_settings(file)


# -- the password


def test_the_password_is_in_the_environment_or_a_credential(tmp_path: Path) -> None:
    (tmp_path / "smtp_password").write_text("from systemd\n", encoding="utf-8")
    credentials = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    assert smtp_password({}) is None
    assert smtp_password(credentials) == "from systemd"
    assert smtp_password(credentials | {"MONITOR_SMTP_PASSWORD": "from here"}) == "from here"


def test_a_folder_of_credentials_without_ours_has_no_password(tmp_path: Path) -> None:
    assert smtp_password({"CREDENTIALS_DIRECTORY": str(tmp_path)}) is None


def test_a_credential_that_does_not_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "smtp_password").write_bytes(b"p\xe4ss")
    with pytest.raises(ConfigurationError, match="cannot read the credential"):
        smtp_password({"CREDENTIALS_DIRECTORY": str(tmp_path)})


# -- the state


def test_the_state_is_where_it_is_wanted() -> None:
    assert state_folder(Path("/wanted"), {"STATE_DIRECTORY": "/var/lib/private/x"}) == Path("/wanted")


def test_systemd_names_the_state() -> None:
    assert state_folder(None, {"STATE_DIRECTORY": "/var/lib/a:/var/lib/b"}) == Path("/var/lib/a")


def test_a_checkout_has_its_own_state() -> None:
    assert state_folder(None, {"XDG_STATE_HOME": "/home/a/.state"}) == HERE.parent / "state"


def test_an_installed_copy_uses_the_state_of_its_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    package = tmp_path / "site-packages" / "monitor"
    assert state_folder(None, {"XDG_STATE_HOME": "/home/a/.state"}, package) == Path("/home/a/.state/fedreg-monitor")
    assert state_folder(None, {}, package).is_relative_to(tmp_path)


# -- searches and pages of the operator's own

SEARCH = '[[searches]]\nname = "ofac"\n'
PAGE = '[[pages]]\nname = "list"\n'


def test_searches_and_pages_become_sources_with_a_schedule(tmp_path: Path) -> None:
    text = f'{SEARCH}term = "license"\n{PAGE}url = "https://example.org/list"\nselector = "main > p"\n'
    settings = read_settings(written(tmp_path, text))
    assert settings.schedules["search:ofac"] == settings.schedule.published
    assert settings.schedules["page:list"] == ("25 */2 * * *",)
    assert settings.scheduled[-2:] == ("search:ofac", "page:list")


def test_a_source_without_a_line_is_not_polled_by_itself(tmp_path: Path) -> None:
    text = f'[schedule]\necfr = []\n{PAGE}url = "https://example.org/list"\nschedule = []\n'
    assert {"ecfr", "page:list"}.isdisjoint(read_settings(written(tmp_path, text)).scheduled)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SEARCH, "searches[0] has no condition"),
        (f'{SEARCH}term = "  "\n', "searches[0] has no condition"),
        (f'{SEARCH}term = "a"\n{SEARCH}term = "b"\n', "searches: the name 'ofac' is used twice"),
        ('[[searches]]\nname = "OFAC"\nterm = "a"\n', "at searches[0].name"),
        (
            f'{SEARCH}agencies = ["Treasury Department"]\n',
            "searches[0].agencies: 'Treasury Department' is not an agency",
        ),
        (f'{SEARCH}types = ["rule"]\n', "searches[0].types: 'rule' is not one of RULE, PRORULE, NOTICE, PRESDOCU"),
        (f'{SEARCH}cfr = "part 791"\n', "searches[0].cfr is not a title and a part such as '15 CFR 791'"),
        (f'{PAGE}url = "ftp://example.org"\n', "pages[0].url is not an http or https address"),
        (f'{PAGE}url = "https://"\n', "pages[0].url is not an http or https address"),
        (f'{PAGE}url = "https://[::1"\n', "pages[0].url is not an address"),
        (f'{PAGE}url = "https://u:p@example.org"\n', "pages[0].url must not hold a user or a password"),
        (f'{PAGE}url = "https://10.1.2.3/"\n', "pages[0].url is on this machine or its network"),
        (f'{PAGE}url = "http://localhost/"\n', "pages[0].url is on this machine or its network"),
        (f'{PAGE}url = "http://[::ffff:127.0.0.1]/"\n', "pages[0].url is on this machine or its network"),
        (f'{PAGE}url = "https://e.org"\nselector = "p["\n', "pages[0].selector is not CSS: 'p['"),
        (f'{PAGE}url = "https://e.org"\nschedule = ["99 * * * *"]\n', "pages[0].schedule[0] is not a cron line"),
        (f'{PAGE}url = "https://e.org"\n{PAGE}url = "https://e.org"\n', "pages: the name 'list' is used twice"),
    ],
)
def test_a_wrong_search_or_page_is_reported_in_one_line(tmp_path: Path, text: str, words: str) -> None:
    said = refusal(tmp_path, text)
    assert words in said
    assert "\n" not in said
