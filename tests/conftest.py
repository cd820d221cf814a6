"""Fixtures: the replay of the public sources, the mail sink, and a monitor between them."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from harness import SHARED, Bench, at, configuration, need_shared

# How long an example takes is the business of tests of time; here a busy machine must not count.
SLOW = (hypothesis.HealthCheck.too_slow,)
hypothesis.settings.register_profile("test", max_examples=20, deadline=None, suppress_health_check=SLOW)
hypothesis.settings.register_profile("soak", max_examples=100, deadline=None, suppress_health_check=SLOW)


def pytest_configure(config: pytest.Config) -> None:
    """Take the few examples of `make test`, unless others are asked for by --hypothesis-profile."""
    if config.getoption("--hypothesis-profile") is None:
        hypothesis.settings.load_profile("test")


@pytest.fixture(scope="session")
def corpus() -> Any:
    """The corpus, read once."""
    need_shared()
    import replay

    # Every replay of a session answers from one set of composed and compressed lists.
    replay.Ecfr, replay.FederalRegister, replay.Files = map(cache, (replay.Ecfr, replay.FederalRegister, replay.Files))
    return replay.Corpus(SHARED / "corpus")


@pytest.fixture
def sources(corpus: Any) -> Iterator[Any]:
    """The public sources on loopback on the day before the Huawei rule was filed."""
    from replay import Replay

    with Replay(corpus, "2019-05-15T12:00:00-04:00") as replay:
        yield replay


@pytest.fixture
def mailbox() -> Iterator[Any]:
    """A mail server that keeps what it is given."""
    need_shared()
    from smtp_sink import SmtpSink

    with SmtpSink(user="u", password="p") as sink:
        yield sink


@pytest.fixture
def bench(sources: Any, mailbox: Any, tmp_path: Path) -> Bench:
    """A monitor between the replay and the mailbox."""
    return Bench(sources, mailbox, tmp_path / "state")


Play = Callable[..., Path]


@pytest.fixture(scope="session")
def play(corpus: Any, tmp_path_factory: pytest.TempPathFactory) -> Play:
    """What gives the state after cycles at some moments, each state played once, for tests that only look at it."""
    from replay import Replay
    from smtp_sink import SmtpSink

    @cache
    def played(*moments: str) -> Path:
        folder = tmp_path_factory.mktemp("played") / "state"
        with Replay(corpus, at(moments[0])) as replay, SmtpSink(user="u", password="p") as sink:
            bench = Bench(replay, sink, folder)
            for moment in moments:
                bench.check(moment)
        return folder

    return played


@pytest.fixture
def quick_retries() -> Iterator[None]:
    """Tries again at once, so that a test of a failing source does not wait."""
    import stamina

    with stamina.set_testing(True, attempts=2):
        yield


@pytest.fixture
def configured(sources: Any, mailbox: Any, tmp_path: Path) -> Path:
    """A configuration file for the command line, pointing at the replay and at the sink."""
    file = tmp_path / "monitor.toml"
    file.write_text(configuration(sources.url, mailbox.port), encoding="utf-8")
    return file
