"""What only a province's dashboard shows: a plan of the province with its targets, a desk that is behind.

All of it is made up and says so.
"""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from portal.demo.cases import HA_TINH_COMMUNES, ha_tinh_crews
from portal.demo.log_entries import ILLUSTRATION
from portal.demo.programmes import once
from portal.demo.tips import tell
from portal.units.models import AdminUnit
from programs.coordination.models import CoordinationProgram
from programs.plans.models import JointPlan, Target
from programs.tips.models import Tip
from programs.tips.states import Category

BEHIND = HA_TINH_COMMUNES[2]
STORIES = (
    "Xe chở vật liệu chạy quá tốc độ qua cổng trường giờ tan học.",
    "Nhóm người lạ mời chào vay tiền không thế chấp ở chợ.",
    "Có người rao bán pháo tự chế cho học sinh.",
    "Quán ăn mở nhạc lớn sau 23 giờ, nhiều hộ đã nhắc.",
    "Xe máy để qua đêm nhiều ngày trước nhà văn hóa.",
    "Có người đến từng nhà thu tiền, nói là quỹ từ thiện.",
)
# (indicator, what the communes are to reach together by the end of the year, or by the middle of it)
TARGETS = (
    ("sessions", 600, 12),
    ("mediations_succeeded", 150, 12),
    ("coverage:model_communes", 100, 12),
    ("coverage:festival_security", 90, 12),
    ("session_attendances", 1_000_000, 6),
)


def load() -> None:
    """A second load finds the first."""
    province, _crews = ha_tinh_crews()
    today = timezone.localdate()
    _plan(province.unit, province.officers["ca"], today)
    unit = AdminUnit.objects.today().communes().get(code=BEHIND)
    late = [
        tell(unit, f"demo-late-tip:{BEHIND}:{number}", Category.OTHER, story).pk
        for number, story in enumerate(STORIES)
    ]
    Tip.objects.filter(pk__in=late, state="received").update(answer_by=today - timedelta(days=3))


def _plan(unit, by, today: date) -> None:
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    plan = once(
        JointPlan, f"ha-tinh-{today.year}", by, unit=unit, number="20/KH-CAT-MTTQ", source=ILLUSTRATION,
        programme=CoordinationProgram.objects.get(number="07/CTrPH-BCA-MTTW", level="nation"),
        title=f"Kế hoạch phối hợp của tỉnh năm {today.year}", state="issued", signed_on=first,
        issuers="Công an tỉnh\nỦy ban MTTQ Việt Nam tỉnh", starts_on=first, ends_on=last,
    )  # fmt: skip
    for place, (slug, amount, month) in enumerate(TARGETS, 1):
        due_on = last if month == 12 else date(today.year, 6, 30)
        once(Target, f"ha-tinh-{today.year}-{slug}", by, plan=plan, place=place, indicator=slug,
             amount=Decimal(amount), due_on=due_on, note=ILLUSTRATION)  # fmt: skip
