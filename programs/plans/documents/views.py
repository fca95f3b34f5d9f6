"""Finding documents, and their files to those whom they bind."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from programs.attachments.serving import send
from programs.plans.documents.files import CONTENT_TYPES
from programs.plans.documents.forms import DocumentSearchForm
from programs.plans.models import GuidingDocument
from programs.plans.reach import READ
from programs.plans.views import PAGE_SIZE, readable_or_404


@requires(READ)
@require_safe
def documents(request):
    """All documents that bind the person, found by any way of writing their number."""
    filters = DocumentSearchForm(request.GET)
    found = filters.apply(GuidingDocument.objects.standing().within_reach(request.user, READ).with_names())
    page = Paginator(found.order_by("-issued_on", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "plans/documents.html", {"filters": filters, "page": page})


@requires(READ)
@require_safe
def download(request, pk):
    """The file of a document, only ever downloaded."""
    document = readable_or_404(GuidingDocument.objects.standing(), request.user, pk=pk)
    if not document.sha256:
        raise Http404
    kind = CONTENT_TYPES[document.file_kind]
    return send(request, document.sha256, content_type=kind, name=document.file_name, download=True)
