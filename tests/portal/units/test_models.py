"""What the database itself refuses."""

import unicodedata
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from portal.units.models import (
    AdminUnit,
    Level,
    ResidentialArea,
    ResidentialAreaSize,
    UnitName,
    UnitSuccession,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def nghe_an():
    return AdminUnit.objects.today().provinces().get(code="40")


@pytest.fixture
def thai_hoa():
    return AdminUnit.objects.today().communes().get(code="16939")


def refused(constraint):
    return pytest.raises(IntegrityError, match=constraint)


def unit(province, **values):
    values = {"code": "99999", "level": "commune", "kind": "Xã", "name": "Mới", "parent": province} | values
    return AdminUnit.objects.create(**values)


def test_a_unit_of_today_is_itself_whoever_writes_it(nghe_an):
    made = unit(nghe_an, valid_from=date(2026, 1, 1))
    assert (made.today_unit_id, made.today_province_id) == (made.pk, nghe_an.pk)
    [bulk] = AdminUnit.objects.bulk_create(
        [AdminUnit(code="99998", level="commune", kind="Xã", name="Hai", parent=nghe_an)]
    )
    bulk.refresh_from_db()
    assert bulk.today_unit == bulk
    AdminUnit.objects.filter(pk=made.pk).update(today_unit=bulk)
    made.refresh_from_db()
    assert made.today_unit == made


def test_names_are_stored_composed_with_their_keys(nghe_an):
    made = unit(nghe_an, name=unicodedata.normalize("NFD", " Đồng Hiếu "))
    made.refresh_from_db()
    assert (made.name, made.search_key) == ("Đồng Hiếu", "xa dong hieu")
    with refused("unit_composed"), connection.cursor() as cursor:
        cursor.execute("UPDATE units_adminunit SET name = normalize(name, NFD) WHERE id = %s", [made.pk])


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("unit_one_per_code_and_day", {"code": "16939"}),
        ("unit_one_per_code_and_day", {"code": "16993", "valid_to": date(2025, 6, 30)}),
        ("unit_validity_in_order", {"valid_from": date(2026, 1, 2), "valid_to": date(2026, 1, 1)}),
        ("unit_level_known", {"level": "hamlet"}),
        ("unit_no_district_today", {"level": "district"}),
        ("unit_province_has_no_parent", {"level": "province"}),
        ("unit_province_has_no_parent", {"parent": None}),
    ],
)
def test_a_unit_that_cannot_be(nghe_an, constraint, values):
    with refused(constraint):
        unit(nghe_an, **values)


def test_a_code_may_be_given_again_the_day_after(nghe_an):
    unit(nghe_an, valid_to=date(2025, 6, 30), today_unit=nghe_an, today_province=nghe_an)
    assert unit(nghe_an, valid_from=date(2025, 7, 1)).is_today


def test_one_name_a_day(thai_hoa):
    with refused("unit_name_one_per_day"):
        UnitName.objects.create(unit=thai_hoa, kind="Xã", name="Khác", valid_from=date(2026, 1, 1))


def test_one_default_successor_and_none_of_itself(thai_hoa):
    old = AdminUnit.objects.communes().on(date(2025, 6, 30)).get(code="16993")
    other = AdminUnit.objects.today().communes().get(code="18073")
    with refused("succession_one_default"), transaction.atomic():
        UnitSuccession.objects.create(old=old, new=other, effective_on=date(2025, 7, 1))
    with refused("succession_once"), transaction.atomic():
        UnitSuccession.objects.create(old=old, new=thai_hoa, is_default=False, effective_on=date(2025, 7, 1))
    with refused("succession_of_another"):
        UnitSuccession.objects.create(old=other, new=other, effective_on=date(2025, 7, 1))


class TestResidentialAreas:
    def area(self, unit, name="Long Hạ", **values):
        return ResidentialArea.objects.create(unit=unit, kind="Khối", name=name, **values)

    def test_areas_on_a_day(self, thai_hoa):
        merged = self.area(thai_hoa, "Tân Thành", valid_from=date(2026, 5, 1))
        old = self.area(thai_hoa, "Tân Sơn", valid_to=date(2026, 4, 30), successor=merged)
        areas = thai_hoa.residential_areas
        assert list(areas.on(date(2026, 4, 30))) == [old]
        assert list(areas.on(date(2026, 5, 1))) == [merged]
        assert list(areas.today()) == [merged]
        assert (merged.search_key, str(old)) == ("khoi tan thanh", "Khối Tân Sơn")

    def test_they_stand_in_vietnamese_order(self, thai_hoa):
        for name in ("10", "Đồng Tâm", "2", "Âu Cơ", "An Phú"):
            self.area(thai_hoa, name)
        names = [area.name for area in thai_hoa.residential_areas.today()]
        assert names == ["2", "10", "An Phú", "Âu Cơ", "Đồng Tâm"]

    def test_two_of_one_name_at_a_time_are_refused_also_when_the_marks_stand_elsewhere(self, thai_hoa):
        self.area(thai_hoa, "Nghĩa Hoà", valid_to=date(2026, 4, 30))
        self.area(thai_hoa, "Nghĩa Hòa", valid_from=date(2026, 5, 1))
        with refused("area_one_per_name_and_day"):
            self.area(thai_hoa, "nghĩa hoà", valid_from=date(2026, 6, 1))

    def test_a_successor_needs_an_end_and_is_another(self, thai_hoa):
        area = self.area(thai_hoa)
        with refused("area_successor_after_its_end"), transaction.atomic():
            self.area(thai_hoa, "Khác", successor=area)
        with refused("area_successor_after_its_end"):
            ResidentialArea.objects.filter(pk=area.pk).update(successor=area, valid_to=date(2026, 1, 1))

    @pytest.mark.parametrize(
        ("constraint", "values"),
        [
            ("households_check", {"households": -1}),
            ("people_check", {"people": -1}),
            ("area_size_says_something", {}),
            ("area_size_once_a_day", {"people": 5, "as_of": date(2026, 1, 1)}),
        ],
    )
    def test_sizes_that_cannot_be(self, thai_hoa, constraint, values):
        area = self.area(thai_hoa)
        ResidentialAreaSize.objects.create(area=area, as_of=date(2026, 1, 1), households=120, people=480)
        with refused(constraint):
            ResidentialAreaSize.objects.create(**{"area": area, "as_of": date(2026, 7, 1)} | values)


def test_existing_on_a_day():
    unit = AdminUnit(valid_from=date(2025, 1, 1), valid_to=date(2025, 6, 30))
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 1)]
    assert [unit.existed_on(day) for day in days] == [False, True, True, False]
    assert AdminUnit(level=Level.COMMUNE).existed_on(date(1990, 1, 1))
