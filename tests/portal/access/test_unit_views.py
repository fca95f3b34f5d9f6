"""The pages that look units up, and the suggestions of the picker."""

import pytest
from django.urls import reverse

from portal.units.models import AdminUnit, ResidentialArea, ResidentialAreaSize


@pytest.fixture
def page(client, cast):
    client.force_login(cast.officer)
    return client


def options(page, **query):
    answer = page.get(reverse("units:options"), query)
    assert answer.status_code == 200
    return answer.json()["options"]


def test_suggestions_carry_the_province_and_the_old_name(page):
    [one, *_] = options(page, q="hoa hieu", level="commune")
    assert one["label"] == "Phường Thái Hòa, tỉnh Nghệ An"
    assert one["note"] == "trước 1/7/2025: Phường Hòa Hiếu, thị xã Thái Hòa"
    assert len(options(page, q="tân")) == 10


def test_suggestions_of_a_province_and_of_provinces(page):
    assert [o["label"] for o in options(page, q="thành sen", province="42")] == [
        "Phường Thành Sen, tỉnh Hà Tĩnh"
    ]
    assert [o["label"] for o in options(page, q="nghe an", level="province")] == ["Tỉnh Nghệ An"]


@pytest.mark.parametrize(
    "query",
    [{}, {"q": ""}, {"q": "x" * 9000}, {"q": "thai", "level": "nation"}, {"q": "a", "province": "'--"}],
)
def test_senseless_questions_are_answered(page, query):
    assert len(options(page, **query)) <= 10


def test_a_nul_byte_is_no_error(page):
    assert options(page, q="a\x00b") == []
    assert page.get(reverse("units:pick"), {"q": "a\x00b"}).status_code == 200
    assert page.get("/don-vi/commune/18073/", {"den": "x"}).status_code == 404


def test_only_reading(page):
    assert page.post(reverse("units:options"), {"q": "thai hoa"}).status_code == 405


def test_the_search_page(page):
    html = page.get(reverse("units:pick"), {"q": "quang phong"}).content.decode()
    assert "Phường Thái Hòa, tỉnh Nghệ An" in html
    assert "trước 1/7/2025: Phường Quang Phong, thị xã Thái Hòa" in html
    provinces = page.get(reverse("units:pick")).content.decode()
    assert provinces.count("/don-vi/province/") == 34


def test_a_unit_tells_where_it_came_from(page):
    thai_hoa = AdminUnit.objects.today().communes().get(code="16939")
    html = page.get(thai_hoa.get_absolute_url()).content.decode()
    for name in ("Phường Hòa Hiếu", "Phường Quang Phong", "Phường Long Sơn"):
        assert f"{name}, thị xã Thái Hòa, tỉnh Nghệ An (đến 30/06/2025)" in html


def test_an_old_unit_has_its_own_address(page):
    old = AdminUnit.objects.communes().get(code="16993", valid_to__isnull=False)
    html = page.get(old.get_absolute_url()).content.decode()
    assert "Đơn vị hiện nay" in html and "Phường Thái Hòa, tỉnh Nghệ An" in html
    hue = AdminUnit.objects.provinces().get(code="46", valid_to__isnull=False)
    html = page.get(hue.get_absolute_url()).content.decode()
    assert "Tỉnh Thừa Thiên Huế" in html and "175/2024/QH15" in html


def test_a_page_of_many_units_asks_few_queries(page, django_assert_max_num_queries):
    ha_noi = AdminUnit.objects.today().provinces().get(code="01")
    thai_hoa = AdminUnit.objects.today().communes().get(code="16939")
    for number in range(60):
        area = ResidentialArea.objects.create(unit=thai_hoa, kind="Khối", name=str(number))
        ResidentialAreaSize.objects.create(area=area, as_of="2026-01-01", households=100 + number)
    for unit in (ha_noi, thai_hoa):
        with django_assert_max_num_queries(18):
            html = page.get(unit.get_absolute_url()).content.decode()
    assert "Khối 59" in html
    with django_assert_max_num_queries(18):
        page.get(reverse("units:pick"), {"q": "tân"})
