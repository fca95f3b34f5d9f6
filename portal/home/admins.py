"""What administrators find on "Việc cần làm": the way to their site, and which accounts to mend."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from portal.accounts.managing import given_units, managed_accounts
from portal.accounts.models import Posting
from portal.home.parts import register_part

NAMES_SHOWN = 5


def register() -> None:
    """Called once, when the application starts."""
    register_part("home/_admin.html", admin_context, place="side", order=30)
    register_part("home/_accounts.html", accounts_context, order=40)


def admin_context(request) -> dict | None:
    """The way to the admin site, for those who may open it."""
    return {} if request.user.is_staff else None


def accounts_context(request) -> dict | None:
    """Accounts without a posting in force or never used, and communes nobody serves: two queries each."""
    if not request.user.is_staff:
        return None
    active = managed_accounts(request.user).filter(is_active=True)
    in_force = Posting.objects.in_force().filter(user=OuterRef("pk"))
    groups = [
        _people("Tài khoản chưa có vị trí công tác còn hiệu lực", active.filter(~Exists(in_force))),
        _people("Tài khoản chưa đăng nhập lần nào", active.filter(Exists(in_force), last_login=None)),
        _communes(request.user),
    ]
    return {"groups": [group for group in groups if group["count"]]}


def _people(title: str, accounts) -> dict:
    return _group(title, accounts.order_by("sort_key", "username"), _address)


def _address(user) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def _communes(by) -> dict:
    """Where neither side has an active account: nobody there can log or send."""
    served = Posting.objects.in_force().filter(user__is_active=True, unit__isnull=False)
    empty = given_units(by).communes().exclude(pk__in=served.values("unit"))
    succeeded = served.filter(unit__today_unit__isnull=False).values("unit__today_unit")
    empty = empty.exclude(pk__in=succeeded).order_by("sort_key", "code")
    return _group("Xã, phường, đặc khu chưa có tài khoản đang hoạt động", empty, lambda unit: "")


def _group(title: str, found, address) -> dict:
    """How many, and the first few by name: there may be thousands."""
    count = found.count()
    shown = [{"name": one.full_name, "url": address(one)} for one in found[:NAMES_SHOWN]]
    return {"title": title, "count": count, "shown": shown, "more": count - len(shown)}
