"""Every catalogue of the admin says what it is for; what is in use is refused in a sentence."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.html import escape

from portal.accounts.admin_site import IN_USE
from programs.coordination.models import CoordinationProgram
from tests.factories import plans
from tests.factories.activities import new_session
from tests.portal.ui.english import english_in

pytestmark = pytest.mark.django_db
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_every_catalogue_says_what_it_is_for_on_its_list_and_its_form(client, cast):
    client.force_login(cast.admin)
    for model in MODELS:
        about = getattr(admin.site.get_model_admin(model), "about", "")
        assert len(about) > 40 and about.endswith("."), model
        assert not english_in(about), model
        for page in ("changelist", "add"):
            answer = client.get(url(model, page))
            assert answer.status_code == 403 or escape(about) in answer.content.decode(), (model, page)


@pytest.fixture
def in_use(cast):
    """The nation's programme, with a commune's plan, a meeting and the log under it."""
    new_session(cast.officer, title="Buổi tuyên truyền ở Tổ 5").save()
    plans.plan(cast.officer, title="Kế hoạch của phường")
    return plans.national()


def test_a_programme_in_use_is_refused_with_what_uses_it_and_no_work_is_shown(client, cast, in_use):
    client.force_login(cast.admin)
    listed = {"action": "delete_selected", "_selected_action": in_use.pk, "post": "yes"}
    for answer in (
        client.get(url(CoordinationProgram, "delete", in_use.pk)),
        client.post(url(CoordinationProgram, "delete", in_use.pk), {"post": "yes"}),
        client.post(url(CoordinationProgram, "changelist"), listed),
    ):
        page = answer.content.decode()
        assert answer.status_code == 200 and IN_USE in page
        assert "<li>Kế hoạch phối hợp</li>" in page and "<li>Bên ký chương trình</li>" in page
        assert "Kế hoạch của phường" not in page and "ở Tổ 5" not in page
        assert not english_in(page, frozenset({"admin"}))
    assert CoordinationProgram.objects.filter(pk=in_use.pk).exists()


def test_one_that_nothing_uses_is_deleted(client, cast):
    client.force_login(cast.admin)
    unused = plans.programme("99/CTrPH")
    assert IN_USE not in client.get(url(CoordinationProgram, "delete", unused.pk)).content.decode()
    client.post(url(CoordinationProgram, "delete", unused.pk), {"post": "yes"})
    assert not CoordinationProgram.objects.filter(pk=unused.pk).exists()
