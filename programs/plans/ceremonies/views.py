"""The page of a signing ceremony."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from portal.access.scoping import has
from programs.plans.models import SigningCeremony
from programs.plans.reach import READ, WRITE
from programs.plans.views import readable_or_404


@requires(READ)
@require_safe
def ceremony(request, pk):
    """One ceremony with all that was signed, and by whom."""
    found = readable_or_404(SigningCeremony.objects.standing().with_names(), request.user, pk=pk)
    agreements = found.agreements.select_related("plan", "programme").prefetch_related("signatories")
    may_write = found.unit is not None and has(request.user, WRITE, found.unit)
    context = {"ceremony": found, "agreements": agreements, "may_write": may_write}
    return render(request, "plans/ceremony.html", context)
