"""Tips for the walk over all addresses: one of a commune's desk with a file, a session and an opening."""

from programs.tips.files import JPEG, Prepared
from programs.tips.models import ContactOpening
from programs.tips.states import Category
from tests.programs.tips import make


def tip(unit):
    return {"pk": _tip(unit).pk}, unit


def file(unit):
    return {"pk": _tip(unit).pk, "number": 1}, unit


def opening(unit):
    """Asked by nobody of the cast: everybody may look at it."""
    from portal.accounts.models import User

    found = _tip(unit)
    asked = ContactOpening.objects.create(
        tip=found, reason="Hỏi thêm biển số xe", asked_by=User.objects.first()
    )
    return {"pk": found.pk, "opening": asked.pk}, unit


def _tip(unit):
    contact = {"name": "Đinh Thị Thử", "contact": "0900 000 000"}
    return make.tip(
        unit, category=Category.OTHER, contact=contact, files=[Prepared(JPEG, b"\xff\xd8\xff\xe0")]
    )


SAMPLES = {
    "tip_desk:detail": tip,
    "tip_desk:file": file,
    "tip_desk:decide": opening,
    "tip_desk:open": opening,
    "tip_desk:triage": tip,
    "tip_desk:ask": tip,
    "tip_desk:hand_over": tip,
    "tip_desk:pass_on": tip,
    "tip_desk:pass_up": tip,
    "tip_desk:merge": tip,
    "tip_desk:link_session": tip,
    "tip_desk:unlink_session": tip,
    "tip_desk:close": tip,
    "tip_desk:ask_opening": tip,
    "tip_desk:hold": tip,
    "tip_desk:release": tip,
}
