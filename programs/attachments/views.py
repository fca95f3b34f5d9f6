"""The pages of photos and documents. A foreign record is a 404, and so are its files."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import get_visible_or_404
from portal.files.documents import CONTENT_TYPES
from portal.files.errors import Refused
from programs.activities.actions import may_change
from programs.activities.models import ActivityEntry
from programs.attachments import actions, limits, receiving, serving
from programs.attachments.forms import CaptionForm, EvidenceForm, PhotosForm, RemovalForm
from programs.attachments.history import steps_of
from programs.attachments.models import Evidence, Photo

READ, WRITE = Permission.LOG_VIEW, Permission.LOG_WRITE
form_methods = require_http_methods(["GET", "HEAD", "POST"])
PAGE_SIZE = 50
OF_ANOTHER = "Bản ghi do bên khác ghi, đồng chí không thêm hoặc gỡ ảnh, tài liệu ở đây."


@requires(WRITE)
@form_methods
def add_photos(request, pk):
    """Add one or several photos to a record; what could not be taken is named, the rest is there."""
    words = {"title": "Thêm ảnh", "noun": "ảnh", "most": limits.PHOTOS_PER_ENTRY, "kept": Photo}
    return _add(request, pk, PhotosForm, receiving.receive_photos, words)


@requires(WRITE)
@form_methods
def add_evidence(request, pk):
    """Add a document to a record."""
    words = {
        "title": "Thêm tài liệu",
        "noun": "tài liệu",
        "most": limits.EVIDENCE_PER_ENTRY,
        "kept": Evidence,
    }
    return _add(request, pk, EvidenceForm, receiving.receive_evidence, words)


def _add(request, pk, form_class, receive, words):
    entry = get_visible_or_404(ActivityEntry.objects.select_related("unit"), request.user, WRITE, pk=pk)
    if not may_change(activity=entry.activity(), by=request.user):
        raise PermissionDenied(OF_ANOTHER)
    if not entry.live:
        messages.warning(request, actions.DELETED)
        return redirect("activities:detail", pk=pk)
    form = form_class(*((request.POST, request.FILES) if request.method == "POST" else ()))
    taken = receive(request, form, entry) if request.method == "POST" else []
    if taken and form.is_valid():
        form.note_attestation(by=request.user, place="attachments", subject=entry.pk)
        messages.success(request, f"Đã nhận: {', '.join(taken)}.")
        return redirect(page_of(entry))
    kept = words.pop("kept").objects.kept().filter(entry=entry).count()
    context = {"entry": entry, "form": form, "taken": taken, "kept": kept, "left": words["most"] - kept}
    return render(request, "attachments/add.html", context | words)


@requires(READ)
@require_safe
def photo(request, pk):
    """The photo itself, in the page."""
    found = _photo_or_404(request, pk, READ)
    return _send_photo(request, found, found.sha256, download=False)


@requires(READ)
@require_safe
def thumbnail(request, pk):
    """The small photo for the gallery."""
    found = _photo_or_404(request, pk, READ)
    return _send_photo(request, found, found.thumbnail, download=False)


@requires(READ)
@require_safe
def download_photo(request, pk):
    """The photo to be saved, as JPEG."""
    found = _photo_or_404(request, pk, READ)
    return _send_photo(request, found, found.sha256, download=True)


def _send_photo(request, found, sha256, *, download):
    return serving.send(request, sha256, content_type="image/jpeg", name=found.file_name, download=download)


@requires(READ)
@require_safe
def download_evidence(request, pk):
    """The document to be saved; never shown in the page."""
    found = get_object_or_404(Evidence.objects.visible_to(request.user, READ).kept(), pk=pk)
    kind = CONTENT_TYPES[found.kind]
    return serving.send(request, found.sha256, content_type=kind, name=found.name, download=True)


@requires(WRITE)
@form_methods
def caption(request, pk):
    """Change the caption of a photo."""
    found = _photo_or_404(request, pk, WRITE)
    form = CaptionForm(request.POST or None, initial={"caption": found.caption})
    if request.method == "POST" and form.is_valid():
        try:
            actions.caption_photo(photo=found, caption=form.cleaned_data["caption"], by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            form.note_attestation(by=request.user, place="attachments", subject=found.entry_id)
            messages.success(request, "Đã lưu chú thích.")
            return redirect(page_of(found.entry))
    return render(request, "attachments/caption.html", {"photo": found, "entry": found.entry, "form": form})


@requires(WRITE)
@form_methods
def remove_photo(request, pk):
    """Take a photo off its record, with a reason."""
    return _remove(request, _photo_or_404(request, pk, WRITE), noun="ảnh")


@requires(WRITE)
@form_methods
def remove_evidence(request, pk):
    """Take a document off its record, with a reason."""
    rows = Evidence.objects.visible_to(request.user, WRITE).kept().select_related("entry__unit")
    return _remove(request, get_object_or_404(rows, pk=pk), noun="tài liệu")


def _remove(request, found, *, noun):
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove(attachment=found, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Đã gỡ {noun}.")
            return redirect(page_of(found.entry))
    context = {"attachment": found, "entry": found.entry, "form": form, "noun": noun}
    return render(request, "attachments/remove.html", context | {"is_photo": isinstance(found, Photo)})


@requires(Permission.LOG_HISTORY)
@require_safe
def history(request, pk):
    """Who added, captioned and removed what, latest first."""
    entries = ActivityEntry.objects.select_related("unit")
    entry = get_visible_or_404(entries, request.user, Permission.LOG_HISTORY, pk=pk)
    page = Paginator(steps_of(entry), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "attachments/history.html", {"entry": entry, "page": page})


def page_of(entry) -> str:
    """The gallery on the record's page."""
    return reverse("activities:detail", args=[entry.pk]) + "#anh-tai-lieu"


def _photo_or_404(request, pk, permission):
    rows = Photo.objects.visible_to(request.user, permission).kept().select_related("entry__unit")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404("Không có ảnh này.")
    return found
