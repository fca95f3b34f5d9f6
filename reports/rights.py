"""Who may do what with a report: one named answer per question. An outsider gets 404."""

from django.shortcuts import get_object_or_404

from portal.access.permissions import Permission
from portal.access.scoping import has, sides_of
from reports.models import Report


def readable(user):
    """Reports that `user` may read."""
    return Report.objects.visible_to(user, Permission.REPORT_VIEW)


def readable_or_404(user, pk: int) -> Report:
    """A report that `user` may read, with what its page names."""
    return get_object_or_404(_whole(readable(user)), pk=pk)


def own_or_404(user, permission: Permission, pk: int) -> Report:
    """A report on which `user` holds `permission`; Http404 also where it may only be read."""
    return get_object_or_404(_whole(Report.objects.visible_to(user, permission)), pk=pk)


def _whole(reports):
    """With what every page about one report asks again and again."""
    return reports.with_names().prefetch_related("unit__names", "confirmations")


def may(user, permission: Permission, report: Report) -> bool:
    return has(user, permission, report.unit)


def confirm_permission(report: Report) -> Permission:
    return Permission.PROVINCE_REPORT_CONFIRM if report.is_province else Permission.REPORT_CONFIRM


def confirmable_sides(user, report: Report) -> list[str]:
    """The sides that are still missing and for which `user` may confirm, in the type's order."""
    own = {str(side) for side in sides_of(user, confirm_permission(report), report.unit)}
    return [side for side in report.missing_sides() if side in own]


def reviews(user, report: Report) -> bool:
    """Whether `user` reviews this report: a commune's, of the own province."""
    return not report.is_province and may(user, Permission.REPORT_REVIEW, report)
