"""What plans show on "Việc cần làm": how far the own communes are with the targets that bind them."""

from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import scope_of
from portal.home.parts import register_part
from portal.units.models import AdminUnit
from programs.plans.joint.binding import binding_targets, progress_for

MOST_COMMUNES, TARGETS_SHOWN = 3, 6


def register() -> None:
    """Called once, when the application starts."""
    register_part(
        "plans/_home_targets.html",
        targets_context,
        place="side",
        order=40,
        permission=Permission.LOG_WRITE,
    )


def targets_context(request) -> dict | None:
    """The nearest targets of each commune; None where none binds it. Bounded by what is shown."""
    communes = AdminUnit.objects.filter(pk__in=scope_of(request.user, Permission.LOG_WRITE).communes)
    communes = communes.order_by("sort_key", "code")[:MOST_COMMUNES]
    places = [_place(unit, timezone.localdate()) for unit in communes]
    places = [place for place in places if place["progress"]]
    return {"places": places} if places else None


def _place(unit: AdminUnit, today) -> dict:
    targets = list(binding_targets(unit, today)[: TARGETS_SHOWN + 1])
    return {
        "unit_name": unit.full_name,
        "progress": progress_for(unit, targets[:TARGETS_SHOWN], today),
        "more": len(targets) > TARGETS_SHOWN,
    }
