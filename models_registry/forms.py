"""The forms of models: entry, change, a step of life, a reading, the yearly appraisal."""

import uuid

from django import forms
from django.db.models import Q
from django.utils import timezone

from models_registry.fields import AreasField, CommuneField, SourceField
from models_registry.models import (
    FIRST_STATUSES,
    NEXT,
    ModelAppraisal,
    ModelReading,
    ModelType,
    SelfManagedModel,
    Status,
)
from models_registry.reach import communes_to_read, communes_to_write_for
from portal.access.permissions import Permission
from portal.ui.forms import Folded, Layout, Plain, PortalForm, PortalModelForm
from portal.units.fields import UnitChoiceField
from portal.units.models import AdminUnit, ResidentialArea

MOST_SOURCES = 200


class PastForm(Plain):
    """The registry holds what was: no day of its forms lies in the future."""

    def clean(self):
        cleaned = super().clean()
        self.refuse_future(*(n for n, field in self.fields.items() if isinstance(field, forms.DateField)))
        return cleaned


class ModelFormBase(PastForm, PortalModelForm):
    """What entering and changing a model share: type, areas, further owners, the source of a copy."""

    areas = AreasField(queryset=ResidentialArea.objects.none(), label="Khu dân cư", required=False)
    owner_1 = UnitChoiceField(label="Đơn vị cùng thực hiện", required=False)
    owner_2 = UnitChoiceField(label="Đơn vị cùng thực hiện khác", required=False)
    copied_from = SourceField(
        queryset=SelfManagedModel.objects.none(), label="Nhân rộng từ mô hình", required=False
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.units = communes_to_write_for(user)
        self.province = self._province()
        types = ModelType.objects.standing().for_province(self.province)
        if self.instance.pk:
            types = types | ModelType.objects.filter(pk=self.instance.type_id)
        self.fields["type"].queryset = types.order_by("name", "pk")
        self.fields["areas"].queryset = self._areas()
        self.fields["copied_from"].queryset = self._sources()
        for name in ("owner_1", "owner_2"):
            self.fields[name].province = AdminUnit.objects.filter(pk=self.province).first()
        self.fields["owner_2"].help_text = "Mô hình chỉ được đếm một lần, tại đơn vị chủ trì."

    def _province(self):
        if self.instance.pk:
            return self.instance.unit.today_province_id
        first = self.units.first()
        return first and first.today_province_id

    def _areas(self):
        areas = ResidentialArea.objects.filter(unit__today_unit__in=self.units.values("today_unit"))
        ticked = Q(pk__in=self.instance.areas.values("area")) if self.instance.pk else Q(pk=None)
        today = Q(valid_to=None)
        return (areas.filter(today) | ResidentialArea.objects.filter(ticked)).order_by("sort_key", "pk")

    def _sources(self):
        """What the province replicates, and what the own communes have; the one chosen before stays."""
        day = timezone.localdate()
        models = SelfManagedModel.objects.standing().with_status(day).select_related("unit")
        own = Q(unit__today_unit__in=self.units.values("today_unit"))
        shared = Q(status_then=Status.REPLICATED, unit__today_province=self.province)
        found = models.filter(own | shared | Q(pk=self.instance.copied_from_id)).exclude(pk=self.instance.pk)
        return found.order_by("name", "pk")

    @property
    def owners(self) -> list[AdminUnit]:
        chosen = [self.cleaned_data.get(name) for name in ("owner_1", "owner_2")]
        return list(dict.fromkeys(unit for unit in chosen if unit))

    def model_data(self) -> dict:
        """The fields of the model itself."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class NewModelForm(ModelFormBase):
    """A model with its first step and what it has on that day."""

    unit = CommuneField(queryset=AdminUnit.objects.none(), label="Đơn vị chủ trì", empty_label=None)
    status = forms.ChoiceField(
        label="Bắt đầu ở trạng thái", choices=[(s.value, s.label) for s in FIRST_STATUSES], initial="active"
    )
    on = forms.DateField(label="Từ ngày", help_text="Ngày ra mắt hoặc ngày quyết định có hiệu lực.")
    reason = forms.CharField(label="Lý do, mục đích thành lập", max_length=500)
    evidence = forms.CharField(
        label="Căn cứ", max_length=500, required=False, help_text="Số, ngày của quyết định, kế hoạch."
    )
    client_token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    points = forms.IntegerField(label="Số điểm", required=False, min_value=0, max_value=1_000_000)
    groups = forms.IntegerField(label="Số tổ, nhóm", required=False, min_value=0, max_value=1_000_000)
    members = forms.IntegerField(label="Số thành viên", required=False, min_value=0, max_value=1_000_000)
    households = forms.IntegerField(label="Số hộ tham gia", required=False, min_value=0, max_value=1_000_000)

    class Meta:
        model = SelfManagedModel
        fields = ["unit", "type", "name", "description", "recognition", "copied_from"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = self.units
        self.initial.setdefault("client_token", uuid.uuid4())
        self.initial.setdefault("unit", next(iter(self.units.filter(valid_to=None)), None))
        counts = Folded("Quy mô khi bắt đầu", *ModelReading.COUNTS)
        rest = Folded("Thông tin thêm", "description", "recognition", "copied_from", "owner_1", "owner_2")
        first = ("client_token", "unit", "type", "name", "status", "on", "reason", "evidence", "areas")
        self.helper.layout = Layout(*first, counts, rest)

    def reading(self) -> dict:
        return {name: self.cleaned_data[name] for name in ModelReading.COUNTS}


class ModelChangeForm(ModelFormBase):
    """What may change of a model without its life going on; `revision` is what the person saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = SelfManagedModel
        fields = ["type", "name", "description", "recognition", "copied_from"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["revision"].localize = self.fields["revision"].widget.is_localized = False
        self.initial["revision"] = str(self.instance.revision)
        self.initial["areas"] = list(self.instance.areas.filter(valid_to=None).values_list("area", flat=True))
        owners = list(self.instance.owners.order_by("pk").values_list("unit", flat=True)[:2])
        self.initial |= dict(zip(("owner_1", "owner_2"), owners, strict=False))


class StepForm(PastForm, PortalForm):
    """The next step: only what may follow is offered."""

    status = forms.ChoiceField(label="Chuyển sang")
    on = forms.DateField(label="Từ ngày")
    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea)
    evidence = forms.CharField(
        label="Căn cứ",
        max_length=500,
        required=False,
        help_text="Số, ngày của quyết định, biên bản, báo cáo đánh giá.",
    )

    def __init__(self, *args, last, **kwargs):
        super().__init__(*args, **kwargs)
        self.last = last
        self.fields["status"].choices = [(s.value, s.label) for s in NEXT[Status(last.status)]]

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day <= self.last.on:
            raise forms.ValidationError(f"Phải sau bước gần nhất, ngày {self.last.on:%d/%m/%Y}.")
        return day


class ReadingForm(PastForm, PortalModelForm):
    class Meta:
        model = ModelReading
        fields = ["as_of", *ModelReading.COUNTS]


class AppraisalForm(PastForm, PortalModelForm):
    year = forms.TypedChoiceField(label="Năm", coerce=int)

    class Meta:
        model = ModelAppraisal
        fields = ["year", "effect", "tips", "cases", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        this = timezone.localdate().year
        self.fields["year"].choices = [(str(year), str(year)) for year in range(this, this - 11, -1)]


class RemovalForm(PastForm, PortalForm):
    reason = forms.CharField(
        label="Lý do gỡ",
        min_length=5,
        max_length=500,
        widget=forms.Textarea,
        help_text="Ví dụ: nhập trùng với mô hình khác. Mô hình thôi hoạt động thì chuyển sang “Kết thúc”.",
        error_messages={"min_length": "Lý do quá ngắn, ghi rõ hơn (từ 5 ký tự)."},
    )


class PlaceForm(PortalForm):
    """The commune, where several are in reach: base of the filters."""

    unit = CommuneField(queryset=AdminUnit.objects.none(), label="Đơn vị", required=False)

    def __init__(self, data, *, user):
        super().__init__(data, auto_id="loc_%s")
        communes = communes_to_read(user)
        self.fields["unit"].queryset = communes
        self.fields["unit"].empty_label = "Tất cả"
        if communes.count() == 1:
            del self.fields["unit"]

    @property
    def in_use(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def asked(self) -> dict:
        """What could be read; the rest does not filter."""
        self.is_valid()
        return self.cleaned_data


class ModelFilterForm(PlaceForm):
    """The filters above the list of models; `day`: as of the end of which day."""

    q = forms.CharField(label="Tìm theo tên", required=False, max_length=100)
    type = forms.ModelChoiceField(
        ModelType.objects.none(), label="Loại mô hình", required=False, empty_label="Tất cả"
    )
    status = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Đang có (chưa kết thúc)"), *Status.choices]
    )
    day = forms.DateField(label="Tính đến ngày", required=False)

    field_order = ["q", "type", "status", "day", "unit"]

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        self.fields["type"].queryset = ModelType.objects.visible_to(user, Permission.REGISTRY_VIEW).standing()


class RangeForm(PlaceForm):
    """From–to, for what came and went."""

    since = forms.DateField(label="Từ ngày", required=False)
    until = forms.DateField(label="Đến ngày", required=False)

    field_order = ["since", "until", "unit"]

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", "“Đến ngày” không được trước “Từ ngày”.")
        return cleaned
