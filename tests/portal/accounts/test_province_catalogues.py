"""A province's administrator keeps the own catalogues; what the database refuses is said in words."""

import pytest
from django.db import connection
from django.urls import reverse

from models_registry.models import ModelType
from portal.units.models import AdminUnit
from programs.activities.custom.models import CustomIndicator
from programs.coordination.models import CoordinationProgram
from programs.partners.models import Partner
from tests.factories.user import commune, province

pytestmark = pytest.mark.django_db
PLACES = [
    (ModelType, "province", lambda code: province(code), {"theme": "camera", "aliases": ""}),
    (Partner, "unit", lambda code: province(code), {"kind": "school", "is_active": "on"}),
    (
        *(CustomIndicator, "province", lambda code: province(code)),
        {
            "measure_unit": "vụ",
            "group": "Khác",
            "place": "0",
            "decimals": "0",
            "nature": "flow",
            "active_from": "01/01/2026",
        },
    ),
]


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def make(model, path, unit, name):
    extra = {"measure_unit": "vụ", "group": "Khác"} if model is CustomIndicator else {}
    extra |= {"kind": "school"} if model is Partner else {}
    return model.objects.create(name=name, **{path: unit}, **extra)


@pytest.mark.parametrize(("model", "path", "place", "fields"), PLACES)
def test_own_rows_are_kept_the_countrys_read_and_foreign_ones_do_not_exist(
    client, cast, model, path, place, fields
):
    nation, foreign = make(model, path, None, "Của cả nước"), make(model, path, place("40"), "Của Nghệ An")
    client.force_login(cast.province_admin)
    page = client.get(url(model, "changelist")).content.decode()
    assert "Của cả nước" in page and "Của Nghệ An" not in page
    assert client.get(url(model, "change", nation.pk)).status_code == 200
    assert client.post(url(model, "change", nation.pk), fields | {"name": "Khác"}).status_code == 403
    for answer in (
        client.get(url(model, "change", foreign.pk)),
        client.post(url(model, "change", foreign.pk), fields),
    ):
        assert answer.status_code in (302, 403) and "Của Nghệ An" not in answer.content.decode()
    for elsewhere in ("", place("40").pk):
        refused = client.post(url(model, "add"), fields | {"name": "Mới", path: elsewhere})
        assert refused.status_code == 200 and not model.objects.filter(name="Mới").exists()
    assert client.post(url(model, "add"), fields | {"name": "Mới", path: place("42").pk}).status_code == 302
    ours = model.objects.get(name="Mới")
    assert (
        client.post(url(model, "change", ours.pk), fields | {"name": "Sửa", path: place("42").pk}).status_code
        == 302
    )
    ours.refresh_from_db()
    assert ours.name == "Sửa"
    assert "Đã thay đổi" in client.get(url(model, "history", ours.pk)).content.decode()
    nation.refresh_from_db()
    assert nation.name == "Của cả nước"


def test_a_partner_of_one_commune_is_the_provinces_too(client, cast):
    client.force_login(cast.province_admin)
    post = {"name": "Trường THPT Phan Đình Phùng", "kind": "school", "is_active": "on"}
    foreign = AdminUnit.objects.today().communes().get(code="16690")
    assert client.post(url(Partner, "add"), post | {"unit": foreign.pk}).status_code == 200
    assert client.post(url(Partner, "add"), post | {"unit": commune().pk}).status_code == 302
    assert Partner.objects.get(name=post["name"]).unit == commune()
    suggested = client.get(
        reverse("admin:autocomplete"),
        {"term": "Trường Vinh", "app_label": "partners", "model_name": "partner", "field_name": "unit"},
    )
    assert suggested.json()["results"] == []


def test_what_the_database_refuses_is_said_and_nothing_is_saved(client, cast):
    """A rule that the form does not know, as triggers have many."""
    kept = ModelType.objects.create(name="Camera với an ninh trật tự")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING"
            " ERRCODE = 'check_violation', MESSAGE = 'No'; END $$"
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "CREATE TRIGGER no BEFORE UPDATE ON models_registry_modeltype"
            " FOR EACH ROW EXECUTE FUNCTION pg_temp.no()"
        )
    client.force_login(cast.admin)
    post = {
        "name": "Tên khác",
        "theme": "camera",
        "aliases": "",
        "province": "",
        "merged_into": "",
        "merge_reason": "",
    }
    page = client.post(url(ModelType, "change", kept.pk), post, follow=True)
    assert page.status_code == 200 and "Cơ sở dữ liệu không nhận thay đổi này" in page.content.decode()
    kept.refresh_from_db()
    assert kept.name == "Camera với an ninh trật tự"


def test_deleting_what_is_in_use_answers_in_words(client, cast):
    used = CoordinationProgram.objects.filter(obligations__isnull=False).first()
    client.force_login(cast.admin)
    address = url(CoordinationProgram, "delete", used.pk)
    for answer in (client.get(address), client.post(address, {"post": "yes"}, follow=True)):
        assert answer.status_code in (200, 403)
    assert CoordinationProgram.objects.filter(pk=used.pk).exists()
