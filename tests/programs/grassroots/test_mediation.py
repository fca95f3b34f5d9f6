"""A mediation is concluded if and only if it has an outcome, and counts on two days of its own."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from programs.activities.registry import Kind, Measure, feeding, kinds, register
from programs.grassroots.models import MEDIATIONS, Mediation
from tests.factories.activities import new_mediation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"outcome": "succeeded"}, "Vụ đã có kết quả phải có ngày kết thúc; vụ đang hòa giải thì không."),
        ({"concluded_on": date(2026, 11, 9)}, "Vụ đã có kết quả phải có ngày kết thúc"),
        (
            {"concluded_on": date(2026, 11, 1), "outcome": "failed"},
            "Ngày kết thúc không được trước ngày tiếp nhận.",
        ),
        ({"case_count": 0}, "Số vụ phải từ 1 đến 10.000."),
        ({"received_on": date(2099, 1, 1)}, "Ngày không được ở tương lai."),
    ],
)
def test_what_is_wrong_is_said_in_vietnamese(cast, fields, words):
    with pytest.raises(ValidationError) as caught:
        new_mediation(cast.officer, **fields).full_clean()
    assert words in " ".join(caught.value.messages)


def test_a_case_counts_as_received_and_as_concluded_on_days_of_their_own():
    assert set(MEDIATIONS.measures_by_date()) == {"received_on", "concluded_on"}
    assert MEDIATIONS.all_dates == ("received_on", "concluded_on")
    [(kind, measure)] = feeding("mediations_succeeded")
    assert kind is MEDIATIONS and measure.on == "concluded_on"


def test_a_kind_is_registered_once_and_feeds_an_indicator_once():
    with pytest.raises(ValueError, match="hoa-giai"):
        register(MEDIATIONS)
    twice = (Measure("sessions", on="received_on"), Measure("sessions", on="concluded_on"))
    with pytest.raises(ValueError, match="two measures"):
        register(Kind("thu", Mediation, "", "thử", "thử", "received_on", twice))
    with pytest.raises(KeyError):
        register(
            Kind("thu", Mediation, "", "thử", "thử", "received_on", (Measure("rain", on="received_on"),))
        )
    slugs = [kind.slug for kind in kinds()]
    assert "thu" not in slugs and slugs.count("hoa-giai") == 1
