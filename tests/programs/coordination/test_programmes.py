"""Which programme binds whom, and what cannot be stored."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from portal.units.models import AdminUnit
from programs.coordination.models import CoordinationProgram, ProgramStage, lineage_ids

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 3)


def unit(code, level="commune"):
    return AdminUnit.objects.today().get(code=code, level=level)


def programme(number, *, level="commune", where=None, starts_on=date(2024, 1, 1), **fields):
    fields = {"signed_on": starts_on, **fields}
    return CoordinationProgram.objects.create(
        number=number, title=f"Chương trình {number}", level=level, unit=where, starts_on=starts_on, **fields
    )


@pytest.fixture
def national():
    return CoordinationProgram.objects.get(number="07/CTrPH-BCA-MTTW")


def test_the_two_national_programmes_follow_one_another(national):
    old = CoordinationProgram.objects.get(number="09/CTr-BCA-MTTW")
    assert (old.starts_on, old.ends_on, old.successor) == (date(2013, 8, 1), date(2023, 10, 16), national)
    assert (national.starts_on, national.ends_on) == (date(2023, 10, 17), date(2033, 10, 16))
    local_to = CoordinationProgram.objects.local_to
    thanh_sen = unit("18073")
    assert (
        local_to(thanh_sen, date(2023, 10, 16)) == old and local_to(thanh_sen, date(2023, 10, 17)) == national
    )
    assert local_to(thanh_sen, date(2013, 7, 31)) is None and local_to(None, DAY) == national


def test_the_most_local_programme_in_force_is_found(national):
    ha_tinh, thanh_sen = unit("42", "province"), unit("18073")
    of_province = programme("12/CTrPH", level="province", where=ha_tinh)
    of_commune = programme("01/CTrPH", where=thanh_sen, ends_on=date(2026, 6, 30))
    newer = programme("02/CTrPH", where=thanh_sen, starts_on=date(2026, 3, 1), ends_on=date(2026, 8, 31))
    local_to = CoordinationProgram.objects.local_to
    assert local_to(thanh_sen, date(2026, 2, 1)) == of_commune
    assert local_to(thanh_sen, date(2026, 4, 1)) == newer
    assert local_to(thanh_sen, DAY) == local_to(unit("18100"), DAY) == of_province
    assert local_to(unit("40", "province"), DAY) == national
    assert list(CoordinationProgram.objects.in_force(thanh_sen, date(2026, 4, 1))) == [
        newer, of_commune, of_province, national,
    ]  # fmt: skip


def test_sql_finds_the_same_programme_as_python(national):
    programme("12/CTrPH", level="province", where=unit("42", "province"))
    programme("01/CTrPH", where=unit("18073"), ends_on=date(2026, 6, 30))
    programme("02/CTrPH", where=unit("18073"), ends_on=date(2026, 6, 30))
    old = AdminUnit.objects.on(date(2020, 3, 1)).communes().under(unit("40", "province"))[:5]
    places = [unit("42", "province"), unit("18073"), unit("18100"), unit("40", "province"), *old]
    for place in places:
        for day in (date(2012, 1, 1), date(2020, 3, 1), date(2023, 10, 16), date(2026, 6, 30), DAY):
            with connection.cursor() as cursor:
                cursor.execute("SELECT local_programme(%s, %s)", [place.pk, day])
                [found] = cursor.fetchone()
            expected = CoordinationProgram.objects.local_to(place, day)
            assert found == (expected and expected.pk), (place, day)


def test_the_lineage_of_a_programme_is_what_a_report_adds_up(national):
    old = CoordinationProgram.objects.get(number="09/CTr-BCA-MTTW")
    ha_tinh = programme("12/CTrPH", level="province", where=unit("42", "province"), parent=national)
    thanh_sen = programme("01/CTrPH", where=unit("18073"), parent=ha_tinh)
    of_old = programme("30/CTrPH", level="province", where=unit("40", "province"), parent=old)
    apart = programme("99/QC", level="province", where=unit("40", "province"))
    assert lineage_ids(national) == {national.pk, old.pk, ha_tinh.pk, thanh_sen.pk, of_old.pk}
    assert lineage_ids(old) == {old.pk, of_old.pk}
    assert lineage_ids(ha_tinh) == {ha_tinh.pk, thanh_sen.pk}
    assert lineage_ids(apart) == {apart.pk}


def test_the_lineage_of_programmes_in_a_ring_ends(national):
    old = CoordinationProgram.objects.get(number="09/CTr-BCA-MTTW")
    CoordinationProgram.objects.filter(pk=national.pk).update(successor=old)
    assert lineage_ids(national) == {national.pk, old.pk}


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"ends_on": date(2023, 12, 31)}, "programme_in_order"),
        ({"level": "nation"}, "programme_level_is_units"),
        ({"where": None}, "programme_nation_has_no_unit"),
        ({"level": "province"}, "programme_level_is_units"),
    ],
)
def test_a_programme_that_cannot_be_is_refused(fields, constraint):
    fields = {"where": unit("18073"), **fields}
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        programme("01/CTrPH", **fields)
    assert caught.value.__cause__.diag.constraint_name == constraint


def test_a_programme_hangs_below_one_of_a_higher_level_only(national):
    of_commune = programme("01/CTrPH", where=unit("18073"))
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        programme("12/CTrPH", level="province", where=unit("42", "province"), parent=of_commune)
    assert caught.value.__cause__.diag.constraint_name == "programme_parent_is_above"
    with pytest.raises(IntegrityError), transaction.atomic():
        CoordinationProgram.objects.filter(pk=national.pk).update(successor=national)


def test_the_form_says_it_in_vietnamese_first():
    wrong = CoordinationProgram(
        number="01", title="Chương trình", signed_on=DAY, starts_on=DAY, ends_on=date(2020, 1, 1),
        level="province", unit=unit("18073"),
    )  # fmt: skip
    with pytest.raises(ValidationError) as caught:
        wrong.full_clean()
    assert "Cấp của chương trình phải là cấp của đơn vị ban hành." in caught.value.messages
    assert "Chương trình không được kết thúc trước khi bắt đầu." in caught.value.messages


def test_a_stage_may_span_years_and_is_in_order(national):
    stage = ProgramStage.objects.create(
        programme=national,
        name="Giai đoạn 2023–2028",
        starts_on=date(2023, 10, 17),
        ends_on=date(2028, 10, 16),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgramStage.objects.filter(pk=stage.pk).update(ends_on=date(2023, 10, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgramStage.objects.create(
            programme=national, name=stage.name, starts_on=stage.starts_on, ends_on=stage.ends_on
        )
