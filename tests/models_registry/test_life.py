"""The life of a model: what the database takes, what it refuses, and who may write it."""

from datetime import date, timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from models_registry import actions
from models_registry.errors import REFUSALS, Overtaken, RegistryError
from models_registry.models import (
    FIRST_STATUSES,
    NEXT,
    ModelReading,
    ModelType,
    SelfManagedModel,
    Status,
    StatusStep,
)
from portal.refusals import refusal_of
from tests.factories.registry import SINCE, area, model_type, new_model, step
from tests.factories.user import NGHE_AN, TRAN_PHU, commune, province

LATER = SINCE + timedelta(days=10)


def refused(write) -> str:
    """The Vietnamese words with which the database refuses."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    return refusal_of(error.value, REFUSALS)


def brought_to(status, by):
    """A model of that status, by legal steps one day apart."""
    paths = {
        "pilot": ["pilot"],
        "active": ["active"],
        "replicated": ["active", "replicated"],
        "weak": ["active", "weak"],
        "ended": ["pilot", "ended"],
    }[status]
    model = new_model(by, status=paths[0])
    for day, following in enumerate(paths[1:], 1):
        step(model, following, SINCE + timedelta(days=day), by)
    return model


@pytest.mark.parametrize(("old", "new"), list(product(Status.values, Status.values)))
def test_only_steps_that_follow_are_taken(old, new, cast):
    model = brought_to(old, cast.officer)
    if new in NEXT[Status(old)]:
        assert step(model, new, LATER, cast.officer).status == new
    else:
        assert "không đi tiếp" in refused(lambda: step(model, new, LATER, cast.officer))


def test_a_life_begins_on_trial_or_at_work(cast):
    for status in Status.values:
        if status not in FIRST_STATUSES:
            assert "không đi tiếp" in refused(lambda s=status: new_model(cast.officer, status=s))


def test_steps_come_one_after_another_and_not_in_the_future(cast):
    model = new_model(cast.officer)
    assert "sau bước gần nhất" in refused(lambda: step(model, "weak", SINCE, cast.officer))
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "tương lai" in refused(lambda: step(model, "weak", tomorrow, cast.officer))


def test_a_step_is_never_changed_and_only_the_last_is_taken_back(cast):
    model = new_model(cast.officer)
    step(model, "weak", LATER, cast.officer)
    for write in (
        lambda: StatusStep.objects.filter(model=model).update(reason="khác"),
        lambda: model.steps.earliest("on").delete(),
        lambda: model.delete(),
    ):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            write()
    actions.undo_step(model=model, by=cast.colleague)
    assert model.latest_step().status == "active"
    assert "Chỉ hoàn tác" in refused(lambda: actions.undo_step(model=model, by=cast.officer))
    assert StatusStep.pgh_event_model.objects.filter(pgh_label="delete").count() == 1


def test_a_copy_starts_after_its_source(cast):
    source = new_model(cast.officer)
    early = {"copied_from": source, "on": SINCE - timedelta(days=1)}
    assert "mô hình gốc" in refused(lambda: new_model(cast.officer, **early))
    assert new_model(cast.officer, copied_from=source, on=LATER).is_copy_of(source)


def test_the_commune_existed_on_the_first_day(cast):
    day = date(2024, 3, 1)  # Phường Thành Sen is of 1/7/2025
    assert "đơn vị chủ trì" in refused(lambda: new_model(cast.officer, on=day))


def test_the_same_form_twice_is_one_model(cast):
    data = {"type": model_type(), "unit": commune(), "name": "Tổ tự quản Hòa Bình"}
    sent = {"data": data, "status": "pilot", "on": SINCE, "reason": "Kế hoạch", "token": uuid4()}
    first, created = actions.create_model(by=cast.officer, **sent)
    again, created_again = actions.create_model(by=cast.officer, **sent)
    assert (first.pk, created, created_again) == (again.pk, True, False)


def test_only_the_own_commune_writes(cast):
    model = new_model(cast.officer)
    for stranger in (cast.neighbour, cast.province, cast.province_leader, cast.admin, cast.national):
        with pytest.raises(PermissionDenied):
            step(model, "weak", LATER, stranger)
        with pytest.raises(PermissionDenied):
            new_model(stranger)
    assert new_model(cast.front_leader, name="Mô hình của Mặt trận").pk


def test_who_was_overtaken_is_told(cast):
    model = new_model(cast.officer)
    actions.change_model(model=model, data={"name": "Tên mới"}, expected_revision=1, by=cast.colleague)
    with pytest.raises(Overtaken) as overtaken:
        actions.change_model(model=model, data={"name": "Tên khác"}, expected_revision=1, by=cast.officer)
    assert (overtaken.value.current.name, overtaken.value.current.revision) == ("Tên mới", 2)


def test_a_removed_model_takes_no_step(cast):
    model = new_model(cast.officer)
    actions.remove_model(model=model, reason="Nhập trùng", by=cast.officer)
    with pytest.raises(RegistryError):
        step(model, "weak", LATER, cast.officer)
    assert not SelfManagedModel.objects.standing().exists()


def test_areas_and_owners_belong_where_they_should(cast):
    there = area("7", commune(TRAN_PHU))
    assert "không thuộc" in refused(lambda: new_model(cast.officer, areas=[there]))
    assert new_model(cast.officer, areas=[there, area()], owners=[commune(TRAN_PHU)]).areas.count() == 2
    assert "khác đơn vị chủ trì" in refused(lambda: new_model(cast.officer, owners=[commune()]))


def test_changing_areas_keeps_when_they_were_covered(cast):
    model = new_model(cast.officer, areas=[area("1"), area("2")])
    actions.change_model(
        model=model, data={}, expected_revision=1, by=cast.officer, areas=[area("2"), area("3")]
    )
    today = timezone.localdate()
    assert sorted((row.area.name, row.valid_from, row.valid_to) for row in model.areas.all()) == [
        ("1", SINCE, today - timedelta(days=1)),
        ("2", SINCE, None),
        ("3", today, None),
    ]


def test_a_type_of_another_province_is_refused(cast):
    foreign = model_type("Tổ tàu thuyền an toàn", province(NGHE_AN))
    assert "tỉnh, thành phố khác" in refused(lambda: new_model(cast.officer, type=foreign))


def test_types_are_merged_into_one_that_stands(cast):
    own = province()
    kept, near, older = (model_type(name, own) for name in ("Camera với ANTT", "Camera an ninh", "Mắt thần"))
    actions.merge_types(type=older, into=near, reason="Trùng nội dung", by=cast.province)
    actions.merge_types(type=near, into=kept, reason="Trùng tên", by=cast.province)
    assert set(ModelType.objects.filter(merged_into=kept)) == {near, older}
    with pytest.raises(IntegrityError), transaction.atomic():
        ModelType.objects.filter(pk=kept.pk).update(merged_into=near, merge_reason="Vòng")
    for stranger in (cast.officer, cast.other_province):
        with pytest.raises(PermissionDenied):
            actions.merge_types(type=kept, into=model_type("Khác"), reason="x", by=stranger)


def test_a_reading_says_something(cast):
    model = new_model(cast.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        ModelReading.objects.create(model=model, as_of=SINCE, logged_by=cast.officer)
