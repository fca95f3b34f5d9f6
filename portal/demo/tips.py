"""Invented tips at a few desks of the demo; each says that it is one."""

import hashlib

from portal.demo.log_entries import ILLUSTRATION
from portal.units.models import AdminUnit
from programs.tips import codes, handling
from programs.tips.models import Tip
from programs.tips.sending import Submission, send
from programs.tips.states import Category

COMMUNES = ("18073", "18100")
CONTACT = {"name": "Người thử", "phone": "0900 000 000"}
TOLD = (
    (
        Category.CRIME,
        "Đêm khuya có người lạ dò cửa các nhà khóa ngoài.",
        CONTACT,
    ),
    (Category.SOCIAL_VICE, "Quán nước cuối ngõ tụ tập đánh bạc vào tối thứ bảy.", {}),
    (Category.OTHER, "Nhóm thanh niên chạy xe nẹt pô quanh công viên sau 22 giờ.", {}),
)


def load() -> None:
    """Three tips a commune, the last one taken up; a second load finds the first."""
    for code in COMMUNES:
        unit = AdminUnit.objects.today().communes().get(code=code)
        sent = [tell(unit, f"demo-tip:{code}:{number}", *told) for number, told in enumerate(TOLD)]
        officer = _officer(unit)
        if officer and sent[-1].state == "received":
            handling.triage(tip=sent[-1], seen=sent[-1].revision, category=sent[-1].category, by=officer)


def tell(unit, name: str, category, story: str, contact: dict | None = None) -> Tip:
    """The tip that has this name, sent where there is none."""
    token = hashlib.sha256(name.encode()).digest()[:16]
    said = f"{ILLUSTRATION} {story}"
    submission = Submission(
        unit=unit, category=category, story=said, token=token, code=codes.new_code(), contact=contact or {}
    )
    return Tip.objects.get(pk=send(submission=submission).pk)


def _officer(unit):
    from portal.accounts.models import User

    return User.objects.filter(username=f"ca.{unit.code}").first()
