"""What the bar under the head offers; who sees what follows the permission."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NavItem:
    """One link. `permission` is a Permission's name, None for all signed in, "staff" for the admin.

    `otherwise`: (url_name, permission) of what the same link leads to for those who may not open the first;
    the pages link one another. `rooms`: namespaces of further pages that belong here.
    """

    label: str
    url_name: str
    permission: str | None
    otherwise: tuple[tuple[str, str], ...] = ()
    rooms: tuple[str, ...] = ()

    @property
    def ways(self) -> tuple[tuple[str, str | None], ...]:
        """(url_name, permission), the first that a person may open is the link."""
        return ((self.url_name, self.permission), *self.otherwise)


NAVIGATION = [
    NavItem("Việc cần làm", "home", "HOME_VIEW"),
    NavItem(
        "Bảng điều hành",
        "reports:dashboard",
        "TOTALS_VIEW",
        otherwise=(("reports:commune_board", "LOG_VIEW"),),
    ),
    NavItem("Sổ theo dõi hoạt động", "activities:list", "LOG_VIEW", rooms=("festivals",)),
    NavItem("Chương trình phối hợp", "plans:list", "PROGRAMME_VIEW"),
    NavItem("Mô hình", "registry:list", "REGISTRY_VIEW"),
    NavItem(
        "Nguồn tin",
        "tip_desk:queue",
        "TIP_VIEW",
        otherwise=(("tip_taking:take_in", "TIP_TAKE_IN"), ("tip_desk:counts", "TIP_COUNT")),
        rooms=("tip_desk", "tip_taking"),
    ),
    NavItem("Báo cáo", "reports:list", "REPORT_VIEW"),
    NavItem("Tình hình gửi báo cáo", "reports:overview", "REPORT_REVIEW"),
    NavItem("Đơn vị hành chính", "units:pick", "UNITS_VIEW"),
    NavItem("Lập tài khoản", "bulk_accounts:upload", "ACCOUNTS_BULK"),
    NavItem("Gỡ nội dung", "secrecy:takedown", "SECRET_TAKEDOWN"),
    NavItem("Quản trị", "admin:index", "staff"),
]
