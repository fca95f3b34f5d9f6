"""An officer types a name as they know it and is offered the unit of today."""

import unicodedata
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.units.models import AdminUnit, in_sentence

pytestmark = pytest.mark.django_db
THAI_HOA = "Phường Thái Hòa, tỉnh Nghệ An"


def found(text, units=None, limit=20):
    units = AdminUnit.objects.today().communes() if units is None else units
    return {unit.label: unit.found_as for unit in units.search(text, limit)}


@pytest.mark.parametrize(
    "text", ["thai hoa", "Thái Hòa", "Thái Hoà", "THÁI HOÀ", unicodedata.normalize("NFD", "Thái Hòa")]
)
def test_all_ways_to_write_a_name(text):
    labels = list(found(text))
    assert set(labels[:3]) == {THAI_HOA, "Xã Thái Hoà, tỉnh Tuyên Quang", "Xã Thái Hòa, tỉnh Phú Thọ"}
    assert found(text)[THAI_HOA] == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hòa Hiếu", "Phường Hòa Hiếu"),
        ("hoa hieu", "Phường Hòa Hiếu"),
        ("phuong quang phong", "Phường Quang Phong"),
        ("P. Quang Phong", "Phường Quang Phong"),
        ("quang phong, thị xã thái hòa", "Phường Quang Phong"),
        ("quang phong thai hoa", "Phường Quang Phong"),
    ],
)
def test_an_old_name_offers_todays_unit_and_says_why(text, name):
    assert found(text)[THAI_HOA] == f"trước 1/7/2025: {name}, thị xã Thái Hòa"


@pytest.mark.parametrize(
    "text",
    [THAI_HOA, "thai hoa, nghe an", "thai hoa nghe an", "phường thái hòa nghệ an", "P.Thái Hòa, Nghệ An"],
)
def test_the_place_behind_a_name_tells_units_of_one_name_apart(text):
    assert list(found(text)) == [THAI_HOA]


def test_a_name_that_ended_before_the_reform():
    assert found("nguyễn du, hà tĩnh") == {
        "Phường Thành Sen, tỉnh Hà Tĩnh": "trước 1/1/2025: Phường Nguyễn Du, thành phố Hà Tĩnh"
    }


def test_a_divided_commune_offers_all_that_it_went_into():
    old = AdminUnit.objects.on(date(2025, 6, 30)).communes().filter(is_divided=True).with_parents()[0]
    heirs = {link.new.label for link in old.successions.select_related("new__parent")}
    assert len(heirs) > 1
    offers = found(f"{old.full_name}, {old.parent.full_name}")
    assert set(offers) == heirs
    marks = {found_as for label, found_as in offers.items() if not label.startswith(f"{old.full_name},")}
    assert marks == {f"trước 1/7/2025: {old.full_name}, {in_sentence(old.parent.full_name)} (một phần)"}


def test_exact_names_stand_before_beginnings_and_those_before_parts():
    units = AdminUnit.objects.today().communes().search("tân an", 200)
    ranks = [unit.match_rank for unit in units]
    assert ranks == sorted(ranks)
    assert units[0].name == "Tân An"
    assert set(ranks) >= {0, 1}


def test_marks_as_typed_stand_first():
    first, *_ = AdminUnit.objects.today().communes().search("Quảng Phong")
    assert "Phường Quảng Phong, thị xã Ba Đồn" in first.found_as
    first, *_ = AdminUnit.objects.today().communes().search("Quang Phong")
    assert "Quang Phong" in first.found_as


def test_a_slip_of_the_finger():
    assert "Phường Thành Sen, tỉnh Hà Tĩnh" in list(found("thnah sen"))[:3]
    assert next(iter(found("hoa hieuu"))) == THAI_HOA


def test_apostrophes_and_dashes_are_typed_as_one_likes():
    for text in ("m'drak", "mdrak", "M’Drắk"):
        assert "Xã M’Drắk, tỉnh Đắk Lắk" in found(text)
    assert "Phường Xuân Hương - Đà Lạt, tỉnh Lâm Đồng" in found("xuan huong da lat")


def test_provinces_by_their_old_names():
    provinces = AdminUnit.objects.today().provinces()
    assert found("thừa thiên huế", provinces) == {"Thành phố Huế": "trước 1/1/2025: Tỉnh Thừa Thiên Huế"}
    assert found("binh duong", provinces) == {"Thành phố Hồ Chí Minh": "trước 1/7/2025: Tỉnh Bình Dương"}


def test_only_units_of_the_queryset_are_found():
    ha_tinh = AdminUnit.objects.today().provinces().get(code="42")
    units = AdminUnit.objects.today().communes().under(ha_tinh)
    assert all(unit.today_province == ha_tinh for unit in units.search("thái hòa"))
    assert list(found("thành sen", units)) == ["Phường Thành Sen, tỉnh Hà Tĩnh"]
    old = found("quang phong", AdminUnit.objects.on(date(2020, 4, 8)).communes())
    assert "Phường Quang Phong, thị xã Thái Hòa, tỉnh Nghệ An (đến 30/06/2025)" in old


@pytest.mark.parametrize("text", ["", "   ", ",", ", Nghệ An", "xyzqwk", "%", "_", "'; --", "\\", "a" * 5000])
def test_nothing_sensible_finds_nothing_or_little_and_never_fails(text):
    assert len(found(text)) <= 20


def test_the_answer_and_the_questions_asked_are_bounded(django_assert_max_num_queries):
    for text in ("a", "xã", "thai hoa", "thai hoa nghe an", "xyz qwk qqq", "một hai ba bốn " * 50):
        with django_assert_max_num_queries(8):
            assert len(found(text, limit=10)) <= 10


def test_the_index_is_used():
    with CaptureQueriesContext(connection) as queries:
        found("thai hoa")
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + next(query["sql"] for query in queries if "UNION" in query["sql"]))
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert plan.count("unit_name_search_key") == 3
