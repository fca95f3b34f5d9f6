"""Sending a workbook."""

from django import forms

from portal.files.field import WorkbookField
from portal.ui.forms import PortalForm


class CommuneChoice(forms.ModelChoiceField):
    """Few units by name; no query for what stands above each."""

    def label_from_instance(self, unit):
        return unit.full_name


class UploadForm(PortalForm):
    """The file and, for who logs for several communes, the commune."""

    submit_label = "Kiểm tra tệp"

    unit = CommuneChoice(queryset=None, label="Đơn vị")
    file = WorkbookField(
        help_text="Không quá 10 MB, 20.000 dòng. Tệp chỉ được giữ đến khi ghi xong, lâu nhất 24 giờ."
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.initial["unit"] = units[0].pk
