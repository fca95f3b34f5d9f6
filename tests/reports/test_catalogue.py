"""The catalogue: what is owed under the two national programmes, and what the database refuses in it."""

import pytest
from django.db import IntegrityError, transaction

from reports.models import ReportingObligation, ReportType


def test_every_regular_commune_report_is_compiled_by_the_province(db):
    for obligation in ReportingObligation.objects.of_communes().select_related("report_type", "programme"):
        compiled = obligation.compiled()
        assert compiled.report_type.level == "province"
        assert compiled.source() == obligation
        assert compiled.working_days > obligation.working_days


def test_both_sides_confirm_and_issue_by_default_and_it_is_data(db):
    monthly = ReportType.objects.get(slug="commune-month")
    assert monthly.confirming_sides == ["police", "front"]
    monthly.confirming_sides = ["police"]
    monthly.save()
    assert ReportType.objects.get(slug="commune-month").confirming_sides == ["police"]


@pytest.mark.parametrize("sides", [[], ["member"], ["police", "nobody"]])
def test_only_police_and_front_confirm(db, sides):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportType.objects.filter(slug="commune-month").update(confirming_sides=sides)


def test_a_deadline_is_at_least_one_working_day(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportingObligation.objects.update(working_days=0)
