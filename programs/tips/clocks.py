"""Time, coarse enough that it does not say who came by at that moment."""

from datetime import date, timedelta

from django.utils import timezone

from programs.tips.keeping_models import Clock, Retention
from programs.tips.states import HalfDay

NOON = 12


def coarse_now() -> tuple[date, HalfDay]:
    """Today, and which half of it."""
    now = timezone.localtime()
    return now.date(), HalfDay.MORNING if now.hour < NOON else HalfDay.AFTERNOON


def deadlines(category: str, day: date) -> tuple[date, date]:
    """(answer by, finish by) of a tip of this category received on `day`."""
    dated = Clock.objects.filter(category=category)
    clock = dated.filter(starts_on__lte=day).order_by("-starts_on").first() or dated.earliest("starts_on")
    return day + timedelta(days=clock.answer_days), day + timedelta(days=clock.finish_days)


def purge_day(outcome: str, closed_on: date) -> date:
    """The last day on which a tip that ended so is kept."""
    months = Retention.objects.get(outcome=outcome).months
    index = closed_on.year * 12 + closed_on.month - 1 + months
    first_of_next = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(index // 12, index % 12 + 1, min(closed_on.day, last))
