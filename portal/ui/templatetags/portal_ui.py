"""Template tags of every page. Big tables format their numbers once in Python (numbers.py)."""

from django import template
from django.utils.html import format_html

from portal.ui import numbers

register = template.Library()

register.filter("number", numbers.number)
register.filter("day", numbers.day)
register.filter("moment", numbers.moment)
register.filter("percent_of", numbers.percent_of)
register.filter("signed_change", numbers.signed_change)

# Colour only repeats what the words say: late red, waiting amber, done green, else blue.
STATE_CLASSES = {
    "draft": "",
    "awaiting": "wait",
    "sent": "",
    "returned": "late",
    "accepted": "done",
    "frozen": "done",
    "missing": "late",
    "late": "late",
    "queued": "",
    "running": "wait",
    "done": "done",
    "failed": "late",
    "pending": "wait",
    "succeeded": "done",
    "transferred": "",
    "confirmed": "done",
    "waiting": "wait",
}


@register.simple_tag
def state_tag(state, label):
    """A state as a small coloured label; the words carry the meaning."""
    css = " ".join(filter(None, ["tag", STATE_CLASSES.get(str(state), "")]))
    return format_html('<span class="{}">{}</span>', css, label)


@register.simple_tag
def elided(page):
    """The page numbers around `page` (a django.core.paginator.Page), with an ellipsis for the gaps."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def error_links(form):
    """(anchor or None, label or None, message) of each error, for the summary on top of a form."""
    links = [(None, None, message) for message in form.non_field_errors()]
    for bound in form:
        anchor = bound.auto_id if bound.is_hidden else (bound.id_for_label or f"div_{bound.auto_id}")
        links += [(None if bound.is_hidden else anchor, bound.label, message) for message in bound.errors]
    return links
