"""A member organisation logs, the Front of its commune confirms; then it counts."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from portal.accounts.models import Side
from programs.activities.actions import change_activity
from programs.activities.errors import EditConflict, LogError
from programs.partners.actions import confirm_for_the_front
from programs.partners.models import MemberConfirmation
from tests.factories.activities import assert_all_counted, tallied
from tests.factories.user import make_officer
from tests.programs.activities.pages import check_html, log, tran_phu

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(cast):
    return make_officer(side=Side.MEMBER, title="Bí thư Đoàn Thanh niên phường")


@pytest.fixture
def record(client, member):
    return log(client, member)


def confirm_url(record) -> str:
    return reverse("partners:confirm", args=[record.pk])


def test_from_the_members_entry_to_the_figure(client, cast, member, record):
    detail = reverse("activities:detail", args=[record.pk])
    assert "chưa tính vào số liệu" in check_html(client.get(detail)).text
    client.force_login(cast.colleague)
    home = check_html(client.get(reverse("home"))).text
    assert "1 hoạt động do tổ chức thành viên ghi" in home and reverse("partners:waiting") in home
    assert "Chờ Mặt trận xác nhận" in check_html(client.get(reverse("activities:list"))).text
    waiting = check_html(client.get(reverse("partners:waiting")))
    assert confirm_url(record) in {a.get("href") for a in waiting.all("a")}
    page = check_html(client.get(confirm_url(record)))
    assert "Khi xác nhận, các số liệu sau được tính thêm" in page.text and "1.012 lượt người" in page.text
    assert not tallied()
    done = client.post(confirm_url(record), {"revision": page.value("revision")}, follow=True)
    assert "Mặt trận đã xác nhận" in check_html(done).text and "Trần Thị Hoà" in done.content.decode()
    assert sum(tallied().values()) == 1013
    assert_all_counted()
    history = client.get(reverse("activities:history", args=[record.pk])).content.decode()
    assert "<b>Mặt trận xác nhận</b>" in history
    assert "Không có hoạt động nào" in client.get(reverse("partners:waiting")).content.decode()


@pytest.mark.parametrize("who", ["officer", "leader", "member"])
def test_only_the_front_confirms(client, cast, member, record, who):
    user = member if who == "member" else getattr(cast, who)
    client.force_login(user)
    text = client.post(confirm_url(record), {"revision": 1}, follow=True).content.decode()
    assert "Chỉ cán bộ, lãnh đạo Mặt trận" in text
    with pytest.raises(PermissionDenied):
        confirm_for_the_front(activity=record, expected_revision=1, by=user)
    assert not tallied() and not MemberConfirmation.objects.exists()


def test_the_front_of_another_commune_finds_nothing(client, cast, record):
    client.force_login(make_officer(tran_phu(), side=Side.FRONT))
    assert client.get(confirm_url(record)).status_code == 404
    assert "0 hoạt động" in client.get(reverse("partners:waiting")).content.decode()


def test_what_is_confirmed_is_what_was_read(client, cast, member, record):
    change_activity(activity=record, data={"attendances": 9000}, expected_revision=1, by=member)
    with pytest.raises(EditConflict):
        confirm_for_the_front(activity=record, expected_revision=1, by=cast.front_leader)
    client.force_login(cast.front_leader)
    page = check_html(client.post(confirm_url(record), {"revision": "1"}))
    assert "Bản ghi vừa được sửa" in page.text and page.value("revision") == "2"
    assert client.post(confirm_url(record), {"revision": "²"}).status_code == 200
    assert client.post(confirm_url(record), {"revision": "2"}).status_code == 302
    with pytest.raises(LogError, match="không chờ"):
        confirm_for_the_front(activity=record, expected_revision=3, by=cast.front_leader)
    assert MemberConfirmation.objects.get().revision == 3


def test_a_later_change_by_the_member_asks_again(client, cast, member, record):
    confirm_for_the_front(activity=record, expected_revision=1, by=cast.colleague)
    change_activity(activity=record, data={"attendances": 5}, expected_revision=2, by=member)
    assert not tallied()
    confirm_for_the_front(activity=record, expected_revision=3, by=cast.front_leader)
    assert sum(tallied().values()) == 6 and MemberConfirmation.objects.count() == 2
    assert_all_counted()
