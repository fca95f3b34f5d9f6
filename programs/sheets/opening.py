"""Opening data as tables: residential areas with their size, and figures of the time before the portal."""

from collections.abc import Callable
from datetime import date
from functools import cached_property

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone

from portal.access.permissions import Permission
from portal.files.workbook import Table
from portal.ui.fields import DayField, DecimalNumberField, WholeNumberField
from portal.ui.forms import PortalForm
from portal.ui.numbers import day as as_day
from portal.units.models import AreaKind, ResidentialArea, ResidentialAreaSize
from portal.units.text import fold
from programs.activities.custom.models import CustomIndicator
from programs.activities.indicators import INDICATORS
from programs.activities.opening import OpeningFigure, Qualifier
from programs.activities.slots import slot_of, slot_range
from programs.coordination.models import CoordinationProgram
from programs.sheets.columns import Column, Unreadable, columns_of
from programs.sheets.findings import Finding, Layout, laid_out

MOST_PEOPLE = 1_000_000


class TableSubject:
    """A table of plain forms, one a row. Says `form_class`; `judge` sees a row beside the others."""

    permission = Permission.LOG_WRITE
    slug, title, form_class = "", "", None

    def __init__(self, *, unit, user):
        self.unit, self.user = unit, user

    def make_form(self, data=None):
        return self.form_class(data)

    @cached_property
    def columns(self) -> list[Column]:
        form = self.make_form()
        return columns_of(form, form.fields)

    def check(self, table: Table, step: Callable[[int], None]) -> tuple[list, list[Finding]]:
        """The rows that hold as (row number, cleaned data), and all that was found."""
        layout = laid_out(table, self.columns)
        rows, held, findings = layout.rows(table), [], list(layout.findings)
        if not rows:
            findings.append(Finding(layout.header_row + 1, None, "bảng chưa có dòng số liệu nào."))
        for done, (number, values) in enumerate(rows, 1):
            data, found = self._one(number, values, layout)
            found += [] if found else self.judge(number, data, layout)
            held += [] if any(f.is_error for f in found) else [(number, data)]
            findings += found
            if done % 500 == 0:
                step(done)
        return held, findings

    def _one(self, number: int, values: list, layout: Layout) -> tuple[dict, list[Finding]]:
        data, findings = {c.name: c.default for c in self.columns}, []
        for place, column in layout.places.items():
            try:
                data[column.name] = column.typed(values[place] if place < len(values) else "")
            except Unreadable as why:
                findings.append(Finding(number, place, f"{column.header}: {why}"))
        unread = {layout.places[f.column].name for f in findings}
        form = self.make_form(data)
        for name, messages in form.errors.items():
            place = None if name == NON_FIELD_ERRORS else layout.at(name)
            label = "" if name == NON_FIELD_ERRORS else f"{form.fields[name].label}: "
            said = [Finding(number, place, f"{label}{text}") for text in messages]
            findings += said if name not in unread else []
        return form.cleaned_data, findings

    def judge(self, number: int, data: dict, layout: Layout) -> list[Finding]:
        """What is wrong with a valid row beside those above it and what there is already."""
        return []


class AreaForm(PortalForm):
    """One residential area with its size as of a day."""

    kind = forms.ChoiceField(label="Loại", choices=AreaKind)
    name = forms.CharField(label="Tên", max_length=100, help_text="Ví dụ: 5, Hòa Bình. Không ghi lại loại.")
    valid_from = DayField(label="Có từ ngày", required=False, help_text="Để trống nếu không rõ.")
    households = WholeNumberField(label="Số hộ", required=False, min_value=0, max_value=MOST_PEOPLE)
    people = WholeNumberField(label="Số nhân khẩu", required=False, min_value=0, max_value=MOST_PEOPLE)
    as_of = DayField(label="Tính đến ngày", required=False, help_text="Bắt buộc khi có số hộ, số nhân khẩu.")

    def clean(self):
        cleaned, today = super().clean(), timezone.localdate()
        counted = cleaned.get("households") is not None or cleaned.get("people") is not None
        if counted and "as_of" in cleaned and not cleaned["as_of"]:
            self.add_error("as_of", "Ghi ngày mà số hộ, số nhân khẩu được tính đến.")
        for name in ("valid_from", "as_of"):
            if cleaned.get(name) and cleaned[name] > today:
                self.add_error(name, "Ngày không được ở tương lai.")
        since, until = cleaned.get("valid_from"), cleaned.get("as_of")
        if since and until and until < since:
            self.add_error("as_of", "Không được trước ngày khu dân cư bắt đầu có.")
        return cleaned


class AreaSubject(TableSubject):
    """The residential areas of a commune. One that is there already gets its size only."""

    slug, title, form_class = "khu-dan-cu", "Khu dân cư", AreaForm

    def check(self, table, step):
        self._rows: dict[str, int] = {}
        today = ResidentialArea.objects.filter(unit=self.unit).today()
        self._there = {area.search_key: area for area in today}
        return super().check(table, step)

    def judge(self, number, data, layout):
        key = fold(f"{data['kind']} {data['name']}")
        place = layout.at("name")
        if key in self._rows:
            return [Finding(number, place, f"Tên: trùng với dòng {self._rows[key]}.")]
        self._rows[key] = number
        if key in self._there:
            text = "khu dân cư này đã có, chỉ ghi thêm số hộ, số nhân khẩu nếu có."
            return [Finding(number, place, text, is_error=False)]
        area = ResidentialArea(unit=self.unit, **_area_fields(data))
        try:
            area.clean()
        except ValidationError as error:
            return [Finding(number, place, f"Tên: {text}") for text in error.messages]
        return []

    def write(self, held, *, by, content, step) -> None:
        new, sizes = [], []
        for _, data in held:
            area = self._there.get(fold(f"{data['kind']} {data['name']}"))
            if area is None:
                area = ResidentialArea(unit=self.unit, **_area_fields(data))
                new.append(area)
            if data.get("as_of") and (data.get("households") is not None or data.get("people") is not None):
                sizes.append((area, data))
        ResidentialArea.objects.bulk_create(new)
        rows = [
            ResidentialAreaSize(
                area=area, as_of=data["as_of"], households=data["households"], people=data["people"]
            )
            for area, data in sizes
        ]
        ResidentialAreaSize.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["area", "as_of"],
            update_fields=["households", "people"],
        )
        step(len(held))


def _area_fields(data: dict) -> dict:
    return {"kind": data["kind"], "name": data["name"], "valid_from": data["valid_from"]}


class FigureForm(PortalForm):
    """What one report of before the portal says about one indicator."""

    since = DayField(label="Từ ngày", help_text="Ngày đầu của kỳ: ngày 01 hoặc 15.")
    until = DayField(label="Đến ngày", help_text="Ngày cuối của kỳ: ngày 14 hoặc cuối tháng.")
    indicator = forms.ChoiceField(label="Chỉ tiêu")
    amount = DecimalNumberField(label="Số liệu", min_value=0, max_value=10**12, decimal_places=3)
    qualifier = forms.ChoiceField(
        label="Mức độ",
        required=False,
        choices=[("", "---------"), *Qualifier.choices],
        help_text="Chỉ khi báo cáo ghi hơn, gần hoặc khoảng.",
    )
    source = forms.CharField(
        label="Nguồn",
        max_length=200,
        help_text="Số, ngày của báo cáo. Ví dụ: Báo cáo số 12/BC-CAP ngày 15/11/2025.",
    )

    def __init__(self, *args, indicators, whole, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = indicators
        self.whole = whole

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and since != slot_range(slot_of(since))[0]:
            self.add_error("since", "Kỳ phải bắt đầu từ ngày 01 hoặc ngày 15.")
        if until and until != slot_range(slot_of(until))[1]:
            self.add_error("until", "Kỳ phải kết thúc vào ngày 14 hoặc ngày cuối tháng.")
        if until and until > timezone.localdate():
            self.add_error("until", "Kỳ chưa kết thúc.")
        if since and until and until < since:
            self.add_error("until", "“Đến ngày” không được trước “Từ ngày”.")
        amount = cleaned.get("amount")
        if amount is not None and cleaned.get("indicator") in self.whole and amount != int(amount):
            self.add_error("amount", "Chỉ tiêu này chỉ nhận số nguyên.")
        return cleaned


class FigureSubject(TableSubject):
    """Figures of a commune for periods before it kept its log here; entered again, they are corrected."""

    slug, title = "so-lieu-ban-dau", "Số liệu trước khi dùng cổng"

    def __init__(self, **where):
        super().__init__(**where)
        custom = CustomIndicator.objects.flows().of_unit(self.unit).in_order()
        own = [(one.slug, one.name, one.decimals == 0) for one in custom]
        every = [(one.slug, one.name, True) for one in INDICATORS] + own
        self._choices = [(slug, name) for slug, name, _ in every]
        self._whole = {slug for slug, _, whole in every if whole}
        self._programmes: dict[date, CoordinationProgram | None] = {}

    def make_form(self, data=None):
        return FigureForm(data, indicators=self._choices, whole=self._whole)

    def check(self, table, step):
        self._rows: dict[tuple, int] = {}
        self._there = set(OpeningFigure.objects.filter(unit=self.unit).values_list(*KEY))
        return super().check(table, step)

    def judge(self, number, data, layout):
        day = data["until"]
        if self._programme_on(day) is None:
            text = f"Đến ngày: vào ngày {as_day(day)} không có chương trình phối hợp nào có hiệu lực."
            return [Finding(number, layout.at("until"), text)]
        key = self._key(data)
        if key in self._rows:
            return [Finding(number, layout.at("indicator"), f"Chỉ tiêu: cùng kỳ với dòng {self._rows[key]}.")]
        self._rows[key] = number
        if key in self._there:
            text = "kỳ này đã có số liệu ban đầu của chỉ tiêu, sẽ được thay bằng số liệu mới."
            return [Finding(number, layout.at("amount"), text, is_error=False)]
        return []

    def write(self, held, *, by, content, step) -> None:
        now = timezone.now()
        rows = [
            OpeningFigure(
                unit=self.unit,
                **dict(zip(KEY, self._key(data), strict=True)),
                amount=data["amount"],
                qualifier=data["qualifier"],
                source=data["source"],
                entered_by=by,
                entered_at=now,
            )
            for _, data in held
        ]
        OpeningFigure.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["unit", "programme", "indicator", "first_slot", "last_slot"],
            update_fields=["amount", "qualifier", "source", "entered_by", "entered_at"],
        )
        step(len(held))

    def _key(self, data) -> tuple:
        slots = slot_of(data["since"]), slot_of(data["until"])
        return (self._programme_on(data["until"]).pk, data["indicator"], *slots)

    def _programme_on(self, day: date):
        if day not in self._programmes:
            self._programmes[day] = CoordinationProgram.objects.local_to(self.unit, day)
        return self._programmes[day]


KEY = ("programme_id", "indicator", "first_slot", "last_slot")
OPENING = {subject.slug: subject for subject in (AreaSubject, FigureSubject)}
