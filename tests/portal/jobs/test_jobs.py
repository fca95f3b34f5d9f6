"""A job is held by one worker at a time, ends in its row, and is found again when its holder is gone."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.jobs import actions, execution, registry
from portal.jobs.execution import LeaseLost
from portal.jobs.models import Job
from tests.factories.user import province

KIND = "tests.count"


class Counted(Exception):
    message_vi = "Kỳ báo cáo chưa kết thúc."


@pytest.fixture
def runs(monkeypatch):
    """Registers a kind of job for the test; the list holds the arguments of its runs."""
    seen = []

    def run(work):
        seen.append(work.args)
        if "error" in work.args:
            raise Counted if work.args["error"] == "known" else ZeroDivisionError("secret detail")
        work.checkpoint(done=2)

    monkeypatch.setitem(registry._kinds, KIND, registry.JobKind(KIND, "Đếm thử", run))
    return seen


@pytest.fixture
def delivered(monkeypatch):
    """The keys that were handed to the broker."""
    handed = []
    monkeypatch.setattr(actions, "deliver", lambda pk: handed.append(pk) or True)
    return handed


def start(key="k", **args):
    return actions.start(kind=KIND, key=key, args=args, total=2)


def age(job, **ago):
    """Let the moments of a job lie further back."""
    Job.objects.filter(pk=job.pk).update(
        **{name: timezone.now() - timedelta(seconds=s) for name, s in ago.items()}
    )


def test_a_job_is_handed_over_after_commit_and_never_before(
    db, runs, delivered, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = start()
        assert delivered == []
    assert delivered == [job.pk]


def test_the_same_key_is_the_same_job(db, runs, delivered, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert start() == start()
    assert len(delivered) == 1


def test_it_runs_and_a_second_delivery_does_nothing(db, runs):
    job = start()
    execution.run(job.pk)
    execution.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.claim, job.attempts) == ("done", 2, None, 1)
    assert len(runs) == 1


def test_a_job_that_is_gone_is_no_error(db):
    execution.run(987654)


@pytest.mark.parametrize(
    ("error", "said"), [("known", Counted.message_vi), ("unknown", execution.UNFORESEEN)]
)
def test_a_failure_stays_visible_in_words_and_may_be_retried(db, runs, error, said):
    job = start(error=error)
    execution.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", said)
    assert job.finished_at
    actions.retry(job=job, by=None)
    assert (job.state, job.error, job.attempts) == ("queued", "", 0)
    execution.run(job.pk)
    assert len(runs) == 2


def test_only_a_failed_job_is_retried(db, runs):
    job = start()
    execution.run(job.pk)
    assert actions.retry(job=job, by=None).state == "done"


def test_whoever_has_lost_the_claim_can_write_nothing(db, runs):
    job = start()
    work = execution.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(claim=uuid.uuid4())
    with pytest.raises(LeaseLost), transaction.atomic():
        start(key="written in the chunk")
        work.checkpoint(done=1)
    assert not Job.objects.filter(key="written in the chunk").exists()
    assert (work.finish(), work.fail("x")) == (False, False)
    job.refresh_from_db()
    assert (job.state, job.done) == ("running", 0)


def test_a_checkpoint_renews_the_lease(db, runs):
    work = execution.claim(start().pk)
    age(work.job, lease_until=5)
    work.checkpoint(done=1)
    assert not Job.objects.lapsed().exists()


def test_the_sweeper_finds_a_job_whose_holder_is_gone(db, runs, delivered):
    work = execution.claim(start().pk)
    assert actions.sweep() == 0
    age(work.job, lease_until=1)
    actions.sweep()
    work.job.refresh_from_db()
    assert (work.job.state, work.job.claim) == ("queued", None)
    assert delivered == [work.job.pk]
    execution.run(work.job.pk)
    work.job.refresh_from_db()
    assert (work.job.state, work.job.attempts) == ("done", 2)


def test_the_sweeper_hands_over_what_the_broker_lost_and_not_at_every_turn(db, runs, delivered):
    job = start()
    assert actions.sweep() == 0
    age(job, queued_at=11)
    assert (actions.sweep(), actions.sweep()) == (1, 0)
    assert delivered == [job.pk]


def test_a_job_that_kills_every_worker_ends_as_failed(db, runs, delivered):
    job = start()
    for _ in range(execution.MAX_ATTEMPTS):
        work = execution.claim(job.pk)
        age(work.job, lease_until=1)
        actions.sweep()
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", actions.GAVE_UP)


def test_a_broker_that_is_down_is_no_error(db, runs, monkeypatch):
    from portal.jobs.tasks import run_job

    def refuse(*args, **kwargs):
        raise OSError("no broker")

    monkeypatch.setattr(run_job, "apply_async", refuse)
    assert actions.deliver(start().pk) is False


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "running"},
        {"state": "done"},
        {"state": "failed", "finished_at": timezone.now()},
        {"state": "odd"},
        {"done": 3},
        {"claim": uuid.uuid4()},
    ],
)
def test_half_states_cannot_be_stored(db, runs, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=start().pk).update(**broken)


@pytest.fixture
def job(cast, runs):
    return actions.start(kind=KIND, key="page", args={}, total=2, unit=province(), by=cast.province)


def test_the_page_shows_progress_and_reloads_until_it_is_over(cast, client, job):
    client.force_login(cast.province)
    page = client.get(reverse("jobs:progress", args=[job.pk]))
    assert "Đang chờ" in page.content.decode()
    assert page.headers["Refresh"] == "2"
    execution.run(job.pk)
    page = client.get(reverse("jobs:progress", args=[job.pk]))
    assert "Đã xong" in page.content.decode()
    assert "Refresh" not in page.headers


def test_the_page_shows_why_it_failed_and_retries(cast, client, job):
    Job.objects.filter(pk=job.pk).update(
        state="failed", error="Không đọc được dữ liệu.", finished_at=timezone.now()
    )
    client.force_login(cast.province)
    page = client.get(reverse("jobs:progress", args=[job.pk])).content.decode()
    assert "Không thành công" in page
    assert "Không đọc được dữ liệu." in page
    assert client.post(reverse("jobs:retry", args=[job.pk])).status_code == 302
    job.refresh_from_db()
    assert job.state == "queued"
    assert client.get(reverse("jobs:retry", args=[job.pk])).status_code == 405


@pytest.mark.parametrize(
    ("who", "status"),
    [("province_front", 200), ("other_province", 404), ("officer", 403), ("national", 403), ("admin", 403)],
)
def test_only_the_own_province_sees_it(cast, client, job, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(reverse("jobs:progress", args=[job.pk])).status_code == status
    expected = {200: 302}.get(status, status)
    assert client.post(reverse("jobs:retry", args=[job.pk])).status_code == expected


def test_strangers_sign_in_first(db, client, runs):
    response = client.get(reverse("jobs:progress", args=[start().pk]))
    assert response.status_code == 302
    assert response.url.startswith(reverse("accounts:sign_in"))
