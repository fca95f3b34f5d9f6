"""People and where they serve. Rights come from postings in force, never from flags on the account."""

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.accounts import triggers
from portal.accounts.choices import (
    ADMIN_ROLES,
    LEADER_ROLES,
    NATIONAL_ROLES,
    SIGNING_SIDES,
    STAFF_ROLES,
    UNIT_LEVELS,
    Role,
    Side,
)
from portal.accounts.fields import PersonSearchKeyField, PersonSortKeyField, UsernameField
from portal.accounts.managers import DelegationQuerySet, PostingQuerySet, UserManager
from portal.units.columns import NfcField
from portal.units.models import Level

__all__ = ["Delegation", "Posting", "Role", "Side", "User"]

USERNAME_PATTERN = r"^[a-z0-9][a-z0-9._-]{1,63}$"


def _tracked(**options):
    """History of every write, kept by triggers; the events themselves cannot be changed."""
    events = pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
    return pghistory.track(*events, append_only=True, **options)


@_tracked(exclude=["password", "last_login", "sort_key", "search_key"])
class User(AbstractBaseUser):
    """One person's account. Nothing but the name: what one may do is in the postings."""

    username = UsernameField(
        "tên đăng nhập",
        max_length=64,
        unique=True,
        validators=[
            RegexValidator(
                USERNAME_PATTERN,
                "Tên đăng nhập chỉ gồm chữ cái không dấu, chữ số, dấu chấm, gạch nối; từ 2 đến 64 ký tự.",
            )
        ],
        help_text="Chữ cái không dấu, chữ số, dấu chấm, gạch nối. Không phân biệt chữ hoa, chữ thường.",
        error_messages={"unique": "Tên đăng nhập này đã có người dùng."},
    )
    full_name = NfcField("họ và tên", max_length=150)
    email = models.EmailField("thư điện tử", blank=True)
    is_active = models.BooleanField("đang hoạt động", default=True)
    is_superuser = models.BooleanField("quản trị gốc", default=False, editable=False)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    password_changed_at = models.DateTimeField("đổi mật khẩu lúc", null=True, blank=True, editable=False)
    # Part of the session's hash: when it moves, every session of the account ends. Only goes up (trigger).
    access_stamp = models.PositiveIntegerField("lần thay đổi quyền", default=0, editable=False)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    sort_key = PersonSortKeyField(max_length=600, db_collation="C", editable=False, default="")
    search_key = PersonSearchKeyField(max_length=250, editable=False, default="")

    objects = UserManager()

    _postings = _delegated = None

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["sort_key", "username"]
        default_permissions = ("view", "add", "change")
        constraints = [
            models.CheckConstraint(
                name="user_username_spelling", condition=Q(username__regex=USERNAME_PATTERN)
            ),
            models.CheckConstraint(name="user_full_name_given", condition=~Q(full_name="")),
        ]
        triggers = triggers.USER

    def __str__(self):
        return self.full_name

    @property
    def is_staff(self):
        """May open the admin site: derived from postings, so it cannot be left behind when one ends."""
        return self.is_superuser or any(p.role in ADMIN_ROLES for p in self.postings_in_force())

    def postings_in_force(self):
        """Today's postings with their units, read once for this object, which lives as long as a request."""
        today = timezone.localdate()
        if self._postings is None or self._postings[0] != today:
            rows = self.postings.in_force(today).select_related("unit") if self.is_active and self.pk else ()
            self._postings = (today, list(rows))
        return self._postings[1]

    def delegations_in_force(self):
        """The leaders' postings whose right to confirm this deputy holds today, read once for this object."""
        today = timezone.localdate()
        if self._delegated is None or self._delegated[0] != today:
            rows = self.delegations_received.effective(today).select_related("principal__unit")
            self._delegated = (today, [d.principal for d in rows] if self.is_active and self.pk else [])
        return self._delegated[1]

    def refresh_from_db(self, *args, **kwargs):
        self._postings = self._delegated = None
        super().refresh_from_db(*args, **kwargs)

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name.split()[-1]

    def has_perm(self, perm, obj=None):
        """The admin's permissions, from the role (portal.access.backends); inactive accounts have none."""
        from django.contrib.auth.models import _user_has_perm

        return self.is_active and _user_has_perm(self, perm, obj)

    def has_perms(self, perm_list, obj=None):
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label):
        from django.contrib.auth.models import _user_has_module_perms

        return self.is_active and _user_has_module_perms(self, app_label)

    def _get_session_auth_hash(self, secret=None):
        key = "portal.accounts.models.User.get_session_auth_hash"
        return salted_hmac(
            key, f"{self.password}:{self.access_stamp}", secret=secret, algorithm="sha256"
        ).hexdigest()


class _DateRange(Func):
    """Both ends inclusive, an empty end is open."""

    function = "daterange"
    template = "%(function)s(%(expressions)s, '[]')"


@_tracked()
class Posting(models.Model):
    """Where an account serves: unit, side, role, from–to. One person may hold several."""

    user = models.ForeignKey(User, models.PROTECT, related_name="postings", verbose_name="tài khoản")
    unit = models.ForeignKey(
        "units.AdminUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="postings",
        verbose_name="đơn vị",
    )
    side = models.CharField("bên", max_length=8, choices=Side, blank=True, default="")
    role = models.CharField("vai trò", max_length=20, choices=Role)
    title = NfcField("chức vụ", max_length=120, blank=True, default="")
    is_deputy = models.BooleanField("là cấp phó", default=False)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = "vị trí công tác"
        verbose_name_plural = "vị trí công tác"
        ordering = ["user", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="posting_side_of_role",
                condition=Q(role__in=LEADER_ROLES, side__in=SIGNING_SIDES)
                | Q(role__in=STAFF_ROLES, side__in=Side.values)
                | Q(role=Role.NATIONAL_READER, side__in=["", *Side.values])
                | Q(role__in=[Role.PROVINCE_ADMIN, Role.ADMIN], side=""),
                violation_error_message="Vai trò này không đi với bên đã chọn.",
            ),
            models.CheckConstraint(
                name="posting_unit_of_role",
                condition=Q(role__in=NATIONAL_ROLES, unit__isnull=True)
                | (~Q(role__in=NATIONAL_ROLES) & Q(unit__isnull=False)),
                violation_error_message="Vai trò cấp xã, cấp tỉnh phải có đơn vị; toàn quốc thì không.",
            ),
            models.CheckConstraint(
                name="posting_deputy_leads",
                condition=Q(is_deputy=False) | Q(role__in=LEADER_ROLES),
                violation_error_message="Chỉ lãnh đạo mới là cấp phó.",
            ),
            models.CheckConstraint(
                name="posting_dates_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            ExclusionConstraint(
                name="posting_not_twice_at_once",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (Coalesce("unit", Value(0, models.BigIntegerField())), RangeOperators.EQUAL),
                    ("side", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (_DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Người này đã giữ đúng vị trí đó trong khoảng thời gian trùng nhau.",
            ),
        ]
        triggers = triggers.POSTING

    def __str__(self):
        what = self.title or " ".join(filter(None, [self.get_role_display(), self.get_side_display()]))
        return ", ".join(filter(None, [what, self.unit.full_name if self.unit else ""]))

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.user.refresh_from_db(fields=["access_stamp"])  # raised by the trigger

    def spans(self, dated):
        """Whether the posting holds on every day of something with starts_on and ends_on."""
        return self.holds_on(dated.starts_on) and self.holds_on(dated.ends_on)

    def holds_on(self, day):
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def clean(self):
        """The trigger's rule on the unit's level, said in Vietnamese before it is broken."""
        wanted = UNIT_LEVELS.get(self.role)
        if wanted and self.unit and self.unit.level != wanted:
            raise ValidationError({"unit": f"Vai trò này cần một đơn vị {Level(wanted).label.lower()}."})


@_tracked()
class Delegation(models.Model):
    """A leader's right to confirm, lent to a deputy of the same unit and side for dates."""

    principal = models.ForeignKey(
        Posting, models.PROTECT, related_name="delegations", verbose_name="người ủy quyền"
    )
    deputy = models.ForeignKey(
        User, models.PROTECT, related_name="delegations_received", verbose_name="người được ủy quyền"
    )
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "ủy quyền xác nhận"
        verbose_name_plural = "ủy quyền xác nhận"
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="delegation_dates_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
        ]
        triggers = triggers.DELEGATION

    def __str__(self):
        return f"{self.principal} → {self.deputy}"

    def clean(self):
        """The trigger's rule, said in Vietnamese before it is broken."""
        if None in (self.principal_id, self.deputy_id, self.starts_on, self.ends_on):
            return
        lead = self.principal
        if lead.role not in LEADER_ROLES or lead.user_id == self.deputy_id or not lead.spans(self):
            raise ValidationError("Người ủy quyền phải là lãnh đạo trong suốt thời gian ủy quyền.")
        beside = self.deputy.postings.filter(unit=lead.unit_id, side=lead.side)
        if not any(posting.spans(self) for posting in beside):
            raise ValidationError(
                "Người được ủy quyền phải công tác cùng đơn vị, cùng bên trong suốt thời gian ủy quyền."
            )


# Workbooks of accounts and recovery codes live in files of their own; Django finds models here.
from portal.accounts import batches as _batches  # noqa: E402, F401
from portal.accounts import recovery as _recovery  # noqa: E402, F401
