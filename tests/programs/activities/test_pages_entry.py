"""Entering activities through the pages: what is stored, what is refused with its values, twice is once."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from programs.activities.models import ActivityEntry, EntryArea
from programs.activities.slots import slot_of, slot_range
from programs.awareness.models import AwarenessSession
from programs.grassroots.models import Mediation
from tests.factories.user import make_officer
from tests.programs.activities.pages import (
    MEDIATION,
    area,
    check_html,
    create_url,
    days_ago,
    errors_of,
    log,
    mediation_post,
    save,
    session_post,
    thanh_sen,
    tran_phu,
    typed,
)

pytestmark = pytest.mark.django_db


def test_a_session_is_logged_with_its_areas_side_and_programme(client, cast):
    five, six = area(thanh_sen(), "5"), area(thanh_sen(), "6")
    record = log(client, cast.officer, areas=[five.pk, six.pk])
    assert (record.attendances, record.topics, record.valuable_tips) == (
        1012,
        ["crime", "fireworks"],
        None,
    ) or set(record.topics) == {"crime", "fireworks"}
    assert (record.side, record.logged_by, record.unit) == ("police", cast.officer, thanh_sen())
    assert record.programme.number.startswith("07")
    assert set(EntryArea.objects.filter(entry=record.pk).values_list("area", flat=True)) == {five.pk, six.pk}


def test_the_front_logs_for_its_own_side(client, cast):
    assert log(client, cast.colleague).side == "front"


def test_after_saving_the_page_offers_the_next_entry(client, cast):
    client.force_login(cast.officer)
    page = client.post(create_url(), session_post(), follow=True).content.decode()
    assert "Nhập tiếp" in page
    assert f"{create_url()}?unit={thanh_sen().pk}" in page


def test_the_form_starts_with_today_and_says_what_must_not_be_typed(client, cast):
    client.force_login(cast.officer)
    area(thanh_sen(), "5")
    area(tran_phu(), "9")
    page = check_html(client.get(create_url()))
    assert page.value("held_on") == typed(timezone.localdate())
    assert "Không nhập bí mật nhà nước" in page.text
    assert "Tổ dân phố 5" in page.text
    assert "Tổ dân phố 9" not in page.text
    assert "<details" in page.text and '<details class="more" open' not in page.text


def test_the_same_post_twice_is_one_record(client, cast):
    client.force_login(cast.officer)
    post = session_post()
    first, second = client.post(create_url(), post), client.post(create_url(), post, follow=True)
    assert second.redirect_chain[0][0] == first.url
    assert "đã có trong sổ" in second.content.decode()
    assert AwarenessSession.objects.count() == 1


def test_the_same_token_with_other_content_is_refused(client, cast):
    client.force_login(cast.officer)
    token = str(uuid.uuid4())
    client.post(create_url(), session_post(client_token=token))
    response = client.post(create_url(), session_post(client_token=token, title="Tuyên truyền khác hẳn"))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert AwarenessSession.objects.count() == 1
    again = client.post(
        create_url(),
        session_post(client_token=check_html(response).value("client_token"), title="Tuyên truyền khác hẳn"),
    )
    assert again.status_code == 302
    assert AwarenessSession.objects.count() == 2


def test_a_plain_browser_without_scripts_can_do_it(cast):
    """Only what stands in the page is sent, with its own CSRF token; without the token nothing is taken."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer)
    assert client.post(create_url(), session_post()).status_code == 403
    page = check_html(client.get(create_url()))
    sent = {a["name"]: a.get("value", "") for a in page.all("input") if a.get("type") == "hidden"}
    typed_in = {"title": "Nói chuyện chuyên đề", "held_on": page.value("held_on"), "form": "gathering"}
    response = client.post(create_url(), sent | typed_in | {"unit": thanh_sen().pk})
    assert response.status_code == 302
    assert AwarenessSession.objects.get().attendances is None


def test_titles_stay_text_in_warnings_and_errors(client, cast):
    log(client, cast.officer, title="<script>alert(1)</script> Tuyên truyền")
    client.force_login(cast.colleague)
    token = str(uuid.uuid4())
    post = session_post(client_token=token, title="<script>alert(1)</script> của Mặt trận")
    text = check_html(client.post(create_url(), post)).text
    assert "Có hoạt động gần giống" in text
    assert "&lt;script&gt;alert(1)" in text and "<script>alert" not in text
    save(client, create_url(), session_post(client_token=token, title="<b>Bản của Mặt trận</b>"))
    text = client.post(create_url(), session_post(client_token=token, title="Khác")).content.decode()
    assert "&lt;b&gt;Bản của Mặt trận" in text and "<b>Bản của" not in text


def test_who_serves_two_communes_chooses_one(client, cast):
    area(thanh_sen(), "5")
    area(tran_phu(), "9")
    make_officer(tran_phu(), user=cast.officer)
    client.force_login(cast.officer)
    page = check_html(client.get(create_url()))
    other = f"{create_url()}?unit={tran_phu().pk}"
    assert page.all("a", href=other)
    page = check_html(client.get(other))
    assert "Tổ dân phố 9" in page.text and "Tổ dân phố 5" not in page.text
    assert log(client, cast.officer, unit=tran_phu().pk).unit == tran_phu()
    listed = client.get(reverse("activities:list"))
    check_html(listed)
    assert "unit" in listed.context["filters"].fields


def test_a_posting_that_has_ended_gives_no_entry(client, cast):
    client.force_login(cast.officer)
    cast.officer.postings.update(ends_on=days_ago(1))
    client.force_login(User.objects.get(pk=cast.officer.pk))
    assert client.get(create_url()).status_code == 403
    assert client.post(create_url(), session_post()).status_code == 403


def tomorrow():
    return typed(timezone.localdate() + timedelta(days=1))


REFUSED_SESSIONS = [
    ({"held_on": tomorrow}, "held_on", "hôm nay"),
    ({"held_on": "31/02/2026"}, "held_on", "ngày/tháng/năm"),
    ({"held_on": "abc"}, "held_on", "ngày/tháng/năm"),
    ({"held_on": ""}, "held_on", ""),
    ({"held_on": "15/06/2025"}, "held_on", "Phường Thành Sen không có vào ngày 15/06/2025"),
    ({"attendances": "-5"}, "attendances", "âm"),
    ({"attendances": "abc"}, "attendances", "số nguyên"),
    ({"attendances": "12,5"}, "attendances", "số nguyên"),
    ({"attendances": "10.000.001"}, "attendances", "10.000.000"),
    ({"attendances": "9" * 40}, "attendances", "10.000.000"),
    ({"valuable_tips": "-1"}, "valuable_tips", "âm"),
    ({"title": ""}, "title", ""),
    ({"title": "x" * 301}, "title", "300"),
    ({"title": "một\x00hai"}, "title", ""),
    ({"topics": ["weapons"]}, "topics", "weapons"),
    ({"form": "telepathy"}, "form", "telepathy"),
    ({"unit": "abc"}, "unit", "phạm vi"),
    ({"unit": lambda: tran_phu().pk}, "unit", "phạm vi"),
    ({"areas": ["abc"]}, "areas", "không thuộc Phường Thành Sen"),
    ({"areas": ["9" * 30]}, "areas", "không thuộc Phường Thành Sen"),
    ({"areas": lambda: [area(tran_phu()).pk]}, "areas", "không thuộc Phường Thành Sen"),
    ({"areas": lambda: [area(thanh_sen(), "8", valid_to=days_ago(10)).pk]}, "areas", "không thuộc"),
]


@pytest.mark.parametrize(("changes", "where", "says"), REFUSED_SESSIONS)
def test_a_bad_session_is_refused_in_vietnamese_and_keeps_what_was_typed(client, cast, changes, where, says):
    client.force_login(cast.officer)
    post = session_post(**{name: value() if callable(value) else value for name, value in changes.items()})
    response = client.post(create_url(), post)
    assert response.status_code == 200
    errors = errors_of(response)
    assert set(errors) == {where}
    assert says in " ".join(errors[where])
    assert not AwarenessSession.objects.exists()
    assert_all_kept(response, post)
    assert_no_english(errors)


REFUSED_MEDIATIONS = [
    ({"outcome": "succeeded"}, "concluded_on", "phải ghi ngày kết thúc"),
    ({"concluded_on": lambda: typed(days_ago(2))}, "outcome", "chọn kết quả"),
    (
        {"outcome": "failed", "concluded_on": lambda: typed(days_ago(30))},
        "concluded_on",
        "trước ngày tiếp nhận",
    ),
    ({"outcome": "failed", "concluded_on": tomorrow}, "concluded_on", "hôm nay"),
    ({"outcome": "failed", "concluded_on": "30/02/2026"}, "concluded_on", "ngày/tháng/năm"),
    ({"outcome": ""}, "outcome", ""),
    ({"dispute_kind": ""}, "dispute_kind", ""),
    ({"case_count": "0"}, "case_count", "từ 1"),
    ({"case_count": "10.001"}, "case_count", "10.000"),
    ({"team": ["army"]}, "team", "army"),
]


@pytest.mark.parametrize(("changes", "where", "says"), REFUSED_MEDIATIONS)
def test_a_bad_mediation_is_refused_and_keeps_what_was_typed(client, cast, changes, where, says):
    client.force_login(cast.officer)
    post = mediation_post(**{name: value() if callable(value) else value for name, value in changes.items()})
    response = client.post(create_url(MEDIATION), post)
    assert response.status_code == 200
    errors = errors_of(response)
    assert set(errors) == {where}
    assert says in " ".join(errors[where])
    assert not Mediation.objects.exists()
    assert_all_kept(response, post)
    assert_no_english(errors)


def assert_all_kept(response, post):
    """Every value that was sent stands in the form again, and each error is linked from the summary."""
    form, page = response.context["form"], check_html(response)
    for name, value in post.items():
        if name in form.fields:
            kept = form[name].value()
            assert (
                [str(v) for v in kept] == [str(v) for v in value]
                if isinstance(value, list)
                else str(kept) == str(value)
            )
    for name in form.errors:
        anchor = form[name].id_for_label or f"div_{form[name].auto_id}"
        assert page.all("a", href=f"#{anchor}"), name
        assert f"{form[name].auto_id}_error" in page.ids()


def assert_no_english(errors):
    for message in (m for messages in errors.values() for m in messages):
        assert not {"the", "this", "is", "not", "valid", "enter"} & set(message.lower().split()), message


def test_a_mediation_counts_on_two_days(client, cast):
    record = log(
        client,
        cast.officer,
        MEDIATION,
        received_on="10/10/2026",
        outcome="succeeded",
        concluded_on="20/11/2026",
    )
    assert (record.outcome, record.team) == ("succeeded", ["police", "mediators"])
    page = client.get(reverse("activities:detail", args=[record.pk])).content.decode()
    assert "từ 01/10/2026 đến 14/10/2026" in page
    assert "từ 15/11/2026 đến 30/11/2026" in page


def grouped_post(**changes):
    start, _ = slot_range(slot_of(timezone.localdate()) - 1)
    return session_post(
        **{
            "session_count": "4",
            "held_on": typed(start),
            "held_to": typed(start + timedelta(days=9)),
            **changes,
        }
    )


def test_several_sessions_of_one_half_month_are_one_record(client, cast):
    client.force_login(cast.officer)
    url = reverse("activities:create_grouped", args=["tuyen-truyen"])
    page = check_html(client.get(url))
    assert "từ 01 đến 14 hoặc từ 15 đến cuối tháng" in page.text
    response = client.post(url, grouped_post())
    assert response.status_code == 302
    assert AwarenessSession.objects.get().session_count == 4
    assert "4 buổi" in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("changes", "where", "says"),
    [
        ({"held_on": "10/11/2026", "held_to": "16/11/2026"}, "held_to", "một nửa tháng"),
        ({"held_on": "31/10/2026", "held_to": "01/11/2026"}, "held_to", "một nửa tháng"),
        ({"held_on": "10/11/2026", "held_to": "09/11/2026"}, "held_to", "không được trước"),
        ({"held_to": ""}, "held_to", ""),
        ({"session_count": "0"}, "session_count", "từ 1"),
        ({"session_count": "1.001"}, "session_count", "1.000"),
        ({"session_count": ""}, "session_count", ""),
    ],
)
def test_a_bad_group_is_refused(client, cast, changes, where, says):
    client.force_login(cast.officer)
    post = grouped_post(**changes)
    response = client.post(reverse("activities:create_grouped", args=["tuyen-truyen"]), post)
    errors = errors_of(response)
    assert set(errors) == {where}
    assert says in " ".join(errors[where])
    assert_all_kept(response, post)


def test_a_kind_without_groups_has_no_such_page(client, cast):
    client.force_login(cast.officer)
    assert client.get(reverse("activities:create_grouped", args=[MEDIATION])).status_code == 404
    assert client.get(create_url("bay-vao-vu-tru")).status_code == 404


def test_what_only_the_database_refuses_becomes_an_error_of_the_form(client, cast):
    """Before 2013 there was no programme: no form rule says so, the guard trigger does."""
    client.force_login(cast.officer)
    old = thanh_sen().predecessions.get(old__name="Đại Nài").old
    post = session_post(unit=old.pk, held_on="15/06/2012")
    response = client.post(create_url(), post)
    assert response.status_code == 200
    assert "chương trình phối hợp" in " ".join(errors_of(response)["held_on"])
    assert_all_kept(response, post)
    assert not ActivityEntry.objects.exists()


def test_an_old_day_is_logged_for_the_commune_of_that_day(client, cast):
    old = thanh_sen().predecessions.get(old__name="Đại Nài").old
    record = log(client, cast.officer, unit=old.pk, held_on="15/06/2025")
    assert record.unit == old
    client.force_login(cast.colleague)
    assert client.get(reverse("activities:detail", args=[record.pk])).status_code == 200
