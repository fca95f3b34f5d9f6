"""The desk's pages: byte for byte the same 404, nothing kept by browsers, the text survives a lost race."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import Role
from programs.tips.models import Tip, TipMessage
from programs.tips.states import Category, State
from tests.factories import files as pictures
from tests.factories.activities import new_session, saved
from tests.factories.user import NGHE_AN, TRAN_PHU, commune, make_officer, province
from tests.programs.tips import make
from tests.programs.tips.desk.samples import SAMPLES

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
NONE = 10**12


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def answer(response) -> tuple:
    """All that a person could tell two answers apart by; the token against forged requests is drawn anew."""
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return response.status_code, headers, TOKEN.sub(b"", response.content)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_another_units_tip_is_as_if_it_did_not_exist(name, cast):
    """For police of other places, of the province above, and superusers: GET and POST, byte for byte."""
    kwargs, _ = SAMPLES[name](commune())
    nowhere = kwargs | {"pk": NONE}
    boss = make_officer(commune(TRAN_PHU), role=Role.COMMUNE_LEADER)
    boss.is_superuser = True
    boss.save()
    boss.refresh_from_db()
    for person in (cast.neighbour, cast.province, cast.province_leader, boss, cast.other_province):
        client = signed_in(person)
        for ask in (client.get, client.post):
            foreign, missing = (answer(ask(reverse(name, kwargs=k))) for k in (kwargs, nowhere))
            assert foreign == missing, (name, person.username)
            assert foreign[0] in (403, 404, 405)


def test_a_superuser_without_a_posting_has_no_desk(cast):
    cast.admin.is_superuser = True
    cast.admin.save()
    cast.admin.refresh_from_db()
    kwargs, _ = SAMPLES["tip_desk:detail"](commune())
    client = signed_in(cast.admin)
    assert client.get(reverse("tip_desk:detail", kwargs=kwargs)).status_code == 403
    assert client.get(reverse("tip_desk:queue")).status_code == 403


def test_the_desk_is_of_the_police(cast):
    for person in (cast.colleague, cast.front_leader, cast.province_front, cast.national):
        assert signed_in(person).get(reverse("tip_desk:queue")).status_code == 403


@pytest.mark.parametrize("name", ["tip_desk:detail", "tip_desk:ask", "tip_desk:file"])
def test_no_browser_keeps_a_page(name, cast):
    kwargs, _ = SAMPLES[name](commune())
    headers = signed_in(cast.officer).get(reverse(name, kwargs=kwargs)).headers
    assert "no-store" in headers["Cache-Control"] and "private" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"


def test_files_are_saved_never_shown(cast):
    from programs.tips.files import prepared
    from tests.programs.tips.desk.uploads import upload

    pdf, photo = prepared(upload("đơn.pdf", pictures.pdf())), prepared(upload("ảnh.jpg", pictures.jpeg()))
    tip = make.tip(files=[pdf, photo])
    client = signed_in(cast.officer)
    for number, kind in ((1, "application/pdf"), (2, "image/jpeg")):
        response = client.get(reverse("tip_desk:file", args=[tip.pk, number]))
        assert response["Content-Type"] == kind
        assert response["Content-Disposition"].startswith("attachment;")
        assert "sandbox" in response["Content-Security-Policy"]
        assert bytes(response.content) == bytes(tip.files.get(number=number).content)
    assert client.get(reverse("tip_desk:file", args=[tip.pk, 3])).status_code == 404


def test_who_comes_second_keeps_the_text(cast):
    tip = make.tip(category=Category.OTHER)
    url = reverse("tip_desk:hand_over", args=[tip.pk])
    said = {"body": "Cơ quan Cảnh sát điều tra", "number": "27/TN", "on": "", "seen": tip.revision}
    triage = {"category": Category.OTHER, "seen": tip.revision}
    assert signed_in(cast.leader).post(reverse("tip_desk:triage", args=[tip.pk]), triage).status_code == 302
    from portal.ui.numbers import day

    said["on"] = day(tip.received_on)
    client = signed_in(cast.officer)
    response = client.post(url, said)
    html = response.content.decode()
    assert response.status_code == 409 and "Người khác vừa cập nhật" in html
    assert "Cơ quan Cảnh sát điều tra" in html and "27/TN" in html and "Đang kiểm tra" in html
    tip.refresh_from_db()
    assert tip.state == State.CHECKING
    assert f'name="seen" value="{tip.revision}"' in html
    assert client.post(url, said | {"seen": tip.revision}).status_code == 302
    tip.refresh_from_db()
    assert (tip.state, tip.intake_number) == (State.HANDED_OVER, "27/TN")


def test_a_step_that_is_not_possible_is_not_taken_by_a_post_either(cast):
    """A merged tip is not linked to a session: the one that stands for it is. What was typed stays."""
    from programs.tips import handling

    tip, twin = make.tip(), make.tip()
    handling.merge(tip=twin, seen=twin.revision, into=tip, by=cast.officer)
    record = saved(new_session(cast.officer, valuable_tips=1))
    client, url = signed_in(cast.officer), reverse("tip_desk:link_session", args=[twin.pk])
    page = client.post(url, {"entry": record.pk, "seen": twin.revision})
    assert page.status_code == 422 and "tình trạng khác" in page.content.decode()
    assert f'value="{record.pk}"' in page.content.decode()
    twin.refresh_from_db()
    assert twin.session_id is None
    stale = client.post(url, {"entry": record.pk, "seen": twin.revision - 1})
    assert stale.status_code == 409 and f'value="{record.pk}"' in stale.content.decode()


def test_a_question_reaches_the_sender_once(cast):
    tip = make.tip()
    client, url = signed_in(cast.officer), reverse("tip_desk:ask", args=[tip.pk])
    page = client.get(url).content.decode()
    token = re.search(r'name="token" value="([0-9a-f]{32})"', page).group(1)
    said = {"text": "Biển số xe là gì?", "token": token, "seen": tip.revision}
    assert [client.post(url, said).status_code for _ in range(2)] == [302, 302]
    assert TipMessage.objects.filter(tip=tip).count() == 1


def test_a_merge_does_not_tell_of_other_units_tips(cast):
    tip, foreign = make.tip(), make.tip(commune(TRAN_PHU))
    client, url = signed_in(cast.officer), reverse("tip_desk:merge", args=[tip.pk])
    pages = [
        client.post(url, {"into": into, "seen": tip.revision}).content.decode() for into in (foreign.pk, NONE)
    ]
    assert (
        pages[0].count("Không có nguồn tin số này tại đơn vị.")
        == pages[1].count("Không có nguồn tin số này tại đơn vị.")
        == 2
    )


def test_the_queue_says_nothing_of_what_people_told_and_is_bounded(cast, django_assert_max_num_queries):
    for number in range(30):
        tip = make.tip(unit=commune(), story=f"Chuyện riêng {number}", category=Category.OTHER)
    Tip.objects.filter(pk=tip.pk).update(answer_by="2026-01-01")
    make.tip(commune(TRAN_PHU))
    client = signed_in(cast.officer)
    client.get("/")
    with django_assert_max_num_queries(10):
        page = client.get(reverse("tip_desk:queue"))
    html = page.content.decode()
    assert page.context["counts"] == {"open": 30, "new": 30, "late": 1, "answered": 0}
    assert "Chuyện riêng" not in html and make.submission().place not in html
    assert len(page.context["rows"]) == 25 and page.context["rows"][0].is_late
    late = client.get(reverse("tip_desk:queue"), {"show": "late"})
    assert [row.pk for row in late.context["rows"]] == [tip.pk]
    with django_assert_max_num_queries(16):
        client.get(reverse("tip_desk:detail", args=[tip.pk]))
    home = client.get("/").content.decode()
    assert "1 nguồn tin quá hạn xử lý" in home and "Chuyện riêng" not in home


def test_a_tip_about_an_officer_starts_above(cast):
    tip = make.tip(about_officer=True)
    url = reverse("tip_desk:detail", args=[tip.pk])
    assert tip.handling_unit == province()
    assert [signed_in(person).get(url).status_code for person in (cast.leader, cast.province)] == [404, 200]
    assert signed_in(make_officer(province(NGHE_AN), role=Role.PROVINCE_LEADER)).get(url).status_code == 404
