"""One number of a document in the many ways that people write it."""

import pytest

from programs.coordination.models import CoordinationProgram
from programs.coordination.numbers import code_key


@pytest.mark.parametrize(
    "written",
    [
        "09/CTr-BCA-MTTW",
        "09/CTrPH/BCA-MTTW",
        "9/CTr-BCA-MTTW",
        "số 09/CTr - BCA - MTTW",
        "09/CTPH-BCA-MTTW",
        "09 ctrph bca mttw",
    ],
)
def test_the_ways_of_one_number_have_one_key(written):
    assert code_key(written) == " 9 ctr bca mttw "


def test_other_numbers_have_other_keys():
    assert code_key("09/KH-BCA-MTTW") != code_key("09/CTr-BCA-MTTW") != code_key("90/CTr-BCA-MTTW")
    assert code_key("") == code_key(" /-") == ""


@pytest.mark.parametrize("asked", ["09/CTr-BCA-MTTW", "09/CTrPH/BCA-MTTW", "9 bca", "đẩy mạnh phong trào"])
def test_a_programme_is_found_by_any_of_them(asked, db):
    found = CoordinationProgram.objects.search(asked)
    assert "09/CTr-BCA-MTTW" in found.values_list("number", flat=True)
    assert not CoordinationProgram.objects.search("99/CTr-BCA-MTTW").exists()
