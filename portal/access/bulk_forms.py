"""Sending a workbook of accounts."""

from portal.files.field import WorkbookField
from portal.ui.forms import PortalForm


class AccountsFileForm(PortalForm):
    submit_label = "Kiểm tra tệp"
    file = WorkbookField(
        help_text="Không quá 10 MB, 1.000 tài khoản. Họ tên trong tệp chỉ giữ đến khi lập, lâu nhất 24 giờ."
    )
