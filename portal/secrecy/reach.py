"""Which rows of a table, and of its history, belong to a record or stand around a unit."""

from django.db.models import Q


def leading(table, path: str, lead) -> Q:
    """Rows of a table or of its history whose `path` leads where `lead` says, also over deleted rows."""
    head, _, rest = path.partition("__")
    if not rest:
        is_history = head == "pk" and hasattr(table, "pgh_obj_id")
        return lead("pgh_obj_id" if is_history else head)
    parent = table._meta.get_field(head).related_model
    of = f"{head}_id__in"
    found = Q(**{of: parent._default_manager.filter(leading(parent, rest, lead)).values("pk")})
    history = getattr(parent, "pgh_event_model", None)
    if history is None:
        return found
    return found | Q(**{of: history.objects.filter(leading(history, rest, lead)).values("pgh_obj_id")})


def record(subject: int):
    """Leads to one record."""
    return lambda path: Q(**{path: subject})


def around(unit):
    """Leads to where words about a unit can stand: as for reports, its own rows and its province's, of a
    province all; and those of districts that were."""
    today = unit.today_unit_id or unit.pk
    province = unit.today_province_id or unit.pk

    def lead(path: str) -> Q:
        within = Q(**{f"{path}__today_unit": today}) | Q(**{f"{path}__today_province": today})
        district = Q(**{f"{path}__level": "district", f"{path}__today_province": province})
        return Q(**{f"{path}__in": [today, province]}) | within | district

    return lead
