"""Which place a dashboard shows, and how deep this person looks into it."""

from django.http import Http404

from portal.access.permissions import Permission
from portal.access.scoping import has, scope_of
from portal.units.models import AdminUnit


def place_or_404(user, code: str | None) -> tuple[AdminUnit | None, bool]:
    """(the province of `code`, whether it is shown by its communes); (None, True) is the nation by provinces.

    Without a code: the nation for those who read it, else the own province. Who reads the nation sees the
    totals of provinces; by communes they are for those who review there.
    """
    scope = scope_of(user, Permission.TOTALS_VIEW)
    if not code and scope.nation:
        return None, True
    mine = AdminUnit.objects.today().provinces().filter(pk__in=scope.units()).order_by("sort_key")
    found = mine.filter(code=code).first() if code and code.isalnum() else mine.first()
    if found is None:
        raise Http404
    return found, has(user, Permission.REPORT_REVIEW, found)


def reads_nation(user) -> bool:
    """Whether the page of the whole nation is open to this person."""
    return scope_of(user, Permission.TOTALS_VIEW).nation
