"""The columns of a workbook of accounts, and the words of its choices."""

from dataclasses import dataclass

from portal.accounts.choices import Role, Side
from portal.units.text import fold

SHEET = "Dữ liệu"
MOST_ACCOUNTS = 1_000


@dataclass(frozen=True)
class Column:
    """`name` in the rows, `title` in the head; how to fill it in."""

    name: str
    title: str
    way: str
    required: bool = False


COLUMNS = (
    Column("unit", "Mã đơn vị", "Mã 5 số của xã, phường, đặc khu; mã 2 số của tỉnh, thành phố.", True),
    Column("unit_name", "Tên đơn vị", "Để đối chiếu với mã; có thể bỏ trống."),
    Column("side", "Bên", "Công an, Mặt trận hoặc Tổ chức thành viên."),
    Column("role", "Vai trò", "Như trong danh sách; lãnh đạo là người xác nhận báo cáo.", True),
    Column("username", "Tên đăng nhập", "Chữ không dấu, chữ số, dấu chấm, gạch nối; không trùng ai.", True),
    Column("full_name", "Họ và tên", "Dòng chưa có họ tên được bỏ qua.", True),
    Column("title", "Chức vụ", "Như: Trưởng Công an phường."),
    Column("is_deputy", "Là cấp phó", "Ghi x nếu là cấp phó."),
    Column("starts_on", "Từ ngày", "dd/mm/yyyy; bỏ trống là từ hôm nay."),
    Column("email", "Thư điện tử", "Không bắt buộc."),
)
SIDES = {fold(side.label): side for side in Side}
ROLES = {fold(role.label): role for role in Role}
YES, NO = {"x", "co", "1"}, {"", "khong", "0"}
# Four accounts a unit: an officer and a leader of either side, as usernames begin.
CREW = (
    ("ca", Side.POLICE, False),
    ("mt", Side.FRONT, False),
    ("ld.ca", Side.POLICE, True),
    ("ld.mt", Side.FRONT, True),
)


def head_key(text) -> str:
    return fold(str(text or "").replace("*", "")).strip()


def crew_rows(unit):
    """The four rows of a unit as the template offers them: (unit code, name, side, role, username)."""
    roles = {
        False: Role.COMMUNE_OFFICER if unit.level == "commune" else Role.PROVINCE_STAFF,
        True: Role.COMMUNE_LEADER if unit.level == "commune" else Role.PROVINCE_LEADER,
    }
    for prefix, side, leads in CREW:
        yield unit.code, unit.full_name, side.label, roles[leads].label, f"{prefix}.{unit.code}"
