"""A member organisation's record counts for nothing until the Front confirmed it, however it is written."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from portal.access.permissions import Permission
from portal.access.scoping import has
from portal.accounts.models import Side
from programs.activities import figures
from programs.activities.actions import change_activity, delete_activity, restore_activity
from programs.activities.errors import LogError
from programs.activities.models import ActivityEntry
from programs.awareness.models import AwarenessSession
from tests.factories.activities import DAY, assert_all_counted, commune, new_session, tallied
from tests.factories.user import make_officer
from tests.programs.activities.pages import log, session_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(cast):
    """An officer of the women's union of Phường Thành Sen."""
    return make_officer(side=Side.MEMBER, title="Chủ tịch Hội Liên hiệp Phụ nữ phường")


def confirmed(record):
    type(record).objects.filter(pk=record.pk).update(awaits_front=False)
    record.refresh_from_db()
    return record


def counted_sessions() -> int:
    return figures.totals(units=[commune().pk], start=DAY, end=DAY + timedelta(days=60))["sessions"]


def test_what_a_member_logs_waits_and_counts_once_it_is_confirmed(client, member):
    record = log(client, member)
    assert (record.side, record.awaits_front) == ("member", True)
    assert ActivityEntry.objects.get(pk=record.pk).awaits_front
    assert not tallied() and not counted_sessions()
    assert not figures.rows_behind(indicator="sessions", units=None, start=record.day, end=record.day)
    assert_all_counted()
    confirmed(record)
    assert sum(tallied().values()) == 1 + 1012
    assert len(figures.rows_behind(indicator="sessions", units=None, start=record.day, end=record.day)) == 1
    assert_all_counted()


def test_bulk_and_sql_writes_wait_too(cast):
    rows = [new_session(cast.officer), new_session(cast.officer)]
    for row in rows:
        row.side = Side.MEMBER
    AwarenessSession.objects.bulk_create(rows)
    assert AwarenessSession.objects.filter(awaits_front=True).count() == 2
    assert not tallied()
    AwarenessSession.objects.update(awaits_front=False)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE awareness_awarenesssession SET side = 'police'")
        cursor.execute("UPDATE awareness_awarenesssession SET side = 'member'")
    assert not tallied()
    assert_all_counted()


def test_the_signing_sides_never_wait(cast):
    record = new_session(cast.officer)
    record.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        AwarenessSession.objects.update(awaits_front=True)
    assert counted_sessions() == 1


def test_a_change_by_the_member_needs_a_new_confirmation_one_by_the_police_does_not(client, cast, member):
    record = confirmed(log(client, member))
    change = {"activity": record, "data": {"attendances": 50}}
    change_activity(**change, expected_revision=record.revision, by=cast.officer)
    record.refresh_from_db()
    assert not record.awaits_front
    change_activity(**change, expected_revision=record.revision, by=member)
    record.refresh_from_db()
    assert record.awaits_front and not tallied()
    assert_all_counted()


def test_a_member_neither_changes_nor_deletes_what_the_sides_stand_for(client, cast, member):
    polices, own = log(client, cast.officer, title="Của Công an"), log(client, member)
    with pytest.raises(LogError):
        change_activity(activity=polices, data={"attendances": 5}, expected_revision=1, by=member)
    with pytest.raises(LogError):
        delete_activity(activity=polices, reason="Không phải của tôi", by=member)
    with pytest.raises(LogError, match="đã xác nhận"):
        delete_activity(activity=confirmed(own), reason="Muốn bỏ đi", by=member)
    client.force_login(member)
    detail = reverse("activities:detail", args=[polices.pk])
    assert reverse("activities:edit", args=[polices.pk]) not in client.get(detail).content.decode()
    refused = client.post(
        reverse("activities:edit", args=[polices.pk]), session_post(revision=1), follow=True
    )
    assert "chỉ sửa, xóa hoạt động do tổ chức thành viên ghi" in refused.content.decode()
    with pytest.raises(PermissionDenied):
        change_activity(activity=own, data={"attendances": 5}, expected_revision=2, by=cast.neighbour)


def test_a_member_deletes_and_restores_what_still_waits(client, member):
    record = log(client, member)
    delete_activity(activity=record, reason="Ghi nhầm ngày", by=member)
    restore_activity(activity=record, by=member)
    record.refresh_from_db()
    assert record.is_live and record.awaits_front
    assert_all_counted()


def test_a_member_has_the_log_and_no_reports(member):
    assert has(member, Permission.LOG_WRITE, commune())
    assert not any(has(member, right) for right in Permission if right.startswith("report"))
