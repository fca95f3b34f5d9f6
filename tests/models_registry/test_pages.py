"""The pages of models, as an officer and a province's staff use them, without scripts."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from models_registry.models import ModelReading, SelfManagedModel
from tests.factories.registry import SINCE, area, model_type, new_model, step
from tests.factories.user import commune


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(**more) -> dict:
    """What an officer types to enter a model."""
    return {
        "unit": commune().pk,
        "type": model_type("Tổ an ninh công nhân").pk,
        "name": "Tổ an ninh công nhân Khu nhà trọ Đồng Tâm",
        "status": "pilot",
        "on": "01/09/2026",
        "reason": "Kế hoạch của Ủy ban nhân dân phường",
        "recognition": "none",
        "points": "1.200",
        "members": "36",
        **more,
    }


def test_a_model_is_entered_changed_and_led_through_its_life(cast):
    client = client_of(cast.officer)
    here = area("5")
    token = client.get(reverse("registry:create")).context["form"]["client_token"].value()
    sent = typed(areas=[here.pk], client_token=str(token))
    page = client.post(reverse("registry:create"), sent, follow=True)
    model = SelfManagedModel.objects.get()
    assert page.redirect_chain[-1][0] == model.get_absolute_url()
    assert "Thí điểm" in page.content.decode() and "1.200" in page.content.decode()
    assert client.post(reverse("registry:create"), sent).url == model.get_absolute_url()
    assert SelfManagedModel.objects.count() == 1

    refused = client.post(
        reverse("registry:step", args=[model.pk]), {"status": "weak", "on": "01/10/2026", "reason": "x"}
    )
    assert refused.status_code == 200 and refused.context["form"].errors["status"]
    client.post(
        reverse("registry:step", args=[model.pk]),
        {"status": "active", "on": "01/10/2026", "reason": "Sơ kết thí điểm", "evidence": "Số 12/BC-CAP"},
    )
    assert model.latest_step().status == "active"
    client.post(reverse("registry:reading", args=[model.pk]), {"as_of": "01/11/2026", "points": "3"})
    again = client.post(reverse("registry:reading", args=[model.pk]), {"as_of": "01/11/2026", "points": "4"})
    assert "Ngày này đã có số liệu" in again.content.decode()
    client.post(
        reverse("registry:appraise", args=[model.pk]), {"year": "2026", "effect": "good", "tips": "7"}
    )
    page = client.get(model.get_absolute_url()).content.decode()
    assert "Số 12/BC-CAP" in page and "Hiệu quả" in page and "Tổ dân phố 5" in page
    client.post(reverse("registry:undo", args=[model.pk]))
    assert model.latest_step().status == "pilot"
    client.post(
        reverse("registry:remove", args=[model.pk]), {"reason": "Nhập trùng với mô hình của Mặt trận"}
    )
    assert "Chưa có mô hình nào" in client.get(reverse("registry:list")).content.decode()


def test_who_was_overtaken_sees_both_versions_and_may_save(cast):
    model = new_model(cast.officer)
    client, url = client_of(cast.officer), reverse("registry:edit", args=[model.pk])
    seen = client.get(url).context["form"]["revision"].value()
    data = {"type": model.type_id, "name": "Camera an ninh khối phố", "recognition": "commune"}
    client_of(cast.colleague).post(url, data | {"revision": seen, "name": "Camera của Mặt trận"})
    page = client.post(url, data | {"revision": seen})
    assert "Camera của Mặt trận" in page.content.decode() and page.context["conflict"]
    html = page.context["form"]["revision"].value()
    client.post(url, data | {"revision": html})
    model.refresh_from_db()
    assert (model.name, model.revision) == ("Camera an ninh khối phố", 3)


def test_a_copy_names_its_source_and_a_joint_model_is_counted_once(cast):
    source = new_model(cast.neighbour, unit=commune("18100"))
    step(source, "replicated", SINCE + timedelta(days=5), cast.neighbour)
    client = client_of(cast.officer)
    label = commune("18100").label
    page = client.post(
        reverse("registry:create"), typed(copied_from=source.pk, owner_1=label, status="active"), follow=True
    )
    assert page.status_code == 200
    copy = SelfManagedModel.objects.get(copied_from=source)
    assert [owner.unit.code for owner in copy.owners.all()] == ["18100"]
    listed = client_of(cast.province).get(reverse("registry:list"))
    assert (listed.context["counts"].models, listed.context["counts"].communes) == (2, 2)


def test_the_list_is_of_a_day_and_filters(cast):
    ended = new_model(cast.officer, name="Đội xung kích")
    step(ended, "ended", date(2026, 3, 1), cast.officer)
    new_model(cast.officer, name="Tổ tàu thuyền, bến bãi an toàn", on=date(2026, 5, 1), points=9)
    client, url = client_of(cast.province), reverse("registry:list")

    def names(**query):
        return [row.model.name for row in client.get(url, query).context["rows"]]

    assert names() == ["Tổ tàu thuyền, bến bãi an toàn"]
    assert names(day="31/12/2025") == ["Đội xung kích"]
    assert names(status="ended") == ["Đội xung kích"]
    assert names(q="tau thuyen") == ["Tổ tàu thuyền, bến bãi an toàn"]
    assert names(unit=commune("18100").pk) == []
    assert client.get(url, {"day": "hôm qua"}).status_code == 200
    assert not client.get(url).context["may_write"]


def test_nothing_typed_makes_an_error_of_the_server(cast):
    model = new_model(cast.officer)
    client = client_of(cast.officer)
    for name in ("create", "edit", "step", "reading", "appraise"):
        url = reverse(f"registry:{name}", args=[] if name == "create" else [model.pk])
        fields = client.get(url).context["form"].fields
        for value in ("", "1.50 x", "\x00", "9" * 400):
            page = client.post(url, dict.fromkeys(fields, value))
            assert page.status_code == 200 and page.context["form"].errors, (name, value)
    assert ModelReading.objects.count() == 0
    assert SelfManagedModel.objects.get().revision == 1


@pytest.mark.parametrize("count", [2, 25])
def test_the_list_asks_a_bounded_number_of_queries(count, cast, django_assert_max_num_queries):
    for number in range(count):
        new_model(cast.officer, name=f"Tổ tự quản số {number}", points=number)
    client = client_of(cast.province)
    with django_assert_max_num_queries(20):
        page = client.get(reverse("registry:list"))
    assert len(page.context["rows"]) == count
    assert page.context["day"] == timezone.localdate()
