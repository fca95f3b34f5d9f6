"""The remarks, and answers to what the province asked. A change voids what was confirmed."""

from django.db import transaction
from django.utils import timezone

from portal.access.permissions import Permission
from reports import building
from reports.actions.common import back_to_draft, cleaned, ensure, expect, lock, note_event
from reports.content import drafts_of
from reports.errors import ReportError
from reports.isolation import one_wins
from reports.models import Report, ReportEvent, ReportSection, ReviewNote, State
from reports.models.report import SECTIONS

STALE = "Người khác vừa sửa mục này. Hãy đối chiếu với nội dung mới rồi lưu lại."


def edit_section(*, report: Report, key: str, text: str, by, revision: int | None = None) -> ReportSection:
    """Write one section. revision: the one that the writer saw; a newer one refuses the write.

    The machine's own draft saved as it is stays the machine's, and goes on following the figures.
    """
    ensure(by, Permission.REPORT_EDIT, report.unit)
    text = cleaned(text, 20000, "Nội dung")
    with one_wins(), transaction.atomic():
        held, section = _open_section(report, key)
        if revision is not None and revision != section.revision:
            raise ReportError(STALE)
        drafted = drafts_of(held).get(key, "")
        if text != (section.text if section.is_edited else drafted):
            _release(held, by, section)
            section.text, section.edited_by, section.edited_at = text, by, timezone.now()
            section.drafted_text = drafted  # of the figures that the writer had before them
            _keep(section, by)
    return section


def redraft_section(*, report: Report, key: str, by) -> ReportSection:
    """Give a section back to the machine: what was written is dropped, the live figures speak again."""
    ensure(by, Permission.REPORT_EDIT, report.unit)
    with one_wins(), transaction.atomic():
        held, section = _open_section(report, key)
        if section.is_edited:
            _release(held, by, section)
            section.text, section.edited_by, section.edited_at = "", None, None
            _keep(section, by)
            building.write_drafts(held)
            section.refresh_from_db()
    return section


@transaction.atomic
def answer_note(*, note: ReviewNote, answer: str, by) -> ReviewNote:
    """The commune's word on what was asked; may be written anew until the matter is resolved."""
    ensure(by, Permission.REPORT_EDIT, note.report.unit)
    answer = cleaned(answer, 2000, "Trả lời")
    held = lock(note.report)
    expect(held, State.DRAFT, State.RETURNED, State.AWAITING)
    note = ReviewNote.objects.get(pk=note.pk)
    if not answer or not note.is_open:
        raise ReportError("Hãy ghi nội dung trả lời." if not answer else "Yêu cầu này đã giải quyết xong.")
    note.answer, note.answered_by, note.answered_at = answer, by, timezone.now()
    note.save(update_fields=["answer", "answered_by", "answered_at"])
    note_event(held, ReportEvent.Verb.ANSWERED, by, answer)
    return note


def _open_section(report: Report, key: str) -> tuple[Report, ReportSection]:
    if key not in SECTIONS:
        raise ReportError("Báo cáo không có mục này.")
    held = lock(report)
    expect(held, State.DRAFT, State.RETURNED, State.AWAITING)
    return held, held.sections.get(key=key)


def _release(held: Report, by, section: ReportSection) -> None:
    """What was confirmed is about to change."""
    if held.state == State.AWAITING:
        back_to_draft(held, by, f"Sửa mục «{section.title}»")


def _keep(section: ReportSection, by) -> None:
    section.revision += 1
    section.save(update_fields=["text", "drafted_text", "edited_by", "edited_at", "revision"])
    note_event(section.report, ReportEvent.Verb.EDITED, by, section.title)
