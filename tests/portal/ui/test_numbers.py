from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.formats import date_format, localize

from portal.ui import numbers as n


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1012, "1.012"),
        (10_000_000, "10.000.000"),
        (-3, "−3"),
        (17.5, "17,5"),
        (Decimal("1234.50"), "1.234,5"),
        (Decimal("1E+3"), "1.000"),
        (Decimal("NaN"), "–"),
        (float("inf"), "–"),
        (None, "–"),
    ],
)
def test_number(value, text):
    assert n.number(value) == text


@pytest.mark.parametrize(
    ("current", "base", "words", "cell"),
    [
        (3557, 3333, "tăng 224 vụ (+6,72%)", "+224 (+6,72%)"),
        (12, 3, "tăng 9 vụ (+300%)", "+9 (+300%)"),
        (11, 14, "giảm 3 vụ (−21,43%)", "−3 (−21,43%)"),
        (12, 0, "tăng 12 vụ", "+12 (–)"),
        (0, 5, "giảm 5 vụ (−100%)", "−5 (−100%)"),
        (5, 5, "không tăng, không giảm", "0 (0%)"),
        (0, 0, "không tăng, không giảm", "0"),
        (12, None, "–", "–"),
        (None, 3, "–", "–"),
        (10_000_000, 1, "tăng 9.999.999 vụ (+999.999.900%)", "+9.999.999 (+999.999.900%)"),
    ],
)
def test_change(current, base, words, cell):
    assert n.change(current, base, "vụ") == words
    assert n.signed_change(current, base) == cell


@pytest.mark.parametrize(("current", "base"), [(12, 0), (12, None), (None, 3), (0, 0)])
def test_percent_of_no_base_is_a_dash(current, base):
    assert n.percent_change(current, base) == "–"


def test_rounding_is_half_up_not_to_even():
    assert n.percent_change(100_125, 100_000) == "+0,13%"  # 0,125: to even would say 0,12


def test_share():
    assert n.percent_of(212, 241) == "88%"
    assert n.percent_of(1402, 1926) == "72,8%"
    assert n.percent_of(1, 0) == "–"


def test_days_and_moments_are_local():
    assert n.day(date(2026, 6, 5)) == "05/06/2026"
    assert n.day("2026-06-05") == "05/06/2026"
    late = datetime(2026, 11, 14, 17, 30, tzinfo=UTC)  # half past midnight of the 15th in Hà Nội
    assert n.moment(late) == "15/11/2026 00:30"
    assert n.day(late) == "15/11/2026"
    assert n.moment(None) == n.day(None) == "–"


def test_django_formats_agree():
    assert localize(1234567) == "1.234.567"
    assert localize(Decimal("17.50")) == "17,50"
    assert localize(date(2026, 6, 5)) == "05/06/2026"
    assert date_format(datetime(2026, 6, 5, 9, 5), "DATETIME_FORMAT") == "05/06/2026 09:05"
