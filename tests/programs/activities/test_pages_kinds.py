"""What every registered kind must bring for the shared pages; a new kind is held to it without a new test."""

import pytest

from programs.activities.forms import ActivityForm
from programs.activities.presentation import FIRST, LAST, fact_fields
from programs.activities.registry import kinds

KINDS = [pytest.param(kind, id=kind.slug) for kind in kinds()]


def forms_of(kind):
    single = kind.form_class
    return [single, single.grouped_form] if single.grouped_form else [single]


@pytest.mark.parametrize("kind", KINDS)
def test_its_forms_are_entry_forms_of_its_model_and_day(kind):
    for form in forms_of(kind):
        assert issubclass(form, ActivityForm)
        assert (form._meta.model, form.day_field) == (kind.model, kind.date_field)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_form_has_its_place(kind):
    for form in forms_of(kind):
        placed = [*form.first, *form.rest]
        assert sorted(placed) == sorted({*form._meta.fields, "areas"}), "laid out once, and nothing forgotten"
        assert set(form.limits) <= {field.name for field in kind.model._meta.concrete_fields}


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_can_be_entered(kind):
    entered = {name for form in forms_of(kind) for name in form._meta.fields}
    assert {field.name for field in fact_fields(kind.model)} - entered == {"unit"}
    assert {*FIRST, *LAST} <= {field.name for field in fact_fields(kind.model)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_count_that_people_type_is_bounded(kind):
    """Without a bound the database's own limit would answer, in words that help nobody."""
    counts = {f.name for f in fact_fields(kind.model) if f.get_internal_type() == "IntegerField"}
    for form in forms_of(kind):
        assert counts & set(form._meta.fields) <= set(form.limits)


@pytest.mark.parametrize("kind", KINDS)
def test_its_list_columns_are_fields_with_a_vietnamese_name(kind):
    for name in kind.list_columns:
        field = kind.model._meta.get_field(name)
        assert str(field.verbose_name) != field.name.replace("_", " ")
