"""Named questions about accounts, postings and delegations."""

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.accounts.choices import LEADER_ROLES
from portal.accounts.fields import normalise_username
from portal.units.text import fold


def in_force_q(day=None, prefix=""):
    """Q of a dated row that holds on `day` (today in Asia/Ho_Chi_Minh when None); ends_on is inclusive."""
    day = day or timezone.localdate()
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day})
    )


class UserQuerySet(models.QuerySet):
    def search(self, text):
        """Accounts whose name or username holds every word of `text`, marks and case aside."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_key__contains=word)
        return found


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, username):
        return self.get(username=normalise_username(username))

    def create_user(self, username, full_name="", password=None, **fields):
        """Make an account without a posting; pages use actions.create_account."""
        user = self.model(username=username, full_name=full_name or username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, full_name="", password=None, **fields):
        """The first administrator of a new portal (`manage.py createsuperuser`)."""
        return self.create_user(username, full_name, password, is_superuser=True, **fields)


class DatedQuerySet(models.QuerySet):
    def in_force(self, day=None):
        return self.filter(in_force_q(day))


class PostingQuerySet(DatedQuerySet):
    def search(self, text):
        """Postings of whom, or at which unit, every word of `text` speaks."""
        found = self
        for word in fold(text).split():
            found = found.filter(Q(user__search_key__contains=word) | Q(unit__search_key__contains=word))
        return found

    def in_province(self, province_id):
        """Postings at the province itself or at a unit that lies in it today."""
        return self.filter(
            Q(unit=province_id) | Q(unit__today_unit=province_id) | Q(unit__today_province=province_id)
        )


class DelegationQuerySet(DatedQuerySet):
    def effective(self, day=None):
        """Delegations that count on `day`: the leader still leads, the deputy still serves beside."""
        return (
            self.in_force(day)
            .filter(
                in_force_q(day, "principal__"),
                in_force_q(day, "deputy__postings__"),
                principal__user__is_active=True,
                principal__role__in=LEADER_ROLES,
                deputy__postings__unit=F("principal__unit"),
                deputy__postings__side=F("principal__side"),
            )
            .distinct()
        )
