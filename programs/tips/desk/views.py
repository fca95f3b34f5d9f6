"""The police desk: the queue of a unit's tips, one tip, its files. Another unit's tip is a 404."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import get_visible_or_404
from programs.tips.closed import closed
from programs.tips.desk.forms import QueueForm
from programs.tips.desk.presentation import facts, offered, openings_of, rows_of
from programs.tips.files import download_name
from programs.tips.models import Tip, TipFile
from programs.tips.rooms import rooms_beside

PAGE_SIZE = 25
VIEW = Permission.TIP_VIEW
# Nothing in a file may run, load or be framed, whatever a browser makes of it.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


@requires(VIEW)
@require_safe
@closed
def queue(request):
    """The unit's tips, the next deadline first; nothing of what they say."""
    filters = QueueForm(request.GET or None)
    asked, today = filters.asked() if request.GET else {}, timezone.localdate()
    mine = Tip.objects.visible_to(request.user, VIEW)
    found = _shown(mine, asked.get("show", "open"), today)
    if asked.get("category"):
        found = found.filter(category=asked["category"])
    page = Paginator(found.for_queue(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "rows": rows_of(page, today),
        "counts": mine.desk_counts(today),
        "rooms": rooms_beside(request),
    }
    return render(request, "tips/desk/queue.html", context)


def _shown(tips, show: str, today):
    if show == "over":
        return tips.exclude(pk__in=tips.open().values("pk"))
    return {"late": tips.open().overdue(today), "answered": tips.open().answered()}.get(show, tips.open())


@requires(VIEW)
@require_safe
@closed
def detail(request, pk):
    """What a person told, what was done with it, and what may be done next."""
    tip = get_visible_or_404(with_all(Tip.objects.all()), request.user, VIEW, pk=pk)
    return render(
        request,
        "tips/desk/detail.html",
        {
            "tip": tip,
            "facts": facts(tip, timezone.localdate()),
            "files": list(tip.files.defer("content")),
            "talk": list(tip.messages.order_by("pk")),
            "course": list(tip.events.order_by("pk")),
            "merged": list(tip.merged.without_content().order_by("pk")),
            "openings": openings_of(tip, request.user),
            "steps": offered(tip, request.user),
        },
    )


@requires(VIEW)
@require_safe
@closed
def file(request, pk, number):
    """One file, to be saved, never shown by the browser."""
    files = TipFile.objects.filter(tip__in=Tip.objects.visible_to(request.user, VIEW))
    found = files.filter(tip=pk, number=number).first()
    if found is None:
        get_visible_or_404(Tip.objects.none(), request.user, VIEW, pk=pk)
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    name = download_name(pk, number, found.media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    # Compressed already; the middleware would compress once more and hide the length.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return response


def with_all(tips):
    """With the rows that a page about one tip reads."""
    return tips.with_due().select_related(
        "unit", "handling_unit__today_province", "handled_by", "contact", "session"
    )
