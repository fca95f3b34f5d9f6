"""Forces and loans: what there is as of a day, corrected with its history, never added twice."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from models_registry.actions import drop_row, save_row
from models_registry.holdings.totals import forces_on, loans_on
from models_registry.models import CoreForce, ReintegrationLoan
from portal.units.models import AdminUnit
from tests.factories.user import NGHE_AN, TRAN_PHU, commune, province
from tests.models_registry.test_pages import client_of

DAY = date(2026, 3, 1)


def force(by, people, teams=1, as_of=DAY, unit=None, kind="mediation_team"):
    fields = {"kind": kind, "as_of": as_of, "teams": teams, "people": people}
    return save_row(row=CoreForce(unit=unit or commune(), **fields), by=by)


def loan(by, people, amount, as_of, unit, stage="disbursed"):
    fields = {"stage": stage, "as_of": as_of, "people": people, "amount": amount, "logged_by": by}
    return ReintegrationLoan.objects.create(unit=unit, **fields)


def of(totals, key):
    return next(one for one in totals if one.key == key)


def test_the_latest_reading_as_of_the_day_counts(cast):
    force(cast.officer, 66, 12)
    force(cast.officer, 70, 13, as_of=date(2026, 9, 1))
    force(cast.neighbour, 20, 4, unit=commune(TRAN_PHU))
    before, then, now = (
        of(forces_on(province(), day), "mediation_team")
        for day in (date(2026, 2, 28), DAY, date(2026, 10, 1))
    )
    assert (before.people, before.teams, before.units) == (None, None, 0)
    assert (then.people, then.teams, then.units) == (86, 16, 2)
    assert (now.people, now.teams, now.units) == (90, 17, 2)
    assert of(forces_on(commune(), DAY), "mediation_team").people == 66
    assert of(forces_on(commune(), DAY), "respected").people is None


def test_what_is_wrong_is_refused(cast):
    with pytest.raises(PermissionDenied):
        force(cast.neighbour, 5)
    for wrong in (
        {"kind": "respected", "teams": 3},
        {"kind": "mediation_team", "teams": None},
        {"kind": "security_team", "as_of": date(2024, 6, 30)},
        {"as_of": date(2100, 1, 1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            force(cast.officer, 5, **wrong)


def test_the_towns_loans_count_as_of_their_day_and_never_beside_its_communes(cast):
    """Thái Hòa, 8/4/2020: 10 people got 500 million, 10 more are proposed for as much."""
    town = AdminUnit.objects.districts().get(name="Thái Hòa", today_province__code=NGHE_AN)
    day, nghe_an = date(2020, 4, 8), province(NGHE_AN)
    for stage in ("disbursed", "proposed"):
        loan(cast.officer, 10, 500_000_000, day, town, stage)
    found = loans_on(nghe_an, day)
    assert [(one.key, one.people, one.amount) for one in found] == [
        ("eligible", None, None),
        ("proposed", 10, 500_000_000),
        ("disbursed", 10, 500_000_000),
    ]
    assert of(loans_on(nghe_an, date(2020, 4, 7)), "disbursed").people is None
    inside = AdminUnit.objects.communes().filter(parent=town).first()
    loan(cast.officer, 3, 150_000_000, date(2021, 1, 1), inside)
    assert of(loans_on(nghe_an, date(2021, 1, 1)), "disbursed").people == 10, "the town's holds them"
    loan(cast.officer, 4, 200_000_000, date(2025, 9, 1), inside.today_unit)
    assert of(loans_on(nghe_an, date(2025, 8, 31)), "disbursed").people == 10
    assert of(loans_on(nghe_an, date(2025, 9, 1)), "disbursed").people == 4, "its heirs were read since"


def test_a_merged_commune_stands_for_those_before_it_once_it_is_read(cast):
    old = AdminUnit.objects.communes().filter(today_unit=commune(), valid_to__isnull=False).first()
    force(cast.officer, 9, as_of=date(2025, 1, 1), unit=old)
    assert of(forces_on(commune(), DAY), "mediation_team").people == 9
    force(cast.officer, 66)
    assert of(forces_on(commune(), DAY), "mediation_team").people == 66
    assert of(forces_on(commune(), date(2026, 2, 1)), "mediation_team").people == 9


def test_a_reading_is_entered_corrected_and_its_history_says_who(cast):
    client = client_of(cast.officer)
    sent = {
        "unit": commune().pk,
        "kind": "mediation_team",
        "as_of": "01/03/2026",
        "teams": "12",
        "people": "66",
    }
    add = reverse("registry:holding_add", args=["luc-luong"])
    assert client.post(add, sent | {"teams": ""}).context["form"].errors["teams"]
    assert client.post(add, sent).status_code == 302
    assert client.post(add, sent).context["form"].errors, "the same day twice is refused, not doubled"
    row = CoreForce.objects.get()
    edit = reverse("registry:holding_edit", args=["luc-luong", row.pk])
    client_of(cast.colleague).post(edit, sent | {"people": "1.068"})
    history = reverse("registry:holding_history", args=["luc-luong", row.pk])
    page = client_of(cast.province).get(history).content.decode()
    assert "<del>66</del> → <ins>1.068</ins>" in page and cast.colleague.full_name in page
    listed = client_of(cast.province).get(
        reverse("registry:holdings", args=["luc-luong"]), {"day": "01/03/2026"}
    )
    assert "1.068" in listed.content.decode() and "/sua/" not in listed.content.decode()
    assert client_of(cast.neighbour).get(history).status_code == 404
    drop = reverse("registry:holding_drop", args=["luc-luong", row.pk])
    client.post(drop, {"reason": "Nhập nhầm đơn vị"})
    assert not CoreForce.objects.exists()
    assert CoreForce.pgh_event_model.objects.filter(pgh_label="delete").count() == 1
    loans = reverse("registry:holding_add", args=["vay-von"])
    sent = {
        "unit": commune().pk,
        "stage": "disbursed",
        "as_of": "01/03/2026",
        "people": "10",
        "amount": "500.000.000",
    }
    assert client.post(loans, sent | {"people": "0"}).context["form"].errors, "money goes to somebody"
    client.post(loans, sent)
    page = client_of(cast.province).get(reverse("registry:holdings", args=["vay-von"])).content.decode()
    assert "500.000.000" in page


def test_only_the_own_unit_drops(cast):
    row = force(cast.officer, 66)
    with pytest.raises(PermissionDenied):
        drop_row(row=row, reason="Nhập nhầm", by=cast.neighbour)


@pytest.mark.parametrize("count", [1, 6])
def test_the_list_asks_a_bounded_number_of_queries(count, cast, django_assert_max_num_queries):
    for kind in ("mediation_team", "front_committee", "self_managed", "other", "security_team")[:count]:
        force(cast.officer, 66, kind=kind)
    client = client_of(cast.province)
    with django_assert_max_num_queries(20):
        assert client.get(reverse("registry:holdings", args=["luc-luong"])).status_code == 200
