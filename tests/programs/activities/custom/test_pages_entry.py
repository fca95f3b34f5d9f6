"""Custom flows in the entry form of every kind: offered, typed, shown, changed, noted in the history."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.units.models import AdminUnit
from programs.activities.custom.models import CustomAmount
from programs.activities.custom.parts import custom_columns
from programs.grassroots.models import Mediation
from tests.factories.activities import commune
from tests.factories.custom import assert_all_counted, donations, fireworks, guns
from tests.programs.activities.pages import (
    MEDIATION,
    check_html,
    create_url,
    log,
    mediation_post,
    session_post,
    typed,
)

pytestmark = pytest.mark.django_db


def field(indicator) -> str:
    return f"chi-tieu-{indicator.slug}"


def edit(client, record, **changes):
    record.refresh_from_db()
    sent = session_post(revision=record.revision, attendances="10", **changes)
    return client.post(reverse("activities:edit", args=[record.pk]), sent)


def test_each_kinds_form_offers_the_flows_of_the_province_folded(client, cast):
    ours, foreign = guns(), fireworks(province=AdminUnit.objects.today().provinces().get(code="40"))
    stock = donations(nature="stock")
    client.force_login(cast.officer)
    for kind in (None, MEDIATION):
        page = check_html(client.get(create_url(kind) if kind else create_url()))
        assert page.all("input", name=field(ours))
        assert not page.all("input", name=field(foreign)) and not page.all("input", name=field(stock))
        (details,) = page.all("details", id="phan-chi-tieu")
        assert "open" not in details


def test_without_indicators_there_is_no_part(client, cast):
    client.force_login(cast.officer)
    assert "Chỉ tiêu khác" not in client.get(create_url()).content.decode()


def test_amounts_are_typed_in_vietnamese_shown_changed_and_noted(client, cast):
    gun, firework, money = guns(), fireworks(), donations()
    values = {field(gun): "3", field(firework): "2,5", field(money): "500.000.000"}
    record = log(client, cast.officer, attendances="10", **values)
    stored = dict(CustomAmount.objects.values_list("indicator", "amount"))
    assert stored == {gun.pk: 3, firework.pk: Decimal("2.5"), money.pk: 500_000_000}
    detail = reverse("activities:detail", args=[record.pk])
    page = check_html(client.get(detail))
    assert "2,5 kg" in page.text and "500.000.000 đồng" in page.text
    form = check_html(client.get(reverse("activities:edit", args=[record.pk])))
    assert form.value(field(firework)) == "2,5" and form.value(field(money)) == "500.000.000"
    assert "open" in form.all("details", id="phan-chi-tieu")[0]
    assert edit(client, record, **values | {field(firework): "0,5", field(gun): ""}).status_code == 302
    stored = dict(CustomAmount.objects.values_list("indicator", "amount"))
    assert stored == {firework.pk: Decimal("0.5"), money.pk: 500_000_000}
    page = check_html(client.get(detail))
    assert "Pháo giao nộp (kg): <del>2,5</del> → <ins>0,5</ins>" in page.text
    assert "Súng tự chế giao nộp (khẩu): <del>3</del> → <ins>–</ins>" in page.text
    assert_all_counted()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2,55", "Chỉ nhận tối đa 1 chữ số sau dấu phẩy."),
        ("-1", "Không được nhập số âm."),
        ("hai", "Nhập số, phần thập phân sau dấu phẩy"),
        ("1.000.000.000.001", "Không được quá 1.000.000.000.000."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, cast, text, said):
    firework = fireworks()
    client.force_login(cast.officer)
    page = check_html(client.post(create_url(), session_post(attendances="10") | {field(firework): text}))
    assert said in page.text and page.value(field(firework)) == text
    assert "open" in page.all("details", id="phan-chi-tieu")[0]
    assert not CustomAmount.objects.exists()


def test_an_amount_for_a_day_on_which_the_indicator_was_not_used_is_refused_in_words(client, cast):
    gun = guns(active_from=timezone.localdate() - timedelta(days=5))
    client.force_login(cast.officer)
    sent = mediation_post(received_on=typed(timezone.localdate() - timedelta(days=9))) | {field(gun): "1"}
    page = check_html(client.post(create_url(MEDIATION), sent))
    assert "Chỉ tiêu này chỉ dùng cho hoạt động từ" in page.text and page.value(field(gun)) == "1"
    assert not Mediation.objects.exists()


def test_a_form_without_the_part_leaves_the_amounts_alone(client, cast):
    gun = guns()
    record = log(client, cast.officer, attendances="10", **{field(gun): "3"})
    assert edit(client, record).status_code == 302
    assert CustomAmount.objects.get().amount == 3


def test_an_indicator_that_ended_is_offered_where_it_was_entered(client, cast):
    gun = guns()
    record = log(client, cast.officer, attendances="10", **{field(gun): "3"})
    type(gun).objects.filter(pk=gun.pk).update(active_to=date(2026, 1, 1))
    page = check_html(client.get(reverse("activities:edit", args=[record.pk])))
    assert page.value(field(gun)) == "3"
    assert edit(client, record, **{field(gun): "4"}).status_code == 302
    assert CustomAmount.objects.get().amount == 4


def test_columns_for_a_workbook():
    gun, firework = guns(), fireworks()
    donations(nature="stock")
    columns = custom_columns(commune())
    assert [(c.heading, c.field) for c in columns] == [
        ("Pháo giao nộp (kg)", field(firework)),
        ("Súng tự chế giao nộp (khẩu)", field(gun)),
    ]
