"""What member organisations have logged and the Front has not confirmed yet."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import get_visible_or_404
from portal.units.text import whole_number
from programs.activities.errors import EditConflict, LogError
from programs.activities.listing import rows_of
from programs.activities.measured import counted_in
from programs.activities.models import ActivityEntry
from programs.activities.presentation import facts
from programs.partners.actions import NOT_THE_FRONT, confirm_for_the_front, may_confirm

PAGE_SIZE = 25
WRITE = Permission.LOG_WRITE


@requires(WRITE)
@require_safe
def waiting(request):
    """The records of the own communes that wait for the Front, the longest waiting first."""
    entries = ActivityEntry.objects.visible_to(request.user, WRITE).live().filter(awaits_front=True)
    page = Paginator(entries.order_by("day", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "partners/waiting.html", {"page": page, "rows": rows_of(page)})


@requires(WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, pk):
    """The Front reads a member organisation's record and lets it count."""
    entry = get_visible_or_404(ActivityEntry.objects.all(), request.user, WRITE, pk=pk)
    record = entry.activity()
    if not (may_confirm(activity=record, by=request.user) and record.awaits_front and record.is_live):
        messages.warning(
            request, NOT_THE_FRONT if record.awaits_front else "Hoạt động này không chờ xác nhận."
        )
        return redirect("activities:detail", pk=pk)
    if request.method == "POST" and _confirmed(request, record):
        messages.success(request, "Mặt trận đã xác nhận. Hoạt động được tính vào số liệu.")
        return redirect("activities:detail", pk=pk)
    context = {"entry": entry, "kind": record.kind, "record": record, "facts": facts(record)}
    return render(request, "partners/confirm.html", context | {"would_count": _would_count(record)})


def _confirmed(request, record) -> bool:
    """Whether it was done; else the page comes back with the record as it is now."""
    seen = request.POST.get("revision", "")
    try:
        expected = whole_number(seen, digits=9) or 0
        confirm_for_the_front(activity=record, expected_revision=expected, by=request.user)
    except EditConflict:
        messages.warning(request, "Bản ghi vừa được sửa. Đọc lại nội dung dưới đây rồi xác nhận.")
        return False
    except LogError as error:
        messages.warning(request, error.message)
        return False
    return True


def _would_count(record) -> list:
    """What the record will add; a record that waits adds nothing, so it is asked as if it did not wait."""
    return counted_in(record.kind, record, confirmed=True)
