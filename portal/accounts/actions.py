"""Everything that is done to an account. Sessions end by the database's own triggers (triggers.py)."""

import contextlib
import secrets
from datetime import timedelta

import pghistory
from django.contrib.auth.hashers import get_hasher
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.accounts.codes import ALPHABET
from portal.accounts.managing import manages_all, may_manage, may_post
from portal.accounts.models import Delegation, Posting, User

QUICK_ROUNDS = 20_000


def one_time_password():
    """12 characters in groups of four, 59 bits: "k7mq-x2ra-9tbd"."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


def issue_password(user, *, quick=False):
    """Set a new one-time password on the unsaved change of `user` and return it: it is shown once.

    `quick`: for hundreds at once, with fewer rounds of hashing. It is 59 bits that a machine has drawn;
    Django hashes it anew, with all rounds, as soon as the person signs in.
    """
    password, hasher = one_time_password(), get_hasher()
    if quick and hasher.algorithm == "pbkdf2_sha256":
        user.password = hasher.encode(password, hasher.salt(), iterations=QUICK_ROUNDS)
    else:
        user.set_password(password)
    user.must_change_password = True
    user.password_changed_at = timezone.now()
    return password


@transaction.atomic
def create_account(*, username, full_name, by, email="", postings=(), quick=False):
    """Make an account with its postings (dicts of Posting's fields) and return (user, one-time password).

    The password is shown once and must be changed at the first sign-in. Raises ValidationError (Vietnamese),
    PermissionDenied when `by` (None: a command on the server) may not give one of the postings.
    """
    if not postings and not manages_all(by):
        raise PermissionDenied("Tài khoản mới phải có ít nhất một vị trí công tác.")
    with _history(by):
        user = User(username=username, full_name=full_name, email=email)
        password = issue_password(user, quick=quick)
        user.full_clean()
        user.save()
        for fields in postings:
            _give(user, by, **fields)
    return user, password


@transaction.atomic
def add_posting(*, user, by, **fields):
    """Give an account one more posting; ends its sessions, so that rights are read anew."""
    _allow(may_manage(by, user))
    return _give(user, by, **fields)


@transaction.atomic
def move_posting(*, posting, by, starts_on=None, **fields):
    """Move someone: the old posting ends the day before `starts_on` (today), a new one with `fields` begins.

    What is not in `fields` (unit, side, role, title, is_deputy, ends_on) stays. A posting that has not begun
    by `starts_on` is corrected in place. Ends the account's sessions. Returns the posting that then holds.
    """
    starts_on = starts_on or timezone.localdate()
    posting = Posting.objects.select_for_update().get(pk=posting.pk)
    _allow(may_manage(by, posting.user) and may_post(by, posting))
    values = {
        name: getattr(posting, name) for name in ("unit", "side", "role", "title", "is_deputy")
    } | fields
    with _history(by):
        if posting.starts_on >= starts_on:
            return _correct(posting, by, starts_on=starts_on, **values)
        end_posting(posting=posting, last_day=starts_on - timedelta(days=1), by=by)
        return _give(posting.user, by, starts_on=starts_on, **values)


@transaction.atomic
def end_posting(*, posting, last_day, by):
    """The posting holds up to and including `last_day`."""
    _allow(may_manage(by, posting.user) and may_post(by, posting))
    with _history(by):
        posting.ends_on = last_day
        posting.full_clean()
        posting.save(update_fields=["ends_on"])
    return posting


@transaction.atomic
def delegate(*, principal, deputy, starts_on, ends_on, by):
    """Lend the confirming right of `principal` (a leader's Posting) to `deputy` (User), both days inclusive.

    The deputy serves in the same unit and side on all these days; ValidationError otherwise.
    """
    _allow(may_manage(by, principal.user) and may_manage(by, deputy))
    delegation = Delegation(principal=principal, deputy=deputy, starts_on=starts_on, ends_on=ends_on)
    delegation.full_clean()
    with _history(by):
        delegation.save()
    return delegation


@transaction.atomic
def disable_account(*, user, by):
    """Nobody signs in with the account any more and its sessions end at once. The history stays."""
    return _set_active(user, False, by)


@transaction.atomic
def enable_account(*, user, by):
    """The account may sign in again; sessions from before stay ended."""
    return _set_active(user, True, by)


@transaction.atomic
def reset_password(*, user, by, quick=False):
    """Give the account a new one-time password and return it; sessions end, it must be changed at sign-in."""
    _allow(may_manage(by, user))
    with _history(by):
        password = issue_password(user, quick=quick)
        user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    return password


@transaction.atomic
def change_password(*, user, password):
    """The owner's own new password (already judged by the validators); lifts the forced change."""
    with _history(user):
        user.set_password(password)
        user.must_change_password = False
        user.password_changed_at = timezone.now()
        user.save(update_fields=["password", "must_change_password", "password_changed_at"])


def _give(user, by, **fields):
    posting = Posting(user=user, **fields)
    posting.full_clean()
    _allow(may_post(by, posting))
    with _history(by):
        posting.save()
    return posting


def _set_active(user, active, by):
    _allow(may_manage(by, user) and user != by)
    with _history(by):
        user.is_active = active
        user.save(update_fields=["is_active"])
    user.refresh_from_db()
    return user


def _correct(posting, by, **values):
    for name, value in values.items():
        setattr(posting, name, value)
    posting.full_clean()
    _allow(may_post(by, posting))
    posting.save()
    return posting


def _allow(allowed):
    if not allowed:
        raise PermissionDenied("Đồng chí không quản lý tài khoản hoặc vị trí này.")


def _history(by):
    return pghistory.context(user=by.pk) if by else contextlib.nullcontext()
