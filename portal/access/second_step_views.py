"""The second step of signing in: asked for, turned on, recovery codes, turned off."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal.access import second_step
from portal.access.decorators import before_second_step, signed_in
from portal.access.second_step_forms import CodeForm, FirstCodeForm
from portal.access.views import where_to
from portal.accounts import second_factor
from portal.accounts.second_factor import Answer

METHODS = ["GET", "HEAD", "POST"]


@before_second_step("asked")
@signed_in
@require_http_methods(METHODS)
@sensitive_post_parameters("code")
def code(request):
    """After the password: the code. Nothing else opens before."""
    if not second_step.is_asked(request):
        return redirect(where_to(request))
    form = CodeForm(request.POST or None)
    if _is_right(request, form):
        second_step.note_passed(request)
        return redirect(where_to(request))
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next") or ""}
    return render(request, "accounts/second_step_code.html", context, status=_status(form))


@before_second_step("missing")
@signed_in
@require_safe
def overview(request):
    """Whether it is on, how many recovery codes are left, what can be done."""
    user = request.user
    context = {
        "device": second_factor.device_of(user),
        "codes_left": second_factor.codes_left(user),
        "is_required": second_factor.is_required(user),
        "is_spared": user.is_staff and not second_factor.is_required(user),
    }
    return render(request, "accounts/second_step.html", context)


@before_second_step("missing")
@signed_in
@require_http_methods(METHODS)
@sensitive_post_parameters("code")
def turn_on(request):
    """Show the key as a picture and as letters; on with the first right code, which brings recovery codes."""
    if second_factor.device_of(request.user):
        return redirect("accounts:second_step")
    device = second_factor.new_device(request.user)
    form = FirstCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer, codes = second_factor.confirm(user=request.user, code=form.cleaned_data["code"])
        if answer.is_right:
            _stay(request)
            return render(request, "accounts/recovery_codes.html", {"codes": codes, "is_first": True})
        form.refuse(answer)
    context = {
        "form": form,
        "picture": second_factor.picture(device),
        "key": second_factor.key_in_groups(device),
    }
    return render(request, "accounts/second_step_on.html", context, status=_status(form))


@signed_in
@require_http_methods(METHODS)
@sensitive_post_parameters("code")
def new_codes(request):
    """New recovery codes for a code of the app."""
    if not second_factor.device_of(request.user):
        return redirect("accounts:second_step")
    form = CodeForm(request.POST or None)
    if _is_right(request, form):
        codes = second_factor.new_codes(request.user)
        return render(request, "accounts/recovery_codes.html", {"codes": codes})
    context = {"form": form, "heading": "Cấp mã dự phòng mới", "note": "Các mã dự phòng cũ hết giá trị."}
    return render(request, "accounts/second_step_ask.html", context, status=_status(form))


@signed_in
@require_http_methods(METHODS)
@sensitive_post_parameters("code")
def turn_off(request):
    """Off, for a code of the app. Who must have a second step is led to set one up anew."""
    if not second_factor.device_of(request.user):
        return redirect("accounts:second_step")
    form = CodeForm(request.POST or None)
    if _is_right(request, form):
        second_factor.turn_off(user=request.user)
        update_session_auth_hash(request, request.user)
        request.session.pop(second_step.KEY, None)
        messages.success(request, "Đã tắt xác thực hai bước.")
        return redirect("accounts:second_step")
    context = {"form": form, "heading": "Tắt xác thực hai bước", "note": "Các mã dự phòng hết giá trị."}
    return render(request, "accounts/second_step_ask.html", context, status=_status(form))


def _is_right(request, form) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    answer: Answer = second_factor.verify(user=request.user, code=form.cleaned_data["code"])
    if not answer.is_right:
        form.refuse(answer)
    return answer.is_right


def _stay(request) -> None:
    """The other sessions of the account have ended; this one has passed."""
    update_session_auth_hash(request, request.user)
    second_step.note_passed(request)


def _status(form) -> int:
    return 422 if form.errors else 200
