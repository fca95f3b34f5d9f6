"""One form to store, one to search by, one to sort by."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.units.text import fold, nfc, vietnamese_sort_key, whole_number

SYLLABLES = ["Thái", "Hòa", "Hoà", "Đường", "Nghĩa", "Quỳnh", "Lưới", "M'Drắk", "Ưu", "Ẽ", "2", "10", "-"]
vietnamese = st.lists(st.sampled_from(SYLLABLES), max_size=6).map(" ".join)


@pytest.mark.parametrize(
    "text",
    [
        "Thái Hòa",
        "Thái Hoà",
        "THÁI HÒA",
        "thai hoa",
        "  Thái   Hoà ",
        unicodedata.normalize("NFD", "Thái Hòa"),
    ],
)
def test_marks_their_place_case_spaces_and_composition_do_not_matter_to_a_search(text):
    assert fold(text) == "thai hoa"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường Ưu Ái", "duong uu ai"),
        ("Bà Rịa - Vũng Tàu", "ba ria vung tau"),
        ("Bà Rịa–Vũng Tàu", "ba ria vung tau"),
        ("M’Drắk", "mdrak"),
        ("M'Drắk", "mdrak"),
        ("Ea H’leo", "ea hleo"),
        ("Tổ dân phố 10", "to dan pho 10"),
        ("", ""),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_does_not_see_composition(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(vietnamese)
def test_folded_vietnamese_is_ascii_in_lower_case(text):
    assert fold(text).isascii()
    assert fold(text) == fold(text.upper()) == fold(text).lower()


@given(st.text())
def test_nfc_is_composed_and_stays_so(text):
    assert unicodedata.is_normalized("NFC", nfc(text))
    assert nfc(nfc(text)) == nfc(text)


def in_order(text):
    return sorted(text, key=vietnamese_sort_key)


def test_letters_stand_in_the_order_of_the_vietnamese_alphabet():
    alphabet = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    assert in_order(reversed(alphabet)) == alphabet


def test_tones_come_last_and_in_dictionary_order():
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert in_order(reversed(tones)) == tones
    assert in_order(["án", "ang", "an", "ảng"]) == ["an", "án", "ang", "ảng"]


def test_names_sort_syllable_by_syllable():
    names = ["An Bình", "Ân Thi", "Bình An", "Dầu Tiếng", "Đà Bắc", "Hoà An", "Hòa Bình", "Hóa An", "Ý Yên"]
    assert in_order(reversed(names)) == names


def test_numbers_sort_by_value():
    names = ["Tổ dân phố 1", "Tổ dân phố 2", "Tổ dân phố 10", "Tổ dân phố 21"]
    assert in_order(reversed(names)) == names


@given(st.text())
def test_the_sort_key_is_ascii_and_does_not_see_composition(text):
    assert vietnamese_sort_key(text).isascii()
    assert vietnamese_sort_key(unicodedata.normalize("NFD", text)) == vietnamese_sort_key(text)


@given(vietnamese, vietnamese)
def test_equal_keys_mean_equal_searches(one, other):
    if vietnamese_sort_key(one) == vietnamese_sort_key(other):
        assert fold(one).replace(" ", "") == fold(other).replace(" ", "")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("0", 0),
        ("9" * 18, int("9" * 18)),
        ("9" * 19, None),
        ("", None),
        ("-1", None),
        ("²", None),
        ("١", None),
    ],
)
def test_an_id_is_plain_digits_of_a_bounded_length(text, number):
    assert whole_number(text) == number
