"""Both maps of the country, as the files say, and what leads from one to the other."""

import csv
import unicodedata
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q

from portal.units import source
from portal.units.loading import load_units
from portal.units.models import AdminUnit, Level, UnitName, UnitSuccession

pytestmark = pytest.mark.django_db
LAST_DAY = date(2025, 6, 30)
DAY_AFTER = date(2025, 7, 1)


def count_by_level(units):
    return Counter(units.values_list("level", flat=True))


def old(code, level=Level.COMMUNE, day=LAST_DAY):
    return AdminUnit.objects.on(day).get(code=code, level=level)


def test_todays_map():
    assert count_by_level(AdminUnit.objects.today()) == {"province": 34, "commune": 3321}
    assert Counter(AdminUnit.objects.today().values_list("kind", flat=True)) == {
        "Thành phố": 9,
        "Tỉnh": 25,
        "Xã": 2599,
        "Phường": 709,
        "Đặc khu": 13,
    }


def test_the_map_before_and_the_day_after():
    assert count_by_level(AdminUnit.objects.on(LAST_DAY)) == {
        "province": 63,
        "district": 696,
        "commune": 10035,
    }
    assert count_by_level(AdminUnit.objects.on(DAY_AFTER)) == {"province": 34, "commune": 3321}


def test_loading_again_changes_nothing_and_says_so():
    said = StringIO()
    call_command("load_units", stdout=said)
    assert said.getvalue().startswith("Không có gì thay đổi")


def test_loading_mends_what_differs_and_makes_what_is_missing():
    UnitSuccession.objects.filter(old=old("16993")).delete()
    AdminUnit.objects.today().filter(code="16939").update(name="Thái Hoa")
    AdminUnit.objects.filter(pk=old("16993").pk).update(today_unit=old("16993"))
    assert load_units() == {"made": 1, "changed": 2, "same": 39014 - 3}
    assert AdminUnit.objects.today().get(code="16939").full_name == "Phường Thái Hòa"
    assert old("16993").today_unit.code == "16939"
    assert load_units()["changed"] == 0


def test_a_unit_of_today_that_ended_since_stays_ended():
    ended = AdminUnit.objects.today().communes().get(code="18073")
    AdminUnit.objects.filter(pk=ended.pk).update(valid_to=date(2027, 12, 31))
    assert load_units()["made"] == 0
    ended.refresh_from_db()
    assert ended.valid_to == date(2027, 12, 31)


def test_one_error_in_the_files_leaves_nothing_half_loaded(monkeypatch):
    rows = source._rows

    def with_a_second_default(name):
        return [*rows(name), rows(name)[0] | {"new_code": "00004"}] if "successions" in name else rows(name)

    AdminUnit.objects.today().filter(code="16939").update(name="Thái Hoa")
    monkeypatch.setattr(source, "_rows", with_a_second_default)
    with pytest.raises(IntegrityError, match="succession_one_default"), transaction.atomic():
        load_units()
    assert AdminUnit.objects.today().get(code="16939").name == "Thái Hoa"


def test_every_unit_leads_to_one_of_today():
    assert not AdminUnit.objects.filter(today_unit=None).exists()
    assert not AdminUnit.objects.filter(today_province=None).exists()
    assert not AdminUnit.objects.filter(today_unit__valid_to__isnull=False).exists()
    assert not AdminUnit.objects.exclude(today_province__level=Level.PROVINCE).exists()
    assert not AdminUnit.objects.today().exclude(today_unit=F("pk")).exists()
    communes = AdminUnit.objects.communes()
    assert not communes.exclude(today_unit__level=Level.COMMUNE).exists()
    assert not communes.exclude(today_province=F("today_unit__parent")).exists()


def test_every_commune_of_today_has_a_predecessor_and_every_old_one_a_default_successor():
    today = AdminUnit.objects.today().communes().annotate(came_from=Count("predecessions"))
    assert not today.filter(came_from=0).exists()
    defaults = Count("successions", filter=Q(successions__is_default=True))
    before = AdminUnit.objects.on(LAST_DAY).exclude(level=Level.DISTRICT).annotate(defaults=defaults)
    assert set(before.values_list("defaults", flat=True)) == {1}
    wrong = UnitSuccession.objects.filter(is_default=True, new__valid_to=None).exclude(
        old__today_unit=F("new")
    )
    assert not wrong.exists()


def test_divided_communes_are_marked():
    divided = AdminUnit.objects.on(LAST_DAY).filter(is_divided=True)
    assert count_by_level(divided) == {"commune": 471}
    assert not UnitSuccession.objects.filter(is_partial=True, old__is_divided=False).exists()


def test_districts_follow_their_communes_to_a_province_and_island_districts_become_special_zones():
    thai_hoa = old("414", Level.DISTRICT)
    assert thai_hoa.label == "Thị xã Thái Hòa, tỉnh Nghệ An (đến 30/06/2025)"
    assert (
        thai_hoa.today_unit == thai_hoa.today_province == AdminUnit.objects.today().provinces().get(code="40")
    )
    zones = AdminUnit.objects.districts().filter(today_unit__kind="Đặc khu")
    assert zones.count() == 5


def test_a_code_alone_is_no_key():
    names = AdminUnit.objects.filter(code="00004", level=Level.COMMUNE).values_list(
        "kind", "name", "valid_to"
    )
    assert set(names) == {("Phường", "Trúc Bạch", LAST_DAY), ("Phường", "Ba Đình", None)}


def test_names_are_composed_and_free_of_the_sources_brackets():
    names = list(AdminUnit.objects.values_list("name", flat=True))
    assert all(unicodedata.is_normalized("NFC", name) for name in names)
    assert not [name for name in names if "(" in name]
    assert old("447", Level.DISTRICT).full_name == "Huyện Kỳ Anh"
    assert old("449", Level.DISTRICT).full_name == "Thị xã Kỳ Anh"


def test_every_unit_has_its_last_name():
    last = UnitName.objects.filter(valid_to=None)
    assert last.count() == AdminUnit.objects.count()
    assert not last.exclude(name=F("unit__name"), kind=F("unit__kind")).exists()


def test_labels_of_todays_communes_tell_them_apart():
    labels = [unit.label for unit in AdminUnit.objects.today().communes().with_parents()]
    assert len(set(labels)) == 3321


def test_a_label_asks_no_further_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len([unit.label for unit in AdminUnit.objects.on(LAST_DAY).with_parents()[:500]]) == 500


class TestCorrections:
    """What the five source documents need of the map as it was on their day."""

    def test_each_cites_its_source(self):
        with open(source.DATA / "corrections.csv", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        assert rows
        assert all("/" in row["source"] and len(row["source"]) <= 200 for row in rows)

    def test_thua_thien_hue_was_a_province_until_the_end_of_2024(self):
        hue = old("46", Level.PROVINCE)
        assert hue.name_on(date(2024, 12, 31)) == "Tỉnh Thừa Thiên Huế"
        assert hue.name_on(date(2025, 1, 1)) == "Thành phố Huế"
        a_luoi = old("20044")
        assert a_luoi.label_on(date(2021, 6, 9)) == "Thị trấn A Lưới, huyện A Lưới, tỉnh Thừa Thiên Huế"
        assert a_luoi.label_on(LAST_DAY) == "Thị trấn A Lưới, huyện A Lưới, thành phố Huế"

    def test_a_label_leaves_out_a_district_that_did_not_exist_yet(self):
        vy_da = old("19777")
        assert vy_da.label_on(date(2021, 6, 9)) == "Phường Vỹ Dạ, tỉnh Thừa Thiên Huế"
        assert vy_da.label_on(LAST_DAY) == "Phường Vỹ Dạ, quận Thuận Hóa, thành phố Huế"

    def test_the_old_city_of_ha_tinh_had_ten_wards_and_five_communes(self):
        day = date(2021, 8, 19)
        names = UnitName.objects.filter(parent=old("436", Level.DISTRICT)).select_related("unit")
        there = [name for name in names if name.existed_on(day) and name.unit.existed_on(day)]
        assert Counter(name.kind for name in there) == {"Phường": 10, "Xã": 5}
        assert {"Nguyễn Du", "Thạch Linh", "Trần Phú"} <= {name.name for name in there}

    def test_ho_do_lay_in_loc_ha_before_2025(self):
        ho_do = old("18598")
        assert ho_do.label_on(date(2021, 8, 19)) == "Xã Hộ Độ, huyện Lộc Hà, tỉnh Hà Tĩnh"
        assert ho_do.label_on(LAST_DAY) == "Xã Hộ Độ, thành phố Hà Tĩnh, tỉnh Hà Tĩnh"

    def test_a_ward_that_ended_before_the_reform_leads_to_todays_through_its_successor(self):
        nguyen_du = old("18077", day=date(2021, 8, 19))
        assert nguyen_du.full_name == "Phường Nguyễn Du"
        assert nguyen_du.today_unit == old("18077").today_unit
        assert nguyen_du.today_unit.label == "Phường Thành Sen, tỉnh Hà Tĩnh"

    def test_thai_hoa_of_2020_had_its_nine_communes(self):
        communes = old("414", Level.DISTRICT).children.on(date(2020, 4, 8))
        assert Counter(communes.values_list("kind", flat=True)) == {"Phường": 4, "Xã": 5}
