"""Stocks on their pages: entered, corrected with a history, listed; a report shows the one that counts."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import Side
from programs.activities.custom.models import StockReading
from reports.content import content_of
from reports.presenters.figures import figure_lines
from tests.factories import reports as make
from tests.factories.custom import cameras, indicator
from tests.factories.user import NGHE_AN, commune, make_officer, province

LIST, ADD = "activities:readings", "activities:reading_add"


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def enter(client, stock, value, day="20/10/2026", **more):
    post = {"unit": commune().pk, "as_of": day, "value": value, **more}
    return client.post(f"{reverse(ADD)}?chi-tieu={stock.slug}", post, follow=True)


def edit(client, reading, **post):
    return client.post(reverse("activities:reading_edit", args=[reading.pk]), post, follow=True)


def test_a_reading_is_entered_once_and_corrected_with_its_history(cast):
    stock, officer, colleague = cameras(), client_of(cast.officer), client_of(cast.colleague)
    assert stock.slug in officer.get(reverse(ADD)).content.decode()
    for _ in range(2):
        assert "Camera an ninh (chiếc): 1.250" in enter(officer, stock, "1.250").content.decode()
    reading = StockReading.objects.get()
    assert (reading.value, reading.as_of, reading.logged_by) == (1250, date(2026, 10, 20), cast.officer)

    answer = edit(colleague, reading, as_of="21/10/2026", value="1.260", seen="1250")
    page = answer.content.decode()
    assert "1.260" in page and "1.250" in page and "Trần Thị Hoà" in page and "Nguyễn Văn Đức" in page
    assert [step[3] for step in answer.context["steps"]] == [1260, 1250]
    overtaken = edit(officer, reading, as_of="21/10/2026", value="1.300", seen="1250")
    assert "vừa được người khác sửa" in overtaken.content.decode()
    assert StockReading.objects.get().value == 1260
    assert "1.260" in officer.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize(
    ("value", "day", "field"),
    [
        ("-1", "20/10/2026", "value"),
        ("2,5", "20/10/2026", "value"),
        ("", "20/10/2026", "value"),
        ("5", "20/10/2024", "as_of"),
        ("5", "31/12/2099", "as_of"),
        ("5", "19/10/2026", "as_of"),
    ],
)
def test_what_is_refused_is_said_beside_its_field(cast, value, day, field):
    stock, client = cameras(), client_of(cast.officer)
    enter(client, stock, "4", day="19/10/2026")
    assert set(enter(client, stock, value, day=day).context["form"].errors) == {field}
    assert StockReading.objects.count() == 1


def test_who_may_see_and_who_may_enter(cast):
    stock = cameras()
    theirs = indicator("Tổ liên gia", "tổ", nature="stock", province=province(NGHE_AN))
    reading = StockReading.objects.create(
        unit=commune(), indicator=stock, as_of=date(2026, 10, 1), value=3, logged_by=cast.officer
    )
    address = reverse("activities:reading", args=[reading.pk])
    assert client_of(cast.province).get(address).status_code == 200
    for stranger in (cast.neighbour, cast.other_province):
        assert client_of(stranger).get(address).status_code == 404
        assert str(stock) not in client_of(stranger).get(reverse(LIST)).content.decode()
    assert client_of(cast.province).get(reverse(ADD)).status_code == 403
    assert theirs.slug not in client_of(cast.officer).get(reverse(ADD)).content.decode()
    women = client_of(make_officer(commune(), side=Side.MEMBER))
    assert enter(women, stock, "5").status_code == 403
    assert enter(client_of(cast.neighbour), stock, "5").context["form"].errors["unit"]


def test_a_report_takes_the_latest_of_its_period_and_opens_it(cast):
    stock, client = cameras(), client_of(cast.officer)
    for value, day in (("20", "01/10/2026"), ("24", "10/11/2026"), ("31", "16/11/2026")):
        enter(client, stock, value, day=day)
    report = make.draft()
    line = next(each for each in figure_lines(content_of(report)) if each.slug == stock.slug)
    answer = client.get(reverse("reports:line", args=[report.pk, stock.slug]))
    row = answer.context["rows"][0]
    assert (line.current, row.amount, row.day, len(answer.context["rows"])) == ("24", "24", "10/11/2026", 1)
    assert "Camera an ninh (chiếc): 24" in client.get(row.url).content.decode()


def test_a_frozen_line_keeps_the_reading_as_it_was_counted(cast):
    stock, client = cameras(), client_of(cast.officer)
    enter(client, stock, "24", day="10/11/2026")
    report = make.accepted(cast)
    edit(client, StockReading.objects.get(), as_of="10/11/2026", value="30", seen="24")
    answer = client.get(reverse("reports:line", args=[report.pk, stock.slug]))
    row = answer.context["rows"][0]
    assert (row.amount, row.changed) == ("24", "đã sửa sau khi chốt")
    assert "Camera an ninh (chiếc): 30" in client.get(row.url).content.decode()
