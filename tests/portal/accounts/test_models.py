"""What the database refuses about accounts and postings, and what it keeps of their history."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction

from portal.access.permissions import Permission
from portal.access.scoping import has, sides_of
from portal.accounts import actions
from portal.accounts.models import Delegation, Posting, Role, Side, User
from tests.factories.user import commune, make_officer, make_user, province

JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 31)


def refused(write, names):
    with pytest.raises(IntegrityError, match=names), transaction.atomic():
        write()


def test_a_username_is_one_whatever_its_case(db):
    make_user("ca.18073")
    for twin in ("CA.18073", "Ca.18073 ", "ｃa.18073"):
        refused(lambda twin=twin: make_user(twin), "username")
    assert User.objects.get(username="CA.18073").username == "ca.18073"


def test_plain_sql_cannot_write_another_spelling(db):
    user = make_user("ca.18073")
    with connection.cursor() as cursor:
        for wrong in ("CA.18073", "công.an", "-x", "a b", "x"):
            refused(
                lambda wrong=wrong: cursor.execute(
                    "UPDATE accounts_user SET username = %s WHERE id = %s", [wrong, user.pk]
                ),
                "user_username_spelling",
            )


def test_people_sort_by_the_last_word_then_from_the_first(db):
    names = [
        "Trần Văn An",
        "Nguyễn Thị Ánh",
        "Lê Văn An",
        "Đỗ Ân",
        "Nguyễn An",
        "Phạm Đức",
        "Bùi Dũng",
        "Lê Ăn",
    ]
    User.objects.bulk_create(User(username=f"u.{i}", full_name=name) for i, name in enumerate(names))
    sorted_names = [user.full_name for user in User.objects.filter(username__startswith="u.")]
    assert sorted_names == [
        "Lê Văn An",
        "Nguyễn An",
        "Trần Văn An",
        "Nguyễn Thị Ánh",
        "Lê Ăn",
        "Đỗ Ân",
        "Bùi Dũng",
        "Phạm Đức",
    ]


def test_names_are_kept_composed_and_found_folded(db):
    user = make_user("mt.1", "Nguyễn Thị Hoà Đào")
    user.refresh_from_db()
    assert user.full_name == "Nguyễn Thị Hoà Đào"
    assert list(User.objects.search("hòa đao")) == list(User.objects.search("HOA DAO")) == [user]


@pytest.mark.parametrize("role", Role)
def test_a_role_needs_a_unit_of_its_level_and_the_right_side(db, role):
    """Every combination of unit and side, tried on the database itself."""
    communes, provinces = (
        {"commune_officer", "commune_leader"},
        {"province_staff", "province_leader", "province_admin"},
    )
    level = "commune" if role in communes else "province" if role in provinces else None
    sides = {
        "commune_leader": {"police", "front"},
        "province_leader": {"police", "front"},
        "commune_officer": {"police", "front", "member"},
        "province_staff": {"police", "front", "member"},
        "national_reader": {"", "police", "front", "member"},
    }.get(role, {""})
    user = make_user()
    for unit in (commune(), province(), None):
        for side in ("", "police", "front", "member", "khác"):
            posting = Posting(user=user, unit=unit, side=side, role=role, starts_on=JULY)
            if (unit.level if unit else None) == level and side in sides:
                posting.full_clean()
                with transaction.atomic():
                    posting.save()
                posting.delete()
            else:
                refused(posting.save, "posting|unit of its own level")
                with pytest.raises(ValidationError):
                    posting.full_clean()


def test_an_unknown_role_is_refused(db):
    refused(make_user_with_role, "posting_side_of_role|posting_unit_of_role")


def make_user_with_role():
    Posting.objects.create(user=make_user(), unit=commune(), side="police", role="boss", starts_on=JULY)


def test_the_level_cannot_be_got_round_by_an_update(db):
    user = make_officer()
    for change in ({"unit": province()}, {"role": "province_staff"}, {"role": "admin"}, {"unit": None}):
        refused(lambda change=change: user.postings.update(**change), "posting|unit of its own level")


def test_days_are_in_order_and_no_posting_is_held_twice_at_once(db):
    user = make_officer(starts_on=JULY, ends_on=AUGUST)

    def again(starts_on, ends_on=None, **other):
        fields = {"unit": commune(), "side": "police", "role": "commune_officer"} | other
        return lambda: Posting.objects.create(user=user, starts_on=starts_on, ends_on=ends_on, **fields)

    refused(again(AUGUST, JULY), "posting_dates_in_order")
    refused(again(AUGUST), "posting_not_twice_at_once")
    refused(again(date(2025, 1, 1), JULY), "posting_not_twice_at_once")
    again(date(2025, 1, 1), date(2026, 6, 30))()
    again(date(2026, 9, 1))()
    again(JULY, side="front")()
    again(JULY, unit=commune("18100"))()
    assert user.postings.count() == 5
    twice = [{"user": user, "role": "admin", "starts_on": JULY}] * 2
    Posting.objects.create(**twice[0])
    refused(lambda: Posting.objects.create(**twice[1]), "posting_not_twice_at_once")


def test_every_write_to_a_posting_raises_the_stamp_and_nothing_lowers_it(db):
    user, other = make_officer(), make_user("ca.khac")

    def stamp(of=user):
        return User.objects.values_list("access_stamp", flat=True).get(pk=of.pk)

    writes = [
        lambda: user.postings.update(title="Phó Trưởng Công an phường"),
        lambda: Posting.objects.bulk_create(
            [Posting(user=user, unit=commune("18100"), side="front", role="commune_officer", starts_on=JULY)]
        ),
        lambda: connection.cursor().execute("UPDATE accounts_posting SET user_id = %s", [other.pk]),
        lambda: User.objects.filter(pk=user.pk).update(is_active=False),
        lambda: User.objects.filter(pk=user.pk).update(is_active=True),
        lambda: User.objects.filter(pk=user.pk).update(is_superuser=True),
    ]
    for write in writes:
        before = stamp()
        write()
        assert stamp() > before
    before = stamp(other)
    Posting.objects.filter(user=other).delete()
    assert stamp(other) > before
    before = stamp()
    User.objects.filter(pk=user.pk).update(access_stamp=0, full_name="Tên Khác")
    assert stamp() == before


def test_changing_the_name_or_signing_in_ends_no_session(db):
    user = make_officer()
    before = user.get_session_auth_hash()
    User.objects.filter(pk=user.pk).update(full_name="Hoàng Thị Ánh", last_login="2026-11-24T00:00Z")
    assert User.objects.get(pk=user.pk).get_session_auth_hash() == before


def test_history_tells_who_changed_what_without_the_password(cast):
    from portal.accounts.models import PostingEvent, UserEvent

    columns = {field.name for field in UserEvent._meta.get_fields()}
    assert not columns & {"password", "last_login"}
    actions.reset_password(user=cast.officer, by=cast.province_admin)
    event = UserEvent.objects.filter(pgh_obj=cast.officer).latest("pgh_id")
    assert event.must_change_password and event.pgh_context.metadata["user"] == cast.province_admin.pk
    new = actions.move_posting(
        posting=cast.officer.postings.get(), unit=commune("18100"), starts_on=date(2026, 12, 1), by=cast.admin
    )
    labels = (
        PostingEvent.objects.filter(user=cast.officer)
        .order_by("pgh_id")
        .values_list("pgh_label", "unit__code")
    )
    assert list(labels)[-2:] == [("update", "18073"), ("insert", "18100")]
    new.delete()
    assert PostingEvent.objects.filter(pgh_obj_id=None).count() == 0
    assert PostingEvent.objects.filter(user=cast.officer).latest("pgh_id").pgh_label == "delete"


def test_history_cannot_be_rewritten(cast):
    from portal.accounts.models import UserEvent

    with pytest.raises(ProgrammingError), transaction.atomic():
        UserEvent.objects.filter(pgh_obj=cast.officer).update(full_name="Không phải tôi")
    with pytest.raises(ProgrammingError), transaction.atomic():
        UserEvent.objects.filter(pgh_obj=cast.officer).delete()


def test_moving_carries_over_what_is_not_said(cast):
    old = cast.leader.postings.get()
    new = actions.move_posting(posting=old, unit=commune("18100"), starts_on=date(2026, 12, 1), by=cast.admin)
    old.refresh_from_db()
    assert (new.role, new.side, new.title) == (old.role, old.side, "Trưởng Công an phường")
    assert (old.ends_on, new.starts_on) == (date(2026, 11, 30), date(2026, 12, 1))
    corrected = actions.move_posting(
        posting=new, title="Phó Trưởng", starts_on=date(2026, 12, 1), by=cast.admin
    )
    assert corrected.pk == new.pk and cast.leader.postings.count() == 2


def test_a_move_that_fails_leaves_the_old_posting_as_it_was(cast):
    old = cast.officer.postings.get()
    with pytest.raises(ValidationError):
        actions.move_posting(posting=old, unit=province(), by=cast.admin)
    old.refresh_from_db()
    assert old.ends_on is None


# Delegation


@pytest.fixture
def deputy(cast):
    """A deputy head of the police of Phường Thành Sen who has not been lent anything yet."""
    return make_officer(user=make_user("pho.ca.18073", "Trần Đình Phó"))


def lend(cast, deputy, starts_on=date(2026, 11, 20), ends_on=date(2026, 11, 30)):
    return Delegation.objects.create(
        principal=cast.leader.postings.get(), deputy=deputy, starts_on=starts_on, ends_on=ends_on
    )


def test_a_deputy_confirms_for_the_leader_and_nothing_more(cast, deputy):
    assert not has(deputy, Permission.REPORT_CONFIRM)
    lend(cast, deputy)
    deputy.refresh_from_db()
    assert sides_of(deputy, Permission.REPORT_CONFIRM, commune()) == {Side.POLICE}
    assert not has(deputy, Permission.REPORT_CONFIRM, commune("18100"))
    assert not has(deputy, Permission.PROVINCE_REPORT_CONFIRM)


@pytest.mark.parametrize(
    "days", [(date(2026, 11, 1), date(2026, 11, 23)), (date(2026, 11, 25), date(2026, 12, 1))]
)
def test_a_delegation_counts_on_its_days_alone(cast, deputy, days, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a, **k: date(2026, 11, 24))
    lend(cast, deputy, *days)
    deputy.refresh_from_db()
    assert not has(deputy, Permission.REPORT_CONFIRM)


def test_a_delegation_ends_with_either_posting_or_a_disabled_leader(cast, deputy):
    lend(cast, deputy)

    def may():
        return has(User.objects.get(pk=deputy.pk), Permission.REPORT_CONFIRM)

    assert may()
    for who, undo in ((cast.leader, None), (deputy, None)):
        who.postings.update(ends_on=date(2026, 11, 23))
        assert not may()
        who.postings.update(ends_on=undo)
        assert may()
    actions.disable_account(user=cast.leader, by=cast.admin)
    assert not may()


@pytest.mark.parametrize("who", ["colleague", "neighbour", "province", "leader", "admin"])
def test_only_someone_beside_the_leader_can_be_the_deputy(cast, who):
    refused(lambda: lend(cast, getattr(cast, who)), "deputy serves")
    with pytest.raises(ValidationError):
        actions.delegate(
            principal=cast.leader.postings.get(),
            deputy=getattr(cast, who),
            starts_on=JULY,
            ends_on=AUGUST,
            by=cast.admin,
        )


def test_a_delegation_lies_within_both_postings_and_only_a_leader_lends(cast, deputy):
    refused(lambda: lend(cast, deputy, date(2025, 6, 30)), "deputy serves")
    deputy.postings.update(ends_on=date(2026, 11, 25))
    refused(lambda: lend(cast, deputy), "deputy serves")
    refused(lambda: lend(cast, deputy, AUGUST, JULY), "delegation_dates_in_order")
    officer = cast.officer.postings.get()
    refused(
        lambda: Delegation.objects.create(principal=officer, deputy=deputy, starts_on=JULY, ends_on=AUGUST),
        "deputy serves",
    )
