"""The daemon's clock, whatever the wall clock does."""

from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from crawler.daemon import Pulse

NOW = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("missed", [timedelta(0), timedelta(hours=8), timedelta(days=400)])
def test_what_was_missed_is_run_once_and_not_counted_out(missed: timedelta) -> None:
    job = Job(AsyncIOScheduler(), id="tick", trigger=Pulse(1), next_run_time=NOW - missed)
    assert job._get_run_times(NOW) == [NOW - missed]
    assert job.trigger.get_next_fire_time(NOW - missed, NOW) == NOW + timedelta(seconds=1)
