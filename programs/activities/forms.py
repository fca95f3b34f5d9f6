"""What the entry forms of all kinds share: unit and areas of that day, token of a double POST, revision.

A kind adds its model, its fields and their order::

    class PatrolForm(ActivityForm):
        day_field = "held_on"
        first = ("held_on", "title", "turnouts", "areas")
        rest = ("narrative",)
        limits = {"turnouts": (0, 100_000)}

        class Meta:
            model = Patrol
            fields = ("held_on", "title", "turnouts", "narrative")
"""

import uuid
from datetime import date

from crispy_forms.layout import Field
from crispy_forms.utils import render_field
from django import forms
from django.template.loader import render_to_string
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import scope_of
from portal.secrecy.forms import AsksAboutSecrets
from portal.ui.forms import HTML, Folded, Layout, PortalForm, PortalModelForm
from portal.ui.numbers import day as as_day
from portal.units.models import AdminUnit, ResidentialArea
from programs.activities.models import EntryArea

SECRETS_NOTICE = (
    '<p class="note">Không nhập bí mật nhà nước, họ tên và thông tin riêng của người dân: '
    "chỉ ghi số lượng và nội dung công việc.</p>"
)


STALE_FORM = "Biểu mẫu không còn nguyên vẹn. Tải lại trang rồi nhập lại."


class ActivityForm(PortalModelForm):
    """Base of the entry form of every kind; see the module for what a kind says."""

    submit_label = None
    day_field = ""
    first: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    limits: dict[str, tuple[int, int]] = {}
    not_copied: tuple[str, ...] = ()  # beside dates, numbers and the narrative: see `copying`
    grouped_form: "type[ActivityForm] | None" = None

    unit = forms.TypedChoiceField(label="Đơn vị", coerce=int)
    areas = forms.TypedMultipleChoiceField(
        label="Khu dân cư", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    client_token = forms.UUIDField(
        widget=forms.HiddenInput, required=False, error_messages={"invalid": STALE_FORM}
    )
    revision = forms.RegexField(
        r"\A[0-9]{1,9}\Z", widget=forms.HiddenInput, required=False, error_messages={"invalid": STALE_FORM}
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.units = self._units_in_reach()
        self._set_limits()
        self._first_values()
        self._offer_units()
        self._offer_areas()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = self._layout()

    # Asked once a form; who fills in thousands of them answers from memory.

    def _units_in_reach(self) -> dict[int, AdminUnit]:
        return units_to_log_for(self.user)

    def _areas_on(self, unit, day):
        return ResidentialArea.objects.filter(unit=unit).on(day).order_by("sort_key", "pk")

    # What is offered

    def _set_limits(self) -> None:
        for name, (low, high) in self.limits.items():
            if name in self.fields:
                self.fields[name].min_value, self.fields[name].max_value = low, high
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4

    def _first_values(self) -> None:
        if self.instance.pk:
            ticked = EntryArea.objects.filter(entry=self.instance.pk).values_list("area", flat=True)
            self.initial |= {
                **{"unit": self.instance.unit_id, "revision": self.instance.revision},
                "areas": list(ticked),
            }
            return
        asked = str(self.initial.get("unit") or "")
        own = next(iter(self.units), None)
        self.initial["unit"] = int(asked) if asked.isdecimal() and int(asked) in self.units else own
        self.initial.setdefault("client_token", uuid.uuid4())
        self.initial[self.day_field] = timezone.localdate()

    def _offer_units(self) -> None:
        units = self.units.values()
        today = [(u.pk, u.full_name) for u in units if u.is_today]
        before = [(u.pk, f"{u.full_name} (đến {as_day(u.valid_to)})") for u in units if not u.is_today]
        field = self.fields["unit"]
        field.choices = [*today, ("Đơn vị trước sắp xếp", before)] if before else today
        field.error_messages["invalid_choice"] = "Đơn vị này không thuộc phạm vi được giao ghi sổ."
        if before:
            field.help_text = "Hoạt động trước ngày sắp xếp thì chọn đơn vị cũ đã tổ chức hoạt động đó."
        self.serves_one_commune = len(today) == 1

    def _offer_areas(self) -> None:
        """Areas of the unit on the day, both as typed so far; without either there is nothing to offer."""
        unit, day, field = self.units.get(self._unit_so_far()), self._day_so_far(), self.fields["areas"]
        areas = self._areas_on(unit, day) if unit else ()
        self.offered_areas = {area.pk: area for area in areas}
        field.choices = [(pk, area.full_name) for pk, area in self.offered_areas.items()]
        where = unit.full_name if unit else "đơn vị"
        field.error_messages["invalid_choice"] = (
            f"Có khu dân cư không thuộc {where} vào ngày {as_day(day)}. Chọn lại trong danh sách."
        )
        field.help_text = "Để trống nếu là hoạt động chung toàn đơn vị."
        if not field.choices:
            field.help_text = f"{where} chưa có danh mục khu dân cư vào ngày {as_day(day)}."

    def _unit_so_far(self) -> int | None:
        typed = self.data.get(self.add_prefix("unit"), "") if self.is_bound else self.initial["unit"]
        return int(typed) if str(typed).isdecimal() else None

    def _day_so_far(self):
        if not self.is_bound:
            return getattr(self.instance, self.day_field) or self.initial[self.day_field]
        try:
            return self.fields[self.day_field].clean(self.data.get(self.add_prefix(self.day_field)))
        except forms.ValidationError:
            return timezone.localdate()

    def _layout(self) -> Layout:
        front = () if self.serves_one_commune else ("unit",)
        rest = (*self.rest, "unit") if self.serves_one_commune else self.rest
        fields = (Field(n, wrapper_class="many") if n == "areas" else n for n in (*front, *self.first))
        return Layout("client_token", "revision", HTML(SECRETS_NOTICE), *fields, FoldedRest(*rest))

    @property
    def unit_so_far(self) -> AdminUnit | None:
        """The unit as it is chosen at the moment, also in a form that is not valid."""
        return self.units.get(self._unit_so_far())

    @property
    def place_so_far(self) -> tuple[AdminUnit | None, date]:
        """The unit and the day as typed so far, for what is offered beside the form."""
        return self.units.get(self._unit_so_far()), self._day_so_far() or timezone.localdate()

    @property
    def communes(self) -> list[tuple[AdminUnit, bool]]:
        """The communes of today that the officer logs for, each with whether it is the chosen one."""
        chosen = self._unit_so_far()
        return [(unit, unit.pk == chosen) for unit in self.units.values() if unit.is_today]

    # What is refused

    def clean(self):
        cleaned = super().clean()
        unit = self.units.get(cleaned.get("unit"))
        for name in [n for n, field in self.fields.items() if isinstance(field, forms.DateField)]:
            self._refuse_future(name)
        day = cleaned.get(self.day_field)
        if unit and day and not unit.existed_on(day):
            self.add_error(self.day_field, no_such_unit(unit, day, self.units.values()))
        if unit:
            self.instance.unit = unit
        return cleaned

    def _refuse_future(self, name: str) -> None:
        typed, today = self.cleaned_data.get(name), timezone.localdate()
        if typed and typed > today:
            self.add_error(
                name, f"Không ghi việc chưa diễn ra: ngày phải từ hôm nay ({as_day(today)}) trở về trước."
            )

    # What is handed on

    @property
    def own_fields(self) -> tuple[str, ...]:
        """The fields of the kind's model, without those that all kinds share."""
        return tuple(self._meta.fields)

    @property
    def chosen_areas(self) -> list[ResidentialArea]:
        """The areas that were ticked, in Vietnamese order."""
        ticked = set(self.cleaned_data.get("areas") or ())
        return [area for pk, area in self.offered_areas.items() if pk in ticked]

    def data_for_log(self) -> dict:
        """The kind's own fields with unit and areas, as the actions of the log take them."""
        own = {name: self.cleaned_data[name] for name in self.own_fields}
        return own | {"unit": self.units[self.cleaned_data["unit"]], "areas": self.chosen_areas}

    def take_over(self, **hidden) -> None:
        """Put new values into hidden fields of a bound form, keeping all that was typed."""
        self.data = self.data.copy()
        for name, value in hidden.items():
            self.data[self.add_prefix(name)] = str(value)


class FoldedRest(Folded):
    """The less used fields: folded on a new form, unless one of them has an error or was filled in."""

    def __init__(self, *fields):
        super().__init__("Thông tin thêm", *fields)

    def render(self, form, context, template_pack="bootstrap5", **kwargs):
        names = [pointer.name for pointer in self.get_field_names()]
        filled = set(form.changed_data) if form.is_bound else set()
        is_open = bool(form.instance.pk) or any(n in form.errors or n in filled for n in names)
        fields = "".join(
            render_field(f, form, context, template_pack=template_pack, **kwargs) for f in self.fields
        )
        folded = {"summary": self.summary, "is_open": is_open}
        return render_to_string("ui/_folded.html", {"folded": folded, "fields": fields})


def units_to_log_for(user) -> dict[int, AdminUnit]:
    """By id: the communes that ``user`` logs for today, then those that they were made of."""
    communes = scope_of(user, Permission.LOG_WRITE).communes
    units = AdminUnit.objects.communes().filter(today_unit__in=communes).order_by("sort_key", "pk")
    return {u.pk: u for u in sorted(units, key=lambda u: not u.is_today)}


def no_such_unit(unit, day, units) -> str:
    """Why ``day`` is refused for ``unit``, with those of ``units`` that existed then."""
    then = ", ".join(u.full_name for u in units if u.existed_on(day))
    hint = f" Ở ô Đơn vị, chọn đơn vị của ngày đó: {then}." if then else ""
    return f"{unit.full_name} không có vào ngày {as_day(day)}.{hint}"


class DeletionForm(AsksAboutSecrets, PortalForm):
    """The reason, without which nothing leaves the log."""

    submit_label = None

    reason = forms.CharField(
        label="Lý do xóa",
        help_text="Ví dụ: nhập trùng với bản ghi của Mặt trận phường. Lý do được giữ trong lịch sử.",
        min_length=5,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Ghi lý do xóa.",
            "min_length": "Lý do quá ngắn, ghi rõ hơn (từ 5 ký tự).",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
