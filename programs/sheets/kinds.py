"""A kind of activity as a table: its columns are the fields of its form, its rows are judged by that form."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from portal.access.permissions import Permission
from portal.access.scoping import sides_of
from portal.accounts.models import Side
from portal.files.workbook import Table
from portal.secrecy.markers import signs_in
from portal.ui.fields import DayField
from portal.ui.numbers import day as as_day
from portal.units.text import fold
from programs.activities.actions import content_hash
from programs.activities.extensions import rows_to_look_at
from programs.activities.forms import units_to_log_for
from programs.activities.models import ActivityEntry, EntryArea
from programs.activities.registry import Kind
from programs.sheets import checks, custom
from programs.sheets.columns import Column, Unreadable, choice_key, column_of
from programs.sheets.findings import Finding, Layout, laid_out
from programs.sheets.rowforms import Memory, row_form

CHUNK = 500
WRITTEN_AT_ONCE = 2000
# Tokens of rows are drawn from the content, so that the database itself refuses the same table twice.
TOKENS = uuid.UUID("6f0c5b0e-4b1d-4d53-9d0a-3c8f2f7f1c11")
ALREADY = "có thể trùng"
SECRET = (
    "nội dung có dấu hiệu bí mật nhà nước. Xóa khỏi bảng; nếu không phải tin mật thì nhập riêng hoạt động "
    "này ở biểu mẫu để cam đoan."
)


@dataclass(frozen=True)
class Prepared:
    """A row that may be written: the unsaved record, its areas, its content as the log hashes it, its
    amounts by custom indicator."""

    row: int
    record: object
    areas: list
    data: dict
    amounts: dict


class KindSubject:
    """One kind for one commune of today, as `user` may log it."""

    permission = Permission.LOG_WRITE

    def __init__(self, kind: Kind, *, unit, user):
        self.kind, self.unit, self.user = kind, unit, user
        reach = units_to_log_for(user)
        self.memory = Memory({pk: u for pk, u in reach.items() if (u.today_unit_id or u.pk) == unit.pk})
        grouped = kind.form_class.grouped_form
        self.single = row_form(kind.form_class, self.memory)(user=user)
        self.grouped = row_form(grouped, self.memory)(user=user) if grouped else None
        self.custom = custom.CustomCells(unit)
        sides = sides_of(user, self.permission, unit)
        self.side = next((side for side in Side if side in sides), "")

    notes = (
        "Bên chủ trì, phối hợp, phong trào lồng ghép, ảnh và tài liệu không nhập bằng bảng: "
        "ghi xong thì mở bản ghi để thêm.",
    )

    @property
    def slug(self) -> str:
        return self.kind.slug

    @property
    def title(self) -> str:
        return self.kind.plural

    @cached_property
    def columns(self) -> list[Column]:
        """The fields of the form in its order; those of grouped entry behind the day; the unit if there is
        a choice of it."""
        form = self.single
        names = [name for name in dict.fromkeys((*form.first, *form.rest)) if name not in ("unit", "areas")]
        names += [n for n, f in form.fields.items() if n not in names and not _apart(n, f)]
        columns = [column_of(form, name) for name in names]
        if "areas" in form.fields:
            columns.append(self._areas_column())
        if len(self.memory.units) > 1:
            columns.append(self._unit_column())
        place = names.index(form.day_field) + 1
        return [*columns[:place], *self._grouped_columns(), *columns[place:], *self.custom.columns()]

    def _grouped_columns(self) -> list[Column]:
        """What only the form for several at once asks; empty for one at a time."""
        if not self.grouped:
            return []
        columns = [column_of(self.grouped, name) for name in self._grouped_only]
        when = "Chỉ khi ghi gộp nhiều lần trong một dòng, trong cùng một nửa tháng."
        return [Column(c.name, c.header, hint=when, is_day=c.is_day, is_number=c.is_number) for c in columns]

    @cached_property
    def _grouped_only(self) -> list[str]:
        single, grouped = self.single.fields, self.grouped.fields if self.grouped else {}
        return [name for name in grouped if name not in single]

    def _areas_column(self) -> Column:
        areas = self.memory.all_areas
        return Column(
            "areas",
            "Khu dân cư",
            hint="Để trống nếu là hoạt động chung toàn đơn vị.",
            choices=tuple((choice_key(a.full_name), a.full_name) for a in areas),
            many=True,
        )

    def _unit_column(self) -> Column:
        names = [unit.full_name for unit in self.memory.units.values()]
        return Column(
            "unit",
            "Đơn vị",
            hint=f"Để trống là {self.unit.full_name}; trước ngày sắp xếp thì ghi đơn vị cũ.",
            choices=tuple((choice_key(name), name) for name in names),
        )

    # Judging

    def check(self, table: Table, step: Callable[[int], None]) -> tuple[list[Prepared], list[Finding]]:
        """The rows that hold, and all that was found; `step(done)` is called after every chunk of rows."""
        layout = laid_out(table, self.columns)
        rows, prepared, findings = layout.rows(table), [], list(layout.findings)
        if not rows:
            findings.append(Finding(layout.header_row + 1, None, "bảng chưa có dòng số liệu nào."))
        conditions = checks.constraint_conditions(self.kind.model)
        for start in range(0, len(rows), CHUNK):
            held = []
            for number, values in rows[start : start + CHUNK]:
                one, found = self._judge(number, values, layout)
                findings += found
                held += [one] if one else []
            held, found = self._by_constraints(held, conditions, layout)
            prepared, findings = prepared + held, findings + found
            step(min(start + CHUNK, len(rows)))
        return prepared, findings + self._twins(prepared, layout)

    def _judge(self, number: int, values: list, layout: Layout) -> tuple[Prepared | None, list[Finding]]:
        data, findings = self._typed(number, values, layout)
        form = (self.grouped if self._is_grouped(data) else self.single).again(data)
        unread = {layout.places[f.column].name for f in findings if f.column is not None}
        if not form.is_valid():
            for name, messages in form.errors.items():
                findings += self._said(number, name, messages, form, layout) if name not in unread else []
        findings += [Finding(number, layout.at(name), SECRET) for name in secrets_in(form)]
        day = form.cleaned_data.get(form.day_field)
        amounts, wrong = self.custom.read(number, values, layout, day)
        findings += wrong
        if findings:
            return None, findings
        content = form.data_for_log()
        form.instance.side = self.side
        return Prepared(number, form.instance, form.chosen_areas, content, amounts), []

    def _typed(self, number: int, values: list, layout: Layout) -> tuple[dict, list[Finding]]:
        """The row as a post of the form, with what could not be read."""
        own = [column for column in self.columns if column.name not in self.custom.fields]
        data = {column.name: [] if column.many else column.default for column in own}
        findings = []
        for place, column in layout.places.items():
            if column.name in self.custom.fields:
                continue
            try:
                data[column.name] = column.typed(values[place] if place < len(values) else "")
            except Unreadable as why:
                findings.append(Finding(number, place, f"{column.header}: {why}"))
        day = _day(data.get(self.single.day_field))
        unit = self._unit_meant(data.get("unit"), day)
        data["unit"] = str(unit.pk)
        if data.get("areas"):
            data["areas"], strange = self._areas_meant(data["areas"], unit, day)
            place = layout.at("areas")
            findings += [Finding(number, place, f"Khu dân cư: {text}") for text in strange]
        return data, findings

    def _unit_meant(self, key: str, day: date | None):
        """The unit of that name, of several the one that was there on the day."""
        named = [u for u in self.memory.units.values() if key and choice_key(u.full_name) == key]
        there = [u for u in named if day and u.existed_on(day)]
        return next(iter([*there, *named, self.unit]))

    def _areas_meant(self, keys: list[str], unit, day: date | None) -> tuple[list[str], list[str]]:
        if not day:
            return [], []
        own = {choice_key(a.full_name): str(a.pk) for a in self.memory.areas_on(unit, day)}
        names = {choice_key(a.full_name): a.full_name for a in self.memory.all_areas}
        strange = [
            f"{names[key]} không thuộc {unit.full_name} vào ngày {as_day(day)}."
            for key in keys
            if key not in own
        ]
        return [own[key] for key in keys if key in own], strange

    def _is_grouped(self, data: dict) -> bool:
        filled = [data.get(name) for name in self._grouped_only if data.get(name)]
        return any(value != "1" for value in filled)

    def _said(self, number, name, messages, form, layout: Layout) -> list[Finding]:
        """The errors of a field at its cell, of the whole form at the row; a missing column is said once."""
        if name == NON_FIELD_ERRORS:
            return [Finding(number, None, text) for text in messages]
        place, label = layout.at(name), str(form.fields[name].label or name)
        if place is None and any(c.name == name and c.required for c in self.columns):
            return []
        return [Finding(number, place, f"{label}: {text}") for text in messages]

    def _by_constraints(self, held, conditions, layout) -> tuple[list[Prepared], list[Finding]]:
        """What the form let pass and the table would refuse, at the first cell that the rule speaks of."""
        broken = checks.broken_constraints([one.record for one in held], conditions)
        good, findings = [], []
        for one, names in zip(held, broken, strict=True):
            good += [] if names else [one]
            for name in names:
                places = [layout.at(f) for f in checks.fields_of(self.kind.model, name)]
                place = next((p for p in places if p is not None), None)
                findings.append(Finding(one.row, place, checks.said_of(self.kind.model, name)))
        return good, findings

    def _twins(self, prepared: list[Prepared], layout: Layout) -> list[Finding]:
        """Rows that look like one further up, or like something in the log: worth a look, no error."""
        place, seen, findings = layout.at("title"), {}, []
        known = self._logged(prepared)
        for one in prepared:
            key = one.record.unit_id, one.record.day, fold(one.record.title)
            if key in seen:
                text = f"{ALREADY}: cùng ngày, cùng nội dung với dòng {seen[key]}."
                findings.append(Finding(one.row, place, text, is_error=False))
            elif key in known:
                text = f"{ALREADY}: trong sổ đã có hoạt động cùng ngày, cùng nội dung (số {known[key]})."
                findings.append(Finding(one.row, place, text, is_error=False))
            seen.setdefault(key, one.row)
        return findings + self._to_look_at(prepared, place)

    def _to_look_at(self, prepared: list[Prepared], place: int | None) -> list[Finding]:
        """What other slices find odd about the rows: worth a look, no error."""
        rows = [
            (p.record.unit_id, p.record.day, p.record.title, frozenset(area.pk for area in p.areas))
            for p in prepared
        ]
        found = rows_to_look_at(self.kind, rows)
        return [
            Finding(prepared[at].row, place, f"{ALREADY}: {text}", is_error=False)
            for at, texts in found.items()
            for text in texts
        ]

    def _logged(self, prepared: list[Prepared]) -> dict[tuple, int]:
        units, days = {p.record.unit_id for p in prepared}, {p.record.day for p in prepared}
        entries = ActivityEntry.objects.live().of_kind(self.kind.slug).filter(unit__in=units, day__in=days)
        rows = entries.values_list("pk", "unit", "day", "search_key")
        return {(unit, day, key): pk for pk, unit, day, key in rows}

    # Writing

    def write(self, prepared: list[Prepared], *, by, content: str, step: Callable[[int], None]) -> None:
        """Put the rows into the log, inside the caller's transaction, sorted so that writers do not cross."""
        ordered = sorted(prepared, key=lambda one: (one.record.unit_id, one.record.day, one.row))
        for start in range(0, len(ordered), WRITTEN_AT_ONCE):
            some = ordered[start : start + WRITTEN_AT_ONCE]
            for one in some:
                one.record.logged_by = by
                sent = one.data | {f"x{pk}": str(amount) for pk, amount in one.amounts.items()}
                one.record.content_hash = content_hash(kind=self.kind, data=sent)
                one.record.client_token = uuid.uuid5(TOKENS, f"{content}:{self.unit.pk}:{one.row}")
            records = self.kind.model.objects.bulk_create([one.record for one in some])
            placed = list(zip(records, some, strict=True))
            EntryArea.objects.bulk_create(
                EntryArea(entry_id=record.pk, area=area) for record, one in placed for area in one.areas
            )
            custom.write((record.pk, one.amounts) for record, one in placed)
            step(start + len(some))


def _apart(name: str, field: forms.Field) -> bool:
    """Fields that no person fills in, and those that have a column of their own."""
    return name in ("unit", "areas") or isinstance(field.widget, forms.HiddenInput)


def _day(text) -> date | None:
    try:
        return DayField(required=False).to_python(text)
    except forms.ValidationError:
        return None


def secrets_in(form) -> list[str]:
    """The fields in which something looks like a state secret: a table holds nobody to attest."""
    return [name for name, text in form.cleaned_data.items() if isinstance(text, str) and signs_in(text)]
