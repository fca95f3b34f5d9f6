"""What the bar under the head offers; who sees what follows the permission."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NavItem:
    """One link. `permission` is a Permission's name, None for all signed in, "staff" for the admin."""

    label: str
    url_name: str
    permission: str | None


NAVIGATION = [
    NavItem("Việc cần làm", "home", "HOME_VIEW"),
    NavItem("Bảng điều hành", "reports:dashboard", "REPORT_REVIEW"),
    NavItem("Sổ theo dõi hoạt động", "activities:list", "LOG_VIEW"),
    NavItem("Độ phủ ngày hội", "festivals:coverage", "LOG_VIEW"),
    NavItem("Tiếp nhận nguồn tin", "tip_taking:take_in", "TIP_TAKE_IN"),
    NavItem("Chương trình phối hợp", "plans:list", "PROGRAMME_VIEW"),
    NavItem("Mô hình", "registry:list", "REGISTRY_VIEW"),
    NavItem("Nguồn tin", "tip_desk:queue", "TIP_VIEW"),
    NavItem("Số nguồn tin", "tip_desk:counts", "TIP_COUNT"),
    NavItem("Báo cáo", "reports:list", "REPORT_VIEW"),
    NavItem("Tình hình gửi báo cáo", "reports:overview", "REPORT_REVIEW"),
    NavItem("Đơn vị hành chính", "units:pick", "UNITS_VIEW"),
    NavItem("Lập tài khoản", "bulk_accounts:upload", "ACCOUNTS_BULK"),
    NavItem("Gỡ nội dung", "secrecy:takedown", "SECRET_TAKEDOWN"),
    NavItem("Quản trị", "admin:index", "staff"),
]
