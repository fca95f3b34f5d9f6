"""From the template to the log through the pages; who may see what; long tables by a worker."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from portal.files import workbook
from portal.jobs.execution import run
from portal.jobs.models import Job
from programs.activities import tally
from programs.activities.models import ActivityEntry
from programs.grassroots.models import Mediation
from programs.sheets import actions
from programs.sheets.models import ImportBatch
from tests.factories.cast import make_cast
from tests.portal.jobs.workers import wait_for, worker
from tests.programs.activities.pages import area, check_html, days_ago, thanh_sen
from tests.programs.sheets.books import book

pytestmark = pytest.mark.filterwarnings("ignore:Unknown extension:UserWarning")
UPLOAD, INDEX = reverse("sheets:upload", args=["hoa-giai"]), reverse("sheets:index")
HEAD = ["Ngày tiếp nhận", "Nội dung vụ việc", "Loại mâu thuẫn"]


def table(count: int, start=date(2026, 11, 3)) -> bytes:
    return book([HEAD, *([start, f"Tranh chấp số {n}", "Đất đai, ranh giới"] for n in range(count))])


def send(client, content: bytes, name="hoa-giai.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(UPLOAD, {"file": file, "unit": thanh_sen().pk}, follow=True)


def template_of(client, kind="hoa-giai"):
    response = client.get(reverse("sheets:template", args=[kind]))
    assert response["Content-Disposition"].endswith('.xlsx"')
    return openpyxl.load_workbook(io.BytesIO(response.content))


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_template_filled_in_goes_into_the_log(client, cast):
    area(thanh_sen(), "5")
    client.force_login(cast.officer)
    made = template_of(client)
    assert made.sheetnames == ["Dữ liệu", "Hướng dẫn", "Danh mục"]
    data = made["Dữ liệu"]
    place = {cell.value.strip(" *"): cell.column for cell in data[1]}
    listed = [cell.value for column in made["Danh mục"].columns for cell in column]
    assert {"Tổ dân phố 5", "Đất đai, ranh giới", "Hòa giải thành"} <= set(listed)
    assert len(data.data_validations.dataValidation) == 3
    for head, value in {
        "Ngày tiếp nhận": days_ago(9),
        "Nội dung vụ việc": "Tranh chấp lối đi chung",
        "Loại mâu thuẫn": "Mâu thuẫn xóm giềng",
        "Khu dân cư": "Tổ dân phố 5",
    }.items():
        data.cell(2, place[head], value)
    page = send(client, saved(made))
    check_html(page)
    assert "Không có lỗi" in page.content.decode() and not ActivityEntry.objects.exists()
    pk = page.context["batch"].pk
    page = client.post(reverse("sheets:write", args=[pk]), follow=True)
    check_html(page)
    assert "ghi vào sổ lúc" in page.content.decode()
    assert Mediation.objects.get().title == "Tranh chấp lối đi chung"
    again = send(client, saved(made))
    assert again.context["batch"].pk == pk and ActivityEntry.objects.count() == 1


def test_faults_are_shown_by_cell_and_the_file_can_be_dropped(client, cast):
    client.force_login(cast.officer)
    page = send(client, book([HEAD, [date(2026, 11, 3), "Tranh chấp", "Lạ"]]))
    check_html(page)
    assert "Ô C2: Loại mâu thuẫn: “Lạ” không có trong danh sách." in page.content.decode()
    batch = ImportBatch.objects.get()
    client.post(reverse("sheets:write", args=[batch.pk]))
    assert not ActivityEntry.objects.exists()
    page = client.post(reverse("sheets:drop", args=[batch.pk]), follow=True)
    check_html(page)
    batch.refresh_from_db()
    assert (batch.state, batch.content) == ("dropped", None)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, workbook.OLD_OR_LOCKED),
        ("a.xlsx", b"<html></html>", workbook.NOT_XLSX),
        ("a.xlsx", b"\0" * (10 * 1024 * 1024 + 1), workbook.TOO_LARGE),
        ("a.xlsx", b"", "Tệp không có nội dung."),
        ("a.xlsx", book([["gì", "đó"]]), "Không thấy dòng tiêu đề"),
    ],
)
def test_what_is_no_table_is_refused_in_words(client, cast, name, content, said):
    client.force_login(cast.officer)
    page = send(client, content, name)
    check_html(page)
    assert page.status_code == 200 and said in page.content.decode()
    assert not ActivityEntry.objects.exists()


def test_a_commune_of_others_is_no_choice(client, cast):
    client.force_login(cast.neighbour)
    page = send(client, table(1))
    assert page.context["form"].errors.keys() == {"unit"} and not ImportBatch.objects.exists()


def test_questions_to_the_database_do_not_grow_with_the_rows(client, cast, django_assert_max_num_queries):
    client.force_login(cast.officer)
    for count in (5, 250):
        with django_assert_max_num_queries(40):
            page = send(client, table(count))
        with django_assert_max_num_queries(40):
            client.post(reverse("sheets:write", args=[page.context["batch"].pk]))
    assert ActivityEntry.objects.count() == 255
    with django_assert_max_num_queries(12):
        client.get(INDEX)


def test_a_long_table_is_work_for_a_job(client, cast, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 5)
    client.force_login(cast.officer)
    page = send(client, table(9))
    check_html(page)
    assert page.headers["Refresh"] and page.context["batch"].state == "checking"
    run(Job.objects.get(kind="sheets.check").pk)
    assert ImportBatch.objects.get().state == "ready"


def test_files_that_nobody_writes_are_thrown_away(cast):
    sent = {"file_name": "a.xlsx", "subject": "hoa-giai", "unit": thanh_sen(), "by": cast.officer}
    batch = actions.receive(content=table(2), **sent)
    ImportBatch.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert actions.drop_outdated() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.content) == ("dropped", None)


def test_a_worker_killed_while_writing_leaves_nothing_and_another_finishes(live_db, tmp_path):
    people = make_cast()
    sent = {"file_name": "a.xlsx", "subject": "hoa-giai", "unit": thanh_sen(), "by": people.officer}
    batch = actions.receive(content=table(1500), **sent)
    with worker(tmp_path, scheduler=True):
        wait_for(lambda: _state(batch) == "ready", 150, "the check of the table")
        actions.write(batch=batch, by=people.officer)
        job = Job.objects.get(kind="sheets.write")
        wait_for(lambda: _job(job).state == "running", 150, "a worker to take it")
    assert _state(batch) in ("writing", "done")
    counted = ActivityEntry.objects.count()
    assert counted == (1500 if _state(batch) == "done" else 0)
    with worker(tmp_path, scheduler=True):
        wait_for(lambda: _state(batch) == "done", 150, "another worker to write it")
    assert ActivityEntry.objects.count() == 1500 and tally.verify() == ([], [])


def _state(batch) -> str:
    return ImportBatch.objects.values_list("state", flat=True).get(pk=batch.pk)


def _job(job) -> Job:
    return Job.objects.get(pk=job.pk)
