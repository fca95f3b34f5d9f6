"""What a takedown clears of tables that were sent: files not yet written, and what was found in them."""

from django.db.models import Q

from portal.secrecy.erasing import MARK, holds
from portal.secrecy.registry import Piece, Target, register_takedown
from programs.sheets.actions import drop
from programs.sheets.models import ImportBatch, LogExport
from programs.sheets.taking_away import drop as drop_exports


def pieces(target: Target) -> list[Piece]:
    """Of the same commune of today: a file that is still held may have any row of it, so all are dropped.

    A workbook taken from the log may hold it whoever asked for it: all that wait are dropped, too.
    """
    unit = target.found.unit
    of_unit = ImportBatch.objects.filter(Q(unit=unit) | Q(unit__today_unit=unit.today_unit_id or unit.pk))
    held = list(of_unit.filter(content__isnull=False))
    words = (*target.words, *target.found.texts)
    quoting = [
        batch.pk
        for batch in of_unit.only("pk", "findings", "file_name")
        if holds(f"{batch.file_name} {batch.findings}", words)
    ]

    def clear(takedown, by):
        for batch in held:
            drop(batch=batch, by=by)
        told = ImportBatch.objects.filter(pk__in=[*quoting, *(batch.pk for batch in held)])
        told.update(findings=[], file_name=MARK)

        drop_exports(LogExport.objects.all())

    count = LogExport.objects.filter(dropped_at=None).count()
    count += len({*quoting, *(batch.pk for batch in held)})
    return (
        [Piece("Bảng tính đã gửi lên, chưa ghi hoặc còn nhắc đến; bảng đã lấy từ sổ", count, clear)]
        if count
        else []
    )


def register() -> None:
    register_takedown(pieces)
