"""One record's pages: what it shows, who may see it, changing it together, deleting and restoring."""

import re

import pytest
from django.urls import reverse

from programs.activities.models import ActivityEntry
from programs.activities.registry import kind_of
from tests.programs.activities.pages import (
    MEDIATION,
    area,
    check_html,
    create_url,
    days_ago,
    errors_of,
    log,
    session_post,
    thanh_sen,
    typed,
)

pytestmark = pytest.mark.django_db
RECORD_PAGES = ("detail", "edit", "delete", "restore", "history")
REASON = "Nhập trùng với bản ghi của Mặt trận phường"


def url(name, record) -> str:
    return reverse(f"activities:{name}", args=[record.pk])


def edit_post(client, record, **changes) -> dict:
    """What the edit page would send: its own token and revision with the complete post."""
    page = check_html(client.get(url("edit", record)))
    return session_post(
        revision=page.value("revision"), client_token=page.value("client_token") or "", **changes
    )


def as_shown(response) -> dict:
    """What a browser would send from the form as it stands on the page."""
    form = response.context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in values.items() if value is not None}


def test_the_page_shows_facts_areas_figures_and_who_logged(client, cast):
    record = log(client, cast.officer, areas=[area(thanh_sen(), "5").pk])
    page = check_html(client.get(url("detail", record)))
    for text in (
        "Tuyên truyền quản lý, sử dụng pháo tại Trường THCS Nguyễn Đổng Chi",
        "1.012 lượt người",
        "Tổ dân phố 5",
        "Vũ khí, vật liệu nổ, pháo",
        "Thanh niên, học sinh",
        "Ghi vào sổ",
        cast.officer.full_name,
        "Phường Thành Sen",
        "1 buổi",
    ):
        assert text in page.text, text


@pytest.mark.parametrize("name", RECORD_PAGES)
def test_another_commune_finds_nothing(client, cast, name):
    record = log(client, cast.officer)
    for stranger in (cast.neighbour, cast.other_province):
        client.force_login(stranger)
        expected = 404 if stranger == cast.neighbour or name in ("detail", "history") else 403
        assert client.get(url(name, record)).status_code == expected
        if name in ("edit", "delete", "restore"):
            assert client.post(url(name, record), session_post()).status_code == expected
    record.refresh_from_db()
    assert record.is_live


def test_the_province_reads_and_does_not_write(client, cast):
    record = log(client, cast.officer)
    client.force_login(cast.province)
    page = check_html(client.get(url("detail", record)))
    assert url("edit", record) not in page.text
    assert client.get(url("history", record)).status_code == 200
    for name in ("edit", "delete", "restore"):
        assert client.get(url(name, record)).status_code == 403
        assert client.post(url(name, record), session_post()).status_code == 403
    assert client.post(create_url(), session_post()).status_code == 403
    assert client.get(reverse("activities:trash")).status_code == 403


@pytest.mark.parametrize("pk", [0, 999_999_999, 10**30])
def test_a_number_that_nobody_has_is_not_found(client, cast, pk):
    client.force_login(cast.officer)
    for name in RECORD_PAGES:
        assert client.get(reverse(f"activities:{name}", args=[pk])).status_code == 404


def test_the_other_side_completes_the_same_record(client, cast):
    record = log(client, cast.officer)
    client.force_login(cast.colleague)
    response = client.post(url("edit", record), edit_post(client, record, valuable_tips="11"), follow=True)
    record.refresh_from_db()
    assert (record.valuable_tips, record.side, record.logged_by) == (11, "police", cast.officer)
    text = response.content.decode()
    assert "Nguồn tin có giá trị thu được: <del>–</del> → <ins>11</ins>" in text
    assert cast.colleague.full_name in text


def test_overtaken_by_a_colleague_the_typed_text_stays_beside_the_others(client, cast):
    record = log(client, cast.officer)
    client.force_login(cast.officer)
    mine = edit_post(client, record, attendances="1.500", narrative="Có 11 ý kiến của phụ huynh.")
    client.force_login(cast.colleague)
    client.post(
        url("edit", record), edit_post(client, record, attendances="1.400", audience="women", form="online")
    )
    client.force_login(cast.officer)
    response = client.post(url("edit", record), mine)
    page = check_html(response)
    assert response.status_code == 200
    record.refresh_from_db()
    assert record.attendances == 1400
    assert page.value("attendances") == "1.500"
    assert [(c.label, c.before, c.after) for c in response.context["conflict"].both] == [
        ("Lượt người tham dự", "1.400", "1.500"),
        (
            "Diễn biến, kết quả",
            "Phối hợp với nhà trường và Ban công tác Mặt trận.",
            "Có 11 ý kiến của phụ huynh.",
        ),
    ]
    assert response.context["conflict"].taken == ["Hình thức", "Đối tượng"]
    assert "Có 11 ý kiến của phụ huynh." in page.text
    assert "1.400" in page.text and cast.colleague.full_name in page.text
    again = client.post(url("edit", record), as_shown(response))
    assert again.status_code == 302
    record.refresh_from_db()
    assert (record.attendances, record.narrative) == (1500, "Có 11 ý kiến của phụ huynh.")
    assert (record.audience, record.form) == ("women", "online"), "what only the colleague changed is kept"


def test_an_edit_without_its_revision_is_not_saved(client, cast):
    record = log(client, cast.officer)
    for revision in ("", "abc", "-1", "9" * 9):
        response = client.post(url("edit", record), session_post(revision=revision, attendances="7"))
        assert response.status_code == 200
    record.refresh_from_db()
    assert record.attendances == 1012


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"held_on": "31/02/2026"}, "held_on"),
        ({"attendances": "-1"}, "attendances"),
        ({"held_on": "15/06/2025"}, "held_on"),
        ({"areas": ["1"]}, "areas"),
    ],
)
def test_a_bad_edit_is_refused_and_keeps_the_record(client, cast, changes, where):
    record = log(client, cast.officer)
    response = client.post(url("edit", record), edit_post(client, record, **changes))
    assert set(errors_of(response)) == {where}
    check_html(response)
    record.refresh_from_db()
    assert (record.attendances, record.revision) == (1012, 1)


def test_moving_the_day_moves_the_areas_too(client, cast):
    """An area that ended last week held the session of then, not that of today."""
    ended, lasting = area(thanh_sen(), "8", valid_to=days_ago(5)), area(thanh_sen(), "9")
    record = log(client, cast.officer, held_on=typed(days_ago(10)), areas=[ended.pk, lasting.pk])
    response = client.post(
        url("edit", record), edit_post(client, record, held_on=typed(days_ago(1)), areas=[ended.pk])
    )
    assert set(errors_of(response)) == {"areas"}
    response = client.post(
        url("edit", record),
        edit_post(client, record, held_on=typed(days_ago(1)), areas=[lasting.pk]),
        follow=True,
    )
    assert "Tổ dân phố 9" in response.content.decode()
    assert [a.area for a in ActivityEntry.objects.get(pk=record.pk).entry_areas.all()] == [lasting]


def test_a_grouped_record_is_edited_as_a_group(client, cast):
    client.force_login(cast.officer)
    start = typed(days_ago(3).replace(day=1))
    client.post(
        reverse("activities:create_grouped", args=["tuyen-truyen"]),
        session_post(session_count="3", held_on=start, held_to=start),
    )
    record = ActivityEntry.objects.get()
    assert "session_count" in client.get(url("edit", record)).context["form"].fields


def test_deleting_needs_a_reason_and_takes_the_figures_away(client, cast):
    record = log(client, cast.officer)
    page = check_html(client.get(url("delete", record)))
    assert "1.012 lượt người" in page.text
    for reason in ("", "   ", "abc", "x" * 501):
        response = client.post(url("delete", record), {"reason": reason})
        assert "reason" in errors_of(response)
        check_html(response)
    record.refresh_from_db()
    assert record.is_live
    assert client.post(url("delete", record), {"reason": REASON}).status_code == 302
    record.refresh_from_db()
    assert (record.deletion_reason, record.deleted_by) == (REASON, cast.officer)


def test_a_deleted_record_is_seen_as_such_and_comes_back(client, cast):
    record = log(client, cast.officer)
    client.post(url("delete", record), {"reason": REASON})
    client.force_login(cast.colleague)
    assert record.title not in client.get(reverse("activities:list")).content.decode()
    trash = check_html(client.get(reverse("activities:trash"))).text
    assert record.title in trash and REASON in trash
    detail = check_html(client.get(url("detail", record))).text
    assert "Đã xóa khỏi sổ" in detail and REASON in detail and "Chưa tính vào chỉ tiêu nào" in detail
    assert client.get(url("edit", record)).status_code == 302
    assert check_html(client.get(url("restore", record)))
    client.post(url("restore", record))
    record.refresh_from_db()
    assert record.is_live
    history = client.get(url("history", record)).content.decode()
    assert re.search("Khôi phục vào sổ.*Xóa khỏi sổ.*Ghi vào sổ", history, re.DOTALL)
    client.force_login(cast.neighbour)
    assert record.title not in client.get(reverse("activities:trash")).content.decode()


def test_restoring_or_deleting_twice_changes_nothing(client, cast):
    record = log(client, cast.officer)
    client.post(url("restore", record))
    client.post(url("delete", record), {"reason": REASON})
    client.post(url("delete", record), {"reason": "Lý do khác hẳn"})
    record.refresh_from_db()
    assert record.deletion_reason == REASON
    client.post(url("restore", record))
    client.post(url("restore", record))
    assert kind_of(record).event_model.objects.filter(pgh_obj_id=record.pk).count() == 3


def test_reading_pages_do_not_take_posts(client, cast):
    record = log(client, cast.officer)
    for name in ("detail", "history"):
        assert client.post(url(name, record)).status_code == 405
    assert client.post(reverse("activities:list")).status_code == 405


def test_the_history_pages_speak_vietnamese_labels(client, cast):
    record = log(client, cast.officer, MEDIATION)
    page = client.get(url("edit", record))
    post = {k: v for k, v in ((f.html_name, f.value()) for f in page.context["form"]) if v is not None} | {
        "outcome": "transferred",
        "concluded_on": typed(days_ago(1)),
        "received_on": typed(record.received_on),
    }
    assert client.post(url("edit", record), post).status_code == 302
    text = check_html(client.get(url("history", record))).text
    assert "Kết quả: <del>Đang hòa giải</del> → <ins>Chuyển cơ quan khác</ins>" in text
    assert f"Ngày kết thúc: <del>–</del> → <ins>{typed(days_ago(1))}</ins>" in text
