"""What a report says: figures beside those of other periods, remarks, header and signature block."""

from datetime import date

from portal.units.models import AdminUnit
from programs.activities.indicators import INDICATORS
from reports import building, calendar
from reports.content import canonical, content_of, digest, live_content
from reports.lines import figures_of
from reports.models import Report
from reports.trace import rows_of
from tests.factories.reports import (
    NOVEMBER,
    OCTOBER,
    accepted,
    confirm,
    draft,
    fresh,
    hold_session,
    mediate,
    obligation,
    programme_07,
)
from tests.factories.user import commune, province


def line(content, slug):
    return next(line for line in content["lines"] if line["indicator"] == slug)


def section(content, key):
    return next(section["text"] for section in content["sections"] if section["key"] == key)


def a_month(cast):
    """12 sessions with 1.012 attendances and 11 tips now, 3 in the same period, 4 in the one before."""
    for n in range(12):
        hold_session(
            cast.officer, date(2026, 10, 15 + n), attendances=84 if n else 88, tips=11 if n == 0 else None
        )
    hold_session(cast.officer, date(2025, 11, 14), attendances=90, session_count=3)
    hold_session(cast.officer, date(2026, 9, 20), attendances=150, session_count=4)
    mediate(cast.officer, date(2026, 10, 1), date(2026, 10, 30), "succeeded")
    mediate(cast.officer, date(2026, 11, 2), case_count=2)


def test_a_figure_stands_beside_its_same_period_the_one_before_and_the_year(cast):
    a_month(cast)
    content = live_content(draft())
    assert line(content, "sessions") == {
        "no": "1.1",
        "group": "Tuyên truyền, vận động",
        "indicator": "sessions",
        "name": "Buổi tuyên truyền",
        "measure_unit": "buổi",
        "current": 12,
        "same_period": 3,
        "previous": 4,
        "change": 9,
        "change_percent": "+300%",
        "cumulative": 16,
        "adjustment": 0,
        "note": "",
    }
    assert line(content, "session_attendances")["current"] == 1012
    assert line(content, "mediations_received")["current"] == 2
    assert line(content, "mediations_succeeded") | {
        "current": 1,
        "same_period": 0,
        "change_percent": "–",
    } == line(content, "mediations_succeeded")


def test_the_remarks_are_drafted_in_vietnamese(cast):
    a_month(cast)
    content = live_content(draft())
    assert section(content, "results") == (
        "Trong kỳ đã tổ chức 12 buổi tuyên truyền với 1.012 lượt người tham dự, tăng 9 buổi (+300%) "
        "so với cùng kỳ; qua tuyên truyền thu được 11 nguồn tin có giá trị, tăng 11 tin so với cùng kỳ.\n"
        "Tiếp nhận 2 vụ mâu thuẫn, tăng 2 vụ so với cùng kỳ; đã hòa giải xong 1 vụ, "
        "trong đó hòa giải thành 1 vụ."
    )
    assert "trên địa bàn phường Thành Sen tháng 11/2026 (số liệu từ 15/10/2026 đến 14/11/2026)" in section(
        content, "situation"
    )
    assert content["nil"] is False


def test_nil_is_said_and_what_was_not_yet_logged_is_not_zero(cast):
    content = live_content(draft())
    assert content["nil"] is True
    assert section(content, "results") == "Không phát sinh trong kỳ."
    assert line(content, "sessions")["current"] == 0
    assert line(content, "sessions")["same_period"] is None
    assert line(content, "sessions")["change"] is None
    assert line(content, "sessions")["change_percent"] == "–"


def test_the_content_has_the_keys_that_pages_and_files_read(cast):
    content = live_content(draft())
    assert set(content) == {
        "schema",
        "title",
        "abstract",
        "type",
        "unit",
        "period",
        "programme",
        "version",
        "issuer",
        "place",
        "recipients",
        "lines",
        "sections",
        "nil",
    }
    assert content["abstract"] == "Kết quả thực hiện Chương trình phối hợp số 07/CTrPH-BCA-MTTW tháng 11/2026"
    assert content["unit"] == {
        "id": commune().pk,
        "code": "18073",
        "name": "Phường Thành Sen",
        "level": "commune",
        "province": "Hà Tĩnh",
    }
    assert [line["indicator"] for line in content["lines"]] == [i.slug for i in INDICATORS]
    assert content["recipients"][-1] == "Lưu: VT."


def test_header_and_signature_follow_the_issuers(cast):
    issuer = live_content(draft())["issuer"]
    assert issuer == {
        "sides": ["police", "front"],
        "blocks": [
            {
                "side": "police",
                "parent": "CÔNG AN TỈNH HÀ TĨNH",
                "name": "CÔNG AN PHƯỜNG THÀNH SEN",
                "signature": ["TRƯỞNG CÔNG AN PHƯỜNG"],
            },
            {
                "side": "front",
                "parent": "ỦY BAN MTTQ VIỆT NAM TỈNH HÀ TĨNH",
                "name": "ỦY BAN MTTQ VIỆT NAM PHƯỜNG THÀNH SEN / BAN THƯỜNG TRỰC",
                "signature": ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"],
            },
        ],
    }


def test_one_side_alone_issues_where_the_type_says_so(cast):
    report = draft()
    report.report_type.issuing_sides = ["police"]
    report.report_type.save()
    assert [block["side"] for block in live_content(fresh(report))["issuer"]["blocks"]] == ["police"]


def test_a_deputy_signs_for_the_chief_and_the_bound_bytes_stay(cast):
    cast.leader.postings.update(is_deputy=True)
    cast.leader.refresh_from_db()
    cast.front_leader.postings.update(is_deputy=True)
    cast.front_leader.refresh_from_db()
    report = confirm(draft(), cast)
    signatures = [block["signature"] for block in content_of(report)["issuer"]["blocks"]]
    assert signatures == [
        ["KT. TRƯỞNG CÔNG AN PHƯỜNG", "PHÓ TRƯỞNG CÔNG AN PHƯỜNG"],
        ["TM. BAN THƯỜNG TRỰC", "PHÓ CHỦ TỊCH"],
    ]
    assert digest(live_content(report)) == report.snapshot.sha256


def test_canonical_bytes_are_nfc_and_stable(cast):
    content = live_content(draft())
    assert canonical(content) == canonical(live_content(Report.objects.get()))
    assert "Thành Sen".encode() in canonical(content)


def test_an_old_commune_reports_under_its_own_names(cast):
    """Phường Hòa Hiếu of thị xã Thái Hòa in 2020, of which today's Phường Thái Hòa keeps the records."""
    period = calendar.custom(date(2020, 1, 1), date(2020, 4, 30))
    unit = AdminUnit.objects.communes().on(period.end).get(name="Hòa Hiếu", today_province__code="40")
    from programs.coordination.models import CoordinationProgram

    programme = CoordinationProgram.objects.get(number="09/CTr-BCA-MTTW")
    owed = obligation("commune-custom", programme)
    hold_session(cast.officer, date(2020, 2, 3), unit=unit, attendances=70, tips=2)
    building.build_missing(owed, period, [unit.pk], lambda done: None)
    content = live_content(Report.objects.get(unit=unit))
    assert content["unit"]["name"] == "Phường Hòa Hiếu"
    assert content["unit"]["province"] == "Nghệ An"
    assert content["issuer"]["blocks"][0]["parent"] == "CÔNG AN THỊ XÃ THÁI HÒA"
    assert content["period"]["label"] == "từ ngày 01/01/2020 đến ngày 30/04/2020"
    assert figures_of(content)["session_attendances"] == 70
    assert line(content, "sessions")["same_period"] is None


def test_a_merged_commune_is_compared_with_what_its_forebears_did(cast):
    """Phường Thành Sen of today is several wards of 2024; what they logged then is its same period."""
    forebears = AdminUnit.objects.communes().on(date(2024, 11, 1)).filter(today_unit=commune())
    assert forebears.count() > 1
    for unit in forebears:
        hold_session(cast.officer, date(2024, 11, 1), unit=unit, attendances=10)
    content = live_content(draft(period=calendar.month(11, 2025)))
    assert line(content, "sessions")["same_period"] == forebears.count()


def test_a_divided_forebear_is_marked(cast):
    divided = AdminUnit.objects.communes().filter(is_divided=True, today_province=province()).first()
    hold_session(cast.officer, date(2024, 11, 1), unit=divided, attendances=10)
    content = live_content(draft(unit=divided.today_unit, period=calendar.month(11, 2025)))
    assert "chia tách" in line(content, "sessions")["note"]
    assert divided.name in section(content, "situation")


def test_every_figure_opens_the_rows_that_add_up_to_it(cast):
    a_month(cast)
    report = draft()
    for when in ("live", "bound"):
        content = content_of(report)
        for row in content["lines"]:
            for column in ("current", "same_period", "previous", "cumulative"):
                assert sum(r.amount for r in rows_of(report, row["indicator"], column)) == (
                    row[column] or 0
                ), when
        report = confirm(report, cast) if when == "live" else report


def test_a_bound_figure_opens_its_rows_as_they_were_counted(cast):
    session = hold_session(cast.officer, attendances=100, title="Ký cam kết không đốt pháo")
    report = accepted(cast)
    session.attendances, session.title = 250, "Đã sửa"
    session.save()
    (row,) = rows_of(report, "session_attendances")
    assert (row.amount, row.title) == (100, "Ký cam kết không đốt pháo")


def test_cumulative_is_the_previous_one_the_period_and_the_adjustment(cast):
    hold_session(cast.officer, date(2026, 10, 1), attendances=100)
    accepted(cast, period=OCTOBER)
    hold_session(cast.officer, date(2026, 10, 2), attendances=40)  # after October was taken in
    hold_session(cast.officer, date(2026, 10, 20), attendances=5)
    row = line(live_content(draft(period=NOVEMBER)), "session_attendances")
    assert (row["current"], row["adjustment"], row["cumulative"]) == (5, 40, 145)
    assert row["cumulative"] == 100 + row["current"] + row["adjustment"]
    assert row["note"] == "Điều chỉnh kỳ trước: +40"


def test_records_under_the_programmes_below_count_and_foreign_ones_do_not(cast):
    from programs.coordination.models import CoordinationProgram

    own = {
        "signed_on": date(2024, 1, 5),
        "starts_on": date(2024, 1, 5),
        "level": "province",
        "unit": province(),
    }
    local = CoordinationProgram.objects.create(
        number="01/CTr-CAT-MTTQ", title="Chương trình của tỉnh", parent=programme_07(), **own
    )
    other = CoordinationProgram.objects.create(number="02/CTr-KHAC", title="Chương trình khác", **own)
    hold_session(cast.officer, programme=local)
    hold_session(cast.officer, programme=other)
    assert line(live_content(draft()), "sessions")["current"] == 1


def test_reading_a_report_takes_few_queries(cast, django_assert_max_num_queries):
    a_month(cast)
    report = fresh(draft())
    with django_assert_max_num_queries(30):
        live_content(report)


def test_a_commune_that_was_divided_later_is_not_marked_before(cast):
    period = calendar.custom(date(2020, 1, 1), date(2020, 4, 30))
    unit = (
        AdminUnit.objects.communes().on(period.end).filter(is_divided=True, today_province=province()).first()
    )
    hold_session(cast.officer, date(2020, 2, 3), unit=unit)
    building.build_missing(obligation("commune-custom"), period, [unit.pk], lambda done: None)
    content = live_content(Report.objects.get(unit=unit))
    assert "chia" not in section(content, "situation")
    assert line(content, "sessions")["note"] == ""
