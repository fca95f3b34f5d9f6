"""A secret that was typed is taken down: afterwards it is nowhere, and no figure has moved."""

import json
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from portal.secrecy.erasing import MARK, quotes_of
from portal.secrecy.registry import Target, find
from portal.secrecy.takedown import pieces_of, take_down
from portal.secrecy.tombstone_list import line_of
from portal.secrecy.tombstones import Takedown
from programs.activities import actions as log
from programs.activities import tally
from programs.activities.models import ActivityEntry
from programs.activities.registry import kind
from programs.attachments import actions as attachments
from programs.attachments import storage
from programs.awareness.models import AwarenessSession
from programs.drafts.models import Draft
from programs.sheets.models import ImportBatch
from reports import actions
from reports.content import read
from reports.exports import render_report
from reports.models import IssuedFile, Redaction, ReportEvent, ReportSection
from reports.redaction import faults_of
from tests.factories import files
from tests.factories import reports as make
from tests.factories.activities import session_fields
from tests.portal.ui.pages import faults_of as page_faults

SECRET = "đồn quân số hai trăm mười bảy ở Khe Lang"
TITLE = f"Tuyên truyền trước cuộc họp về {SECRET}"
NARRATIVE = f"Buổi họp bắt đầu lúc 8 giờ. Có nhắc đến {SECRET} trong phần hỏi đáp. Bà con hưởng ứng."
QUOTE = f"Đáng chú ý: có nhắc đến {SECRET} trong phần hỏi đáp."


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.TAKEDOWN_LIST = str(tmp_path / "takedowns.jsonl")
    return tmp_path


def logged(cast, **fields):
    data = session_fields(title=TITLE, narrative=NARRATIVE, **fields)
    record, _ = log.log_activity(kind=kind("tuyen-truyen"), data=data, by=cast.officer, token=uuid4())
    return record


def target_of(place, subject, part="", words=()):
    return Target(place, subject, find(place, subject), part, words)


def taken_down(cast, target, **fields):
    return take_down(target=target, ground="state_secret", by=cast.admin, token=uuid4(), **fields)


def places_with(*needles: str) -> list[str]:
    """Every table.column that still holds one of the needles, in whatever form a column keeps text."""
    found, cursor = [], connection.cursor()
    cursor.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = 'public'"
        " AND data_type IN ('text', 'character varying', 'jsonb', 'ARRAY', 'bytea')"
        " AND is_generated = 'NEVER'"
    )
    for table, column, kind_of_data in cursor.fetchall():
        for needle in needles:
            escaped = json.dumps(needle, ensure_ascii=True)[1:-1]
            for text in {needle, escaped}:
                test = (
                    f'position(%s::bytea IN "{column}") > 0'
                    if kind_of_data == "bytea"
                    else f'position(%s IN "{column}"::text) > 0'
                )
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" WHERE {test}',
                    [text.encode() if kind_of_data == "bytea" else text],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column}")
    return sorted(set(found))


@pytest.mark.django_db
def test_the_words_are_nowhere_in_database_and_files_afterwards(
    cast, media, caplog, django_capture_on_commit_callbacks
):
    caplog.set_level("DEBUG")
    record = logged(cast)
    log.change_activity(
        activity=record,
        data={"narrative": NARRATIVE + " Kết thúc lúc 10 giờ."},
        expected_revision=1,
        by=cast.officer,
    )
    entry = ActivityEntry.objects.get(pk=record.pk)
    document = attachments.add_evidence(
        entry=entry, data=files.pdf(SECRET), sent_name=f"{SECRET}.pdf", by=cast.officer
    )
    gone = attachments.add_evidence(
        entry=entry, data=files.pdf("Kế hoạch khác"), sent_name="b.pdf", title=SECRET, by=cast.officer
    )
    attachments.remove(attachment=gone, reason=f"Nhầm {SECRET}", by=cast.officer)
    ImportBatch.objects.create(
        subject="tuyen-truyen", unit=record.unit, file_name="a.xlsx", content=SECRET.encode(),
        content_hash="0" * 64, state="faulty", error_count=1, created_by=cast.officer,
        findings=[{"where": "Ô C7", "text": f"Ô C7: {NARRATIVE}", "level": "error"}],
    )  # fmt: skip
    Draft.objects.create(
        owner=cast.colleague, unit=record.unit, side="front", kind="tuyen-truyen", token=uuid4(), place=1,
        content={"narrative": [f"Chép lại: {NARRATIVE}"]},
    )  # fmt: skip
    session = SessionStore()
    session["said"] = f"Đã ghi “{TITLE}”"
    session.save()
    figures = tally.verify()
    counted = list(AwarenessSession.objects.values_list("attendances", "valuable_tips", "held_on"))
    assert places_with(SECRET)

    assert files_with(media, SECRET)

    with django_capture_on_commit_callbacks(execute=True):
        made = taken_down(cast, target_of("activity", record.pk), basis="Công văn 12/CAT-PA03")

    assert places_with(SECRET, "on quan so hai tram muoi bay") == []
    row = AwarenessSession.objects.get(pk=record.pk)
    assert (row.title, row.narrative, row.content_hash) == (MARK, MARK, "")
    assert ActivityEntry.objects.get(pk=record.pk).title == MARK
    assert list(AwarenessSession.objects.values_list("attendances", "valuable_tips", "held_on")) == counted
    assert tally.verify() == figures == ([], [])
    assert not SessionStore(session.session_key).exists(session.session_key)
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.content, batch.findings) == ("dropped", None, [])
    assert (made.role, made.by, made.unit) == ("Quản trị hệ thống", cast.admin, record.unit)
    assert not storage.exists(document.sha256) and files_with(media, SECRET) == []
    assert SECRET not in "".join(r.getMessage() for r in caplog.records if r.name != "django.db.backends")


def files_with(folder: Path, needle: str) -> list[Path]:
    every = [
        path for root in (folder, Path(settings.BROKER_DIR)) for path in root.rglob("*") if path.is_file()
    ]
    return [path for path in every if needle.encode() in path.read_bytes()]


@pytest.mark.django_db
def test_a_restored_backup_is_taken_down_again(cast, media, django_capture_on_commit_callbacks):
    record, report, _ = confirmed_and_quoted(cast)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        taken_down(cast, target_of("activity", record.pk, words=("ở Khe Lang",)))
        lines = [line_of(made) for made in Takedown.objects.select_related("by")]
        transaction.set_rollback(True)  # the database is as the backup has it
    Path(settings.TAKEDOWN_LIST).write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert places_with(SECRET)
    call_command("reapply_takedowns", stdout=(said := StringIO()))
    assert "Đã gỡ lại 1 nội dung" in said.getvalue() and places_with(SECRET, "ở Khe Lang") == []
    assert faults_of(make.fresh(report).snapshot) == [] and tally.verify() == ([], [])
    again = Takedown.objects.get()
    assert (again.at.isoformat(), str(again.client_token)) == (lines[0]["at"], lines[0]["client_token"])
    call_command("reapply_takedowns", stdout=(said := StringIO()))
    assert "Đã gỡ lại 0 nội dung; 0 nội dung" in said.getvalue()


def confirmed_and_quoted(cast, where="assessment"):
    """A frozen commune report, compiled into a frozen report of its province, both quoting the narrative."""
    record = logged(cast)
    report = make.draft()
    actions.edit_section(report=report, key=where, text=f"Tình hình ổn định.\n{QUOTE}", by=cast.officer)
    report = make.confirm(report, cast)
    actions.send(report=report, by=cast.officer)
    actions.accept(report=make.fresh(report), by=cast.province)
    province = make.compiled(cast)
    actions.edit_section(report=province, key=where, text=f"Phường báo: {QUOTE}", by=cast.province)
    province = make.confirm(province, cast)
    return record, make.fresh(report), make.fresh(province)


@pytest.mark.django_db
def test_reports_that_quote_it_keep_their_figures_and_a_provable_chain(cast, media):
    record, report, province = confirmed_and_quoted(cast)
    assert (report.state, province.state) == ("frozen", "frozen")
    issued = {format: render_report(report, format) for format in ("pdf", "docx", "xlsx")}
    before = {each.pk: read(each.snapshot) for each in (report, province)}
    bound = report.snapshot.sha256

    target = target_of("activity", record.pk)
    labels = {piece.label: piece.count for piece in pieces_of(target) if piece.count}
    assert labels["Bản chốt của báo cáo, số liệu giữ nguyên"] == 2
    assert labels["Tệp PDF, Word, Excel đã xuất, lập lại"] == 3
    assert labels["Mục nhận xét của báo cáo"] == 2
    taken_down(cast, target)

    assert places_with(SECRET) == []
    for each in (make.fresh(report), make.fresh(province)):
        after, was = read(each.snapshot), before[each.pk]
        assert after["sections"] != was["sections"]
        assert {**after, "sections": 0} == {**was, "sections": 0}
        assert faults_of(each.snapshot) == []
        text = next(s["text"] for s in after["sections"] if s["key"] == "assessment")
        assert MARK in text and ("Tình hình ổn định." in text or "Phường báo:" in text)
    link = Redaction.objects.get(snapshot=report.snapshot_id)
    assert (link.sha256_before, link.sections) == (bound, ["assessment"])
    assert report.live_confirmations().filter(sha256=bound).count() == 2
    for format, old in issued.items():
        kept = IssuedFile.objects.get(report=report, format=format)
        assert bytes(kept.file) != old and render_report(make.fresh(report), format) == bytes(kept.file)


@pytest.mark.django_db
def test_a_section_is_taken_down_in_every_version_and_what_was_asked_of_it(cast, media):
    report = make.draft()
    actions.edit_section(report=report, key="plan", text=QUOTE, by=cast.officer)
    report = make.confirm(report, cast)
    actions.send(report=report, by=cast.officer)
    actions.return_report(report=make.fresh(report), notes=[("plan", f"Bỏ câu: {QUOTE}")], by=cast.province)
    taken_down(cast, target_of("report", report.pk, part="plan"))
    assert places_with(SECRET) == []
    assert ReportSection.objects.get(report=report, key="plan").text == MARK
    assert report.notes.get().reason == MARK
    assert ReportEvent.objects.filter(report=report, verb="returned").get().detail == f"Bỏ câu: {MARK}."


@pytest.mark.django_db
def test_words_alone_are_cleared_and_the_rest_of_the_remark_stays(cast, media):
    report = make.draft()
    actions.edit_section(report=report, key="plan", text=f"Trước. {QUOTE} Sau.", by=cast.officer)
    report = make.confirm(report, cast, "police")
    taken_down(cast, target_of("report", report.pk, words=(SECRET,)))
    assert places_with(SECRET) == []
    kept = ReportSection.objects.get(report=report, key="plan").text
    assert kept.startswith("Trước. Đáng chú ý: có nhắc đến [") and kept.endswith("Sau.")
    # What one side has confirmed is still what there is: the other side confirms it.
    assert make.confirm(report, cast, "front").live_confirmations().count() == 2


@pytest.mark.django_db
def test_nothing_but_a_takedown_changes_what_is_kept(cast, media):
    record, report, _ = confirmed_and_quoted(cast)
    old = Takedown.objects.create(
        place="activity",
        subject=1,
        unit=record.unit,
        ground="personal",
        role="x",
        by=cast.admin,
        opened_in=12345,
    )
    with connection.cursor() as cursor:  # as if it had been written by an earlier transaction
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE secrecy_takedown DISABLE TRIGGER secrecy_takedown_kept")
        cursor.execute("UPDATE secrecy_takedown SET opened_in = opened_in - 1")
        cursor.execute("ALTER TABLE secrecy_takedown ENABLE TRIGGER secrecy_takedown_kept")
    erase = f"SELECT secrecy_erase(%s, '{{}}', 'id', '{{{{1}}}}', '{{{{{{}}}}}}', NULL, '{MARK}')"
    tries = [
        ("UPDATE reports_snapshot SET sha256 = sha256", []),
        ("UPDATE awareness_awarenesssessionevent SET title = 'x'", []),
        ("DELETE FROM secrecy_takedown", []),
        ("SELECT reports_redact(%s, %s, %s)", [old.pk, report.snapshot_id, b"{}"]),
        (erase.format("awareness_awarenesssessionevent", "title"), [old.pk]),
    ]
    now = Takedown.objects.create(
        place="activity", subject=2, unit=record.unit, ground="personal", role="x", by=cast.admin
    )
    for table, column in [
        ("accounts_user", "full_name"), ("reports_snapshot", "sha256"), ("reports_report", "state"),
        ("reports_confirmation", "side"), ("awareness_awarenesssession", "attendances"),
        ("reports_confirmation", "sha256"),
    ]:  # fmt: skip
        tries.append((erase.format(table, column), [now.pk]))
    content = read(report.snapshot)
    content["lines"][0]["current"] += 1
    tries.append(
        ("SELECT reports_redact(%s, %s, %s)", [now.pk, report.snapshot_id, json.dumps(content).encode()])
    )
    for said in ("Không phát sinh", f"Viết lại {MARK}", f"{MARK} thêm", "", None):
        content = read(report.snapshot)
        next(each for each in content["sections"] if each["text"])["text"] = said
        arguments = [now.pk, report.snapshot_id, json.dumps(content).encode()]
        tries.append(("SELECT reports_redact(%s, %s, %s)", arguments))
    for words, mark in [(None, "x"), (["họp"], "x"), (["họp"], ""), (None, None), (None, f"{MARK} x")]:
        sql = "SELECT secrecy_erase(%s, 'awareness_awarenesssession', 'id', %s, '{title}', %s::text[], %s)"
        tries.append((sql, [now.pk, [record.pk], words, mark]))
    for sql, arguments in tries:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, arguments)
    record.refresh_from_db()
    assert record.title == TITLE
    with connection.cursor() as cursor:  # the same call with the mark alone is the takedown's own
        sql = "SELECT secrecy_erase(%s, 'awareness_awarenesssession', 'id', %s, '{title}', NULL, %s)"
        cursor.execute(sql, [now.pk, [record.pk], MARK])
    record.refresh_from_db()
    assert record.title == MARK


@pytest.mark.django_db
def test_who_may_and_what_is_kept_of_it(cast, media):
    record = logged(cast)
    target = target_of("activity", record.pk)
    for stranger in (cast.province_admin, cast.leader, cast.province_leader):
        with pytest.raises(PermissionDenied):
            take_down(target=target, ground="state_secret", by=stranger, token=uuid4())
    with pytest.raises(ValidationError, match="không ghi lại nội dung"):
        taken_down(cast, target, basis=f"Theo {TITLE}")
    token = uuid4()
    first = take_down(target=target, ground="personal", by=cast.admin, token=token)
    again = take_down(target=target_of("activity", record.pk), ground="personal", by=cast.admin, token=token)
    assert first == again and Takedown.objects.count() == 1


@pytest.mark.django_db
def test_the_page_asks_twice_and_shows_no_words(client, cast, media, django_capture_on_commit_callbacks):
    record = logged(cast)
    url = reverse("secrecy:takedown")
    client.force_login(cast.admin)
    post = {
        "address": f"https://cong.vn/so-theo-doi/{record.pk}/",
        "words": "",
        "ground": "state_secret",
        "basis": "",
        "token": str(uuid4()),
    }
    assert client.post(url, post | {"address": "/so-theo-doi/99/"}).status_code == 422
    assert "từ 6 ký tự" in client.post(url, post | {"words": "xã"}).content.decode()
    page = client.post(url, post).content.decode()
    assert f"GỠ {record.pk}" in page and "Dòng lịch sử của bản ghi" in page
    assert SECRET not in page and page_faults(page) == []
    wrong = client.post(url, post | {"go": "1", "typed": "GỠ"})
    assert wrong.status_code == 422 and f"Gõ đúng: GỠ {record.pk}" in wrong.content.decode()
    assert not Takedown.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(url, post | {"go": "1", "typed": f"gỡ {record.pk}"}, follow=True)
    page = done.content.decode()
    assert "Đã gỡ nội dung" in page and "Quản trị hệ thống" in page and page_faults(page) == []
    (line,) = Path(settings.TAKEDOWN_LIST).read_text().splitlines()
    assert SECRET not in line and json.loads(line)["subject"] == record.pk
    client.force_login(cast.officer)
    page = client.get(reverse("activities:detail", args=[record.pk])).content.decode()
    assert "Nội dung đã gỡ" in page and SECRET not in page


def test_sentences_of_twenty_letters_are_looked_for_elsewhere():
    quotes = quotes_of([NARRATIVE])
    assert {NARRATIVE.rstrip("."), f"có nhắc đến {SECRET} trong phần hỏi đáp"} < set(quotes)
    assert "Bà con hưởng ứng" not in quotes and quotes_of(["Ngắn quá", MARK]) == []
