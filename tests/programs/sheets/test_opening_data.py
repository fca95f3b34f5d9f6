"""Residential areas and last year's figures from tables: checked by cell, corrected when sent anew."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from portal.units.models import ResidentialArea, ResidentialAreaSize
from programs.activities.opening import OpeningFigure
from programs.sheets import actions
from reports.content import live_content
from tests.factories import reports as make
from tests.factories.activities import commune
from tests.programs.activities.pages import area, thanh_sen
from tests.programs.sheets.books import book

pytestmark = pytest.mark.django_db
AREA_HEAD = ["Loại", "Tên", "Có từ ngày", "Số hộ", "Số nhân khẩu", "Tính đến ngày"]
FIGURE_HEAD = ["Từ ngày", "Đến ngày", "Chỉ tiêu", "Số liệu", "Mức độ", "Nguồn"]
SOURCE = "Báo cáo số 12/BC-CAP ngày 17/11/2025"
SINCE, UNTIL = date(2025, 10, 15), date(2025, 11, 14)


def receive(cast, subject, rows):
    head = AREA_HEAD if subject == "khu-dan-cu" else FIGURE_HEAD
    content = book([head, *rows])
    return actions.receive(
        file_name="ban-dau.xlsx", content=content, subject=subject, unit=thanh_sen(), by=cast.officer
    )


def where(batch, level="error") -> list[str]:
    return [f["where"] for f in batch.findings if f["level"] == level]


def test_areas_with_their_size(cast):
    there = area(thanh_sen(), "5")
    rows = [
        ["Tổ dân phố", 5, "", "1.012", 4100, date(2025, 12, 31)],
        ["to dan pho", "Hoà Bình", date(2025, 7, 1), 210, "", "31/12/2025"],
        ["Thôn", "Liên Sơn", "", "", "", ""],
    ]
    batch = receive(cast, "khu-dan-cu", rows)
    assert where(batch) == [] and where(batch, "warning") == ["Ô B2"]
    assert ResidentialArea.objects.count() == 1
    actions.write(batch=batch, by=cast.officer)
    assert ResidentialArea.objects.filter(unit=thanh_sen()).count() == 3
    size = ResidentialAreaSize.objects.get(area=there)
    assert (size.households, size.people, size.as_of) == (1012, 4100, date(2025, 12, 31))
    assert ResidentialArea.objects.get(name="Hoà Bình").valid_from == date(2025, 7, 1)
    actions.write(
        batch=receive(cast, "khu-dan-cu", [[*rows[0][:3], 1020, 4111, rows[0][5]]]), by=cast.officer
    )
    assert ResidentialAreaSize.objects.get(area=there).households == 1020


def test_faults_of_areas(cast):
    tomorrow = timezone.localdate() + timedelta(days=1)
    rows = [
        ["Phố", "1", "", "", "", ""],
        ["Thôn", "", "", "", "", ""],
        ["Thôn", "Đông", tomorrow, "", "", ""],
        ["Thôn", "Tây", "", 100, "", ""],
        ["Thôn", "Nam", "", "trăm", "-3", UNTIL],
        ["Thôn", "Bắc", date(2025, 12, 1), 5, 5, UNTIL],
        ["Thôn", "Hoà", "", "", "", ""],
        ["thon", "HÒA", "", "", "", ""],
    ]
    batch = receive(cast, "khu-dan-cu", rows)
    assert where(batch) == ["Ô A2", "Ô B3", "Ô C4", "Ô F5", "Ô D6", "Ô E6", "Ô F7", "Ô B9"]
    actions.write(batch=batch, by=cast.officer)
    assert not ResidentialArea.objects.exists()


def test_last_years_figures_fill_the_same_period_of_the_report(cast):
    rows = [
        [SINCE, UNTIL, "buoi tuyen truyen", 40, "Hơn", SOURCE],
        [SINCE, UNTIL, "Lượt người tham dự tuyên truyền", "12.500", "", SOURCE],
    ]
    batch = receive(cast, "so-lieu-ban-dau", rows)
    assert batch.findings == []
    actions.write(batch=batch, by=cast.officer)
    lines = {line["indicator"]: line for line in live_content(make.draft(commune()))["lines"]}
    assert lines["sessions"]["same_period"] == 40
    assert lines["session_attendances"]["same_period"] == 12_500
    assert lines["sessions"]["note"] == "Cùng kỳ: số liệu ban đầu (hơn)"

    batch = receive(cast, "so-lieu-ban-dau", [[SINCE, UNTIL, "Buổi tuyên truyền", 44, "", SOURCE]])
    assert where(batch, "warning") == ["Ô D2"]
    actions.write(batch=batch, by=cast.officer)
    assert OpeningFigure.objects.get(indicator="sessions").amount == Decimal(44)
    assert OpeningFigure.pgh_event_model.objects.filter(indicator="sessions").count() == 2


def test_faults_of_figures(cast):
    rows = [
        [date(2025, 10, 16), UNTIL, "Buổi tuyên truyền", 1, "", SOURCE],
        [SINCE, date(2025, 11, 15), "Buổi tuyên truyền", 1, "", SOURCE],
        [SINCE, date(2027, 11, 14), "Buổi tuyên truyền", 1, "", SOURCE],
        [SINCE, UNTIL, "Buổi", 1, "", SOURCE],
        [SINCE, UNTIL, "Buổi tuyên truyền", "", "", SOURCE],
        [SINCE, UNTIL, "Buổi tuyên truyền", "2,5", "", SOURCE],
        [SINCE, UNTIL, "Buổi tuyên truyền", -1, "", SOURCE],
        [SINCE, UNTIL, "Buổi tuyên truyền", 1, "chừng", SOURCE],
        [SINCE, UNTIL, "Buổi tuyên truyền", 1, "", ""],
        [SINCE, UNTIL, "Buổi tuyên truyền", 1, "", SOURCE],
        [SINCE, UNTIL, "Buổi tuyên truyền", 2, "", SOURCE],
        [date(2005, 10, 15), date(2005, 11, 14), "Buổi tuyên truyền", 2, "", SOURCE],
    ]
    batch = receive(cast, "so-lieu-ban-dau", rows)
    named = ["Ô A2", "Ô B3", "Ô B4", "Ô C5", "Ô D6", "Ô D7", "Ô D8", "Ô E9", "Ô F10", "Ô C12", "Ô B13"]
    assert where(batch) == named
    actions.write(batch=batch, by=cast.officer)
    assert not OpeningFigure.objects.exists()
