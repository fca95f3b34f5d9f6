"""Taking a text down, by a system administrator: what it would touch first, then once more in earnest."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.secrecy.registry import name_of
from portal.secrecy.takedown import pieces_of, take_down
from portal.secrecy.takedown_forms import ConfirmedForm, TakedownForm
from portal.secrecy.tombstones import Takedown

PER_PAGE = 20


@requires(Permission.SECRET_TAKEDOWN)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("words")
def takedown(request):
    """Ask (GET), show what would be touched (POST), take down (POST with "go")."""
    confirmed = "go" in request.POST
    form = (ConfirmedForm if confirmed else TakedownForm)(request.POST or None)
    valid = request.method == "POST" and form.is_valid()
    if valid and confirmed and _done(request, form):
        return redirect("secrecy:takedown")
    asked = form.target if valid or confirmed else None
    context = {"form": form, "target": asked, "past": _past(request)}
    if asked:
        context |= _dry_run(asked) | {"confirmation": form.confirmation}
        context["confirm_form"] = form if confirmed else ConfirmedForm(initial=_sent(form))
    return render(request, "secrecy/takedown.html", context, status=422 if form.errors else 200)


def _done(request, form) -> bool:
    cleaned = form.cleaned_data
    try:
        made = take_down(
            target=form.target,
            ground=cleaned["ground"],
            basis=cleaned["basis"],
            token=cleaned["token"],
            by=request.user,
        )
    except ValidationError as refused:
        form.add_error("basis", refused)
        return False
    messages.success(request, f"Đã gỡ nội dung của {name_of(made.place)} số {made.subject}.")
    return True


def _sent(form) -> dict:
    """What was typed, once more in the fields of the confirmation."""
    return {name: form.data.get(name, "") for name in ("address", "words", "ground", "basis", "token")}


def _dry_run(target) -> dict:
    pieces = pieces_of(target)
    return {
        "pieces": [piece for piece in pieces if piece.count],
        "warnings": list(dict.fromkeys(piece.warning for piece in pieces if piece.warning)),
        "part": dict(target.found.parts).get(target.part, ""),
    }


def _past(request):
    """The tombstones, the latest first."""
    rows = Takedown.objects.select_related("unit")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.place_name = name_of(row.place)
    return page
