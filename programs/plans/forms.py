"""What all forms of this room share: the unit, the token of a new row, the revision of an old one."""

import uuid

from django import forms

from portal.secrecy.forms import AsksAboutSecrets
from portal.ui.forms import Plain, PortalForm, PortalModelForm
from portal.units.models import AdminUnit
from programs.plans.fields import LinesField, OwnUnitField
from programs.plans.reach import own_units


class RowForm(AsksAboutSecrets, Plain, PortalModelForm):
    """A row that is entered or changed. `parent`: what it is part of; `user`: who writes.

    `past`: days that may not lie in the future. `after` writes what hangs on the row, in its transaction.
    """

    client_token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    past: tuple[str, ...] = ()

    def __init__(self, *args, user, parent, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.parent = user, parent
        self.fields["revision"].localize = self.fields["revision"].widget.is_localized = False
        if self.is_new:
            del self.fields["revision"]
            self.initial.setdefault("client_token", uuid.uuid4())
        else:
            del self.fields["client_token"]
            self.initial["revision"] = str(self.instance.revision)

    @property
    def is_new(self) -> bool:
        return self.instance.pk is None

    def clean(self):
        cleaned = super().clean()
        self.refuse_future(*self.past)
        return cleaned

    def row_data(self) -> dict:
        """The row's own fields, by name."""
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in self.cleaned_data}

    def after(self, row) -> None:
        """What hangs on the row; nothing here."""

    def undo(self) -> None:
        """Take back what a failed write has left outside the database; nothing here."""


class UnitRowForm(RowForm):
    """A row of a unit: the person's own, chosen where there are several."""

    unit = OwnUnitField(
        AdminUnit.objects.none(),
        label="Đơn vị",
        empty_label=None,
        help_text="Việc trước ngày sắp xếp ghi theo đơn vị của ngày đó.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = own_units(self.user)
        if not self.is_new:
            del self.fields["unit"]
            return
        self.fields["unit"].queryset = units
        self.initial.setdefault("unit", next((u for u in units if u.is_today), None))

    def row_data(self) -> dict:
        own = {"unit": self.cleaned_data["unit"]} if "unit" in self.cleaned_data else {}
        return super().row_data() | own


class RemovalForm(Plain, PortalForm):
    reason = forms.CharField(
        label="Lý do gỡ",
        min_length=5,
        max_length=500,
        widget=forms.Textarea,
        help_text="Ví dụ: nhập trùng. Lý do được giữ trong lịch sử.",
        error_messages={"min_length": "Lý do quá ngắn, ghi rõ hơn (từ 5 ký tự)."},
    )


def lines(model, name: str, **kwargs) -> LinesField:
    """The box of a column of lines, with its name and help."""
    column = model._meta.get_field(name)
    label = column.verbose_name[:1].upper() + column.verbose_name[1:]
    given = {"label": label, "help_text": column.help_text, "max_length": column.max_length}
    return LinesField(required=not column.blank, **(given | kwargs))
