"""Who took part stands in the record's history, with the write that changed it."""

import pytest
from django.urls import reverse

from programs.activities.history import steps_of
from programs.partners.actions import set_partners
from programs.partners.models import LinkedMovement, Partner
from tests.programs.activities.pages import check_html, log, save, session_post, tran_phu

pytestmark = pytest.mark.django_db
SHOWN = {"partners-shown": "1"}


def changes(step) -> set[tuple]:
    return {(change.label, change.before, change.after) for change in step.changes}


def test_each_write_says_who_came_and_who_went(client, cast):
    women = Partner.objects.get(name="Hội Liên hiệp Phụ nữ")
    movement = LinkedMovement.objects.in_order().first()
    record = log(client, cast.officer, **SHOWN, **{"partners-chaired": ["front", "police"]})
    client.force_login(cast.colleague)
    sent = {"partners-chaired": ["police"], "partners-joined": ["front", str(women.pk)]}
    sent |= {"partners-units": "Phường Trần Phú", "partners-movements": [movement.pk]}
    edit = reverse("activities:edit", args=[record.pk])
    assert save(client, edit, session_post(revision=1, **SHOWN, **sent)).status_code == 302
    last, first = steps_of(record.kind, record)
    assert (first.verb, changes(first)) == ("Ghi vào sổ", {("Chủ trì", "–", "Công an, Mặt trận")})
    assert last.who == "Trần Thị Hoà" and changes(last) == {
        ("Chủ trì", "Công an, Mặt trận", "Công an"),
        ("Tham gia", "–", "Mặt trận, Hội Liên hiệp Phụ nữ"),
        ("Đơn vị cùng tham gia", "–", "Phường Trần Phú"),
        ("Phong trào lồng ghép", "–", movement.name),
    }
    page = check_html(client.get(reverse("activities:history", args=[record.pk])))
    assert "Mặt trận, Hội Liên hiệp Phụ nữ" in page.text


def test_a_write_of_partners_alone_is_a_step_of_its_own(client, cast, django_assert_max_num_queries):
    record = log(client, cast.officer)
    nobody = {"chaired": [], "joined": [], "movements": []}
    for units in ([tran_phu()], []):
        set_partners(entry_id=record.pk, units=units, by=cast.colleague, **nobody)
    last, middle, _ = steps_of(record.kind, record)
    assert changes(middle) == {("Đơn vị cùng tham gia", "–", "Phường Trần Phú")}
    assert changes(last) == {("Đơn vị cùng tham gia", "Phường Trần Phú", "–")}
    assert middle.who == last.who == "Trần Thị Hoà"
    with django_assert_max_num_queries(12):
        steps_of(record.kind, record)
