"""Nhắc việc: what a person was reminded of. One's own alone: another's answers 404."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.inbox import actions
from portal.inbox.models import MailOptOut, Reminder

PAGE_SIZE = 25


@requires(Permission.HOME_VIEW)
@require_safe
def inbox(request):
    """The own reminders, the latest first, and whether they are mailed too."""
    reminders = Reminder.objects.of(request.user).latest_first()
    context = {
        "page": Paginator(reminders, PAGE_SIZE).get_page(request.GET.get("page")),
        "mails_work": bool(settings.EMAIL_HOST),
        "wants_mails": not MailOptOut.objects.filter(user=request.user).exists(),
    }
    return render(request, "inbox/list.html", context)


@requires(Permission.HOME_VIEW)
@require_POST
def mark_read(request, pk):
    """Back to the page of the list that it stands on."""
    reminder = get_object_or_404(Reminder.objects.of(request.user), pk=pk)
    actions.mark_read(reminder=reminder, by=request.user)
    page = request.POST.get("page", "")
    return redirect(reverse("inbox:list") + (f"?page={page}" if page.isascii() and page.isdigit() else ""))


@requires(Permission.HOME_VIEW)
@require_POST
def mark_all_read(request):
    actions.mark_all_read(by=request.user)
    messages.success(request, "Đã đánh dấu đọc hết.")
    return redirect("inbox:list")


@requires(Permission.HOME_VIEW)
@require_POST
def choose_mails(request):
    """`nhan` = "co" for mails; anything else for none."""
    wanted = request.POST.get("nhan") == "co"
    actions.choose_mails(wanted=wanted, by=request.user)
    said = "Nhắc việc sẽ được gửi cả qua thư điện tử." if wanted else "Không gửi thư nhắc việc nữa."
    messages.success(request, said)
    return redirect("inbox:list")
