"""Awareness sessions from a table: read as officers type, judged by the form, written once and whole."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import CheckConstraint
from django.utils import timezone

from programs.activities import tally
from programs.activities.models import ActivityEntry, EntryArea
from programs.awareness.models import AwarenessSession
from programs.sheets import actions, checks
from programs.sheets.models import ImportBatch
from programs.sheets.subjects import subject_of
from programs.sheets.template import template
from tests.factories.activities import former_commune, new_session, saved
from tests.programs.activities.pages import area, thanh_sen
from tests.programs.sheets.books import book, part

pytestmark = pytest.mark.django_db
KIND = "tuyen-truyen"
HEAD = [
    "Ngày tổ chức *",
    "Nội dung tuyên truyền *",
    "Lượt người tham dự",
    "Chủ đề",
    "Hình thức",
    "Khu dân cư",
]


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def receive(cast, rows, head=HEAD, kind=KIND, **more) -> ImportBatch:
    return actions.receive(
        file_name="thang-11.xlsx",
        content=book([head, *rows]),
        subject=kind,
        unit=thanh_sen(),
        by=more.get("by", cast.officer),
    )


def texts(batch) -> list[str]:
    return [finding["text"] for finding in batch.findings]


def test_rows_as_officers_type_them(cast):
    unit = thanh_sen()
    area(unit, "Hòa Bình"), area(unit, "2")
    text = "Tuyên truyền phòng cháy"
    rows = [
        [days_ago(3), f"{text} 1", 1234, "Phòng cháy, chữa cháy; Vũ khí, vật liệu nổ, pháo", "Tập trung", ""],
        [
            f"{days_ago(3):%d/%m/%Y}",
            f"{text} 2",
            "1.234",
            "phong chong ma tuy",
            "TOA DAM",
            "to dan pho hoà binh",
        ],
        [days_ago(2), f"{text} 3", "", "", "", "Tổ dân phố 2; Tổ dân phố Hòa Bình"],
    ]
    batch = receive(cast, rows)
    assert texts(batch) == [] and batch.state == "ready" and not AwarenessSession.objects.exists()
    actions.write(batch=batch, by=cast.officer)
    batch.refresh_from_db()
    assert batch.state == "done" and batch.taken_in_by == cast.officer and batch.content is None
    first, second, third = AwarenessSession.objects.order_by("title")
    assert (first.held_on, first.attendances, first.side) == (days_ago(3), 1234, "police")
    assert first.topics == ["fire_safety", "fireworks"] and first.form == "gathering"
    assert (second.attendances, second.topics, second.form) == (1234, ["drugs"], "discussion")
    assert (third.attendances, third.form) == (None, "gathering")
    assert EntryArea.objects.filter(entry=third.pk).count() == 2
    assert ActivityEntry.objects.filter(live=True).count() == 3
    assert tally.verify() == ([], [])
    event = AwarenessSession.pgh_event_model.objects.filter(pgh_obj=first).get()
    assert event.pgh_context.metadata["user"] == cast.officer.pk


def test_one_table_is_written_once(cast):
    rows = [[days_ago(3), "Tuyên truyền tại chợ Thành Sen", 40, "", "", ""]]
    actions.write(batch=receive(cast, rows), by=cast.officer)
    again = receive(cast, rows, by=cast.colleague)
    assert again.state == "done" and again.taken_in_by == cast.officer
    assert AwarenessSession.objects.count() == 1 and ImportBatch.objects.count() == 1


def test_two_drafts_of_one_table_are_written_once(cast):
    rows = [[days_ago(3), "Tuyên truyền tại chợ Thành Sen", 40, "", "", ""]]
    first, second = receive(cast, rows), receive(cast, rows)
    for batch in (first, second, first):
        actions.write(batch=batch, by=cast.officer)
    states = sorted(ImportBatch.objects.values_list("state", flat=True))
    assert states == ["done", "dropped"] and AwarenessSession.objects.count() == 1


def test_likely_twins_are_warnings(cast):
    row = [days_ago(3), "Tuyên truyền tại chợ Thành Sen", 40, "", "", ""]
    actions.write(batch=receive(cast, [row]), by=cast.officer)
    batch = receive(cast, [[days_ago(3), "TUYEN TRUYEN tại chợ  thành sen", 41, "", "", ""], row])
    assert batch.state == "ready" and batch.warning_count == 2
    assert "trong sổ đã có" in texts(batch)[0] and "dòng 2" in texts(batch)[1]


def test_what_resembles_an_entry_of_the_log_is_a_warning(cast):
    """As the page asks before saving: much the same title a day apart, or one place on one day."""
    five, six = area(thanh_sen(), "5"), area(thanh_sen(), "6")
    fields = {"title": "Tuyên truyền phòng cháy, nổ tại chung cư", "held_on": days_ago(4)}
    known = saved(new_session(cast.colleague, **fields))
    EntryArea.objects.create(entry_id=known.pk, area=five)
    rows = [
        [days_ago(3), "Phòng cháy, nổ ở chung cư: tuyên truyền", 40, "", "", ""],
        [days_ago(4), "Gặp mặt cán bộ nòng cốt", 40, "", "", five.full_name],
        [days_ago(4), "Phòng cháy, nổ ở chung cư", 40, "", "", six.full_name],
        [days_ago(9), "Tuyên truyền phòng cháy, nổ tại chung cư", 40, "", "", ""],
        [days_ago(4), "Nói chuyện về an toàn giao thông", 40, "", "", ""],
    ]
    batch = receive(cast, rows)
    assert batch.state == ImportBatch.State.READY and batch.error_count == 0
    assert [text.split(":")[0] for text in texts(batch)] == ["Ô B2", "Ô B3"]
    assert all(f"ngày {days_ago(4):%d/%m/%Y} đã có trong sổ (số {known.pk})" in t for t in texts(batch))


def test_the_template_says_what_a_table_does_not_take(cast):
    subject = subject_of(KIND, unit=thanh_sen(), user=cast.officer)
    said = part(template(subject), "xl/sharedStrings.xml").decode()
    assert "không nhập bằng bảng: ghi xong thì mở bản ghi để thêm" in said


def test_grouped_rows_and_old_units(cast):
    head = [*HEAD, "Số buổi", "Đến ngày", "Đơn vị"]
    old = former_commune("18073")
    rows = [
        [date(2026, 11, 2), "Tuyên truyền lưu động", 900, "", "", "", 6, date(2026, 11, 13), ""],
        [date(2025, 6, 3), "Tuyên truyền trước sắp xếp", 30, "", "", "", "", "", old.full_name.upper()],
        [date(2026, 11, 2), "Tuyên truyền qua hai nửa tháng", 9, "", "", "", 2, date(2026, 11, 20), ""],
        [date(2026, 11, 2), "Tuyên truyền thiếu ngày cuối", 9, "", "", "", 2, "", ""],
    ]
    batch = receive(cast, rows, head=head)
    assert [text[:7] for text in texts(batch)] == ["Ô H4: Đ", "Ô H5: Đ"]
    batch = receive(cast, rows[:2], head=head)
    actions.write(batch=batch, by=cast.officer)
    group, single = AwarenessSession.objects.order_by("-held_on")
    assert (group.session_count, group.held_to) == (6, date(2026, 11, 13))
    assert single.unit == old
    assert tally.verify() == ([], [])


def test_foreign_units_and_strangers(cast):
    with pytest.raises(PermissionDenied):
        receive(cast, [], by=cast.neighbour)
    with pytest.raises(PermissionDenied):
        receive(cast, [], by=cast.province)


def test_constraints_of_the_table_agree_with_django(cast):
    """What one query says about a chunk is what Django says row by row."""
    unit = thanh_sen()
    shared = {"unit": unit, "side": "police", "logged_by": cast.officer, "form": "gathering"}
    records = [
        AwarenessSession(held_on=date(2026, 11, 3), title="Đủ", **shared),
        AwarenessSession(held_on=date(1999, 1, 1), title="Trước năm 2000", **shared),
        AwarenessSession(held_on=date(2026, 11, 3), held_to=date(2026, 11, 20), title="Hai", **shared),
        AwarenessSession(held_on=date(2026, 11, 3), title="Sai", topics=["nothing"], **shared),
        AwarenessSession(held_on=date(2026, 11, 3), title="", session_count=0, **shared),
    ]
    found = checks.broken_constraints(records, checks.constraint_conditions(AwarenessSession))
    for record, names in zip(records, found, strict=True):
        said = set()
        for constraint in record._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                try:
                    constraint.validate(AwarenessSession, record)
                except ValidationError:
                    said.add(constraint.name)
        assert set(names) == said
    assert found[0] == [] and all(found[1:])
