"""The fixed cast: officer, colleague, leader, neighbour and those above, the same in every test."""

from dataclasses import dataclass, fields

from django.contrib.auth.hashers import make_password

from portal.accounts.models import Posting, Role, Side, User
from portal.units.models import AdminUnit
from tests.factories.user import HA_TINH, NGHE_AN, PASSWORD, SINCE, THANH_SEN, TRAN_PHU


@dataclass(frozen=True)
class Cast:
    """Accounts; all have PASSWORD, and a posting that holds since 1/7/2025."""

    officer: User
    colleague: User
    leader: User
    front_leader: User
    neighbour: User
    province: User
    province_front: User
    province_leader: User
    province_front_leader: User
    other_province: User
    province_admin: User
    national: User
    admin: User

    def everyone(self):
        """(name, account) of all."""
        return [(field.name, getattr(self, field.name)) for field in fields(self)]


# name: (username, full name, unit code, side, role, title)
PEOPLE = {
    "officer": ("ca.18073", "Nguyễn Văn Đức", THANH_SEN, Side.POLICE, Role.COMMUNE_OFFICER, ""),
    "colleague": ("mt.18073", "Trần Thị Hoà", THANH_SEN, Side.FRONT, Role.COMMUNE_OFFICER, ""),
    "leader": (
        "ld.ca.18073",
        "Lê Hữu Phước",
        THANH_SEN,
        Side.POLICE,
        Role.COMMUNE_LEADER,
        "Trưởng Công an phường",
    ),
    "front_leader": (
        "ld.mt.18073",
        "Phan Thị Ngọc Ánh",
        THANH_SEN,
        Side.FRONT,
        Role.COMMUNE_LEADER,
        "Chủ tịch Ủy ban MTTQ phường",
    ),
    "neighbour": ("ca.18100", "Đặng Quốc Ân", TRAN_PHU, Side.POLICE, Role.COMMUNE_OFFICER, ""),
    "province": ("ca.42", "Võ Đình Huân", HA_TINH, Side.POLICE, Role.PROVINCE_STAFF, "Cán bộ Công an tỉnh"),
    "province_front": (
        "mt.42",
        "Bùi Thị Lệ Thủy",
        HA_TINH,
        Side.FRONT,
        Role.PROVINCE_STAFF,
        "Chuyên viên Ủy ban MTTQ tỉnh",
    ),
    "province_leader": (
        "ld.ca.42",
        "Hồ Sỹ Quý",
        HA_TINH,
        Side.POLICE,
        Role.PROVINCE_LEADER,
        "Phó Giám đốc Công an tỉnh",
    ),
    "province_front_leader": (
        "ld.mt.42",
        "Ngô Thị Khánh Ly",
        HA_TINH,
        Side.FRONT,
        Role.PROVINCE_LEADER,
        "Phó Chủ tịch Ủy ban MTTQ tỉnh",
    ),
    "other_province": ("ca.40", "Cao Xuân Ước", NGHE_AN, Side.POLICE, Role.PROVINCE_STAFF, ""),
    "province_admin": ("qt.42", "Dương Thị Êm", HA_TINH, "", Role.PROVINCE_ADMIN, ""),
    "national": ("tw.xem", "Nguyễn Hoàng Ý", None, "", Role.NATIONAL_READER, ""),
    "admin": ("admin", "Quản Trị Viên", None, "", Role.ADMIN, ""),
}


def make_cast():
    """Create the cast in four statements, whatever the test looks at."""
    codes = {person[2] for person in PEOPLE.values() if person[2]}
    units = {unit.code: unit for unit in AdminUnit.objects.today().filter(code__in=codes)}
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(username=person[0], full_name=person[1], password=password) for person in PEOPLE.values()
    )
    Posting.objects.bulk_create(
        Posting(user=user, unit=units.get(code), side=side, role=role, title=title, starts_on=SINCE)
        for user, (_, _, code, side, role, title) in zip(users, PEOPLE.values(), strict=True)
    )
    # Read anew: giving a posting raises the stamp that the session's hash holds.
    fresh = User.objects.in_bulk([user.pk for user in users])
    return Cast(**{name: fresh[user.pk] for name, user in zip(PEOPLE, users, strict=True)})
