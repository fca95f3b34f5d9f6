"""The unit picker: a text box that needs no script, keeps what was typed, and offers choices when unclear."""

import re

import pytest
from django import forms

from portal.ui.forms import PortalForm
from portal.units.fields import UnitChoiceField
from portal.units.models import AdminUnit, Level

pytestmark = pytest.mark.django_db
LABEL = "Phường Thái Hòa, tỉnh Nghệ An"


class MoveForm(PortalForm):
    unit = UnitChoiceField()
    note = forms.CharField(required=False)


@pytest.fixture
def thai_hoa():
    return AdminUnit.objects.today().communes().get(code="16939")


def sent(text, choice="", asked="", form=MoveForm):
    return form({"unit": text, "unit_choice": choice, "unit_asked": asked, "note": "ghi chú còn nguyên"})


@pytest.mark.parametrize(
    "text", [LABEL, "phuong thai hoa, nghe an", "  Thái Hoà,  Nghệ An ", "thai hoa nghe an"]
)
def test_a_clear_name_is_taken_as_it_is(text, thai_hoa):
    form = sent(text)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["unit"] == thai_hoa


def test_an_unclear_name_comes_back_with_its_choices_and_all_values_kept(thai_hoa):
    form = sent("thai hoa")
    assert not form.is_valid()
    html = str(form)
    assert "Chọn một trong các đơn vị dưới đây" in html
    assert 'name="unit" value="thai hoa"' in html
    assert 'value="ghi chú còn nguyên"' in html
    radios = dict(re.findall(r'type="radio"[^>]*value="(\d+)"[^>]*>\s*<label[^>]*>([^<]+)', html))
    assert LABEL in {label.strip() for label in radios.values()}
    assert radios[str(thai_hoa.pk)].strip() == LABEL
    assert len(radios) <= 10


def test_the_choice_of_the_next_round_is_taken(thai_hoa):
    form = sent("thai hoa", choice=str(thai_hoa.pk), asked="thai hoa")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["unit"] == thai_hoa


def test_a_choice_does_not_outlive_the_text_it_was_made_for(thai_hoa):
    form = sent("Phường Thành Sen, tỉnh Hà Tĩnh", choice=str(thai_hoa.pk), asked="thai hoa")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["unit"].code == "18073"
    assert not sent("xyzqwk", choice=str(thai_hoa.pk), asked="thai hoa").is_valid()


def test_an_old_name_is_never_taken_unasked(thai_hoa):
    form = sent("Hòa Hiếu")
    assert not form.is_valid()
    assert "Có phải đơn vị dưới đây không?" in str(form)
    assert "trước 1/7/2025: Phường Hòa Hiếu, thị xã Thái Hòa" in str(form)
    confirmed = sent("Hòa Hiếu", choice=str(thai_hoa.pk), asked="Hòa Hiếu")
    assert confirmed.is_valid() and confirmed.cleaned_data["unit"] == thai_hoa


def test_an_unknown_name_and_none_are_refused_in_vietnamese():
    assert "Không tìm thấy đơn vị" in sent("xyzqwk").errors["unit"][0]
    assert sent("").errors["unit"] == ["Nhập tên đơn vị."]
    assert sent("   ").errors["unit"] == ["Nhập tên đơn vị."]


@pytest.mark.parametrize("choice", ["0", "-1", "9" * 30, "abc", "'; --", "²"])
def test_a_forged_choice_is_not_taken(choice):
    assert not sent("thai hoa", choice=choice, asked="thai hoa").is_valid()


def test_a_choice_outside_the_offer_is_not_taken():
    old = AdminUnit.objects.communes().filter(code="16993", valid_to__isnull=False).get()
    assert not sent("quang phong", choice=str(old.pk), asked="quang phong").is_valid()

    class WithinHaTinh(PortalForm):
        unit = UnitChoiceField(province=AdminUnit.objects.today().provinces().get(code="42"))

    thai_hoa = AdminUnit.objects.today().communes().get(code="16939")
    assert not sent(LABEL, choice=str(thai_hoa.pk), form=WithinHaTinh).is_valid()
    assert sent("thành sen", form=WithinHaTinh).is_valid()


def test_provinces_and_optional():
    class Province(PortalForm):
        unit = UnitChoiceField(level=Level.PROVINCE, required=False)

    form = sent("nghe an", form=Province)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["unit"].label == "Tỉnh Nghệ An"
    empty = sent("", form=Province)
    assert empty.is_valid() and empty.cleaned_data["unit"] is None


def test_a_stored_unit_is_shown_by_its_label_and_saved_unchanged(thai_hoa):
    form = MoveForm(initial={"unit": thai_hoa.pk})
    html = str(form)
    assert f'value="{LABEL}"' in html
    assert f'name="unit_choice" value="{thai_hoa.pk}"' in html
    again = MoveForm(
        {"unit": LABEL, "unit_choice": str(thai_hoa.pk), "unit_asked": ""}, initial={"unit": thai_hoa}
    )
    assert again.is_valid() and again.cleaned_data["unit"] == thai_hoa
    assert "unit" not in again.changed_data
    assert "unit" in MoveForm({"unit": "Thành Sen"}, initial={"unit": thai_hoa}).changed_data


def test_two_forms_do_not_share_their_choices():
    first, second = sent("thai hoa"), sent("thành sen, hà tĩnh")
    assert not first.is_valid() and second.is_valid()
    assert "radio" not in str(second)


def test_what_was_typed_is_escaped():
    html = str(sent('"><script>alert(1)</script>'))
    assert "<script>alert" not in html


def test_the_picker_loads_its_own_files_and_nothing_inline():
    form = MoveForm()
    assert "units/picker.js" in str(form.media) and "defer" in str(form.media)
    assert "level=commune" in str(form)
    assert not re.search(r"\son\w+=|style=|<script>", str(form))


def test_queries_are_bounded(django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        assert not sent("thai hoa", choice="5", asked="thai hoa").is_valid()
