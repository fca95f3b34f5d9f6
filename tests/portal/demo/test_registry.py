"""The registry's part of the demo: what the sources say, shown and never added."""

from django.test import Client
from django.urls import reverse

from models_registry.models import HistoricalFigure, ModelType, ReintegrationLoan, SelfManagedModel
from portal.accounts.models import User
from portal.demo import registry


def figures(username, **query):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client.get(reverse("registry:figures"), query).content.decode()


def counted():
    return [m.objects.count() for m in (HistoricalFigure, ModelType, ReintegrationLoan, SelfManagedModel)]


def test_the_sources_figures_are_held_and_shown(db, settings):
    settings.DEMO_PASSWORD = "Thanh-Sen-2026"
    registry.load()
    before = counted()
    registry.load()
    assert counted() == before and ModelType.objects.filter(province__code="38").count() == 7
    assert "76 loại mô hình" in figures("ca.38")
    ha_noi = figures("ca.01")
    for said in ("290 mô hình, chuyên đề", "174 xã", "128 xã", "124 xã", "15/01/2020"):
        assert said in ha_noi
    from portal.demo.people import crew
    from tests.factories.user import NGHE_AN, province

    crew(province(NGHE_AN), 0)
    nghe_an = figures("ca.40", since="01/01/2020", until="08/04/2020")
    assert nghe_an.count("500.000.000") == 2 and "08/04/2020" in nghe_an
    assert "500.000.000" not in figures("ca.40", since="01/01/2020", until="07/04/2020")
