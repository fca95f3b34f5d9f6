"""An entry form that was not finished: kept, offered again, gone on with, handed over, thrown away."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Posting, Side
from programs.activities.models import ActivityEntry
from programs.awareness.models import AwarenessSession
from programs.drafts import actions
from programs.drafts.models import MOST, Draft
from programs.drafts.pages import tasks
from programs.drafts.querysets import KEPT_DAYS
from tests.factories.custom import fireworks
from tests.factories.user import TRAN_PHU, commune, make_officer, make_user
from tests.programs.activities.pages import MEDIATION, area, check_html, create_url, session_post, thanh_sen

pytestmark = pytest.mark.django_db
HALF = {"title": "Tuyên truyền pháo nổ ở", "held_on": "31/13/2026", "attendances": "hơn 100"}
HALF |= {"topics": ["fireworks"]}
STAMPED = "Theo công văn TỐI MẬT số 5"


def unfinished(**changes) -> dict:
    """A form with half of it typed, some of it wrong, and the button "Lưu nháp"."""
    return session_post(**HALF | {"instead": "draft", "csrfmiddlewaretoken": "x", "seen": "twin:1"} | changes)


def keep(client, user, url=None, **changes):
    client.force_login(user)
    return client.post(url or create_url(), unfinished(**changes))


def kept(client, user, **changes) -> Draft:
    assert keep(client, user, **changes).status_code == 302
    return Draft.objects.latest("pk")


def resume(client, user, draft):
    client.force_login(user)
    return client.get(f"{create_url(draft.kind)}?ban-nhap={draft.pk}")


def end_postings(user) -> None:
    Posting.objects.filter(user=user).update(ends_on=timezone.localdate() - timedelta(days=1))


def test_everything_typed_comes_back_right_or_wrong(client, cast):
    slug, five = fireworks().slug, area(thanh_sen(), "6")
    sent = {"areas": [five.pk], "partners-shown": "1", "partners-chaired": ["police", "front"]}
    sent |= {"partners-units": "Phường Trần Phú", f"chi-tieu-{slug}": "2,5"}
    answer = keep(client, cast.officer, **sent)
    draft = Draft.objects.get()
    assert answer.url.endswith(f"?ban-nhap={draft.pk}") and not ActivityEntry.objects.exists()
    assert not {"csrfmiddlewaretoken", "seen", "instead"} & draft.content.keys()
    page = check_html(resume(client, cast.officer, draft))
    assert "Đang nhập tiếp bản nháp" in page.text and "invalid-feedback" not in page.text
    assert page.value("title") == HALF["title"] and page.value("held_on") == "31/13/2026"
    assert page.value("attendances") == "hơn 100" and page.checked("topics") == ["fireworks"]
    assert page.checked("areas") == [str(five.pk)] and "Phường Trần Phú" in page.text
    assert page.checked("partners-chaired") == ["police", "front"]
    assert page.value(f"chi-tieu-{slug}") == "2,5"
    assert page.value("client_token") == str(draft.token)


def test_it_is_offered_on_the_form_and_at_home_and_goes_when_it_was_logged(client, cast):
    draft = kept(client, cast.officer)
    address = f"{create_url()}?ban-nhap={draft.pk}"
    for url in (create_url(), reverse("home"), reverse("drafts:list")):
        page = check_html(client.get(url))
        assert address in {a.get("href") for a in page.all("a")}, url
    assert "Nhập tiếp" not in client.get(create_url(MEDIATION)).content.decode()
    done = client.post(create_url(), session_post(client_token=str(draft.token)))
    assert done.status_code == 302 and AwarenessSession.objects.count() == 1
    assert not Draft.objects.exists()


def test_the_script_that_comes_late_does_not_bring_it_back(client, cast):
    post = session_post()
    client.force_login(cast.officer)
    assert client.post(create_url(), post).status_code == 302
    late = client.post(create_url(), post | {"instead": "draft", "auto": "1"})
    assert late.status_code == 409 and late.json()["over"]
    assert not Draft.objects.exists()


def test_saving_again_writes_over_the_same_draft(client, cast):
    token = str(uuid.uuid4())
    keep(client, cast.officer, client_token=token)
    said = keep(client, cast.officer, client_token=token, title="Hết", auto="1")
    assert said.status_code == 200 and "Đã lưu nháp lúc" in said.json()["text"]
    assert Draft.objects.get().title == "Hết"


def test_an_empty_form_is_not_kept(client, cast):
    client.force_login(cast.officer)
    page = check_html(client.get(create_url()))
    shown = {"unit": thanh_sen().pk, "client_token": page.value("client_token"), "form": "gathering"}
    shown |= {"held_on": page.value("held_on"), "partners-shown": "1", "audience": ""}
    empty = check_html(client.post(create_url(), shown | {"instead": "draft"}))
    assert "biểu mẫu chưa có nội dung" in empty.text and not Draft.objects.exists()


def test_signs_of_a_secret_are_not_kept_and_what_was_kept_before_stays(client, cast):
    draft = kept(client, cast.officer, title="Tuyên truyền")
    token = str(draft.token)
    page = check_html(keep(client, cast.officer, client_token=token, narrative=STAMPED))
    assert "Chưa lưu nháp" in page.text and "<mark>TỐI MẬT</mark>" in page.text
    assert "công văn TỐI MẬT số 5" in page.text.replace("<mark>", "").replace("</mark>", "")
    by_itself = keep(client, cast.officer, client_token=token, narrative=STAMPED, auto="1")
    assert by_itself.status_code == 422 and "công văn" not in by_itself.json()["text"]
    assert Draft.objects.get().content["narrative"] == ["Phối hợp với nhà trường và Ban công tác Mặt trận."]


def test_it_is_bounded_in_size_and_number(client, cast):
    too_long = keep(client, cast.officer, narrative="đ" * 30_000)
    assert "quá dài" in too_long.content.decode() and not Draft.objects.exists()
    for _ in range(MOST):
        kept(client, cast.officer)
    assert f"đang giữ {MOST} bản nháp" in keep(client, cast.officer).content.decode()
    first = Draft.objects.earliest("pk")
    assert first.place == 1 and Draft.objects.count() == MOST
    with pytest.raises(IntegrityError), transaction.atomic():
        first.place = MOST + 1
        first.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        first.place, first.content = 1, {"narrative": ["x" * 90_000]}
        first.save()


def test_nobody_else_sees_it_while_its_owner_is_there(client, cast):
    draft = kept(client, cast.officer)
    for user in (cast.leader, cast.colleague, cast.neighbour, cast.front_leader):
        assert resume(client, user, draft).status_code == 404
        assert client.post(reverse("drafts:drop", args=[draft.pk])).status_code == 404
        assert draft.title not in client.get(reverse("drafts:list")).content.decode()
    assert Draft.objects.exists()


def test_it_is_handed_over_to_the_side_when_the_posting_ends(client, cast):
    draft = kept(client, cast.officer)
    end_postings(cast.officer)
    successor = make_officer(user=make_user("ca.moi"))
    for outside in (cast.colleague, cast.neighbour):
        assert resume(client, outside, draft).status_code == 404
    assert "Nguyễn Văn Đức để lại" in check_html(resume(client, successor, draft)).text
    client.force_login(successor)
    assert "Nguyễn Văn Đức để lại" in client.get(reverse("home")).content.decode()
    again = kept(client, successor, client_token=str(draft.token), title="Viết tiếp")
    assert (again.pk, again.owner) == (draft.pk, successor)
    assert resume(client, cast.leader, draft).status_code == 404
    client.force_login(successor)
    assert client.post(create_url(), session_post(client_token=str(draft.token))).status_code == 302
    assert not Draft.objects.exists()


def test_who_moves_leaves_it_behind(client, cast):
    draft = kept(client, cast.officer)
    end_postings(cast.officer)
    Posting.objects.create(
        user=cast.officer, unit=commune(TRAN_PHU), side=Side.POLICE, role="commune_officer",
        starts_on=timezone.localdate(),
    )  # fmt: skip
    cast.officer.refresh_from_db()
    assert resume(client, cast.officer, draft).status_code == 404
    assert resume(client, cast.leader, draft).status_code == 200


def test_another_form_or_a_made_up_number_is_no_draft(client, cast):
    draft = kept(client, cast.officer)
    grouped = reverse("activities:create_grouped", args=["tuyen-truyen"])
    for url in (create_url(MEDIATION), grouped):
        assert client.get(f"{url}?ban-nhap={draft.pk}").status_code == 404
    for number in ("0", "x", "9" * 30, "²"):
        assert client.get(f"{create_url()}?ban-nhap={number}").status_code == 404


def test_it_can_be_dropped_and_the_old_ones_go_by_themselves(client, cast):
    draft, old = kept(client, cast.officer), kept(client, cast.officer)
    assert client.post(reverse("drafts:drop", args=[draft.pk])).status_code == 302
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=KEPT_DAYS, minutes=1))
    assert resume(client, cast.officer, old).status_code == 404
    assert actions.purge() == 1 and not Draft.objects.exists()


def test_grouped_forms_are_kept_as_such(client, cast):
    grouped = reverse("activities:create_grouped", args=["tuyen-truyen"])
    answer = keep(client, cast.officer, url=grouped, session_count="5")
    assert answer.url.startswith(grouped)
    assert check_html(client.get(answer.url)).value("session_count") == "5"


def test_queries_do_not_grow_with_the_drafts(client, cast, django_assert_max_num_queries):
    for _ in range(3):
        kept(client, cast.officer)
    cast.officer.refresh_from_db()
    with django_assert_max_num_queries(2):  # the postings, which every page reads, and the drafts
        assert len(tasks(cast.officer)) == 3
    with django_assert_max_num_queries(14):
        client.get(reverse("drafts:list"))
