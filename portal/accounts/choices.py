"""Sides and roles: the two words a posting is made of, beside its unit."""

from django.db.models import TextChoices


class Side(TextChoices):
    POLICE = "police", "Công an"
    FRONT = "front", "Mặt trận"
    MEMBER = "member", "Tổ chức thành viên"


class Role(TextChoices):
    COMMUNE_OFFICER = "commune_officer", "Cán bộ cấp xã"
    COMMUNE_LEADER = "commune_leader", "Lãnh đạo cấp xã"
    PROVINCE_STAFF = "province_staff", "Cán bộ cấp tỉnh"
    PROVINCE_LEADER = "province_leader", "Lãnh đạo cấp tỉnh"
    PROVINCE_ADMIN = "province_admin", "Quản trị cấp tỉnh"
    NATIONAL_READER = "national_reader", "Người xem toàn quốc"
    ADMIN = "admin", "Quản trị hệ thống"


COMMUNE_ROLES = (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER)
PROVINCE_ROLES = (Role.PROVINCE_STAFF, Role.PROVINCE_LEADER, Role.PROVINCE_ADMIN)
UNIT_LEVELS = dict.fromkeys(COMMUNE_ROLES, "commune") | dict.fromkeys(PROVINCE_ROLES, "province")
NATIONAL_ROLES = (Role.NATIONAL_READER, Role.ADMIN)
# Staff work for one of the sides; leaders sign, and member organisations do not sign.
STAFF_ROLES = (Role.COMMUNE_OFFICER, Role.PROVINCE_STAFF)
LEADER_ROLES = (Role.COMMUNE_LEADER, Role.PROVINCE_LEADER)
ADMIN_ROLES = (Role.PROVINCE_ADMIN, Role.ADMIN)
SIGNING_SIDES = (Side.POLICE, Side.FRONT)
