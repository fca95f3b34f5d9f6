"""The page of coverage, as a commune and a province see it."""

from datetime import date
from io import BytesIO

import pytest
import python_calamine
from django.test import Client
from django.urls import reverse

from portal.units.models import AdminUnit
from tests.factories.activities import commune
from tests.factories.festivals import area, festival
from tests.factories.user import HA_TINH

URL = "festivals:coverage"
CHOSEN = {"festival": "security", "year": 2026}


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user, **query):
    return client_of(user).get(reverse(URL), query)


@pytest.fixture
def held(cast):
    one, two = area("1"), area("2", valid_from=date(2025, 7, 1))
    other = area("1", commune("18100"))
    return festival(cast.officer, two), one, two, festival(cast.officer, other, unit=commune("18100"))


def test_a_commune_sees_who_is_missing_and_opens_the_record(cast, held):
    record, one, two, _ = held
    answer = page(cast.officer, **CHOSEN)
    rows = answer.context["rows"]
    assert [(row.name, row.state) for row in rows] == [(one.full_name, "missing"), (two.full_name, "held")]
    assert reverse("activities:detail", args=[record.pk]) in answer.content.decode()
    assert "1/2" in answer.content.decode() and "Chưa tổ chức" in answer.content.decode()
    assert client_of(cast.officer).get(answer.context["log_url"]).context["page"].paginator.count == 1


def test_a_commune_does_not_see_another(cast, held):
    answer = page(cast.neighbour, **CHOSEN, unit=commune().pk)
    assert answer.context["place"] == commune("18100")
    assert [row.name for row in answer.context["rows"]] == ["Tổ dân phố 1"]


def test_a_province_sees_its_communes_and_opens_them(cast, held):
    answer = page(cast.province, **CHOSEN)
    communes = AdminUnit.objects.today().communes().filter(parent__code=HA_TINH)
    assert answer.context["page"].paginator.count == communes.count()
    first, second = answer.context["rows"][:2]
    assert (first.unit, first.counts.held, first.counts.missing) == (commune(), 1, 1)
    assert (second.unit, second.share) == (commune("18100"), "100%")
    assert answer.context["whole"].areas == 3 and answer.context["complete"] == 1
    client = client_of(cast.province)
    assert client.get(first.url).context["place"] == commune()
    assert client.get(first.log_url).context["page"].paginator.count == 1
    assert "<svg" in answer.content.decode()


def test_a_province_does_not_see_another(cast, held):
    answer = page(cast.other_province, **CHOSEN, unit=commune().pk)
    assert answer.context["place"].code == "40" and answer.context["whole"].areas == 0
    assert answer.context["filters"].errors["unit"]


def test_nonsense_in_the_address_is_said_and_does_not_choose(cast):
    answer = page(cast.officer, festival="x", year="abc")
    assert answer.status_code == 200 and set(answer.context["filters"].errors) == {"festival", "year"}


def test_the_workbook_has_the_same_figures(cast, held):
    def sheets(user):
        answer = client_of(user).get(reverse("festivals:coverage_excel"), CHOSEN)
        return python_calamine.load_workbook(BytesIO(b"".join(answer.streaming_content)))

    book = sheets(cast.province)
    communes, areas = (book.get_sheet_by_index(n).to_python() for n in (0, 1))
    assert communes[-1][1:6] == ["Cộng", 3, 2, 0, 1] and len(areas) == 3 + 3
    states = {(row[0], row[1]): row[2] for row in areas[3:]}
    assert states["Phường Thành Sen", "Tổ dân phố 1"] == "Chưa tổ chức"
    assert sheets(cast.neighbour).sheet_names == ["Theo khu dân cư"]


def test_its_queries_do_not_grow(cast, held, django_assert_max_num_queries):
    for n in range(3, 20):
        festival(cast.officer, area(str(n)))
    clients = [client_of(cast.province), client_of(cast.officer)]
    for client in clients:
        with django_assert_max_num_queries(24):
            client.get(reverse(URL), CHOSEN)
