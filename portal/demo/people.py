"""The demo's accounts: for each unit one officer and one leader of either side, all with one password."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password

from portal.accounts.models import Posting, Role, Side, User
from portal.units.models import AdminUnit, Level

SINCE = date(2013, 8, 1)  # long before the oldest case, so that it is theirs to show
SIDES = {"ca": Side.POLICE, "mt": Side.FRONT}
# Common names, none of them a person in the sources. 11 and 7 have no common factor: 77 different people.
FAMILY = ("Nguyễn", "Trần", "Lê", "Phan", "Đặng", "Hồ", "Võ", "Bùi", "Đậu", "Hoàng", "Đinh")
GIVEN = ("Văn An", "Thị Bích Hòa", "Đình Cường", "Thị Diệu", "Quốc Đạt", "Thị Kim Oanh", "Xuân Lộc")


def password() -> str:
    """The one password of all demo accounts."""
    return settings.DEMO_PASSWORD


@dataclass(frozen=True)
class Crew:
    """Who acts for a unit in the demo."""

    unit: AdminUnit
    officers: dict  # by account prefix: "ca", "mt"
    leaders: dict


def crew(unit: AdminUnit, number: int) -> Crew:
    """Four accounts of one unit: ca.<code>, mt.<code> and a leader ld.ca.<code>, ld.mt.<code> beside each."""
    people = [_account(unit, prefix, leads, number) for leads in (False, True) for prefix in SIDES]
    police, front, police_leader, front_leader = people
    return Crew(unit, {"ca": police, "mt": front}, {"ca": police_leader, "mt": front_leader})


def admin() -> User:
    """The one account that keeps accounts, units and catalogues and sees no log."""
    user = account("admin", "Quản trị hệ thống")
    Posting.objects.get_or_create(
        user=user, role=Role.ADMIN, side="", unit=None, defaults={"starts_on": SINCE}
    )
    return user


def national_reader() -> User:
    """Reads the provinces' totals, and no commune's."""
    user = account("tw.xem", "Đặng Thị Thu Hiền")
    Posting.objects.get_or_create(
        user=user, role=Role.NATIONAL_READER, side="", unit=None, defaults={"starts_on": SINCE}
    )
    return user


def province_admin(code: str) -> User:
    """Keeps accounts and catalogues of one province."""
    province = AdminUnit.objects.today().provinces().get(code=code)
    user = account(f"qt.{code}", "Lê Thị Minh Tâm")
    Posting.objects.get_or_create(
        user=user, role=Role.PROVINCE_ADMIN, side="", unit=province, defaults={"starts_on": SINCE}
    )
    return user


def _account(unit: AdminUnit, prefix: str, leads: bool, number: int) -> User:
    position = number * 4 + 2 * leads + list(SIDES).index(prefix)
    name = f"{FAMILY[position % len(FAMILY)]} {GIVEN[position % len(GIVEN)]}"
    user = account(f"{'ld.' if leads else ''}{prefix}.{unit.code}", name)
    side, role = SIDES[prefix], _role(unit, leads)
    title = _title(unit, side, leads)
    Posting.objects.get_or_create(
        user=user, unit=unit, side=side, role=role, defaults={"title": title, "starts_on": SINCE}
    )
    return user


def _role(unit: AdminUnit, leads: bool) -> Role:
    if unit.level == Level.PROVINCE:
        return Role.PROVINCE_LEADER if leads else Role.PROVINCE_STAFF
    return Role.COMMUNE_LEADER if leads else Role.COMMUNE_OFFICER


def _title(unit: AdminUnit, side: Side, leads: bool) -> str:
    kind = unit.kind.lower()
    if side == Side.FRONT:
        return f"{'Chủ tịch' if leads else 'Cán bộ'} Ủy ban MTTQ Việt Nam {kind}"
    chief = "Giám đốc" if unit.level == Level.PROVINCE else "Trưởng"
    return f"{chief if leads else 'Cán bộ'} Công an {kind}"


_hash = None


def account(username: str, full_name: str) -> User:
    """One hash for all: hashing a password forty times would be half of the demo's start."""
    global _hash
    _hash = _hash or make_password(password())
    return User.objects.get_or_create(
        username=username, defaults={"full_name": full_name, "password": _hash, "must_change_password": False}
    )[0]
