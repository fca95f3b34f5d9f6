"""The catalogue in the admin: who keeps what, what is said, what stays once figures were entered."""

import pytest
from django.urls import reverse

from portal.units.models import AdminUnit
from programs.activities.custom.models import CustomIndicator
from tests.factories.activities import new_session, saved
from tests.factories.custom import enter, guns

pytestmark = pytest.mark.django_db
LIST, ADD = "admin:activities_customindicator_changelist", "admin:activities_customindicator_add"


def filled(**changes) -> dict:
    return {
        "name": "Pháo giao nộp",
        "measure_unit": "kg",
        "group": "Vũ khí, vật liệu nổ, pháo",
        "place": "0",
        "decimals": "1",
        "nature": "flow",
        "province": "",
        "active_from": "01/01/2026",
        "active_to": "",
    } | changes


def change(indicator) -> str:
    return reverse("admin:activities_customindicator_change", args=[indicator.pk])


def ha_tinh() -> AdminUnit:
    return AdminUnit.objects.today().provinces().get(code="42")


def test_an_admin_adds_one_for_the_whole_country(cast, client):
    client.force_login(cast.admin)
    assert "Lưu xong là dùng được ngay" in client.get(reverse(ADD)).content.decode()
    assert client.post(reverse(ADD), filled()).status_code == 302
    made = CustomIndicator.objects.get()
    assert (made.decimals, made.province, made.slug) == (1, None, f"x{made.pk}")
    assert "Pháo giao nộp" in client.get(reverse(LIST)).content.decode()
    again = client.post(reverse(ADD), filled())
    assert "Đã có chỉ tiêu cùng tên" in again.content.decode()
    assert CustomIndicator.pgh_event_model.objects.filter(pgh_obj_id=made.pk).count() == 1


def test_a_provinces_admin_keeps_the_own_provinces_only(cast, client):
    nationwide, nghe_an = guns(), AdminUnit.objects.today().provinces().get(code="40")
    foreign = CustomIndicator.objects.create(name="Của Nghệ An", measure_unit="vụ", province=nghe_an)
    client.force_login(cast.province_admin)
    assert client.post(reverse(ADD), filled()).status_code == 200
    assert client.post(reverse(ADD), filled(province=foreign.province_id)).status_code == 200
    assert client.post(reverse(ADD), filled(province=ha_tinh().pk)).status_code == 302
    ours = CustomIndicator.objects.get(province=ha_tinh())
    assert (
        client.post(change(ours), filled(province=ha_tinh().pk, name="Pháo nổ giao nộp")).status_code == 302
    )
    assert client.get(change(nationwide)).status_code == 200
    assert client.post(change(nationwide), filled()).status_code == 403
    assert client.get(change(foreign)).status_code == 302
    page = client.get(reverse(LIST)).content.decode()
    assert "Của Nghệ An" not in page and "Pháo nổ giao nộp" in page and nationwide.name in page


@pytest.mark.parametrize("who", ["officer", "leader", "province", "national"])
def test_others_do_not_get_there(cast, client, who):
    client.force_login(getattr(cast, who))
    assert client.get(reverse(LIST)).status_code in (302, 403)


def test_what_was_counted_stays(cast, client):
    gun = guns()
    enter(saved(new_session(cast.officer)), gun, 2)
    client.force_login(cast.admin)
    delete = reverse("admin:activities_customindicator_delete", args=[gun.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert client.post(change(gun), filled(name="Súng các loại", measure_unit="kg")).status_code == 302
    gun.refresh_from_db()
    assert (gun.name, gun.measure_unit, gun.decimals) == ("Súng các loại", "khẩu", 1)
    refused = client.post(change(gun), filled(decimals="0"))
    assert "chỉ được tăng" in refused.content.decode()
