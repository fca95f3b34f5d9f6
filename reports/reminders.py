"""What reports remind people of (portal/inbox): deadlines, what came back, what waits for a confirmation.

Of a deadline each stage reaches one rank further: those who work on the report, then those who lead there,
then the province. Titles hold names of reports, units and days, nothing that somebody typed.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse

from portal.inbox.sources import Due, register_source
from portal.ui.numbers import day
from portal.units.models import AdminUnit
from reports.models import Report, State
from reports.owing import Owed, owed
from reports.reminded import Served
from reports.windows import Window

SAID = {"before": "Sắp đến hạn gửi", "day": "Hôm nay là hạn gửi", "after": "Đã quá hạn gửi"}


def register() -> None:
    """Called once, when the application starts."""
    register_source(due)


def due(today: date) -> Iterator[Due]:
    """All that reports would remind anyone of on a day."""
    served = Served(today)
    behind: dict[tuple[str, int], tuple[Window, AdminUnit]] = {}
    for one in owed(today):
        yield from _of_deadline(one, today, served)
        province = one.unit.today_province
        if one.stage(today) == "after" and not one.is_province and province:
            behind[one.window.key, province.pk] = (one.window, province)
    for window, province in behind.values():
        yield from _behind(window, province, served)
    yield from _returned(served)
    yield from _waiting(served)


def _of_deadline(one: Owed, today: date, served: Served) -> Iterator[Due]:
    stage, place = one.stage(today), one.unit.today_unit_id
    sides = one.window.obligation.report_type.confirming_sides
    people = served.staff(place, sides)
    if stage != "before":
        people = people | served.leaders(place, sides)
    subject = f"owed:{one.window.key}:{one.unit.pk}"
    title = f"{SAID[stage]}: {one.window.label}, {one.unit.full_name_in_sentence}, hạn {day(one.due_on)}"
    url = reverse("reports:detail", args=[one.report]) if one.report else reverse("reports:list")
    return _each(people, subject, stage, title, url)


def _behind(window: Window, province: AdminUnit, served: Served) -> Iterator[Due]:
    """One for all communes of a province: who they are stands on its page."""
    people = served.staff(province.pk, window.obligation.report_type.confirming_sides)
    title = f"Quá hạn, còn xã, phường, đặc khu chưa gửi: {window.label}, {province.full_name_in_sentence}"
    url = reverse("reports:overview") + "?" + urlencode({"ky": window.key, "tinh": province.code})
    return _each(people, f"behind:{window.key}:{province.pk}", "after", title, url)


def _returned(served: Served) -> Iterator[Due]:
    """Once for every time that a report came back: what was asked then hangs on what was sent then."""
    reports = _named(Report.objects.latest().filter(state=State.RETURNED))
    for report in reports.annotate(asked_of=Max("notes__snapshot")):
        people = served.staff(report.unit.today_unit_id, report.report_type.confirming_sides)
        title = f"Cấp tỉnh yêu cầu bổ sung, chỉnh sửa: {_name(report)}"
        yield from _each(people, f"report:{report.pk}", f"returned:{report.asked_of}", title, _page(report))


def _waiting(served: Served) -> Iterator[Due]:
    """Once for every content that a side has confirmed and the other has not."""
    reports = _named(Report.objects.latest().filter(state=State.AWAITING))
    for report in reports.prefetch_related("confirmations"):
        people = served.confirming(report.unit.today_unit_id, report.missing_sides())
        title, stage = f"Chờ đồng chí xác nhận: {_name(report)}", f"confirm:{report.snapshot_id}"
        yield from _each(people, f"report:{report.pk}", stage, title, _page(report))


def _named(reports):
    return reports.select_related("unit", "report_type", "programme").order_by("pk")


def _name(report: Report) -> str:
    unit = report.unit.full_name_in_sentence
    return f"Báo cáo {report.period.label} ({report.programme.number}), {unit}"


def _page(report: Report) -> str:
    return reverse("reports:detail", args=[report.pk])


def _each(people: Iterable[int], subject: str, stage: str, title: str, url: str) -> Iterator[Due]:
    return (Due(user_id, subject, stage, title, url) for user_id in sorted(people))
