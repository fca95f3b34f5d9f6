"""In the demo: one entry form that an officer has not finished yet."""

import uuid

from portal.accounts.models import Side, User
from portal.demo.log_entries import ILLUSTRATION
from portal.units.models import AdminUnit
from programs.activities.registry import kind
from programs.drafts.actions import keep_draft

WHERE, TITLE = "18073", "Tuyên truyền phòng cháy, nổ tại các chung cư"
TOKEN = uuid.uuid5(uuid.NAMESPACE_URL, "ban-nhap-minh-hoa")


def load() -> None:
    """Half a form, with a number as officers write it; loading again writes over it."""
    unit = AdminUnit.objects.today().communes().get(code=WHERE)
    typed = {"unit": str(unit.pk), "client_token": str(TOKEN), "title": TITLE, "attendances": "hơn 100"}
    typed |= {"held_on": "", "narrative": ILLUSTRATION, "form": "gathering"}
    keep_draft(
        kind=kind("tuyen-truyen"), grouped=False, unit=unit, side=Side.POLICE, token=TOKEN, title=TITLE,
        content={name: [value] for name, value in typed.items()}, labels={},
        by=User.objects.get(username=f"ca.{WHERE}"),
    )  # fmt: skip
