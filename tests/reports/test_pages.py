"""The pages of reports one by one: what they say, to whom, and at what cost."""

from datetime import date

import pytest
from django.urls import reverse

from portal.ui.numbers import number, signed_change
from programs.awareness.models import AwarenessSession
from reports import actions
from reports.content import content_of
from tests.factories import reports as make
from tests.factories.user import commune
from tests.reports.browsing import press, read, signed_in


def status(user, name, *args, post=False):
    client, address = signed_in(user), reverse(f"reports:{name}", args=args)
    return (client.post(address) if post else client.get(address)).status_code


@pytest.fixture
def draft(cast):
    make.hold_session(cast.officer, attendances=412, tips=3)
    make.hold_session(cast.officer, date(2025, 10, 20), attendances=1000)
    return make.draft()


def test_the_figures_of_the_page_are_those_of_the_content(cast, draft):
    lines = signed_in(cast.officer).get(f"/bao-cao/{draft.pk}/").context["page"]["figures"]
    expected = [
        (
            line["indicator"],
            number(line["current"]),
            number(line["same_period"]),
            signed_change(line["current"], line["same_period"]),
            number(line["cumulative"]),
        )
        for line in content_of(draft)["lines"]
    ]
    shown = [(each.slug, each.current, each.same_period, each.change, each.cumulative) for each in lines]
    assert shown == expected
    assert ("session_attendances", "412", "1.000", "−588 (−58,8%)", "412") in shown


@pytest.mark.parametrize("stranger", ["neighbour", "other_province", "national", "province_admin", "admin"])
def test_others_do_not_find_a_communes_report(cast, draft, stranger):
    expected = 403 if stranger in ("province_admin", "admin") else 404
    assert status(getattr(cast, stranger), "detail", draft.pk) == expected
    assert status(getattr(cast, stranger), "line", draft.pk, "sessions") == expected


def test_the_province_reads_a_draft_but_does_not_write_it(cast, draft):
    assert "Sửa nhận xét" not in read(cast.province, "detail", draft.pk)
    assert status(cast.province, "edit_section", draft.pk, "plan") == 404
    assert status(cast.province_leader, "confirm", draft.pk) == 403
    assert draft.sections.get(key="plan").text == ""


def test_a_side_does_not_confirm_twice_or_for_the_other(cast, draft):
    make.confirm(draft, cast, "police")
    assert "không chờ đồng chí xác nhận" in press(
        cast.leader, "confirm", draft.pk, password=make.PASSWORD, seen="x"
    )
    assert list(draft.live_confirmations().values_list("side", flat=True)) == ["police"]


def test_an_officer_who_may_not_confirm_is_told_who_may(cast, draft):
    said = read(cast.officer, "detail", draft.pk)
    assert "Chờ lãnh đạo Công an và Mặt trận xác nhận." in said and "Xác nhận số liệu" not in said


def test_rows_behind_a_figure_add_up_and_stay_as_they_were_counted(cast, draft):
    first = AwarenessSession.objects.get(attendances=412)
    make.hold_session(cast.officer, attendances=600)
    report = make.accepted(cast)
    AwarenessSession.objects.filter(pk=first.pk).update(attendances=999)
    answer = signed_in(cast.officer).get(f"/bao-cao/{report.pk}/chi-tieu/session_attendances/")
    context = answer.context
    assert context["total"] == context["line"].current == "1.012"
    assert sorted(row.amount for row in context["rows"]) == ["412", "600"]
    assert [row.changed for row in context["rows"] if row.amount == "412"] == ["đã sửa sau khi chốt"]
    assert [row.changed for row in context["rows"] if row.amount == "600"] == [""]
    assert reverse("activities:detail", args=[first.pk]) in answer.content.decode()


def test_a_row_deleted_after_it_was_counted_is_marked(cast, draft):
    report = make.accepted(cast)
    AwarenessSession.objects.filter(attendances=412).update(
        deleted_at="2026-11-20T08:00+07:00", deleted_by=cast.officer, deletion_reason="Nhập trùng"
    )
    assert "đã xóa sau khi chốt" in read(cast.officer, "line", report.pk, "sessions")


def test_rows_are_paginated_and_the_sum_is_of_all_pages(cast):
    for n in range(60):
        make.hold_session(cast.officer, attendances=n)
    report = make.draft()
    context = signed_in(cast.officer).get(f"/bao-cao/{report.pk}/chi-tieu/sessions/?page=2").context
    assert (len(context["rows"]), context["total"]) == (10, "60")


def test_a_province_figure_opens_its_communes_and_these_their_rows(cast):
    make.hold_session(cast.officer, attendances=412)
    commune_report = make.accepted(cast)
    compiled = make.compiled(cast)
    answer = signed_in(cast.province).get(f"/bao-cao/{compiled.pk}/chi-tieu/session_attendances/")
    assert answer.context["total"] == "412"
    assert f"/bao-cao/{commune_report.pk}/chi-tieu/session_attendances/" in answer.content.decode()


def test_the_national_reader_reads_frozen_totals_and_no_communes_rows(cast):
    make.hold_session(cast.officer, attendances=412)
    make.accepted(cast)
    compiled = make.compiled(cast)
    assert status(cast.national, "detail", compiled.pk) == 404
    frozen = make.confirm(compiled, cast)
    assert "412" in read(cast.national, "detail", frozen.pk)
    home = signed_in(cast.national).get("/").content.decode()
    assert "1/34 tỉnh, thành phố đã chốt" in home
    assert "/chi-tieu/" not in read(cast.national, "line", frozen.pk, "sessions")


def test_nothing_happened_is_said_and_differs_from_missing(cast):
    report = make.draft()
    assert "Không phát sinh trong kỳ." in read(cast.officer, "detail", report.pk)
    make.confirm(report, cast)
    actions.send(report=report, by=cast.officer)
    said = read(cast.province, "overview")
    assert "Không phát sinh: 1" in said and "Chưa gửi báo cáo: 68" in said


def test_the_overview_compares_with_last_year_and_filters(cast, draft):
    said = read(cast.province, "overview", **{"chi-tieu": "session_attendances"})
    assert "Phường Thành Sen" in said and "−588 (−58,8%)" in said
    said = read(cast.province, "overview", **{"tinh-hinh": "received"})
    assert "Phường Thành Sen" not in said.split("Đơn vị Tình hình")[1]


@pytest.mark.parametrize(
    "nonsense", [{"ky": "x@y"}, {"chi-tieu": "'; --"}, {"tinh-hinh": "x"}, {"tinh": "42\x00"}]
)
def test_nonsense_in_the_address_breaks_no_page(cast, draft, nonsense):
    answer = signed_in(cast.province).get("/bao-cao/tinh-hinh-gui/", nonsense)
    assert answer.status_code in (200, 404)
    assert (
        signed_in(cast.province).get("/bao-cao/", {"nam": "x", "page": "y", "don_vi": "\x00"}).status_code
        == 200
    )


def test_opening_a_period_leads_to_its_progress_and_twice_is_once(cast):
    form = signed_in(cast.province).get("/bao-cao/mo-ky/").context["form"]
    november = next(
        key for _, group in form.fields["ky"].choices[1:] for key, label in group if "tháng 11/2026" in label
    )
    answers = [signed_in(cast.province).post("/bao-cao/mo-ky/", {"ky": november}) for _ in range(2)]
    assert answers[0].status_code == 302 and answers[0].url == answers[1].url
    assert "69" in signed_in(cast.province).get(answers[0].url).content.decode()


def test_a_free_range_needs_its_days_and_keeps_what_was_typed(cast):
    form = signed_in(cast.province).get("/bao-cao/mo-ky/").context["form"]
    free = next(key for _, group in form.fields["ky"].choices[1:] for key, _ in group if key.endswith("@"))
    answer = signed_in(cast.province).post("/bao-cao/mo-ky/", {"ky": free, "start": "05/06/2026"})
    said = answer.content.decode()
    assert "cần cả từ ngày và đến ngày" in said and 'value="05/06/2026"' in said


@pytest.mark.parametrize("format", ["pdf", "docx", "xlsx"])
def test_a_download_has_a_vietnamese_name_and_is_kept_once_confirmed(cast, format):
    report = make.accepted(cast)
    client = signed_in(cast.officer)
    first, second = (client.get(f"/bao-cao/{report.pk}/tai-ve/{format}/") for _ in range(2))
    assert first.content == second.content and report.issued_files.get().format == format
    disposition = first["Content-Disposition"]
    assert "filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20th%C3%A1ng%2011-2026" in disposition
    assert disposition.isascii() and status(cast.officer, "download", report.pk, "exe") == 404


def queries(client, address, django_assert_max_num_queries, limit):
    with django_assert_max_num_queries(limit) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


@pytest.mark.parametrize("address", ["/bao-cao/{pk}/", "/bao-cao/{pk}/chi-tieu/sessions/", "/", "/bao-cao/"])
def test_queries_do_not_grow_with_the_activities(cast, draft, address, django_assert_max_num_queries):
    client = signed_in(cast.officer)
    address = address.format(pk=draft.pk)
    few = queries(client, address, django_assert_max_num_queries, 45)
    for n in range(30):
        make.hold_session(cast.officer, attendances=n)
        make.mediate(cast.officer)
    assert queries(client, address, django_assert_max_num_queries, 45) == few


def test_queries_of_the_overview_do_not_grow_with_the_communes(cast, draft, django_assert_max_num_queries):
    client = signed_in(cast.province)
    few = queries(client, "/bao-cao/tinh-hinh-gui/", django_assert_max_num_queries, 40)
    for unit in commune().parent.children.filter(valid_to=None)[:8]:
        make.hold_session(cast.officer, unit=unit)
        if unit != commune():
            make.draft(unit=unit)
    assert queries(client, "/bao-cao/tinh-hinh-gui/", django_assert_max_num_queries, 40) == few
