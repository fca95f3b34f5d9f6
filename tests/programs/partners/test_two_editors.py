"""Two people edit one record at once: neither loses what was said of partners and custom figures."""

import pytest
from django.urls import reverse

from programs.activities.custom.models import CustomAmount
from programs.partners.models import EntryPartner, LinkedMovement
from tests.factories.custom import enter, fireworks
from tests.programs.activities.pages import check_html, log, save, session_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(client, cast):
    chaired = {"partners-shown": "1", "partners-chaired": ["police"]}
    return log(client, cast.officer, **chaired)


def opened(client, user, record) -> dict:
    """An edit page as it stands in somebody's browser, ready to be sent."""
    client.force_login(user)
    page = check_html(client.get(reverse("activities:edit", args=[record.pk])))
    sent = session_post(revision=page.value("revision"), **{"partners-shown": "1"})
    sent["partners-as-shown"] = page.value("partners-as-shown")
    sent["partners-chaired"] = page.checked("partners-chaired")
    custom = page.value("chi-tieu-as-shown")
    return sent | ({"chi-tieu-as-shown": custom} if custom else {})


def send(client, user, record, sent):
    client.force_login(user)
    return save(client, reverse("activities:edit", args=[record.pk]), sent)


def chairs(record) -> set:
    return set(EntryPartner.objects.filter(entry=record.pk).values_list("side", "part"))


def test_what_only_the_first_changed_is_taken_and_what_the_second_typed_stays(client, cast, record):
    movement = LinkedMovement.objects.in_order().first()
    mine, theirs = opened(client, cast.officer, record), opened(client, cast.colleague, record)
    theirs["partners-chaired"] = ["police", "front"]
    assert send(client, cast.colleague, record, theirs).status_code == 302
    mine |= {"partners-movements": [movement.pk], "partners-units": "Phường Trần Phú"}
    page = check_html(send(client, cast.officer, record, mine))
    assert "Bản ghi vừa được người khác sửa" in page.text.replace("bản ghi", "Bản ghi")
    assert "lấy theo bản vừa lưu: Chủ trì." in page.text
    assert page.checked("partners-chaired") == ["police", "front"]
    assert page.checked("partners-movements") == [str(movement.pk)] and "Phường Trần Phú" in page.text
    again = mine | {"partners-chaired": page.checked("partners-chaired")}
    again |= {"revision": page.value("revision"), "partners-as-shown": page.value("partners-as-shown")}
    assert send(client, cast.officer, record, again).status_code == 302
    assert chairs(record) == {("police", "chaired"), ("front", "chaired")}


def test_what_both_changed_is_shown_beside_each_other(client, cast, record):
    mine, theirs = opened(client, cast.officer, record), opened(client, cast.colleague, record)
    theirs["partners-chaired"] = ["front"]
    assert send(client, cast.colleague, record, theirs).status_code == 302
    mine["partners-chaired"] = ["police", "front"]
    page = check_html(send(client, cast.officer, record, mine))
    row = page.text.split("Hai bên cùng sửa")[1].split("</table>")[0]
    assert ">Mặt trận<" in row and ">Công an, Mặt trận<" in row
    assert page.checked("partners-chaired") == ["police", "front"]


def test_custom_figures_are_kept_the_same_way(client, cast, record):
    kilos = fireworks()
    enter(record, kilos, "2.5")
    name = f"chi-tieu-{kilos.slug}"
    mine, theirs = opened(client, cast.officer, record), opened(client, cast.colleague, record)
    assert send(client, cast.colleague, record, theirs | {name: "4,5"}).status_code == 302
    page = check_html(send(client, cast.officer, record, mine | {name: "2,5"}))
    assert "lấy theo bản vừa lưu: Pháo giao nộp (kg)." in page.text and page.value(name) == "4,5"
    page = check_html(send(client, cast.officer, record, mine | {name: "7,5"}))
    assert page.value(name) == "7,5" and ">4,5<" in page.text
    assert CustomAmount.objects.get(entry=record.pk).amount == 4.5


@pytest.mark.parametrize("said", ["", "x", "[]", '{"chaired": 5}', '{"chaired": [5]}'])
def test_a_page_that_does_not_say_what_it_showed_keeps_what_was_typed(client, cast, record, said):
    mine, theirs = opened(client, cast.officer, record), opened(client, cast.colleague, record)
    theirs["partners-chaired"] = ["front"]
    assert send(client, cast.colleague, record, theirs).status_code == 302
    page = check_html(send(client, cast.officer, record, mine | {"partners-as-shown": said}))
    assert page.checked("partners-chaired") == ["police"]
