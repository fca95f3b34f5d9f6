"""From a file to the log: received, checked, written whole or not at all. Keyword-only, with `by=`."""

from collections.abc import Callable

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.access.scoping import has
from portal.accounts.models import User
from portal.files import workbook
from portal.jobs import actions as jobs
from portal.jobs.models import Job
from portal.units.text import nfc
from programs.activities.transactions import retry_on_deadlock
from programs.sheets.findings import MOST_KEPT, Finding
from programs.sheets.models import ImportBatch
from programs.sheets.subjects import subject_of

# Fewer rows are checked and written while the person waits; more go to a worker and a page shows how far.
AT_ONCE = 300
CHECK, WRITE = "sheets.check", "sheets.write"
State = ImportBatch.State


def _nothing(done: int) -> None:
    pass


def receive(*, file_name: str, content: bytes, subject: str, unit, by) -> ImportBatch:
    """Take a file in, and check it: at once when it is short, else as a job.

    Raises workbook.Refused when the file is not opened at all. When the very same table is in the log
    already, the batch that brought it is given back and nothing is kept.
    """
    chosen = _allowed(subject, unit, by)
    safe = workbook.checked(file_name, content)
    table = workbook.read(safe)
    digest = table.digest()
    known = ImportBatch.objects.taken_in(unit=unit, subject=chosen.slug, content_hash=digest)
    if known:
        return known
    batch = ImportBatch.objects.create(
        subject=chosen.slug,
        unit=unit,
        file_name=nfc(file_name)[-200:],
        content=safe,
        content_hash=digest,
        row_count=max(len(table.rows) - 1, 0),
        created_by=by,
    )
    _now_or_later(batch, CHECK, check, by)
    batch.refresh_from_db()
    return batch


def check(*, batch: ImportBatch, step: Callable[[int], None] = _nothing) -> None:
    """The dry run: judge every row and note what was found. Nothing is written to the log."""
    table = workbook.read(bytes(batch.content))
    try:
        _, findings = _allowed(batch.subject, batch.unit, batch.created_by).check(table, step)
    except workbook.Refused as refused:
        findings = [Finding(1, None, text) for text in refused.messages]
    _note(batch, findings)


def write(*, batch: ImportBatch, by) -> None:
    """Write a checked batch into the log: at once when it is short, else as a job. Twice is once."""
    mine = ImportBatch.objects.filter(pk=batch.pk)
    if not mine.filter(state=State.READY).update(state=State.WRITING):
        return
    batch.refresh_from_db()
    try:
        _now_or_later(batch, WRITE, take_in, by)
    except Exception:
        mine.filter(state=State.WRITING).update(state=State.READY)
        raise


def take_in(
    *, batch: ImportBatch, by, step: Callable[[int], None] = _nothing, last: Callable = lambda: None
) -> None:
    """All rows in one transaction, judged once more; where they no longer hold, the batch says why.

    `last` is called inside the transaction as the last thing: what it raises rolls everything back.
    """
    subject = _allowed(batch.subject, batch.unit, by)
    prepared, findings = subject.check(workbook.read(bytes(batch.content)), lambda done: step(0))
    if any(finding.is_error for finding in findings):
        _note(batch, findings)
        return
    try:
        retry_on_deadlock(_written)(batch, subject, prepared, by, step, last)
    except IntegrityError:
        # Somebody sent the same table a moment before: theirs is in the log, this one says so.
        if not ImportBatch.objects.taken_in(
            unit=batch.unit, subject=batch.subject, content_hash=batch.content_hash
        ):
            raise
        drop(batch=batch, by=by)


@transaction.atomic
def _written(batch, subject, prepared, by, step, last) -> None:
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if held.state != State.WRITING:
        return
    with pghistory.context(user=by.pk, verb="import", batch=batch.pk):
        subject.write(prepared, by=by, content=batch.content_hash, step=step)
    held.state, held.content, held.findings = State.DONE, None, []
    held.row_count, held.error_count = len(prepared), 0
    held.taken_in_by, held.taken_in_at = by, timezone.now()
    held.save()
    last()


def drop(*, batch: ImportBatch, by=None) -> None:
    """Throw the file of a batch away; what was found stays to be read. What is in the log stays there."""
    open_ones = ImportBatch.objects.filter(pk=batch.pk).exclude(state__in=[State.DONE, State.DROPPED])
    open_ones.update(state=State.DROPPED, content=None)


def drop_outdated() -> int:
    """Throw away the files that nobody has written within a day; how many."""
    outdated = list(ImportBatch.objects.outdated())
    for batch in outdated:
        drop(batch=batch)
    return len(outdated)


def job_of(batch: ImportBatch) -> Job | None:
    """The job that works on a batch now, or did last; None when it was done while the person waited."""
    return Job.objects.filter(key__in=[f"{CHECK}:{batch.pk}", f"{WRITE}:{batch.pk}"]).order_by("-pk").first()


def _now_or_later(batch: ImportBatch, kind: str, action, by) -> None:
    if batch.row_count > AT_ONCE:
        args = {"batch": batch.pk, "by": by.pk}
        key, total = f"{kind}:{batch.pk}", batch.row_count
        jobs.start(kind=kind, key=key, args=args, total=total, unit=batch.unit, by=by)
    elif kind == CHECK:
        action(batch=batch)
    else:
        action(batch=batch, by=by)


def _note(batch: ImportBatch, findings: list[Finding]) -> None:
    """What was found, errors first, in the order of the cells; the file waits to be written or mended."""
    ordered = sorted(findings, key=lambda f: (not f.is_error, f.row, -1 if f.column is None else f.column))
    errors = sum(finding.is_error for finding in findings)
    ImportBatch.objects.filter(pk=batch.pk, state__in=[State.CHECKING, State.WRITING]).update(
        state=State.FAULTY if errors else State.READY,
        findings=[finding.as_json() for finding in ordered[:MOST_KEPT]],
        error_count=errors,
        warning_count=len(findings) - errors,
    )


def _allowed(slug: str, unit, by: User):
    subject = subject_of(slug, unit=unit, user=by)
    if not has(by, subject.permission, unit):
        raise PermissionDenied
    return subject
