"""The code: 80 bits that survive being written down, read aloud and typed in a hurry."""

import secrets

import pytest

from programs.tips import codes
from programs.tips.following import tip_of
from programs.tips.sending import send
from tests.programs.tips import make


def test_all_pairs_of_syllables_are_read_back_without_any_border():
    for first in range(256):
        for second in range(256):
            code = codes.from_bytes(bytes([first, second] * 5))
            assert codes.parse(str(code).replace("-", "").replace(" ", "")) == code


def test_typed_in_other_ways():
    code = codes.from_bytes(bytes([0x11, 0x32, 0x41, 0xA4, 0x69, 0xC3, 0xFC, 0x27, 0xB0, 0x00]))
    assert str(code) == "ke-đi ghe-ngu khui-to xam-cheo pha-ba"
    for text in (
        "KE-ĐI GHE-NGU KHUI-TO XAM-CHEO PHA-BA",
        " kê đi ghé ngủ. khui, tò; xam chèo phà bà ",
        "kedighengukhuitoxamcheophaba",
        "ce di ge ngu khui to xam cheo pha ba",
    ):
        assert codes.parse(text) == code


@pytest.mark.parametrize(
    "text", ["", "abc", "bam-khoi", "xin chào các đồng chí công an", "a" * 5000, "ba " * 11]
)
def test_what_is_no_code(text):
    assert codes.parse(text) is None


def test_ten_syllables_of_eight_bits_and_no_sound_twice():
    spoken = {codes._syllable(byte) for byte in range(256)}
    assert len(spoken) == 256
    code = codes.new_code()
    assert len(code.groups) == 5 and all(group.count("-") == 1 for group in code.groups)
    assert str(code) not in repr(code)


def test_a_code_opens_its_tip_and_no_other(db):
    mine, other = make.submission(), make.submission()
    pk = send(submission=mine).pk
    send(submission=other)
    assert tip_of(mine.code).pk == pk
    assert tip_of(codes.Code(mine.code.locator, other.code.secret)) is None
    assert tip_of(codes.Code((mine.code.locator + 1) % 65536, mine.code.secret)) is None


def test_two_tips_of_one_locator(db):
    one = make.submission()
    two = make.submission(code=codes.Code(one.code.locator, secrets.token_bytes(8)))
    first, second = send(submission=one).pk, send(submission=two).pk
    assert (tip_of(one.code).pk, tip_of(two.code).pk) == (first, second)


def test_every_look_up_hashes_exactly_once(db, monkeypatch):
    one = make.submission()
    two = make.submission(code=codes.Code(one.code.locator, secrets.token_bytes(8)))
    for submission in (one, two):
        send(submission=submission)
    hashes = []
    plain = codes.hashed
    monkeypatch.setattr(codes, "hashed", lambda *args: hashes.append(args) or plain(*args))
    unknown = codes.Code((one.code.locator + 1) % 65536, one.code.secret)
    wrong = codes.Code(one.code.locator, bytes(8))
    for code in (one.code, two.code, wrong, unknown):
        before = len(hashes)
        tip_of(code)
        assert len(hashes) == before + 1


def test_ten_thousand_guesses_find_nothing(db):
    for _ in range(20):
        make.tip()
    locators = list(make.Tip.objects.values_list("locator", flat=True))
    for number in range(10_000):
        # Even with the locators known to the guesser.
        code = codes.Code(locators[number % len(locators)], secrets.token_bytes(8))
        assert tip_of(code) is None
