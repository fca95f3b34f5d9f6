"""Tips that wait beyond their terms, commune by commune: for the police of the province alone.

By name, not by size, in steps, with small numbers left out and without a total (see `programs.tips.overdue`).
No line opens a tip: the province reads only those that were passed up to it.
"""

from django.urls import reverse

from portal.ui.numbers import number
from portal.units.models import AdminUnit
from programs.tips.counting import K
from programs.tips.overdue import overdue_by_desk
from reports.dashboards.blocks.shape import Block, Fact, Row, Scene


def block(scene: Scene) -> Block | None:
    """None for a commune: its desk says it itself."""
    if scene.is_commune:
        return None
    late = overdue_by_desk(scene.today, scene.place)
    units = AdminUnit.objects.filter(pk__in=late).order_by("sort_key", "code")
    return Block(
        slug="nguon-tin-qua-han",
        title="Nguồn tin quá hạn giải quyết",
        lead=f"Tính đến ngày {scene.today:%d/%m/%Y}, không theo kỳ. Đơn vị có dưới {K} nguồn tin quá hạn"
        f" không hiện, không có số cộng; số được ghi theo bậc {K}.",
        facts=[Fact(f"Đơn vị có từ {K} nguồn tin quá hạn trở lên", number(len(late)))],
        columns=("Đơn vị", "Nguồn tin quá hạn"),
        rows=[Row(unit.full_name, (_said(*late[unit.pk]),)) for unit in units],
        links=[("Nguồn tin cấp tỉnh giải quyết", reverse("tip_desk:queue"))],
    )


def _said(first: int, last: int) -> str:
    return f"Từ {number(first)} đến {number(last)}"
