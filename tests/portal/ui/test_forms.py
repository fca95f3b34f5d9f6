"""Forms read what Vietnamese officers type, refuse what could mean two things, and show what was typed."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from portal.ui.forms import Folded, Layout, PortalForm
from portal.ui.numbers import number


class SessionForm(PortalForm):
    attendances = forms.IntegerField(
        label="Lượt người", min_value=0, max_value=1_000_000, help_text="Ví dụ 17.000"
    )
    held_on = forms.DateField(label="Ngày tổ chức")
    share = forms.DecimalField(label="Tỷ lệ", required=False, max_digits=8, decimal_places=2)
    kind = forms.ChoiceField(label="Hình thức", required=False, choices=[("", "---------"), ("a", "Tọa đàm")])
    note = forms.CharField(label="Ghi chú", required=False)
    layout = Layout("attendances", "held_on", "kind", Folded("Ít dùng", "share", "note"))


def filled(**values) -> SessionForm:
    return SessionForm({"attendances": "12", "held_on": "05/06/2026"} | values)


def html_of(form) -> str:
    return re.sub(r"\s+", " ", render_crispy_form(form))


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("17.000", 17000),
        ("17000", 17000),
        (" 17.000 ", 17000),
        ("1 012", 1012),
        ("0", 0),
        ("1.000.000", 10**6),
    ],
)
def test_whole_numbers(typed, value):
    form = filled(attendances=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["attendances"] == value


@pytest.mark.parametrize(
    "typed",
    [
        "17,5",
        "1.50",
        "1.0",
        "1.0000",
        "1,012",
        "17.00",
        "1.012.5",
        "12.34.567",
        "1e3",
        "mười",
        "٣",
        "½",
        "0x11",
        "1_000",
        "1.000.000,00",
        ".",
        "-",
        "NaN",
    ],
)
def test_what_is_no_whole_number_or_could_be_two_is_refused_and_shown_again(typed):
    form = filled(attendances=typed)
    assert list(form.errors) == ["attendances"]
    assert "Nhập số nguyên" in form.errors["attendances"][0]
    assert f'value="{typed}"' in html_of(form)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("-3", "Không được nhập số âm."),
        ("−3", "Không được nhập số âm."),
        ("1.000.001", "Không được quá 1.000.000."),
    ],
)
def test_limits_speak_vietnamese(typed, message):
    assert filled(attendances=typed).errors["attendances"] == [message]


@pytest.mark.parametrize(
    ("typed", "value"), [("17,5", "17.5"), ("17.000", "17000"), ("1.234,56", "1234.56"), ("17", "17")]
)
def test_decimals(typed, value):
    form = filled(share=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["share"] == Decimal(value)


@pytest.mark.parametrize("typed", ["1.50", "1,234.5", "17,5,5", "17,", ",5", "Infinity", "NaN", "1e5"])
def test_ambiguous_decimals_are_refused(typed):
    assert list(filled(share=typed).errors) == ["share"]


@pytest.mark.parametrize("typed", ["05/06/2026", "5/6/2026", "05-06-2026", "05.06.2026", "2026-06-05"])
def test_day_comes_first(typed):
    form = filled(held_on=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["held_on"] == date(2026, 6, 5)


@pytest.mark.parametrize(
    "typed", ["06/31/2026", "31/02/2026", "05/06/26", "05/06/0202", "05/06/9999", "hôm qua", "5/2026", "0"]
)
def test_days_that_are_none_or_unclear_are_refused_and_shown_again(typed):
    form = filled(held_on=typed)
    assert list(form.errors) == ["held_on"]
    assert f'value="{typed}"' in html_of(form)


def test_initial_values_are_shown_as_a_reader_writes_them():
    html = html_of(
        SessionForm(initial={"attendances": 17000, "held_on": date(2026, 6, 5), "share": Decimal("17.5")})
    )
    for text in ('value="17.000"', 'value="05/06/2026"', 'value="17,5"'):
        assert text in html
    assert 'type="number"' not in html and 'type="date"' not in html


def test_a_shown_value_sent_back_is_no_change():
    initial = {"attendances": 17000, "held_on": date(2026, 6, 5), "share": Decimal("17.50")}
    form = SessionForm({"attendances": "17.000", "held_on": "05/06/2026", "share": "17,50"}, initial=initial)
    assert not form.has_changed()


@given(st.integers(0, 10**6))
def test_every_number_that_we_write_we_read(value):
    form = filled(attendances=number(value))
    assert form.is_valid() and form.cleaned_data["attendances"] == value


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_never_a_crash(text):
    form = filled(attendances=text, held_on=text, share=text, note=text)
    form.is_valid()
    html_of(form)


def test_summary_links_every_error_to_its_field():
    html = html_of(SessionForm({"attendances": "", "held_on": "x"}))
    assert 'role="alert" tabindex="-1"' in html
    for anchor in re.findall(r'<li><a href="#([^"]+)"', html):
        assert f'id="{anchor}"' in html
    assert html.count("<li><a href=") == 2
    described = re.search(r'<input[^>]+id="id_attendances"', html)[0]
    assert 'aria-invalid="true"' in described
    for part in re.search(r'aria-describedby="([^"]+)"', described)[1].split():
        assert f'id="{part}"' in html


def test_order_is_label_hint_error_input():
    html = html_of(filled(attendances="x"))
    places = [
        html.index(p)
        for p in ("Lượt người</label>", "Ví dụ 17.000</div>", "Lỗi: </span>Nhập số", 'name="attendances"')
    ]
    assert places == sorted(places)


def test_folded_fields_open_when_they_hold_something():
    assert '<details class="more">' in html_of(filled())
    assert '<details class="more" open>' in html_of(filled(note="có"))
    assert '<details class="more" open>' in html_of(filled(share="1.50"))


def test_texts_are_stored_composed():
    form = filled(note=unicodedata.normalize("NFD", "Hòa giải tại Đường Nguyễn Ái Quốc"))
    assert form.is_valid()
    assert form.cleaned_data["note"] == "Hòa giải tại Đường Nguyễn Ái Quốc"


def test_passwords_are_left_as_typed():
    class SignIn(PortalForm):
        password = forms.CharField(widget=forms.PasswordInput)

    typed = unicodedata.normalize("NFD", "mật khẩu dài")
    form = SignIn({"password": typed})
    assert form.is_valid() and form.cleaned_data["password"] == typed


def test_markup_in_values_is_escaped():
    assert "<script>" not in html_of(filled(attendances="<script>alert(1)</script>", note='"><img src=x>'))


def test_no_inline_script_or_style():
    assert not re.search(r"\son\w+=|\sstyle=|<script|<style", html_of(filled(attendances="x")))
