"""A long log as a workbook: made by a worker, with its progress, for whoever asked, for a day."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from portal.jobs import execution
from portal.jobs.models import Job
from programs.sheets import export, taking_away
from programs.sheets.models import LogExport
from tests.programs.activities.pages import SESSION, log
from tests.programs.sheets.test_export import bulk

pytestmark = pytest.mark.django_db


@pytest.fixture
def long(monkeypatch, cast):
    """Five rows are long, and every second one is told."""
    monkeypatch.setattr(taking_away, "AT_ONCE", 4)
    monkeypatch.setattr(export, "STEP", 2)
    bulk(cast.officer, 5, title="Tuyên truyền tại chợ Vườn Ươm")


def ask(client, user, **query):
    client.force_login(user)
    return client.get(reverse("sheets:export_xlsx"), query)


def made() -> LogExport:
    return LogExport.objects.get()


def address_of(page) -> str:
    return f"{reverse(f'sheets:{page}')}?so={made().pk}"


def run():
    execution.run(made().job.pk)


def test_a_long_workbook_is_made_by_a_worker_who_says_how_far_it_is(client, cast, long, monkeypatch):
    log(client, cast.officer, title="Họp tổ dân phố")
    answer = ask(client, cast.officer, q="cho vuon uom")
    address = made().get_absolute_url()
    assert answer.url == address and (made().row_count, made().job.total) == (5, 5)
    waiting = client.get(address)
    assert waiting["Refresh"] == "2" and 'max="5" value="0"' in waiting.content.decode()
    told = []
    checkpoint = execution.Work.checkpoint
    monkeypatch.setattr(
        execution.Work, "checkpoint", lambda work, **how: (told.append(how["done"]), checkpoint(work, **how))
    )
    run()
    assert told == [2, 4] and made().job.state == Job.State.DONE
    done = client.get(address)
    assert "Refresh" not in done and "Tải tệp Excel" in done.content.decode()
    file = client.get(address_of("export_file"))
    rows = list(openpyxl.load_workbook(io.BytesIO(file.content)).active.iter_rows(values_only=True))
    assert len(rows) == 6 and all("chợ Vườn Ươm" in row[3] for row in rows[1:])


def test_one_kind_keeps_its_own_columns(client, cast, long):
    client.force_login(cast.officer)
    client.get(reverse("sheets:export_kind_xlsx", args=[SESSION]))
    run()
    book = openpyxl.load_workbook(io.BytesIO(bytes(made().content)))
    assert "Chủ đề" in [cell.value for cell in book.active[1]]


def test_asked_twice_within_a_minute_it_is_one(client, cast, long):
    assert ask(client, cast.officer).url == ask(client, cast.officer).url
    assert ask(client, cast.officer, kind=SESSION).url != ask(client, cast.officer).url
    assert Job.objects.filter(kind="sheets.export").count() == 2


def test_it_is_nobody_elses(client, cast, long):
    ask(client, cast.officer)
    run()
    client.force_login(cast.colleague)
    assert "Chưa có tệp nào" in client.get(address_of("export_page")).content.decode()
    assert client.get(address_of("export_file")).status_code == 302
    Job.objects.update(state=Job.State.FAILED, error="x")
    client.post(address_of("export_retry"))
    assert made().job.state == Job.State.FAILED


def test_a_short_one_comes_at_once(client, cast):
    bulk(cast.officer, 3)
    assert ask(client, cast.officer).status_code == 200 and not LogExport.objects.exists()


def test_what_failed_is_begun_again(client, cast, long, monkeypatch):
    ask(client, cast.officer)
    with monkeypatch.context() as broken:
        broken.setattr("programs.sheets.jobs.as_xlsx", lambda *args: 1 / 0)
        run()
    page = made().get_absolute_url()
    assert "Thử lại" in client.get(page).content.decode()
    client.post(address_of("export_retry"))
    run()
    assert "Tải tệp Excel" in client.get(page).content.decode()


def test_after_a_day_it_is_gone_with_what_was_asked(client, cast, long):
    ask(client, cast.officer, q="cho")
    run()
    LogExport.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert taking_away.drop_outdated() == 1
    assert (made().content, made().query) == (None, "")
    assert client.get(address_of("export_file")).status_code == 302
    assert "Tệp đã được xóa" in client.get(made().get_absolute_url()).content.decode()


def test_a_takedown_drops_what_waits(client, cast, long):
    from portal.secrecy.registry import Found, Target
    from programs.sheets.takedown import pieces
    from tests.factories.activities import commune

    ask(client, cast.officer)
    run()
    (piece,) = pieces(Target("activity", 1, Found(commune(), "x"), words=("x",)))
    assert piece.count == 1
    piece.erase(None, cast.admin)
    assert made().content is None
