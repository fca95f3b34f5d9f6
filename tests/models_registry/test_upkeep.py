"""The history of a model, corrections of what it had, and what came and went by commune."""

from datetime import date

import pytest
from django.urls import reverse

from models_registry import actions
from models_registry.counts import movement
from models_registry.models import ModelAppraisal, ModelReading
from models_registry.movements import appraised, movements
from tests.factories.registry import SINCE, area, new_model, step
from tests.factories.user import TRAN_PHU, commune, province
from tests.models_registry.test_pages import client_of


def test_the_history_says_who_changed_what(cast):
    model = new_model(cast.officer, points=12, areas=[area("5")])
    step(model, "replicated", date(2026, 2, 1), cast.leader)
    actions.change_model(
        model=model, data={"name": "Camera an ninh liên tổ"}, expected_revision=1, by=cast.colleague
    )
    url = reverse("registry:history", args=[model.pk])
    page = client_of(cast.province).get(url).content.decode()
    assert "<del>Camera an ninh Tổ dân phố Hòa Bình</del> → <ins>Camera an ninh liên tổ</ins>" in page
    for words in ("Nhân rộng", "Tổ dân phố 5", "Ghi quy mô mô hình", cast.leader.full_name):
        assert words in page, words
    actions.remove_model(model=model, reason="Nhập trùng với mô hình khác", by=cast.officer)
    assert "Nhập trùng với mô hình khác" in client_of(cast.officer).get(url).content.decode()


def test_a_reading_is_corrected_and_dropped_with_its_history(cast):
    model = new_model(cast.officer, points=12)
    row = model.readings.get()
    client, kwargs = client_of(cast.officer), {"pk": model.pk, "row": row.pk}
    edit = reverse("registry:reading_edit", kwargs=kwargs)
    assert client.get(edit).context["form"].initial["points"] == 12
    client.post(edit, {"as_of": "01/09/2025", "points": "15", "members": "1.036"})
    row.refresh_from_db()
    assert (row.points, row.members, row.logged_by) == (15, 1036, cast.officer)
    other = new_model(cast.officer, name="Tổ tự quản khác")
    wrong = reverse("registry:reading_edit", kwargs={"pk": other.pk, "row": row.pk})
    assert client.get(wrong).status_code == 404, "a reading is reached through its own model alone"
    client.post(reverse("registry:reading_drop", kwargs=kwargs), {"reason": "Nhập nhầm ngày"})
    assert not ModelReading.objects.exists()
    page = client.get(reverse("registry:history", args=[model.pk])).content.decode()
    assert "<del>12</del> → <ins>15</ins>" in page and "Nhập nhầm ngày" in page


def test_what_a_model_is_credited_with_is_summed_by_year(cast):
    first, second = (new_model(cast.officer, name=name) for name in ("Một", "Hai"))
    row = ModelAppraisal.objects.create(model=first, year=2025, effect="good", tips=4, logged_by=cast.officer)
    edit = reverse("registry:appraisal_edit", kwargs={"pk": first.pk, "row": row.pk})
    client_of(cast.officer).post(edit, {"year": "2025", "effect": "fair", "tips": "6", "cases": "2"})
    found = appraised(province(), 2025)
    assert (dict(found.by_effect)["Có hiệu quả, cần củng cố"], found.not_judged) == (1, 1)
    assert (found.tips, found.cases) == (6, 2)
    assert appraised(commune(TRAN_PHU), 2025).tips is None
    page = client_of(cast.province).get(reverse("registry:figures"), {"until": "31/12/2025"}).content.decode()
    assert "Nguồn tin từ mô hình" in page and second.pk


def test_by_commune_the_sums_are_those_of_the_place(cast, django_assert_max_num_queries):
    first = new_model(cast.officer)
    new_model(cast.neighbour, unit=commune(TRAN_PHU), name="Tổ tự quản")
    new_model(cast.officer, copied_from=first, on=date(2026, 2, 1), name="Bản sao")
    step(first, "ended", date(2026, 4, 1), cast.officer)
    start, end = date(2026, 1, 1), date(2026, 6, 30)
    place = province()
    with django_assert_max_num_queries(6):
        found = movements(place, start, end)
    by_code = {unit.code: moved for unit, moved in found}
    mine = by_code["18073"]
    assert (mine.opening, mine.new, mine.replicated, mine.retired, mine.closing) == (1, 0, 1, 1, 1)
    whole = movement(province(), start, end)
    for name in ("opening", "new", "replicated", "retired", "closing"):
        assert sum(getattr(moved, name) for _, moved in found) == getattr(whole, name), name
    asked = {"since": "01/01/2026", "until": "30/06/2026"}
    page = client_of(cast.province).get(reverse("registry:movements"), asked)
    assert len(page.context["page"].object_list) == 50 and start > SINCE


@pytest.mark.parametrize("count", [1, 8])
def test_the_history_asks_a_bounded_number_of_queries(count, cast, django_assert_max_num_queries):
    model = new_model(cast.officer, points=1)
    for number in range(count):
        ModelReading.objects.create(
            model=model, as_of=date(2026, 1, number + 1), points=number, logged_by=cast.officer
        )
    with django_assert_max_num_queries(33):
        client_of(cast.officer).get(reverse("registry:history", args=[model.pk]))
