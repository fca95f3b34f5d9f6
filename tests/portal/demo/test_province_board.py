"""The demo's province has targets of its own, and a desk that is behind."""

from django.utils import timezone

from portal.demo import province_board
from portal.demo.log_entries import ILLUSTRATION
from programs.plans.models import JointPlan
from programs.tips.models import Tip
from programs.tips.overdue import overdue_by_desk
from tests.factories.user import commune, province


def test_they_come_once_and_say_what_they_are(cast):
    province_board.load()
    province_board.load()
    behind = commune(province_board.BEHIND)
    assert overdue_by_desk(timezone.localdate(), province()) == {behind.pk: (5, 9)}
    assert all(tip.story.startswith(ILLUSTRATION) for tip in Tip.objects.all())
    plan = JointPlan.objects.get(unit=province())
    assert plan.source == ILLUSTRATION and plan.targets.count() == len(province_board.TARGETS)
