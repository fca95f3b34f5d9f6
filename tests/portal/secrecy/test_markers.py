import unicodedata

import pytest
from django.http import QueryDict

from portal.secrecy.forms import AsksAboutSecrets
from portal.secrecy.markers import found_in, key_of, signs_in, told
from portal.secrecy.models import Attestation
from portal.ui.forms import PortalForm
from tests.factories.user import make_user

STAMPED = (
    "Công văn số 12 (MẬT) của Công an tỉnh",
    "TÀI LIỆU MẬT VỀ BIÊN GIỚI",
    "Kèm theo văn bản TỐI MẬT",
    "TUYỆT MẬT",
    "T U Y Ệ T  M Ậ T",
    "M Ậ T",
    "M.Ậ.T",
    "M-ẬT",
    "Độ mật: tối mật",
    "ĐỘ MẬT",
    "độ mật : thường",
    "văn bản đóng dấu mật",
    "Số 05/BC\nMật\nvề tình hình biên giới",
    "Tuyệt mật, không sao chụp",
    "ＭẬＴ",
    "M\u200bẬT",
    "TUYET MAT",
)
ORDINARY = (
    "Tuyên truyền Luật Bảo vệ bí mật nhà nước",
    "LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "Hướng dẫn đặt mật khẩu mạnh, bảo mật tài khoản",
    "BẢO MẬT THÔNG TIN, ĐỔI MẬT KHẨU",
    "Hợp tác xã mật ong rừng",
    "MẬT ONG HƯƠNG SƠN",
    "phối hợp mật thiết giữa hai bên",
    "PHỐI HỢP MẬT THIẾT",
    "mật độ dân cư; MẬT ĐỘ giao thông buổi tối mật độ cao",
    "Mặt trận Tổ quốc, MẶT TRẬN, mất xe, MẤT TRỘM, TOI MAT XE",
    "hoạt động mật của đối tượng",
    "CƠ MẬT VIỆN, MẬT MÃ",
    "nhiệt độ mật ong",
)


@pytest.mark.parametrize("text", STAMPED)
def test_stamps_are_found_composed_or_not(text):
    assert signs_in(text)
    assert signs_in(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_are_not(text):
    assert signs_in(text) == []
    assert signs_in(unicodedata.normalize("NFD", text)) == []


def test_the_sentence_is_shown_with_the_place_marked_and_escaped():
    (found,) = found_in(
        [("Diễn biến", "Câu đầu. Theo <b>công văn</b> MẬT số 5. Câu sau"), ("Nội dung", "Hòa giải")]
    )
    assert "Theo &lt;b&gt;công văn&lt;/b&gt; <mark>MẬT</mark> số 5" in told([found])
    assert "Câu đầu" not in told([found]) and "Câu sau" not in told([found])


def test_each_place_is_shown_once():
    assert [s.name for s in signs_in("TUYỆT MẬT rồi MẬT")] == ["TUYỆT MẬT", "MẬT"]


def test_other_words_are_asked_anew():
    first, second = (found_in([("Nội dung", f"Công văn MẬT số {n}")]) for n in (1, 2))
    assert key_of(first) != key_of(second)


class _Form(AsksAboutSecrets, PortalForm):
    from django import forms

    text = forms.CharField(label="Nhận xét")


def test_a_form_stops_until_it_is_attested_and_no_word_is_kept(db):
    form = _Form(QueryDict("text=Theo công văn MẬT số 5"))
    assert not form.is_valid() and "<mark>MẬT</mark>" in str(form.errors["attested"])
    key = form.fields["attested"].widget.attrs["value"]
    assert not _Form(QueryDict(f"text=Theo công văn MẬT số 6&attested={key}")).is_valid()
    again = _Form(QueryDict(f"text=Theo công văn MẬT số 5&attested={key}"))
    assert again.is_valid() and again.cleaned_data == {"text": "Theo công văn MẬT số 5"}
    again.note_attestation(by=make_user(), place="report", subject=7)
    kept = Attestation.objects.get()
    assert (kept.fields, kept.signs, kept.subject) == (["Nhận xét"], ["MẬT"], 7)


def test_an_attestation_is_neither_changed_nor_removed(db):
    from django.db import IntegrityError, transaction

    form = _Form(QueryDict("text=MẬT"))
    form.is_valid()
    form.attested_signs = found_in([("Nhận xét", "MẬT")])
    form.note_attestation(by=make_user(), place="report")
    for write in (Attestation.objects.all().delete, lambda: Attestation.objects.update(place="x")):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
