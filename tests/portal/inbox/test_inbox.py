"""The page, the count in the head, and rounds that remind once."""

import threading

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse

from portal.inbox import actions
from portal.inbox.models import MailOptOut, Reminder
from portal.inbox.sources import Due
from tests.factories.user import make_user
from tests.portal.ui.pages import faults_of

LIST = reverse("inbox:list")


def remind(user, count=1, **fields):
    fields = {
        "stage": "day",
        "title": "Hôm nay là hạn gửi: Báo cáo tháng 11/2026",
        "url": "/bao-cao/",
    } | fields
    return actions.remind(Due(user.pk, f"thu:{n}", **fields) for n in range(count))


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client, **query) -> str:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_head_counts_what_is_unread_on_every_page(cast):
    assert 'class="count"' not in client_of(cast.officer).get("/").content.decode()
    remind(cast.officer, 3)
    body = client_of(cast.officer).get("/").content.decode()
    assert 'class="count">3<span class="visually-hidden"> chưa đọc' in body
    assert 'class="count"' not in client_of(cast.colleague).get("/").content.decode()


def test_many_are_counted_to_ninety_nine(cast):
    remind(cast.officer, 120)
    assert 'class="count">99+<' in client_of(cast.officer).get("/").content.decode()


def test_a_page_with_read_and_unread_ones_is_clean(cast):
    remind(cast.officer, 30)
    actions.mark_read(reminder=Reminder.objects.latest_first().first(), by=cast.officer)
    body = page(client_of(cast.officer))
    assert "Đã đọc" in body and "Chưa đọc" in body and faults_of(body, frozenset()) == []


def test_one_is_marked_and_the_list_stays_on_its_page(cast):
    remind(cast.officer, 30)
    client = client_of(cast.officer)
    last = Reminder.objects.of(cast.officer).latest_first().last()
    assert f'action="{reverse("inbox:mark_read", args=[last.pk])}"' in page(client, page=2)
    response = client.post(reverse("inbox:mark_read", args=[last.pk]), {"page": "2"})
    assert response.url == f"{LIST}?page=2"
    last.refresh_from_db()
    first_read = last.read_at
    assert first_read and Reminder.objects.of(cast.officer).unread().count() == 29
    client.post(reverse("inbox:mark_read", args=[last.pk]), {"page": "https://x"})
    last.refresh_from_db()
    assert last.read_at == first_read


def test_all_are_marked_of_one_person_alone(cast):
    remind(cast.officer, 3)
    remind(cast.colleague, 2)
    assert "Đã đánh dấu đọc hết" in (
        client_of(cast.officer).post(reverse("inbox:mark_all_read"), follow=True).content.decode()
    )
    assert not Reminder.objects.of(cast.officer).unread().exists()
    assert Reminder.objects.of(cast.colleague).unread().count() == 2


def test_anothers_reminder_is_not_there(cast):
    remind(cast.officer)
    reminder = Reminder.objects.get()
    for user in (cast.colleague, cast.leader, cast.admin):
        client = client_of(user)
        assert "Hôm nay là hạn gửi" not in page(client)
        assert client.post(reverse("inbox:mark_read", args=[reminder.pk])).status_code == 404
    reminder.refresh_from_db()
    assert reminder.read_at is None


def test_marking_takes_a_post(cast):
    remind(cast.officer)
    client = client_of(cast.officer)
    for url in (
        reverse("inbox:mark_read", args=[Reminder.objects.get().pk]),
        reverse("inbox:mark_all_read"),
        reverse("inbox:choose_mails"),
    ):
        assert client.get(url).status_code == 405
    assert Reminder.objects.unread().count() == 1 and not MailOptOut.objects.exists()


def test_mails_are_chosen_on_the_page(cast):
    client = client_of(cast.officer)
    for _ in range(2):
        client.post(reverse("inbox:choose_mails"), {"nhan": "khong"})
    assert MailOptOut.objects.get().user == cast.officer and "Gửi thư cho tôi" in page(client)
    client.post(reverse("inbox:choose_mails"), {"nhan": "co"})
    assert not MailOptOut.objects.exists() and "Không gửi thư cho tôi" in page(client)


@pytest.mark.parametrize("count", [1, 60])
def test_the_page_asks_the_same_however_many_there_are(cast, count, django_assert_max_num_queries):
    remind(cast.officer, count)
    client = client_of(cast.officer)
    # session, account, postings, second step, opt-out, unread, count, rows
    with django_assert_max_num_queries(10):
        page(client)


def test_a_stage_is_said_once_to_each(cast):
    assert remind(cast.officer, 3) == 3 and remind(cast.officer, 3) == 0
    assert remind(cast.officer, stage="after") == 1 and remind(cast.colleague, 3) == 3
    assert Reminder.objects.count() == 7


def test_said_twice_in_one_round_it_is_one(cast):
    due = Due(cast.officer.pk, "thu", "day", "Hôm nay là hạn gửi", "/")
    actions.remind([due, due])
    assert Reminder.objects.count() == 1


def test_rounds_longer_than_a_chunk_are_written_whole(cast, monkeypatch):
    monkeypatch.setattr(actions, "CHUNK", 2)
    assert remind(cast.officer, 5) == 5


def test_the_schedule_calls_the_round(cast, monkeypatch):
    from portal.inbox import sources
    from portal.inbox.tasks import remind as task

    monkeypatch.setattr(
        sources, "_SOURCES", [lambda today: [Due(cast.officer.pk, "thu", "day", f"{today:%d}", "/")]]
    )
    task()
    task()
    assert Reminder.objects.count() == 1


@pytest.mark.parametrize("url", ["https://thu.vn/", "//thu.vn/", "/\\thu.vn", "", "bao-cao/"])
def test_the_database_refuses_addresses_elsewhere(cast, url):
    with pytest.raises(IntegrityError, match="reminder_stays_here"), transaction.atomic():
        Reminder.objects.create(user=cast.officer, subject="thu", stage="day", title="Thử", url=url)


def test_two_rounds_at_once_write_one(live_db, monkeypatch):
    """Both find nothing written; the database lets one of them write."""
    user, gate = make_user(), threading.Barrier(2)
    write = actions.Reminder.objects.bulk_create

    def together(*args, **kwargs):
        gate.wait(10)
        return write(*args, **kwargs)

    monkeypatch.setattr(actions.Reminder.objects, "bulk_create", together)
    errors = []

    def round_():
        try:
            remind(user, 3)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=round_) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors and Reminder.objects.count() == 3
