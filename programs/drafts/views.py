"""The drafts that a person can go on with."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from programs.drafts.actions import drop_draft
from programs.drafts.models import Draft
from programs.drafts.presentation import lines_of
from programs.drafts.querysets import KEPT_DAYS

PAGE_SIZE = 25


@requires(Permission.LOG_WRITE)
@require_safe
def draft_list(request):
    """The own drafts and those that colleagues left behind, the latest first."""
    drafts = Draft.objects.open_to(request.user).select_related("owner", "unit").latest_first()
    page = Paginator(drafts, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": lines_of(page, request.user), "days": KEPT_DAYS}
    return render(request, "drafts/list.html", context)


@requires(Permission.LOG_WRITE)
@require_POST
def drop(request, pk):
    """Throw one draft away."""
    draft = Draft.objects.open_to(request.user).filter(pk=pk).first()
    if draft is None:
        raise Http404
    drop_draft(draft=draft, by=request.user)
    messages.success(request, "Đã bỏ bản nháp.")
    return redirect("drafts:list")
