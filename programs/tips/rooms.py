"""The pages about tips, as links from one to the others: the bar has one entry for all of them."""

from django.urls import reverse

from portal.access.permissions import Permission
from portal.access.scoping import has

PAGES = (
    ("Hàng đợi", "tip_desk:queue", Permission.TIP_VIEW),
    ("Tiếp nhận hộ người dân", "tip_taking:take_in", Permission.TIP_TAKE_IN),
    ("Đã tiếp nhận hộ", "tip_taking:taken", Permission.TIP_TAKE_IN),
    ("Số nguồn tin", "tip_desk:counts", Permission.TIP_COUNT),
)


def rooms_beside(request) -> list[tuple[str, str]]:
    """(label, address) of the other pages about tips that this person may open."""
    offered = [(label, reverse(name)) for label, name, permission in PAGES if has(request.user, permission)]
    return [(label, url) for label, url in offered if url != request.path]
