"""An awareness session, one or several of a half month: what the form says before the database does."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from programs.activities.registry import kind, kind_of
from programs.awareness.models import SESSIONS, AwarenessSession
from tests.factories.activities import new_session, saved

pytestmark = pytest.mark.django_db


def problems(cast, **fields) -> str:
    with pytest.raises(ValidationError) as caught:
        new_session(cast.officer, **fields).full_clean()
    return " ".join(caught.value.messages)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"attendances": -5}, "Lượt người tham dự phải từ 0 đến 10.000.000."),
        ({"session_count": 0}, "Số buổi phải từ 1 đến 1.000."),
        ({"valuable_tips": -1}, "Số nguồn tin phải từ 0 đến 100.000."),
        ({"held_to": date(2026, 11, 1)}, "“Đến ngày” không được trước ngày tổ chức."),
        ({"held_to": date(2026, 11, 17)}, "Nhập gộp chỉ trong một nửa tháng"),
        ({"held_on": date(2099, 1, 1)}, "Ngày không được ở tương lai."),
        ({"held_on": date(2025, 6, 1)}, "Vào ngày này chưa có hoặc không còn Phường Thành Sen."),
    ],
)
def test_what_is_wrong_is_said_in_vietnamese(cast, fields, words):
    assert words in problems(cast, **fields)


def test_a_grouped_entry_is_told_from_a_single_one(cast):
    assert not new_session(cast.officer).is_grouped
    several = new_session(cast.officer, session_count=4, held_to=date(2026, 11, 14))
    several.full_clean()
    assert several.is_grouped


def test_a_session_knows_its_kind_and_day(cast):
    row = saved(new_session(cast.officer))
    assert row.kind is SESSIONS is kind("tuyen-truyen") is kind_of(AwarenessSession)
    assert row.day == row.held_on and str(row) == row.title
