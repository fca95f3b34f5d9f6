"""Following by code: what became of it, questions and answers, who opened the contact."""

import pytest
from django.db import connection
from django.test import Client

from programs.tips import codes, following, throttle
from programs.tips.models import Tip, TipEvent, TipMessage
from tests.programs.tips import make
from tests.programs.tips.public.sender import Sender, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counts(monkeypatch):
    monkeypatch.setattr(throttle, "_throttle", throttle.Throttle())


@pytest.fixture
def told():
    """(tip, its code)."""
    submission = make.submission()
    return Tip.objects.get(pk=make.send(submission=submission).pk), str(submission.code)


def ask(tip, text="Mấy giờ thì thấy xe?"):
    return TipMessage.objects.create(
        tip=tip, from_sender=False, text=text, sent_half="am", submission_key=codes.new_salt() * 2
    )


def test_the_course_of_a_tip(told):
    tip, code = told
    ask(tip)
    reason = "Cần hỏi thêm về địa điểm"
    opened = {"verb": "contact_opened", "role": "Trưởng Công an phường Thành Sen", "detail": reason}
    TipEvent.objects.create(tip=tip, **opened)
    text = Sender().follow(code.upper().replace("-", " ")).content.decode()
    for words in ("Đã tiếp nhận", "Mấy giờ thì thấy xe?", "Công an phường Thành Sen", "Bắt đầu xử lý trước"):
        assert words in text
    assert "Đã mở thông tin liên hệ" in text and reason in text and opened["role"] in text
    assert make.STORY not in text, "who holds the code sees the course, not the story"


def test_an_answer_is_kept_once(told):
    tip, code = told
    person = Sender()
    person.follow(code)
    page = fields_of(person.page) | {"text": "Khoảng 23 giờ 30."}
    assert "Đã gửi trả lời" in person.post("answer", page).content.decode()
    person.post("answer", page)
    message = tip.messages.get()
    assert message.from_sender and message.text == "Khoảng 23 giờ 30."
    person.post("answer", fields_of(person.page) | {"text": "Và sáng sớm."})
    assert tip.messages.count() == 2


def test_an_answer_that_cannot_be_kept_comes_back(told):
    tip, code = told
    person = Sender()
    person.follow(code)
    assert person.post("answer", fields_of(person.page) | {"text": ""}).status_code == 422
    with connection.cursor() as cursor:
        cursor.execute("""
            CREATE FUNCTION pg_temp.full() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON tips_tipmessage
                FOR EACH ROW EXECUTE FUNCTION pg_temp.full()""")
    person.post("answer", fields_of(person.page) | {"text": "Khoảng 23 giờ 30."})
    assert person.page.status_code == 503 and fields_of(person.page)["text"] == "Khoảng 23 giờ 30."
    assert not tip.messages.exists() and not tip.events.filter(verb="answered").exists()


def test_a_finished_tip_takes_no_answer(told):
    tip, code = told
    person = Sender()
    person.follow(code)
    page = fields_of(person.page) | {"text": "Thêm."}
    other = make.tip()
    Tip.objects.filter(pk=tip.pk).update(state="merged", merged_into=other)
    assert "đã kết thúc" in person.post("answer", page).content.decode()
    assert not tip.messages.exists()


def test_wrong_codes_all_answer_alike(told):
    _, code = told
    own = codes.parse(code)
    unknown = codes.Code((own.locator + 1) % 65536, own.secret)
    wrong = codes.Code(own.locator, bytes(8))
    answers = {
        Sender().follow(str(each)).content.replace(str(each).encode(), b"") for each in (unknown, wrong)
    }
    assert len(answers) == 1
    assert "mười tiếng" in Sender().follow("xin chào").content.decode()


def test_every_try_costs_one_hash_and_the_same_queries(told, monkeypatch, django_assert_num_queries):
    _, code = told
    own, hashes = codes.parse(code), []
    plain = codes.hashed
    monkeypatch.setattr(codes, "hashed", lambda *args: hashes.append(args) or plain(*args))
    wrong = codes.Code(own.locator, bytes(8)), codes.Code((own.locator + 1) % 65536, own.secret)
    for count, each in enumerate(wrong, start=1):
        with django_assert_num_queries(1):
            assert Sender().follow(str(each)).status_code == 422
        assert len(hashes) == count
    with django_assert_num_queries(5):
        Sender().follow(code)


def test_guesses_are_limited_without_stopping_others(told, monkeypatch):
    monkeypatch.setitem(throttle.LIMITS, "code", 3)
    _, code = told
    robot, person = (Sender(Client(REMOTE_ADDR=f"203.0.113.{n}")) for n in (9, 10))
    answers = [robot.follow(str(codes.new_code())).status_code for _ in range(4)]
    assert answers == [422, 422, 422, 429]
    assert robot.follow(code).status_code == 429, "even the right one"
    assert person.follow(code).status_code == 200


def test_a_page_left_open_asks_for_the_code_again(told, monkeypatch):
    tip, code = told
    person = Sender()
    person.follow(code)
    page = fields_of(person.page) | {"text": "Thêm."}
    later = following_time() + 3600
    monkeypatch.setattr("programs.tips.sealing.time.time", lambda: later)
    assert person.post("answer", page).status_code == 422 and not tip.messages.exists()
    assert person.post("answer", {"sealed": "xyz", "text": "x"}).status_code == 422


def following_time() -> float:
    from time import time

    return time()


def test_a_sealed_page_serves_its_own_purpose_only(told):
    """What seals a draft or a ticket opens no answer."""
    tip, code = told
    person = Sender()
    person.begin()
    assert person.post("answer", {"sealed": fields_of(person.page)["sealed"], "text": "x"}).status_code == 422
    person.follow(code)
    sealed = fields_of(person.page)["sealed"]
    assert person.post("own_code", {"sealed": sealed}).status_code == 422
    assert following.tip_of(codes.parse(code)) == tip
