"""Accounts and units for tests. Units are the real ones, loaded into the test database."""

from datetime import date

from portal.accounts.models import Posting, Role, Side, User
from portal.units.models import AdminUnit

PASSWORD = "mat-khau-cua-ban-thu-2026"
HA_TINH, NGHE_AN = "42", "40"
THANH_SEN, TRAN_PHU = "18073", "18100"
SINCE = date(2025, 7, 1)


def province(code=HA_TINH):
    """A province of today by its code."""
    return AdminUnit.objects.today().provinces().get(code=code)


def commune(code=THANH_SEN):
    """A commune of today by its code."""
    return AdminUnit.objects.today().communes().get(code=code)


def make_user(username="ca.thu", full_name="Hoàng Thị Ánh Nguyệt", **fields):
    """An account without a posting, with PASSWORD as its own password."""
    return User.objects.create_user(username, full_name, PASSWORD, **fields)


def make_officer(unit=None, *, role=Role.COMMUNE_OFFICER, side=Side.POLICE, user=None, **fields):
    """An account with one posting that holds today; returns the account."""
    user = user or make_user(f"{side or 'qt'}.{role.replace('_', '-')}.{User.objects.count()}")
    unit = None if role in (Role.ADMIN, Role.NATIONAL_READER) else unit or commune()
    Posting.objects.create(user=user, unit=unit, role=role, side=side, **{"starts_on": SINCE} | fields)
    user.refresh_from_db()
    return user
