"""When each source is to be polled: the cron lines of `[schedule]`, in Eastern time."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

from monitor.model.eastern import EASTERN

ANY_DAY = datetime(2024, 1, 1, tzinfo=EASTERN)


def trigger(lines: Sequence[str]) -> OrTrigger:
    """A trigger that fires whenever one of the cron lines does.

    Raises ValueError for a line that is none, or names a day that never comes, such as February 31.
    """
    triggers = [CronTrigger.from_crontab(line, timezone=EASTERN) for line in lines]
    for line, one in zip(lines, triggers, strict=True):
        if one.get_next_fire_time(None, ANY_DAY) is None:
            raise ValueError(f"{line!r} names a day that never comes")
    return OrTrigger(triggers)


def next_poll(schedules: Mapping[str, Sequence[str]], after: datetime) -> datetime | None:
    """When the first of these sources is to be polled after a moment; None where no source has a line."""
    moment = after + timedelta(seconds=1)
    due = [trigger(lines).get_next_fire_time(None, moment) for lines in schedules.values() if lines]
    return min((one for one in due if one is not None), default=None)
