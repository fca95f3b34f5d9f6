"""Units in the admin site: read within the own province; its residential areas are kept there."""

import pytest
from django.urls import reverse

from portal.units import admin_scope
from portal.units.models import AdminUnit, ResidentialArea, ResidentialAreaSize


@pytest.fixture
def thanh_sen():
    return AdminUnit.objects.today().communes().get(code="18073")


@pytest.fixture
def thai_hoa():
    return AdminUnit.objects.today().communes().get(code="16939")


@pytest.fixture
def admin(client, cast):
    client.force_login(cast.admin)
    return client


@pytest.fixture
def ha_tinh(client, cast):
    client.force_login(cast.province_admin)
    return client


def listed(client, model="adminunit", **query):
    answer = client.get(reverse(f"admin:units_{model}_changelist"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def area_data(unit, name="Tân Tiến", successor="", **values):
    sizes = {
        "sizes-TOTAL_FORMS": "1",
        "sizes-INITIAL_FORMS": "0",
        "sizes-0-as_of": "01/01/2026",
        "sizes-0-households": "1.250",
        "sizes-0-people": "",
    }
    area = {"unit": unit.pk, "kind": "Tổ dân phố", "name": name, "valid_from": "", "valid_to": ""}
    return area | {"successor": successor} | sizes | values


def test_units_are_found_without_marks_and_read_only(admin, thai_hoa):
    assert "Phường Thái Hòa, tỉnh Nghệ An" in listed(admin, q="thái hoà")
    page = admin.get(reverse("admin:units_adminunit_change", args=[thai_hoa.pk])).content.decode()
    assert "Phường Hòa Hiếu, thị xã Thái Hòa" in page
    assert 'name="_save"' not in page
    assert admin.get(reverse("admin:units_adminunit_add")).status_code == 403
    url = reverse("admin:units_adminunit_delete", args=[thai_hoa.pk])
    assert admin.post(url, {"post": "yes"}).status_code == 403


def test_lists_and_pages_ask_few_queries(admin, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        listed(admin, q="hòa")
    ha_noi = AdminUnit.objects.today().communes().get(code="00070")
    with django_assert_max_num_queries(24):
        admin.get(reverse("admin:units_adminunit_change", args=[ha_noi.pk]))


def test_a_province_admin_sees_the_own_province_only(ha_tinh, thanh_sen, thai_hoa):
    page = listed(ha_tinh, q="a")
    assert "tỉnh Nghệ An" not in page and "tỉnh Hà Tĩnh" in page
    assert ha_tinh.get(reverse("admin:units_adminunit_change", args=[thanh_sen.pk])).status_code == 200
    assert ha_tinh.get(reverse("admin:units_adminunit_change", args=[thai_hoa.pk])).status_code == 302
    assert ha_tinh.get(reverse("admin:index")).content.decode().count("Khu dân cư") >= 1


def test_a_province_admin_keeps_the_areas_of_the_own_province(ha_tinh, thanh_sen):
    answer = ha_tinh.post(reverse("admin:units_residentialarea_add"), area_data(thanh_sen))
    assert answer.status_code == 302, answer.content.decode()
    size = ResidentialAreaSize.objects.get(area__unit=thanh_sen)
    assert (size.area.full_name, size.households, size.people) == ("Tổ dân phố Tân Tiến", 1250, None)
    assert "Tổ dân phố Tân Tiến" in listed(ha_tinh, "residentialarea", q="tan tien")


def test_a_province_admin_writes_nothing_elsewhere(ha_tinh, thai_hoa):
    area = ResidentialArea.objects.create(unit=thai_hoa, kind="Khối", name="Long Hạ")
    answer = ha_tinh.post(reverse("admin:units_residentialarea_add"), area_data(thai_hoa))
    assert answer.status_code == 200
    assert ResidentialArea.objects.count() == 1
    for verb in ("change", "delete"):
        url = reverse(f"admin:units_residentialarea_{verb}", args=[area.pk])
        assert ha_tinh.post(url, {"post": "yes"}).status_code == 302
    assert ResidentialArea.objects.get().name == "Long Hạ"
    assert "Long Hạ" not in listed(ha_tinh, "residentialarea")


def test_officers_and_staff_have_no_admin_here(client, cast):
    for user in (cast.officer, cast.province_leader, cast.national):
        client.force_login(user)
        assert client.get(reverse("admin:units_adminunit_changelist")).status_code == 302


def test_suggestions_of_units_for_an_area(ha_tinh):
    query = {"app_label": "units", "model_name": "residentialarea", "field_name": "unit", "term": "thành sen"}
    found = ha_tinh.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [unit["text"] for unit in found] == ["Phường Thành Sen, tỉnh Hà Tĩnh"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"valid_from": "02/01/2026", "valid_to": "01/01/2026"}, "Ngày hết hiệu lực không được trước"),
        ({"sizes-0-households": "-1"}, "lớn hơn hoặc bằng"),
        ({"sizes-0-households": ""}, "Nhập số hộ hoặc số nhân khẩu."),
    ],
)
def test_what_the_database_refuses_is_said_in_vietnamese(ha_tinh, thanh_sen, values, said):
    answer = ha_tinh.post(reverse("admin:units_residentialarea_add"), area_data(thanh_sen, **values))
    assert answer.status_code == 200
    errors = [
        answer.context["adminform"].form.errors,
        *answer.context["inline_admin_formsets"][0].formset.errors,
    ]
    assert said in str(errors)


def test_two_areas_of_one_name_are_refused_in_vietnamese(ha_tinh, thanh_sen):
    ResidentialArea.objects.create(unit=thanh_sen, kind="Tổ dân phố", name="Tân Tiến")
    answer = ha_tinh.post(reverse("admin:units_residentialarea_add"), area_data(thanh_sen, "tân  tiến"))
    assert answer.status_code == 200
    assert "Đơn vị đã có khu dân cư cùng tên" in answer.content.decode()


def test_without_a_rule_nobody_sees_anything(monkeypatch, cast):
    monkeypatch.setattr(admin_scope, "_rule", None)
    assert not admin_scope.within(AdminUnit.objects.all(), cast.admin, "today_province").exists()
