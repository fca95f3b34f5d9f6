"""Drafts as lines to read: what it is of, when it was kept, whose it was."""

from dataclasses import dataclass

from django.urls import reverse

from portal.ui.numbers import moment
from programs.activities.registry import kind as kind_named
from programs.drafts.models import Draft


@dataclass(frozen=True)
class Line:
    """`left_by`: the colleague who began it, empty for one's own."""

    pk: int
    title: str
    kind_name: str
    unit_name: str
    saved_at: str
    left_by: str
    url: str


def lines_of(drafts, user) -> list[Line]:
    """Lines of drafts read with owner and unit, without those of a kind that is no more."""
    return [_line(draft, user) for draft in drafts if _kind(draft)]


def address_of(draft: Draft) -> str:
    """Where a draft is gone on with: the entry form of its kind."""
    page = "activities:create_grouped" if draft.grouped else "activities:create"
    return f"{reverse(page, args=[draft.kind])}?ban-nhap={draft.pk}"


def _line(draft: Draft, user) -> Line:
    others = draft.owner_id != user.pk
    return Line(
        pk=draft.pk,
        title=str(draft),
        kind_name=_kind(draft).name,
        unit_name=draft.unit.full_name,
        saved_at=moment(draft.saved_at),
        left_by=(draft.owner.full_name or draft.owner.username) if others else "",
        url=address_of(draft),
    )


def _kind(draft: Draft):
    try:
        return kind_named(draft.kind)
    except KeyError:
        return None
