"""The daemon: APScheduler 3.x, in Eastern time, one job at a time."""

import logging
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.interval import IntervalTrigger

from monitor.model.eastern import EASTERN
from monitor.polls.schedule import trigger

log = logging.getLogger(__name__)


def serve(schedules: Mapping[str, Sequence[str]], job: Callable[[Sequence[str]], None]) -> None:
    """Run one cycle of all sources now, then poll each source by its cron lines, until SIGTERM or SIGINT.

    `job` takes the names of the sources to poll; without any, it only sends owed mail. A running cycle is finished
    before this returns.
    """
    stop = threading.Event()

    def unless_stopping(sources: Sequence[str]) -> None:
        if not stop.is_set():  # jobs that wait behind the running cycle are left for the next start
            job(sources)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    scheduler = BackgroundScheduler(
        timezone=EASTERN,
        executors={"default": ThreadPoolExecutor(max_workers=1)},  # polls never overlap
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    lines = {source: lines for source, lines in schedules.items() if lines}
    scheduler.add_job(unless_stopping, args=[tuple(lines)], id="first cycle")
    for source, own in lines.items():
        scheduler.add_job(unless_stopping, trigger(own), args=[(source,)], id=source)
    scheduler.add_job(unless_stopping, IntervalTrigger(minutes=5), args=[()], id="what is owed")
    scheduler.start()
    log.info("running; next polls: %s", next_runs(scheduler))
    stop.wait()
    log.info("stopping; a running cycle is finished first")
    scheduler.shutdown(wait=True)


def next_runs(scheduler: Any) -> str:
    """When each source is polled next."""
    planned = [job for job in scheduler.get_jobs() if job.next_run_time is not None]  # none without a cron line
    jobs = [job for job in planned if isinstance(job.trigger, OrTrigger)]
    return ", ".join(f"{job.id} {job.next_run_time:%a %H:%M}" for job in jobs)
