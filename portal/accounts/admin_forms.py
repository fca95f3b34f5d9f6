"""Forms of the admin site for accounts. Each knows who fills it in (`by`) and offers only what is theirs."""

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.accounts.choices import LEADER_ROLES
from portal.accounts.managing import given_roles, given_units, managed_accounts, may_post
from portal.accounts.models import Delegation, Posting, User
from portal.units.models import AdminUnit
from portal.units.text import fold

NOT_YOURS = "Không có đơn vị này trong phạm vi quản lý."
FEW = 8


class UnitTextField(forms.CharField):
    """A unit of today typed as its code or its name, with marks or without; several that fit are named."""

    widget = AdminTextInputWidget
    units = AdminUnit.objects.none()

    def prepare_value(self, value):
        unit = AdminUnit.objects.filter(pk=value).first() if isinstance(value, int) else value
        return f"{unit.code} {unit.full_name}" if isinstance(unit, AdminUnit) else value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        code = text.split()[0]
        units = self.units.filter(code=code) if code.isdigit() else self._named(fold(text))
        found = list(units.select_related("parent")[: FEW + 1])
        if not found:
            raise ValidationError(NOT_YOURS, code="unknown")
        if len(found) > 1:
            names = "; ".join(f"{unit.code} {unit.label}" for unit in found[:FEW])
            raise ValidationError(f"Nhiều đơn vị cùng khớp, ghi mã: {names}.", code="several")
        return found[0]

    def _named(self, folded):
        exact = self.units.filter(search_key=folded)
        return exact if exact.exists() else self.units.filter(search_key__contains=folded)


class UsernameOfAccount(forms.CharField):
    """An account typed as its username, one of those that the administrator manages."""

    widget = AdminTextInputWidget
    accounts = User.objects.none()

    def prepare_value(self, value):
        user = User.objects.filter(pk=value).first() if isinstance(value, int) else value
        return user.username if isinstance(user, User) else value

    def clean(self, value):
        text = super().clean(value)
        found = self.accounts.filter(username=text).first()
        if found is None:
            raise ValidationError("Không có tài khoản này trong phạm vi quản lý.", code="unknown")
        return found


class PostingForm(forms.ModelForm):
    """One posting: the units and roles on offer are those that `by` may give."""

    by = None
    checks_overlap = True
    unit = UnitTextField(
        label="Đơn vị", required=False, help_text="Mã hoặc tên, ví dụ: 18073 hoặc Phường Thành Sen."
    )

    class Meta:
        model = Posting
        fields = ["role", "unit", "side", "title", "is_deputy", "starts_on", "ends_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].units = given_units(self.by)
        self.fields["starts_on"].initial = timezone.localdate
        roles = given_roles(self.by)
        self.fields["role"].choices = [("", "---------"), *((r.value, r.label) for r in roles)]

    def _post_clean(self):
        """The person is no field of the form, so Django leaves out the constraints that name the person."""
        super()._post_clean()
        if not self.errors and not may_post(self.by, self.instance):
            self.add_error(None, "Vị trí này ngoài phạm vi quản lý.")
        elif not self.errors and self.checks_overlap and self.instance.user_id:
            try:
                self.instance.validate_constraints()
            except ValidationError as refused:
                self.add_error(None, refused.messages)


class PostingFormSet(forms.BaseInlineFormSet):
    """A new account serves somewhere; more than one posting is possible."""

    def clean(self):
        super().clean()
        filled = [form for form in self.forms if form.has_changed() or form.instance.pk]
        if not filled and not self.instance.pk:
            raise ValidationError("Tài khoản mới phải có ít nhất một vị trí công tác.", code="none")
        names = ("unit", "role", "side")
        added = [tuple(form.cleaned_data.get(n) for n in names) for form in self.forms if form.has_changed()]
        if len(set(added)) < len(added):
            raise ValidationError("Một vị trí công tác ghi hai lần.", code="twice")


class AccountForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["username", "full_name", "email"]


class MoveForm(PostingForm):
    """Where someone serves from a day on; the posting before ends the day before (so it may be the same)."""

    checks_overlap = False
    starts_on = forms.DateField(label="Từ ngày", widget=AdminDateWidget)

    class Meta(PostingForm.Meta):
        widgets = {"ends_on": AdminDateWidget, "title": AdminTextInputWidget}


class DelegationForm(forms.ModelForm):
    """Leader and deputy by their usernames: a list of all leaders of the country would be no help."""

    by = None
    leader = UsernameOfAccount(label="Lãnh đạo ủy quyền (tên đăng nhập)")
    deputy = UsernameOfAccount(label="Người được ủy quyền (tên đăng nhập)")

    class Meta:
        model = Delegation
        fields = ["leader", "deputy", "starts_on", "ends_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leader"].accounts = self.fields["deputy"].accounts = managed_accounts(self.by)
        if self.instance.pk:
            self.initial["leader"] = self.instance.principal.user

    def clean(self):
        """The leader's posting on the first day is the one whose right is lent."""
        cleaned = super().clean()
        leader, day = cleaned.get("leader"), cleaned.get("starts_on")
        if leader and day:
            posting = leader.postings.in_force(day).filter(role__in=LEADER_ROLES).first()
            if posting is None:
                raise ValidationError({"leader": f"Người này không là lãnh đạo vào ngày {day:%d/%m/%Y}."})
            self.instance.principal = posting
        return cleaned


class EndForm(forms.Form):
    last_day = forms.DateField(label="Ngày cuối cùng giữ vị trí này", widget=AdminDateWidget)

    def __init__(self, *args, posting, **kwargs):
        super().__init__(*args, **kwargs)
        self.posting = posting
        self.fields["last_day"].initial = timezone.localdate

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day < self.posting.starts_on:
            raise ValidationError(f"Vị trí này bắt đầu từ {self.posting.starts_on:%d/%m/%Y}.")
        return day
