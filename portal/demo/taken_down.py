"""One record of the demo whose words were taken down, as the commune and the administrator see it then."""

import uuid
from datetime import timedelta

from django.utils import timezone

from portal.accounts.models import User
from portal.demo.log_entries import NAMESPACE, write
from portal.demo.people import admin
from portal.secrecy.registry import Target, find
from portal.secrecy.takedown import take_down
from portal.secrecy.tombstones import Takedown
from portal.units.models import AdminUnit

UNIT = "18073"
TOKEN = uuid.uuid5(NAMESPACE, "taken down")


def load() -> None:
    """Invented words that are no secret; at the second start it is there already."""
    if Takedown.objects.filter(client_token=TOKEN).exists():
        return
    record = write(
        "tuyen-truyen",
        {
            "unit": AdminUnit.objects.today().communes().get(code=UNIT),
            "held_on": timezone.localdate() - timedelta(days=6),
            "title": "Số liệu minh họa: buổi tuyên truyền có nội dung phải gỡ",
            "topics": ["law"],
            "form": "gathering",
            "audience": "residents",
            "attendances": 35,
            "valuable_tips": None,
            "narrative": "Số liệu minh họa: đoạn này đóng vai nội dung không được phép lưu trên cổng.",
            "areas": [],
        },
        User.objects.get(username=f"ca.{UNIT}"),
    )
    target = Target("activity", record.pk, find("activity", record.pk))
    take_down(target=target, ground="personal", basis="Số liệu minh họa", by=admin(), token=TOKEN)
