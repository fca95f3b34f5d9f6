"""The quick migration leaves drawn models alone where no field changes, and nowhere else."""

from django.db import models
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.state import ProjectState

from portal.embedded.quick_migrate import WITHOUT_FIELDS, drawn_models_kept

POSITIVE = AddConstraint("unit", models.CheckConstraint(condition=models.Q(people__gte=0), name="positive"))
INDEX = AddIndex("unit", models.Index(fields=["people"], name="by_people"))


def drawn():
    state = ProjectState()
    CreateModel("Unit", [("people", models.IntegerField())]).state_forwards("units", state)
    return state, state.apps


def test_a_constraint_is_known_and_the_models_are_not_drawn_again():
    with drawn_models_kept():
        state, apps = drawn()
        for operation in (POSITIVE, INDEX):
            operation.state_forwards("units", state)
        assert state.apps is apps
    options = state.models["units", "unit"].options
    assert [found.name for found in options["constraints"] + options["indexes"]] == ["positive", "by_people"]


def test_a_field_is_drawn_at_once_with_all_that_came_before():
    with drawn_models_kept():
        state, _ = drawn()
        POSITIVE.state_forwards("units", state)
        AddField("unit", "households", models.IntegerField(default=0)).state_forwards("units", state)
        unit = state.apps.get_model("units", "unit")
    assert unit._meta.get_field("households") and unit._meta.constraints[0].name == "positive"


def test_django_is_left_as_it_was():
    before = [operation.state_forwards for operation in WITHOUT_FIELDS]
    with drawn_models_kept():
        assert [operation.state_forwards for operation in WITHOUT_FIELDS] != before
    assert [operation.state_forwards for operation in WITHOUT_FIELDS] == before
