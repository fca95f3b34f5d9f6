"""Tips for tests, about the commune of the cast."""

import secrets

from programs.tips import codes
from programs.tips.models import Tip
from programs.tips.sending import Submission, send
from programs.tips.states import Category
from tests.factories.user import commune

STORY = "Khuya thường có người lạ chở bao tải tới nhà kho cuối ngõ Hoà Bình, sáng ra có mùi hoá chất."


def submission(unit=None, **fields):
    given = {
        "unit": unit or commune(),
        "category": Category.CRIME,
        "story": STORY,
        "place": "Ngõ Hòa Bình, tổ dân phố 5",
        "time_text": "Khoảng 23 giờ, mấy đêm nay",
        "token": secrets.token_bytes(16),
        "code": codes.new_code(),
    }
    return Submission(**given | fields)


def tip(unit=None, **fields) -> Tip:
    return Tip.objects.get(pk=send(submission=submission(unit, **fields)).pk)
