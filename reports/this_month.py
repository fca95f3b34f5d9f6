"""The running month of a commune: what it has logged, beside the same days a year before.

The month is that of the decree's calendar (Nghị định 09/2019/NĐ-CP, Điều 12), up to today. Last year's figure
stops on the same day, so that half a month is never held against a whole one. Both are sums of the tally,
on today's map: what became the commune counts with it.
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import scope_of
from portal.ui.numbers import number, signed_change
from portal.units.models import AdminUnit
from programs.activities import figures as log
from programs.activities.custom.models import CustomIndicator
from programs.activities.indicators import INDICATORS, Indicator
from reports import calendar
from reports.calendar import Calendar, Kind, Period

MOST_COMMUNES = 3
# Lines that divide the line above them: "Trong đó: …", "Chia theo lĩnh vực: …".
PARTS = ("Trong đó", "Chia theo")


@dataclass(frozen=True)
class ThisMonth:
    """`label`: "tháng 12/2026"; `now` and `before`: the days that are compared, both inclusive."""

    label: str
    now: Period
    before: Period


def month_to(today: date) -> ThisMonth:
    """The running month up to today, and the same days of the year before."""
    month = calendar.containing(today, Kind.MONTH)
    now = calendar.custom(month.start, today, Calendar.DECREE)
    return ThisMonth(month.label, now, now.same_period_last_year())


def communes_of(user):
    """The communes of today that a person logs for, in Vietnamese order."""
    own = AdminUnit.objects.filter(pk__in=scope_of(user, Permission.LOG_WRITE).communes)
    return own.order_by("sort_key", "code")


def month_context(request) -> dict | None:
    """For "Việc cần làm": the same few queries however much was logged; None for who logs nowhere."""
    communes = list(communes_of(request.user)[:MOST_COMMUNES])
    if not communes:
        return None
    month = month_to(timezone.localdate())
    units = log.recorded_units(unit.pk for unit in communes)
    now, before = (
        log.totals_by_unit(units=units, start=period.start, end=period.end)
        for period in (month.now, month.before)
    )
    known = [*INDICATORS, *_added(now, before)]
    places = [_place(unit, month, known, now.get(unit.pk, {}), before.get(unit.pk, {})) for unit in communes]
    return {"month": month, "places": places, "log_url": _log_of(month)}


def _place(unit: AdminUnit, month: ThisMonth, known: list, now: dict, before: dict) -> dict:
    groups = [
        {"name": name, "rows": [row for each in members if (row := _row(unit, each, now, before))]}
        for name, members in groupby(known, key=lambda each: each.group)
    ]
    return {
        "unit_name": unit.full_name,
        "groups": [group for group in groups if group["rows"]],
        "quiet": [group["name"] for group in groups if not group["rows"]],
    }


def _row(unit: AdminUnit, each: Indicator | CustomIndicator, now: dict, before: dict) -> dict | None:
    """None where there is nothing in either year, and for lines that only divide another."""
    current, same_period = now.get(each.slug, 0), before.get(each.slug, 0)
    if not (current or same_period) or each.name.startswith(PARTS):
        return None
    address = f"{reverse('reports:month_rows', args=[each.slug])}?{urlencode({'don-vi': unit.code})}"
    return {
        "name": each.name,
        "measure_unit": each.measure_unit,
        "current": number(current),
        "same_period": number(same_period),
        "change": signed_change(current, same_period),
        "url": address if current else "",
        "url_before": f"{address}&nam=truoc" if same_period else "",
    }


def _added(*tables: dict) -> list[CustomIndicator]:
    """What administrators have added and is counted in one of the tables; group by group."""
    counted = {slug for table in tables for row in table.values() for slug in row}
    return list(CustomIndicator.objects.of_slugs(counted).in_order())


def _log_of(month: ThisMonth) -> str:
    days = {"since": f"{month.now.start:%d/%m/%Y}", "until": f"{month.now.end:%d/%m/%Y}"}
    return f"{reverse('activities:list')}?{urlencode(days)}"
