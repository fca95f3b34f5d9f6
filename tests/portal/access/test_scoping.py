"""What a posting lets one see, and that nothing else does. Every pair of a role and a unit is tried."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from portal.access.permissions import Permission as P
from portal.access.roles import ROLES
from portal.access.scoping import Scope, ScopedQuerySet, get_visible_or_404, has, scope_of, sides_of
from portal.accounts.choices import COMMUNE_ROLES, PROVINCE_ROLES
from portal.accounts.models import Posting, Role, Side, User
from portal.jobs.models import Job
from portal.units.models import AdminUnit
from tests.factories.user import commune, make_officer, make_user, province

# A commune, its neighbour, a commune of another province, both provinces.
POLICE = {P.TIP_VIEW, P.TIP_HANDLE, P.TIP_APPROVE}
OWN = {P.REPORT_EDIT, P.REPORT_SEND, P.REPORT_COMPILE, P.PROVINCE_REPORT_CONFIRM, P.PROGRAMME_WRITE} | POLICE
CODES = ["18073", "18100", "16690", "42", "40"]


@pytest.fixture
def rows(db):
    """One row of each unit of CODES, of one old unit of each province, and one of no unit."""
    units = [AdminUnit.objects.today().get(code=code) for code in CODES]
    for name in ("42", "40"):
        inside = AdminUnit.objects.filter(today_province__code=name, valid_to__isnull=False)
        units += [inside.communes().first(), inside.districts().first()]
    jobs = [
        Job(kind="x", key=f"row {unit and unit.pk}", unit=unit, queued_at=timezone.now())
        for unit in [*units, None]
    ]
    Job.objects.bulk_create(jobs)
    return units


def seen(user, permission):
    return {job.unit for job in Job.objects.visible_to(user, permission).select_related("unit")}


def by_hand(postings, permission, units):
    """The rule, told again in plain Python over single units: what visible_to must come to."""
    return {
        unit
        for posting, unit in product(postings, [*units, None])
        if gives(posting, permission) and reaches(posting, permission, unit)
    }


def gives(posting, permission):
    return permission in ROLES[Role(posting.role)] and (permission not in POLICE or posting.side == "police")


def reaches(posting, permission, unit):
    if posting.role == Role.ADMIN or unit is None:
        return posting.role == Role.ADMIN
    if posting.role == Role.NATIONAL_READER:
        return unit.level == "province"
    if posting.role in COMMUNE_ROLES or permission in OWN:
        return unit.today_unit_id == posting.unit_id
    return unit.today_province_id == posting.unit_id


def test_every_role_and_permission_sees_what_the_rule_says(rows):
    for role, code, permission in product(Role, CODES, P):
        unit = next(u for u in rows if u.code == code and u.is_today)
        if (role in COMMUNE_ROLES) != (unit.level == "commune") and role in COMMUNE_ROLES + PROVINCE_ROLES:
            continue
        if role in PROVINCE_ROLES and unit.level != "province":
            continue
        user = User(username="x", full_name="X")
        posting = Posting(user=user, role=role, side="police", starts_on=date(2026, 1, 1))
        posting.unit = unit if role in COMMUNE_ROLES + PROVINCE_ROLES else None
        user.pk = 1
        user._postings = (timezone.localdate(), [posting])
        user._delegated = (timezone.localdate(), [])
        expected = by_hand([posting], permission, rows)
        assert seen(user, permission) == expected, (role, code, permission)
        assert {u for u in rows if has(user, permission, u)} == expected - {None}


@hypothesis_settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    held=st.lists(
        st.tuples(st.sampled_from(Role), st.sampled_from(CODES), st.integers(-400, 400), st.integers(0, 400)),
        max_size=4,
    ),
    permission=st.sampled_from(P),
)
def test_several_postings_past_and_future_add_up_and_never_leak(rows, held, permission):
    user = make_user(f"nguoi.{User.objects.count()}")
    today, kept = timezone.localdate(), []
    for role, code, start, length in held:
        unit = next(u for u in rows if u.code == code and u.is_today)
        wanted = {"commune": COMMUNE_ROLES, "province": PROVINCE_ROLES}[unit.level]
        if role in COMMUNE_ROLES + PROVINCE_ROLES and role not in wanted:
            continue
        starts_on = today + timedelta(days=start)
        ends_on = starts_on + timedelta(days=length)
        posting = Posting(
            user=user,
            role=role,
            unit=unit if role in wanted else None,
            side="" if role in (Role.ADMIN, Role.PROVINCE_ADMIN) else Side.FRONT,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        twice = [p for p in kept if (p.role, p.unit_id) == (role, posting.unit_id)]
        if any(p.starts_on <= ends_on and starts_on <= p.ends_on for p in twice):
            continue
        posting.save()
        kept.append(posting)
    in_force = [p for p in kept if p.starts_on <= today <= p.ends_on]
    fresh = User.objects.get(pk=user.pk)
    assert seen(fresh, permission) == by_hand(in_force, permission, rows)
    assert has(fresh, permission) == any(gives(p, permission) for p in in_force)


def test_strangers_superusers_and_the_disabled_see_nothing(rows, cast):
    superuser = User.objects.create_superuser("goc", "Quản Trị Gốc", "x")
    cast.officer.is_active = False
    for user, permission in product([AnonymousUser(), superuser, cast.officer, None], P):
        assert not seen(user, permission) and not has(user, permission)
        assert not scope_of(user, permission)


def test_administrators_see_no_log_and_no_report(rows, cast):
    theirs = (P.HOME_VIEW, P.UNITS_VIEW, P.ACCOUNTS_BULK, P.SECRET_TAKEDOWN)
    shut = [p for p in P if p not in theirs]
    assert {P.LOG_VIEW, P.REPORT_VIEW} <= set(shut)
    for user, permission in product([cast.admin, cast.province_admin], shut):
        assert not seen(user, permission) and not has(user, permission)


def test_an_old_commune_is_seen_from_its_unit_of_today(rows):
    """An officer of today's Phường Thành Sen reads what was written in the old communes that became it."""
    thanh_sen = commune()
    old = AdminUnit.objects.filter(today_unit=thanh_sen, valid_to__isnull=False).communes().first()
    job = Job.objects.create(kind="x", key="old", unit=old, queued_at=timezone.now())
    assert old in seen(make_officer(thanh_sen), P.LOG_VIEW)
    assert get_visible_or_404(Job.objects.all(), make_officer(thanh_sen), P.LOG_VIEW, pk=job.pk) == job
    assert old not in seen(make_officer(commune("18100")), P.LOG_VIEW)
    before = make_officer(old)
    assert thanh_sen in seen(before, P.LOG_VIEW), "a posting of the old map leads to the unit of today"


def test_a_commune_moved_to_another_province_belongs_to_that_one_today(rows):
    old = (
        AdminUnit.objects.filter(valid_to__isnull=False)
        .provinces()
        .exclude(today_unit__name="Nghệ An")
        .first()
    )
    assert has(make_officer(old, role=Role.PROVINCE_STAFF), P.REPORT_REVIEW, old.today_unit)


def test_another_units_row_is_404_like_a_row_that_is_not(rows, cast):
    foreign = Job.objects.get(unit=commune("16690"))
    for pk in (foreign.pk, 10**9):
        with pytest.raises(Http404):
            get_visible_or_404(Job.objects.all(), cast.officer, P.LOG_VIEW, pk=pk)


def test_province_staff_read_their_communes_but_edit_the_own_report_alone(cast):
    assert has(cast.province, P.REPORT_VIEW, commune()) and has(cast.province, P.REPORT_REVIEW, commune())
    assert not has(cast.province, P.REPORT_EDIT, commune()) and has(cast.province, P.REPORT_EDIT, province())
    assert not has(cast.province_leader, P.PROVINCE_REPORT_CONFIRM, commune())
    assert has(cast.province_leader, P.PROVINCE_REPORT_CONFIRM, province())
    assert not has(cast.province_leader, P.REPORT_CONFIRM) and not has(cast.leader, P.PROVINCE_REPORT_CONFIRM)
    assert not has(cast.province, P.LOG_WRITE)


def test_sides_are_those_of_the_postings_at_that_unit(cast):
    assert sides_of(cast.leader, P.REPORT_CONFIRM, commune()) == {Side.POLICE}
    assert sides_of(cast.front_leader, P.REPORT_CONFIRM, commune()) == {Side.FRONT}
    assert sides_of(cast.leader, P.REPORT_CONFIRM, commune("18100")) == frozenset()
    assert sides_of(cast.officer, P.REPORT_CONFIRM, commune()) == frozenset()
    make_officer(commune("18100"), role=Role.COMMUNE_LEADER, side=Side.FRONT, user=cast.leader)
    assert sides_of(cast.leader, P.REPORT_CONFIRM, commune("18100")) == {Side.FRONT}
    assert sides_of(cast.leader, P.REPORT_CONFIRM, commune()) == {Side.POLICE}


def test_rights_follow_the_date_in_viet_nam(db, monkeypatch):
    """The last day counts in full, by the clock of Asia/Ho_Chi_Minh and not by UTC."""
    from datetime import UTC, datetime

    user = make_officer(ends_on=date(2026, 12, 31))
    for moment, expected in [
        (datetime(2026, 12, 31, 16, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), False),
    ]:
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert has(user, P.LOG_VIEW) is expected


def test_postings_are_read_once_for_a_request(cast, django_assert_num_queries):
    user = User.objects.get(pk=cast.leader.pk)
    with django_assert_num_queries(2):
        for permission in P:
            (
                has(user, permission),
                has(user, permission, commune_of(user)),
                sides_of(user, permission, commune_of(user)),
            )


def commune_of(user):
    return user.postings_in_force()[0].unit


def test_unit_path_may_be_longer():
    class Far(ScopedQuerySet):
        unit_path = "report__unit"

    (lookup, _) = Scope(communes=frozenset({1})).as_q(Far.unit_path).children[0]
    assert lookup == "report__unit__in"
