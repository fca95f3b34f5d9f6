"""From a valid form to the log: what is still refused becomes a Vietnamese error of the form, never a 500."""

import logging
import uuid
from contextlib import contextmanager
from dataclasses import dataclass

import pghistory
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.urls import reverse
from django.utils.html import format_html

from portal.refusals import constraint_of, sqlstate, words_of
from programs.activities import actions
from programs.activities.errors import EditConflict, LogError, TokenReused
from programs.activities.history import Change
from programs.activities.merging import Conflict, merge
from programs.activities.presentation import EMPTY
from programs.activities.transactions import retry_on_deadlock

logger = logging.getLogger(__name__)

# What the triggers of the log refuse, by the name that they give as the constraint: field and words.
# "day" stands for the date field of the kind.
REFUSALS = {
    "activity_not_in_future": ("day", "Không ghi việc chưa diễn ra: ngày phải từ hôm nay trở về trước."),
    "activity_unit_of_that_day": ("day", "Đơn vị đã chọn không có vào ngày này."),
    "activity_programme_in_force": ("day", "Không có chương trình phối hợp nào có hiệu lực vào ngày này."),
    "custom_amount_in_use": (None, "Có chỉ tiêu khác không dùng ở đơn vị này vào ngày của hoạt động."),
    "custom_amount_decimals": (None, "Có chỉ tiêu khác nhiều chữ số thập phân hơn quy định."),
    "custom_amount_bounds": (None, "Chỉ tiêu khác phải từ 0 đến 1.000.000.000.000."),
    "entry_area_of_that_unit": ("areas", "Có khu dân cư không thuộc đơn vị đã chọn vào ngày này."),
}
BUSY = "Hệ thống đang bận, nội dung chưa được lưu. Bấm lưu lần nữa."
# SQLSTATE classes of what is wrong with the data (22, 23, raised P0001) and of what passes by itself.
DATA, PASSING = ("22", "23", "P0001"), ("40001", "40P01", "55P03", "57014")


@dataclass(frozen=True)
class Saved:
    """A record that is in the log now; ``created`` is false when this very form had been sent before."""

    record: object
    created: bool


def create(entering, *, kind, by) -> Saved | None:
    """Log what a valid form and its parts say; None, with the errors on the form, when the log refuses it."""
    form = entering.form
    token = form.cleaned_data.get("client_token") or uuid.uuid4()
    with refusals_on(form, kind), _areas_in_history(form):
        parts = {"also": entering.content(), "after_save": entering.after_save}
        return Saved(*actions.log_activity(kind=kind, data=form.data_for_log(), by=by, token=token, **parts))
    return None


def change(entering, *, kind, by) -> Conflict | None:
    """Save a valid form and its parts over its record; the conflict when a colleague was quicker."""
    form = entering.form
    expected = int(form.cleaned_data.get("revision") or 0)
    write = retry_on_deadlock(actions.change_activity)
    try:
        with refusals_on(form, kind), _areas_in_history(form):
            write(
                activity=form.instance,
                data=form.data_for_log(),
                expected_revision=expected,
                by=by,
                after_save=entering.after_save,
            )
    except EditConflict as conflict:
        found = merge(form, kind=kind, current=conflict.current, seen=expected)
        for taken, both in [part.merge() for part in entering.parts]:
            found.taken.extend(taken)
            found.both.extend(Change(label, now or EMPTY, typed or EMPTY) for label, now, typed in both)
        return found
    return None


def form_class_for(kind, record):
    """The form in which ``record`` was entered: that for groups, if it is one."""
    return kind.form_class.grouped_form if is_grouped(record) else kind.form_class


def is_grouped(record) -> bool:
    """Whether ``record`` was entered in the form for several occasions."""
    return bool(record.kind.form_class.grouped_form and record.is_grouped)


def announce(request, saved: Saved, *, again: str) -> None:
    """Say what became of a new entry, and where the next one is entered."""
    if not saved.created:
        messages.info(request, "Hoạt động này đã có trong sổ từ lần gửi trước, không ghi thêm bản thứ hai.")
        return
    waits = " Chờ Mặt trận xác nhận rồi mới tính vào số liệu." if saved.record.awaits_front else ""
    messages.success(request, format_html('Đã ghi vào sổ.{} <a href="{}">Nhập tiếp</a>', waits, again))


def _areas_in_history(form):
    """The areas stand in a table of their own: their names go with the event, for the history to compare."""
    return pghistory.context(areas=[area.full_name for area in form.chosen_areas])


@contextmanager
def refusals_on(form, kind):
    """Turn what the log or its database refuses into errors of ``form``; conflicts and lost rights go on."""
    try:
        yield
    except EditConflict:
        raise
    except ValidationError as error:
        _add(form, error)
    except TokenReused as error:
        _say_token_reused(form, error.activity)
    except LogError as error:
        form.add_error(None, error.message)
    except DatabaseError as error:
        _say_refused(form, kind, error)


def _add(form, error: ValidationError) -> None:
    for name, reasons in getattr(error, "error_dict", {None: error.error_list}).items():
        form.add_error(name if name in form.fields else None, reasons)


def _say_token_reused(form, known) -> None:
    form.take_over(client_token=uuid.uuid4())
    link = reverse("activities:detail", args=[known.pk])
    text = (
        'Biểu mẫu này đã được gửi một lần và ghi thành “<a href="{}">{}</a>”. '
        "Nếu đây là hoạt động khác, bấm lưu lần nữa để ghi thêm; nếu muốn sửa hoạt động đó, mở nó ra để sửa."
    )
    form.add_error(None, ValidationError(format_html(text, link, known.title)))


def _say_refused(form, kind, error: DatabaseError) -> None:
    """By the name of the constraint where it is known, else in general. What is not about data goes on."""
    state = sqlstate(error)
    if state in PASSING:
        form.add_error(None, BUSY)
        return
    if not state.startswith(DATA):
        raise error
    constraint = constraint_of(error)
    name, words = REFUSALS.get(constraint, (None, words_of(constraint, kind.model)))
    name = kind.date_field if name == "day" else name
    logger.warning("the database refused an activity: %s %s", state, constraint)
    form.add_error(name if name in form.fields else None, words)
