"""A commune that took part reads the record, marked, and writes nothing; to others it does not exist."""

import pytest
from django.urls import reverse

from portal.access.permissions import Permission
from programs.activities.models import ActivityEntry
from programs.partners.actions import set_partners
from tests.factories.user import make_officer
from tests.programs.activities.pages import check_html, log, tran_phu

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint(client, cast):
    """A session of Phường Thành Sen in which Phường Trần Phú took part."""
    record = log(client, cast.officer)
    set_partners(entry_id=record.pk, chaired=(), joined=(), units=[tran_phu()], movements=(), by=cast.officer)
    return record


def test_the_joint_unit_reads_it_and_sees_where_it_counts(client, cast, joint):
    client.force_login(cast.neighbour)
    listed = check_html(client.get(reverse("activities:list"))).text
    assert joint.title in listed and "Phối hợp, tính ở đơn vị chủ trì: Phường Thành Sen" in listed
    detail = check_html(client.get(reverse("activities:detail", args=[joint.pk]))).text
    assert "Số liệu tính một lần, ở đơn vị chủ trì: Phường Thành Sen" in detail
    assert reverse("activities:edit", args=[joint.pk]) not in detail and "Lịch sử</h2>" not in detail


@pytest.mark.parametrize("page", ["edit", "delete", "history", "restore"])
def test_the_joint_unit_does_not_write(client, cast, joint, page):
    client.force_login(cast.neighbour)
    assert client.get(reverse(f"activities:{page}", args=[joint.pk])).status_code == 404
    assert not ActivityEntry.objects.visible_to(cast.neighbour, Permission.LOG_WRITE).exists()


def test_for_communes_and_provinces_that_had_no_part_it_does_not_exist(client, cast, joint):
    third = make_officer(
        tran_phu().today_province.children.today().exclude(pk=tran_phu().pk).communes().last()
    )
    for stranger in (third, cast.other_province):
        client.force_login(stranger)
        assert client.get(reverse("activities:detail", args=[joint.pk])).status_code == 404
        assert joint.title not in client.get(reverse("activities:list")).content.decode()


def test_the_own_side_sees_no_mark_and_the_province_sees_it_once(client, cast, joint):
    for reader in (cast.officer, cast.province):
        client.force_login(reader)
        text = client.get(reverse("activities:list")).content.decode()
        assert "Phối hợp, tính ở" not in text
        found = ActivityEntry.objects.visible_to(reader, Permission.LOG_VIEW)
        assert list(found.values_list("pk", flat=True)) == [joint.pk]
