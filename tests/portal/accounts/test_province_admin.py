"""A province's administrator as an attacker: what lies outside the own province or above does not exist."""

from datetime import date

import pytest
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from portal.accounts import actions
from portal.accounts.models import Posting, User
from tests.factories.user import commune, make_officer, province
from tests.portal.accounts.test_admin import account_data

OUTSIDE = ["other_province", "admin", "national", "province_admin"]
TRUONG_VINH = "16690"
VERBS = ["reset_password", "disable", "enable"]


@pytest.fixture
def own(client, cast):
    """A client signed in as the administrator of Hà Tĩnh."""
    client.force_login(cast.province_admin)
    return client


def exists_for(client, user):
    return client.get(reverse("admin:accounts_user_change", args=[user.pk])).status_code == 200


def test_sees_the_own_province_and_nobody_else(own, cast):
    page = own.get(reverse("admin:accounts_user_changelist")).content.decode()
    for name, user in cast.everyone():
        assert (user.username + "<" in page) == (name not in OUTSIDE), name
        assert exists_for(own, user) == (name not in OUTSIDE), name


def test_foreign_ids_answer_like_ids_that_are_not(own, cast):
    def answer(pk):
        response = own.get(reverse("admin:accounts_user_change", args=[pk]), follow=True)
        return response.redirect_chain, response.content.decode().replace(str(pk), "N").split("<main")[-1]

    foreign, nobody = answer(cast.other_province.pk), answer(99_999_999)
    assert foreign[0] == nobody[0] and cast.other_province.full_name not in foreign[1]


@pytest.mark.parametrize("name", OUTSIDE[:3])
@pytest.mark.parametrize("verb", VERBS)
def test_cannot_reset_or_disable_those_outside_or_above(own, cast, name, verb):
    user = getattr(cast, name)
    url = reverse(f"admin:accounts_user_{verb}", args=[user.pk])
    assert own.get(url).status_code == own.post(url).status_code == 404
    before = user.password
    user.refresh_from_db()
    assert user.is_active and user.password == before


@pytest.mark.parametrize("name", OUTSIDE)
def test_cannot_move_or_end_postings_outside_or_above_also_not_the_own(own, cast, name):
    posting = getattr(cast, name).postings.get()
    for verb in ("move", "end", "change"):
        url = reverse(f"admin:accounts_posting_{verb}", args=[posting.pk])
        data = {"role": "commune_officer", "unit": "18073", "side": "police", "starts_on": "24/11/2026"}
        assert own.post(url, data | {"last_day": "24/11/2026"}).status_code in (403, 404, 302)
        posting.refresh_from_db()
        assert posting.ends_on is None
    assert getattr(cast, name).postings.count() == 1


@pytest.mark.parametrize(
    ("role", "unit", "side"),
    [
        ("admin", "", ""),
        ("national_reader", "", ""),
        ("province_admin", "42", ""),
        ("province_staff", "40", "police"),
        ("commune_officer", TRUONG_VINH, "police"),
        ("commune_officer", "Phường Trường Vinh", "police"),
    ],
)
def test_cannot_give_what_is_above_or_elsewhere(own, cast, role, unit, side):
    response = own.post(reverse("admin:accounts_user_add"), account_data("ke.gian", unit, role, side))
    assert response.status_code == 200 and "<code>" not in response.content.decode()
    assert not User.objects.filter(username="ke.gian").exists()
    target = cast.officer.postings.get()
    move = {"role": role, "unit": unit, "side": side, "starts_on": "24/11/2026"}
    own.post(reverse("admin:accounts_posting_move", args=[target.pk]), move)
    grow = {
        "username": "ca.18073",
        "full_name": "Nguyễn Văn Đức",
        "email": "",
        "postings-TOTAL_FORMS": "2",
        "postings-INITIAL_FORMS": "1",
        "postings-0-id": target.pk,
        "postings-0-user": cast.officer.pk,
        "postings-1-user": cast.officer.pk,
        "postings-1-role": role,
        "postings-1-unit": unit,
        "postings-1-side": side,
        "postings-1-starts_on": "24/11/2026",
    }
    own.post(reverse("admin:accounts_user_change", args=[cast.officer.pk]), grow)
    assert list(cast.officer.postings.values_list("role", "unit__code")) == [("commune_officer", "18073")]


def test_creates_and_moves_within_the_own_province(own, cast):
    assert "<code>" in own.post(reverse("admin:accounts_user_add"), account_data()).content.decode()
    target = cast.officer.postings.get()
    move = {"role": "commune_leader", "unit": "18100", "side": "police", "starts_on": "24/11/2026"}
    assert own.post(reverse("admin:accounts_posting_move", args=[target.pk]), move).status_code == 302
    assert cast.officer.postings.in_force(date(2026, 11, 24)).get().role == "commune_leader"


def test_cannot_pull_a_foreign_account_in(own, cast):
    """Neither by adding a posting of the own province to it, nor through the id in the form."""
    data = {
        "username": "ca.40",
        "full_name": "Cao Xuân Ước",
        "email": "",
        "postings-TOTAL_FORMS": "1",
        "postings-INITIAL_FORMS": "0",
        "postings-0-user": cast.other_province.pk,
        "postings-0-role": "commune_officer",
        "postings-0-unit": "18073",
        "postings-0-side": "police",
        "postings-0-starts_on": "24/11/2026",
    }
    own.post(reverse("admin:accounts_user_change", args=[cast.other_province.pk]), data)
    own.post(reverse("admin:accounts_user_change", args=[cast.officer.pk]), data | {"username": "ca.18073x"})
    assert cast.other_province.postings.count() == 1


def test_someone_who_also_serves_elsewhere_is_nobodys_to_take(own, cast):
    make_officer(commune(TRUONG_VINH), user=cast.officer)
    assert not exists_for(own, cast.officer)
    url = reverse("admin:accounts_user_reset_password", args=[cast.officer.pk])
    assert own.post(url).status_code == 404


def test_someone_who_moved_in_is_managed_and_who_moved_out_is_not(own, cast):
    Posting.objects.filter(user=cast.other_province).update(ends_on=date(2026, 1, 31))
    make_officer(commune(), user=cast.other_province, starts_on=date(2026, 2, 1))
    assert exists_for(own, cast.other_province)
    Posting.objects.filter(user=cast.neighbour).update(ends_on=date(2026, 1, 31))
    make_officer(commune(TRUONG_VINH), user=cast.neighbour, starts_on=date(2026, 2, 1))
    assert not exists_for(own, cast.neighbour)


def test_an_administrator_who_also_holds_a_working_posting_stays_out_of_reach(own, cast):
    make_officer(commune(), user=cast.admin)
    make_officer(commune(), user=cast.national)
    superuser = make_officer(commune())
    User.objects.filter(pk=superuser.pk).update(is_superuser=True)
    for user in (cast.admin, cast.national, superuser):
        assert not exists_for(own, user)


def test_an_account_without_postings_is_not_a_provinces(own, cast):
    lonely = User.objects.create_user("ai.do", "Lê Ai Đó")
    assert not exists_for(own, lonely)


def test_a_unit_without_a_place_today_is_not_everyones(own, cast):
    """NULL in a comparison must not open the door: an old unit whose successor is not known."""
    old = type(commune())(
        code="18074",
        level="commune",
        kind="Xã",
        name="Thất Lạc",
        parent=province("40"),
        valid_to=date(2025, 6, 30),
        valid_from=date(2000, 1, 1),
    )
    old.save()
    user = make_officer(old)
    assert not exists_for(own, user)
    make_officer(commune(), user=user)
    assert not exists_for(own, user)


@pytest.mark.parametrize("name", ["officer", "leader", "province", "province_leader", "national"])
def test_other_roles_have_no_admin_site(client, cast, name):
    client.force_login(getattr(cast, name))
    for url in ("admin:index", "admin:accounts_user_changelist", "admin:accounts_posting_changelist"):
        assert client.get(reverse(url)).status_code == 302
    for verb in VERBS:
        url = reverse(f"admin:accounts_user_{verb}", args=[cast.colleague.pk])
        assert client.post(url).status_code == 302
    cast.colleague.refresh_from_db()
    assert cast.colleague.is_active


def test_the_actions_themselves_refuse_too(cast):
    by = cast.province_admin
    for user in (cast.other_province, cast.admin, by):
        for action in (actions.reset_password, actions.disable_account):
            with pytest.raises(PermissionDenied):
                action(user=user, by=by)
    with pytest.raises(PermissionDenied):
        actions.add_posting(user=cast.officer, role="admin", starts_on=date(2026, 1, 1), by=by)
    with pytest.raises(PermissionDenied):
        actions.add_posting(
            user=cast.officer, unit=province(), role="province_admin", starts_on=date(2026, 1, 1), by=by
        )
    with pytest.raises(PermissionDenied):
        actions.move_posting(posting=cast.officer.postings.get(), unit=commune(TRUONG_VINH), by=by)
    with pytest.raises(PermissionDenied):
        actions.reset_password(user=cast.colleague, by=cast.officer)
    with pytest.raises(PermissionDenied):
        actions.add_posting(
            user=cast.other_province,
            unit=commune(),
            role="commune_officer",
            side="police",
            starts_on=date(2026, 1, 1),
            by=by,
        )


def test_an_ended_administrator_administers_nothing(client, cast):
    Posting.objects.filter(user=cast.province_admin).update(ends_on=date(2026, 11, 23))
    cast.province_admin.refresh_from_db()
    client.force_login(cast.province_admin)
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 302


@pytest.mark.parametrize(
    "lookup",
    [
        *("password__startswith", "password", "access_stamp", "is_superuser", "totpdevice__key__startswith"),
        *("staticdevice__token_set__token", "postings__user__password__startswith", "search_key__contains"),
        "postings__unit__today_province__name",
    ],
)
def test_the_list_of_accounts_is_asked_about_nothing_but_its_filters(own, cast, lookup):
    page = reverse("admin:accounts_user_changelist")
    assert own.get(page, {lookup: "x"}).status_code == 400
    for shown in ({"is_active__exact": "1"}, {"postings__role__exact": "commune_officer"}):
        answer = own.get(page, shown)
        assert answer.status_code == 200 and cast.officer.username in answer.content.decode()


def test_no_list_of_the_site_is_asked_about_what_it_does_not_filter_by(rf, cast):
    """Whoever reads a list reads what it shows: other columns, and tables behind it, answer no question."""
    request = rf.get("/")
    request.user = cast.province_admin
    for model, kept in site._registry.items():
        shown = {*kept.get_list_filter(request), kept.date_hierarchy}
        for field in model._meta.get_fields():
            asked = [] if field.name in shown else [f"{field.name}__regex", field.name]
            if field.related_model is User:
                asked += [f"{field.name}__password__startswith", f"{field.name}__username"]
            assert not any(kept.lookup_allowed(each, "x", request) for each in asked), (model, field)


def test_what_the_lists_link_to_still_opens(client, cast):
    client.force_login(cast.admin)
    for page, asked in [
        ("units_adminunit", "level__exact=commune"),
        ("reports_reportingobligation", "programme__id__exact=1"),
        ("reports_reportingobligation", "report_type__level__exact=commune"),
        ("reports_publicholiday", "day__year=2026&day__month=9"),
    ]:
        answer = client.get(f"{reverse(f'admin:{page}_changelist')}?{asked}")
        assert answer.status_code == 200, asked
