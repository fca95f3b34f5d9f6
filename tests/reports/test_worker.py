"""Opening a period with a real worker: killed while it builds, the broker gone, the same message twice."""

import shutil
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.models import Count

from portal.jobs import actions as jobs
from portal.jobs import execution
from portal.jobs.models import Job
from reports import actions
from reports.models import Report, ReportSection
from tests.factories.cast import make_cast
from tests.factories.reports import NOVEMBER, obligation
from tests.factories.user import province
from tests.portal.jobs.workers import kill, wait_for, worker

HA_TINH_COMMUNES = 69


def open_november(cast):
    return actions.open_period(
        obligation=obligation(), period=NOVEMBER, province=province(), by=cast.province
    )


def state_of(job):
    job.refresh_from_db()
    return job.state


def assert_all_once():
    """69 reports, one a commune, each whole."""
    reports = Report.objects.filter(unit__today_province=province())
    assert reports.count() == reports.values("unit").distinct().count() == HA_TINH_COMMUNES
    assert ReportSection.objects.filter(report__in=reports).count() == 6 * HA_TINH_COMMUNES
    per_report = reports.annotate(opened=Count("events")).values_list("opened", flat=True)
    assert set(per_report) == {1}


def test_a_worker_killed_while_it_builds_loses_and_doubles_nothing(live_db, tmp_path):
    cast = make_cast()
    # With the scheduler, as everywhere: this broker may lose the only message while a worker starts.
    with worker(tmp_path, scheduler=True) as first:
        job = open_november(cast)
        wait_for(lambda: state_of(job) == "running" and job.done >= 10, 150, "a first chunk")
        kill(first)
        killed_at = time.monotonic()
    assert state_of(job) == "running", "the row does not know yet"
    built = Report.objects.count()
    assert 0 < built < HA_TINH_COMMUNES
    assert built == job.done, "a chunk and its progress are one"
    with worker(tmp_path, scheduler=True):
        wait_for(jobs_are_swept(job), 15, "the sweeper to find it")
        assert time.monotonic() - killed_at < 15
        wait_for(lambda: state_of(job) == "done", 90, "the rest")
    assert job.attempts == 2
    assert_all_once()


def jobs_are_swept(job):
    """Sweep as the scheduler does; it too is only starting."""

    def question():
        jobs.sweep()
        job.refresh_from_db()
        return job.state == "queued" or job.attempts > 1

    return question


@pytest.mark.parametrize("how", ["gone", "in the way"])
def test_a_broker_that_is_gone_while_a_period_is_opened_loses_nothing(live_db, tmp_path, how):
    cast, broker = make_cast(), Path(settings.BROKER_DIR)
    shutil.rmtree(broker)
    if how == "in the way":  # not writable, for root neither
        broker.write_text("no folder")
    job = open_november(cast)
    assert state_of(job) == "queued"
    if broker.is_file():
        broker.unlink()
    shutil.rmtree(broker, ignore_errors=True)
    for folder in ("queue", "control"):
        (broker / folder).mkdir(parents=True)
    with worker(tmp_path, scheduler=True):
        wait_for(lambda: state_of(job) == "done", 120, "the sweeper and the worker")
    assert_all_once()


def test_two_workers_with_the_same_message_build_once(live_db):
    job = open_november(make_cast())
    start = threading.Barrier(2)

    def deliver():
        start.wait()
        execution.run(job.pk)
        connection.close()

    threads = [threading.Thread(target=deliver) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert state_of(job) == "done"
    assert job.attempts == 1
    assert_all_once()


def test_a_worker_that_was_only_slow_stops_and_what_it_held_is_rolled_back(live_db, monkeypatch):
    """Its lease ran out inside a chunk and another has finished the job meanwhile."""
    job = open_november(make_cast())
    checkpoint, stolen = execution.Work.checkpoint, []

    def late(work, **progress):
        if progress.get("done") == 20 and not stolen:
            stolen.append(work.claim)
            thread = threading.Thread(target=take_over, args=[job.pk])
            thread.start()
            thread.join()
        checkpoint(work, **progress)

    monkeypatch.setattr(execution.Work, "checkpoint", late)
    execution.run(job.pk)
    assert state_of(job) == "queued", "given back, not finished by the one who lost it"
    assert Report.objects.count() == 10
    execution.run(job.pk)
    assert state_of(job) == "done"
    assert_all_once()


def take_over(pk):
    Job.objects.filter(pk=pk).update(state="queued", claim=None, lease_until=None)
    connections.close_all()
