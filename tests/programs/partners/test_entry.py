"""Who chaired, who joined, other communes and movements are entered with the activity, once and not twice."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from programs.activities.actions import change_activity
from programs.awareness.models import AwarenessSession
from programs.partners.models import EntryMovement, EntryPartner, EntryUnit, LinkedMovement, Partner
from tests.factories.activities import assert_all_counted
from tests.programs.activities.pages import (
    Page,
    check_html,
    create_url,
    log,
    session_post,
    thanh_sen,
    tran_phu,
)

pytestmark = pytest.mark.django_db


def women() -> Partner:
    return Partner.objects.get(name="Hội Liên hiệp Phụ nữ")


def partners(**fields) -> dict:
    """The part of the form as it is sent."""
    return {"partners-shown": "1"} | {f"partners-{name}": value for name, value in fields.items()}


def parties(record) -> set[tuple]:
    return {(row.name, row.part) for row in EntryPartner.objects.filter(entry=record.pk)}


def test_both_sides_chair_others_join_and_the_page_says_so(client, cast):
    movement = LinkedMovement.objects.get(name="Vì người nghèo")
    said = partners(
        chaired=["police", "front"],
        joined=[str(women().pk)],
        units="phuong tran phu\nxã Cẩm Bình",
        movements=[movement.pk],
    )
    record = log(client, cast.officer, **said)
    assert parties(record) == {
        ("Công an", "chaired"),
        ("Mặt trận", "chaired"),
        ("Hội Liên hiệp Phụ nữ", "joined"),
    }
    names = {link.unit.full_name for link in EntryUnit.objects.filter(entry=record.pk).select_related("unit")}
    assert names == {"Phường Trần Phú", "Xã Cẩm Bình"}
    detail = check_html(client.get(reverse("activities:detail", args=[record.pk]))).text
    assert "Công an, Mặt trận" in detail and "Xã Cẩm Bình, Phường Trần Phú" in detail
    assert "Vì người nghèo" in detail
    page = check_html(client.get(reverse("activities:edit", args=[record.pk])))
    assert sorted(page.checked("partners-chaired")) == ["front", "police"]
    assert "Xã Cẩm Bình\nPhường Trần Phú" in page.text
    assert_all_counted()


def test_an_edit_changes_what_was_changed_and_a_page_without_the_part_leaves_it_alone(client, cast):
    record = log(client, cast.officer, **partners(chaired=["police"], joined=["front"]))
    url = reverse("activities:edit", args=[record.pk])
    client.force_login(cast.colleague)
    assert client.post(url, session_post(revision=1)).status_code == 302
    assert parties(record) == {("Công an", "chaired"), ("Mặt trận", "joined")}
    assert client.post(url, session_post(revision=2) | partners(chaired=["front"])).status_code == 302
    assert parties(record) == {("Mặt trận", "chaired")}
    detail = client.get(reverse("activities:detail", args=[record.pk])).content.decode()
    assert "Trần Thị Hoà (Mặt trận)" in detail and "Đã bổ sung" in detail


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (partners(chaired=["police"], joined=["police"]), "Đã chọn ở mục Chủ trì"),
        (partners(units="Qwfpzx"), "Không tìm thấy xã, phường, đặc khu"),
        (partners(units="Phường Thành Sen"), "là đơn vị ghi sổ"),
        (partners(units="Phường Hòa"), "chưa rõ là đơn vị nào"),
        (partners(chaired=["99999999"]), "99999999"),
    ],
)
def test_contradictions_and_unknown_units_come_back_with_what_was_typed(client, cast, said, words):
    client.force_login(cast.officer)
    page = check_html(client.post(create_url(), session_post() | said))
    assert words in page.text
    assert said.get("partners-units", "") in page.text and page.value("attendances") == "1.012"
    assert not AwarenessSession.objects.exists()


def test_partners_of_another_place_or_out_of_use_are_not_offered_but_kept(client, cast):
    here = Partner.objects.create(name="Trường THPT Phan Đình Phùng", kind="school", unit=thanh_sen())
    Partner.objects.create(name="Trường của Trần Phú", kind="school", unit=tran_phu())
    record = log(client, cast.officer, **partners(joined=[str(here.pk)]))
    Partner.objects.filter(pk=here.pk).update(is_active=False)
    new, old = (
        client.get(create_url()).content.decode(),
        client.get(reverse("activities:edit", args=[record.pk])).content.decode(),
    )
    assert here.name not in new and here.name in old
    assert "Trường của Trần Phú" not in new + old


def test_the_database_refuses_contradictions(client, cast):
    record = log(client, cast.officer, **partners(chaired=["police"]))
    faults = [
        lambda: EntryPartner.objects.create(entry_id=record.pk, side="police", part="joined"),
        lambda: EntryPartner.objects.create(entry_id=record.pk, part="joined"),
        lambda: EntryPartner.objects.create(entry_id=record.pk, side="front", partner=women(), part="joined"),
        lambda: EntryUnit.objects.create(entry_id=record.pk, unit=thanh_sen()),
        lambda: EntryUnit.objects.create(entry_id=record.pk, unit=thanh_sen().today_province),
        lambda: Partner.objects.create(name="Hội Liên hiệp Phụ nữ", kind="member"),
    ]
    for fault in faults:
        with pytest.raises(IntegrityError), transaction.atomic():
            fault()
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("DELETE FROM partners_partnerevent")


def test_who_took_part_joins_no_figure_and_a_change_by_actions_keeps_it(client, cast):
    record = log(client, cast.officer, **partners(units="Phường Trần Phú", joined=["front"]))
    change_activity(activity=record, data={"attendances": 90}, expected_revision=1, by=cast.officer)
    assert EntryUnit.objects.filter(entry=record.pk).count() == 1
    assert EntryMovement.objects.count() == 0
    assert_all_counted()


def test_the_part_is_folded_until_something_is_said(client, cast):
    client.force_login(cast.officer)
    closed = Page(client.get(create_url())).all("details", id="phan-partners")
    client_post = client.post(create_url(), session_post(title="") | partners(chaired=["police"]))
    opened = Page(client_post).all("details", id="phan-partners")
    assert "open" not in closed[0] and "open" in opened[0]
