"""The catalogue is changed in the admin by admins alone; reports are not there at all."""

from datetime import date

import pytest
from django.urls import NoReverseMatch, reverse

from reports.models import PublicHoliday, ReportingObligation, ReportType
from tests.factories.reports import draft, obligation

PAGES = ["reporttype", "reportingobligation", "publicholiday"]


@pytest.mark.parametrize("page", PAGES)
def test_lists_and_forms_open_in_vietnamese(cast, client, page):
    client.force_login(cast.admin)
    row = {
        "reporttype": ReportType.objects.first(),
        "reportingobligation": ReportingObligation.objects.first(),
        "publicholiday": PublicHoliday.objects.first(),
    }[page]
    for name, args in (("changelist", []), ("change", [row.pk]), ("add", [])):
        response = client.get(reverse(f"admin:reports_{page}_{name}", args=args))
        assert response.status_code == 200, name


@pytest.mark.parametrize("who", ["officer", "province", "province_admin", "national"])
def test_others_do_not_get_there(cast, client, who):
    client.force_login(getattr(cast, who))
    for page in PAGES:
        assert client.get(reverse(f"admin:reports_{page}_changelist")).status_code in (302, 403)


def test_who_confirms_is_ticked_and_stored(cast, client):
    kind = ReportType.objects.get(slug="commune-month")
    client.force_login(cast.admin)
    address = reverse("admin:reports_reporttype_change", args=[kind.pk])
    form = {"name": kind.name, "slug": kind.slug, "level": kind.level, "period_kind": kind.period_kind}
    sides = {"issuing_sides": ["police", "front"], "confirming_sides": ["police"]}
    assert client.post(address, form | sides).status_code == 302
    kind.refresh_from_db()
    assert kind.confirming_sides == ["police"]
    assert client.post(address, form | {"issuing_sides": ["police"]}).status_code == 200, "at least one"


def test_what_reports_rest_on_is_not_changed_under_them_or_deleted(cast, client):
    kind = draft().report_type
    client.force_login(cast.admin)
    client.post(
        reverse("admin:reports_reporttype_change", args=[kind.pk]),
        {"name": "Báo cáo tháng", "slug": "khac", "period_kind": "year", "level": "province"}
        | {"issuing_sides": ["police"], "confirming_sides": ["police"]},
    )
    kind.refresh_from_db()
    assert (kind.slug, kind.period_kind, kind.level) == ("commune-month", "month", "commune")
    owed = obligation()
    assert client.get(reverse("admin:reports_reportingobligation_delete", args=[owed.pk])).status_code == 403


def test_a_swapped_day_is_entered_as_vietnamese_write_dates(cast, client):
    client.force_login(cast.admin)
    form = {"day": "05/06/2027", "name": "Làm bù", "is_worked": "on", "source": "Thông báo"}
    assert client.post(reverse("admin:reports_publicholiday_add"), form).status_code == 302
    assert PublicHoliday.objects.get(name="Làm bù").day == date(2027, 6, 5)


@pytest.mark.parametrize("model", ["report", "snapshot", "confirmation", "reviewnote", "reportevent"])
def test_reports_are_not_in_the_admin(model):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:reports_{model}_changelist")
