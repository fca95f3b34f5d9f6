"""The province's report: a sum of what was accepted, the missing named; and versions after it is frozen."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction
from django.urls import reverse

from portal.access.permissions import Permission
from portal.units.models import AdminUnit
from programs.coordination.models import CoordinationProgram
from reports import actions, calendar
from reports.building import build_missing
from reports.content import content_of, live_content, read
from reports.diff import changes_since_version, late_difference
from reports.errors import ReportError
from reports.lines import figures_of
from reports.live import live_beside
from reports.models import Report
from reports.trace import communes_of, rows_of
from tests.factories.reports import (
    NOVEMBER,
    OCTOBER,
    accepted,
    compiled,
    confirm,
    draft,
    fresh,
    hold_session,
    obligation,
    sent,
)
from tests.factories.user import PASSWORD, TRAN_PHU, commune, make_officer, province


@pytest.fixture
def neighbours(cast):
    """Thành Sen with 2 sessions of 100 and Trần Phú with 1 of 30, both accepted."""
    for _ in range(2):
        hold_session(cast.officer, attendances=100)
    hold_session(cast.neighbour, unit=commune(TRAN_PHU), attendances=30)
    return accepted(cast), of_neighbour(cast, accept=True)


def of_neighbour(cast, accept, period=NOVEMBER):
    """Trần Phú's report, confirmed by leaders of its own."""
    report = draft(unit=commune(TRAN_PHU), period=period)
    for side in ("police", "front"):
        leader = make_officer(commune(TRAN_PHU), role="commune_leader", side=side)
        actions.confirm(report=fresh(report), side=side, password=PASSWORD, by=leader)
    actions.send(report=report, by=cast.neighbour)
    if accept:
        actions.accept(report=report, by=cast.province)
    return fresh(report)


def test_it_adds_up_what_was_accepted_and_names_who_is_missing(cast, neighbours):
    report = compiled(cast)
    content = live_content(report)
    figures = figures_of(content)
    assert (figures["sessions"], figures["session_attendances"]) == (3, 230)
    assert [(c["name"], c["figures"]["sessions"]) for c in content["communes"]] == [
        ("Phường Thành Sen", 2),
        ("Phường Trần Phú", 1),
    ]
    assert len(content["missing"]) == 67
    assert "Phường Thành Sen" not in content["missing"]
    situation = content["sections"][0]["text"]
    assert "Đã tổng hợp báo cáo của 2/69 xã, phường, đặc khu. Chưa có báo cáo của: " in situation
    assert content["sections"][2]["text"].startswith("Trong kỳ, toàn tỉnh đã tổ chức 3 buổi tuyên truyền")


def test_the_province_signs_as_the_decree_has_it(cast, neighbours):
    content = live_content(compiled(cast))
    assert content["issuer"]["blocks"] == [
        {
            "side": "police",
            "parent": "BỘ CÔNG AN",
            "name": "CÔNG AN TỈNH HÀ TĨNH",
            "signature": ["GIÁM ĐỐC"],
        },
        {
            "side": "front",
            "parent": "ỦY BAN TRUNG ƯƠNG MTTQ VIỆT NAM",
            "name": "ỦY BAN MTTQ VIỆT NAM TỈNH HÀ TĨNH / BAN THƯỜNG TRỰC",
            "signature": ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"],
        },
    ]


def test_it_counts_frozen_figures_and_shows_the_live_ones_beside(cast, neighbours):
    hold_session(cast.officer, attendances=500)  # after Thành Sen was accepted
    report = compiled(cast)
    assert figures_of(live_content(report))["session_attendances"] == 230
    assert live_beside(report)["session_attendances"] == 730


def test_compiling_again_takes_in_what_was_accepted_since(cast):
    hold_session(cast.neighbour, unit=commune(TRAN_PHU), attendances=30)
    accepted(cast)
    report = confirm(compiled(cast), cast, "police")
    late = of_neighbour(cast, accept=True)
    again = compiled(cast)
    assert again.pk == report.pk
    assert (again.state, again.snapshot) == ("draft", None)
    assert figures_of(live_content(again))["session_attendances"] == 30
    assert late.unit_id in {row.commune_report.unit_id for row in again.inclusions.all()}
    before = again.events.count()
    compiled(cast)
    assert again.events.count() == before


def test_a_commune_that_is_missing_now_is_no_correction_of_the_month_before(cast):
    hold_session(cast.officer, date(2026, 9, 20), attendances=100)
    hold_session(cast.neighbour, date(2026, 9, 20), unit=commune(TRAN_PHU), attendances=30)
    accepted(cast, period=OCTOBER)
    of_neighbour(cast, accept=True, period=OCTOBER)
    confirm(compiled(cast, OCTOBER), cast)
    accepted(cast)
    lines = {line["indicator"]: line for line in live_content(compiled(cast))["lines"]}
    attendances = lines["session_attendances"]
    assert (attendances["current"], attendances["cumulative"], attendances["adjustment"]) == (0, 100, 0)


def test_nothing_accepted_is_nothing_to_compile(cast):
    sent(cast)
    with pytest.raises(ReportError, match="Chưa có báo cáo nào"):
        compiled(cast)
    assert not Report.objects.filter(report_type__level="province").exists()


def test_both_sides_of_the_province_confirm_and_all_is_frozen(cast, neighbours):
    report = confirm(compiled(cast), cast, "police")
    assert report.state == "awaiting"
    report = confirm(report, cast, "front")
    assert report.state == "frozen"
    assert {fresh(r).state for r in neighbours} == {"frozen"}
    rows = communes_of(report, "session_attendances")
    assert sum(amount for _, amount in rows) == figures_of(content_of(report))["session_attendances"] == 230
    assert {entry["sha256"] for entry in read_trace(report)} == {r.snapshot.sha256 for r in neighbours}


def read_trace(report):
    import json

    return json.loads(bytes(report.snapshot.trace))["reports"]


def test_communes_are_not_frozen_but_with_their_province(cast, neighbours):
    compiled(cast)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reports_report SET state = 'frozen', frozen_at = now() WHERE state = 'accepted'"
        )


def test_a_frozen_report_never_changes(cast, neighbours):
    report = confirm(compiled(cast), cast)
    for column in ("due_on = due_on + 1", "built_at = now()", "state = 'draft'", "frozen_at = now()"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE reports_report SET {column} WHERE id = %s", [report.pk])
    with pytest.raises(Error), transaction.atomic():
        report.inclusions.all().delete()


@pytest.mark.parametrize("who", ["officer", "leader", "other_province", "national", "province_admin"])
def test_others_do_not_compile_or_confirm_it(cast, neighbours, who):
    person, report = getattr(cast, who), compiled(cast)
    with pytest.raises(PermissionDenied):
        actions.compile_province(obligation=obligation(), period=NOVEMBER, province=province(), by=person)
    with pytest.raises(PermissionDenied):
        actions.confirm(report=report, side="police", password=PASSWORD, by=person)


def test_staff_compile_but_do_not_confirm(cast, neighbours):
    with pytest.raises(PermissionDenied):
        actions.confirm(report=compiled(cast), side="police", password=PASSWORD, by=cast.province)


def test_the_nation_s_reader_sees_frozen_totals_of_provinces_only(cast, neighbours):
    def seen():
        return Report.objects.visible_to(cast.national, Permission.REPORT_VIEW)

    report = compiled(cast)
    assert not seen().exists()
    confirm(report, cast)
    assert seen().get() == report


def test_a_late_entry_is_a_difference_and_becomes_version_2_by_one_action(cast, neighbours):
    top = confirm(compiled(cast), cast)
    first = fresh(neighbours[0])
    assert late_difference(first) == []
    with pytest.raises(ReportError, match="Không có số liệu phát sinh"):
        actions.next_version(report=first, by=cast.officer)
    hold_session(cast.officer, attendances=7)
    (sessions, people) = late_difference(first)
    assert (sessions.frozen, sessions.live, sessions.change, sessions.words) == (2, 3, 1, "+1 buổi")
    assert (people.frozen, people.live) == (200, 207)
    assert late_difference(fresh(neighbours[1])) == []

    second = actions.next_version(report=first, by=cast.officer)
    assert (second.version, second.supersedes, second.state) == (2, first, "draft")
    assert "(điều chỉnh, bổ sung lần 1)" in live_content(fresh(second))["abstract"]
    assert figures_of(read(first.snapshot))["sessions"] == 2, "the frozen figure stands"
    with pytest.raises(ReportError, match="đã có bản điều chỉnh"):
        actions.next_version(report=first, by=cast.officer)

    second = confirm(second, cast)
    actions.send(report=second, by=cast.officer)
    actions.accept(report=second, by=cast.province)
    changed = {change.label: (change.before, change.after) for change in changes_since_version(fresh(second))}
    assert changed["Buổi tuyên truyền – Kỳ này"] == ("2", "3")

    assert [line.indicator for line in late_difference(top)] == ["sessions", "session_attendances"]
    with pytest.raises(ReportError, match="«Đã chốt số liệu»"):
        compiled(cast)
    renewed = actions.next_version(report=top, by=cast.province)
    assert figures_of(live_content(fresh(renewed)))["session_attendances"] == 237
    assert confirm(renewed, cast).state == "frozen"
    assert fresh(second).state == "frozen"
    assert late_difference(fresh(renewed)) == []


def test_written_remarks_go_on_into_the_next_version_but_results_are_drafted_anew(cast):
    report = draft()
    actions.edit_section(report=report, key="plan", text="Giữ nhịp ba buổi mỗi tháng.", by=cast.officer)
    actions.edit_section(report=report, key="results", text="Không có gì.", by=cast.officer)
    report = confirm(report, cast)
    actions.send(report=report, by=cast.officer)
    actions.accept(report=report, by=cast.province)
    hold_session(cast.officer)
    second = actions.next_version(report=report, by=cast.officer)
    texts = dict(second.sections.values_list("key", "text"))
    assert texts["plan"] == "Giữ nhịp ba buổi mỗi tháng."
    assert texts["results"].startswith("Trong kỳ đã tổ chức 1 buổi tuyên truyền")


def test_the_old_town_of_2020_is_compiled_at_today_s_province(cast):
    """Thái Hòa: 14 sessions of 1.012 attendances and 11 tips, still open as counted after one was edited."""
    period = calendar.custom(date(2020, 1, 1), date(2020, 4, 30))
    owed = obligation("commune-custom", CoordinationProgram.objects.get(number="09/CTr-BCA-MTTW"))
    wards = (
        AdminUnit.objects.communes().on(period.end).filter(parent__name="Thái Hòa", today_province__code="40")
    )
    first, second = wards.order_by("sort_key")[:2]
    sessions = [
        hold_session(cast.officer, date(2020, 2, 3 + n), unit=first, attendances=80, tips=1 if n < 9 else 0)
        for n in range(10)
    ]
    hold_session(cast.officer, date(2020, 3, 2), unit=second, attendances=212, tips=2, session_count=4)
    build_missing(owed, period, [first.pk, second.pk], lambda done: None)
    for report in Report.objects.select_related("unit"):
        people = {
            side: make_officer(report.unit.today_unit, role="commune_leader", side=side)
            for side in ("police", "front")
        }
        for side, leader in people.items():
            actions.confirm(report=fresh(report), side=side, password=PASSWORD, by=leader)
        actions.send(report=report, by=people["police"])
        actions.accept(report=report, by=cast.other_province)
    top = actions.compile_province(
        obligation=owed, period=period, province=province("40"), by=cast.other_province
    )
    content = live_content(fresh(top))
    figures = figures_of(content)
    assert [figures[s] for s in ("sessions", "session_attendances", "session_tips")] == [14, 1012, 11]
    assert content["missing"] == []
    sessions[0].attendances = 500
    sessions[0].save()
    opened = [
        row.amount
        for commune_report, _ in communes_of(fresh(top), "session_attendances")
        for row in rows_of(commune_report, "session_attendances")
    ]
    assert sum(opened) == 1012


def test_the_page_of_the_province_shows_what_the_log_has_beside(cast, neighbours, client):
    hold_session(cast.officer, attendances=500)
    report = compiled(cast)
    client.force_login(cast.province)
    page = client.get(reverse("reports:detail", args=[report.pk])).content.decode()
    assert "Số liệu hiện có trong sổ theo dõi của toàn tỉnh" in page
    assert "+500 lượt người" in page
