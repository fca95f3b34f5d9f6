"""Accounts from a workbook: template, dry run, making them, and the slips to print, which are shown once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access.bulk_forms import AccountsFileForm
from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.accounts import bulk
from portal.accounts.batches import AccountBatch
from portal.accounts.bulk_template import template
from portal.accounts.managing import given_units
from portal.files.handing_out import XLSX
from portal.files.workbook import Refused

PER_PAGE = 20
KNOWN = "Bảng này đã được lập trước đó, không lập thêm lần nữa."


@requires(Permission.ACCOUNTS_BULK)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request):
    """Send a file to be checked. Below: what was sent before."""
    form = AccountsFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = _received(request, form)
        if batch:
            return redirect("bulk_accounts:batch", batch.pk)
    batches = Paginator(bulk.managed_batches(request.user), PER_PAGE).get_page(request.GET.get("page"))
    provinces = given_units(request.user).filter(level="province")
    context = {"form": form, "page": batches, "provinces": provinces}
    return render(request, "accounts/bulk.html", context, status=422 if form.errors else 200)


def _received(request, form) -> AccountBatch | None:
    file = form.cleaned_data["file"]
    try:
        batch = bulk.receive(file_name=file.name, content=file.read(), by=request.user)
    except Refused as refused:
        form.add_error("file", refused.messages)
        return None
    if batch.state == AccountBatch.State.DONE:
        messages.info(request, KNOWN)
    return batch


@requires(Permission.ACCOUNTS_BULK)
@require_safe
def download_template(request, code):
    """The workbook of a province: its own accounts and four of each commune, as far as there are none yet."""
    units = given_units(request.user)
    province = get_object_or_404(units, level="province", code=code)
    communes = units.filter(level="commune", today_province=province).order_by("sort_key", "code")
    response = HttpResponse(template([province, *communes], by=request.user), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="tai-khoan-{code}.xlsx"'
    return response


@requires(Permission.ACCOUNTS_BULK)
@require_safe
def batch(request, pk):
    """What was found in a file, or what became of it."""
    found = _batch_or_404(request, pk)
    waiting = found.accounts.filter(last_login=None, must_change_password=True, is_active=True).count()
    return render(request, "accounts/batch.html", {"batch": found, "waiting": waiting})


@requires(Permission.ACCOUNTS_BULK)
@require_POST
def make(request, pk):
    """Make the accounts and show the slips, in this answer and nowhere else."""
    found = _batch_or_404(request, pk)
    slips = bulk.write(batch=found, by=request.user)
    return _slips(request, found, slips) if slips else redirect("bulk_accounts:batch", pk)


@requires(Permission.ACCOUNTS_BULK)
@require_POST
def slips_again(request, pk):
    """New slips for those who have not signed in yet; the old ones are worth nothing then."""
    found = _batch_or_404(request, pk)
    slips = bulk.slips_again(batch=found, by=request.user)
    return _slips(request, found, slips) if slips else redirect("bulk_accounts:batch", pk)


@requires(Permission.ACCOUNTS_BULK)
@require_POST
def drop(request, pk):
    bulk.drop(batch=_batch_or_404(request, pk))
    messages.success(request, "Đã bỏ tệp, không lập tài khoản nào.")
    return redirect("bulk_accounts:upload")


def _batch_or_404(request, pk) -> AccountBatch:
    found = bulk.managed_batches(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _slips(request, found, slips):
    context = {"batch": found, "slips": slips, "address": request.build_absolute_uri(reverse("home"))}
    return render(request, "accounts/slips.html", context)  # guarded views are stored by no browser
