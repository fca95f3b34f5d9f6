"""Mails: who gets one, what it says, and a server that fails and comes back."""

import os
import smtplib
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from portal.inbox import actions
from portal.inbox.mailing import send_mails
from portal.inbox.models import Reminder
from portal.inbox.sources import Due

SEND = EmailBackend.send_messages


@pytest.fixture
def server(cast, settings):
    """A mail server is set, two people have addresses and something to be reminded of."""
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "thu.example.vn", "cong@example.vn"
    settings.PORTAL_URL = "https://cong.example.vn/"
    for user in (cast.officer, cast.colleague):
        user.email = f"{user.username}@example.vn"
        user.save()
        remind(user)
    return cast


def remind(user, subject="report:12", title="Đã quá hạn gửi: Báo cáo tháng 11/2026, phường Thành Sen"):
    actions.remind([Due(user.pk, subject, "after", title, "/bao-cao/12/")])


def answer(monkeypatch, error, times=1):
    """The server answers so, so many times; then it works."""
    left = [error] * times

    def send(self, messages):
        if left:
            raise left.pop()
        return SEND(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send)


def test_each_gets_one_mail_for_all_that_is_new(server):
    remind(server.officer, "report:13")
    assert send_mails() == 2
    assert sorted(address for message in mail.outbox for address in message.to) == [
        "ca.18073@example.vn",
        "mt.18073@example.vn",
    ]
    assert send_mails() == 0 and len(mail.outbox) == 2
    remind(server.officer, "report:14")
    assert send_mails() == 1 and len(mail.outbox) == 3


def test_a_mail_says_where_to_look_and_nothing_else(server):
    send_mails()
    message = mail.outbox[0]
    assert "https://cong.example.vn/nhac-viec/" in message.body
    said = message.subject + message.body.replace("https://cong.example.vn/nhac-viec/", "")
    assert not any(sign.isdigit() for sign in said)
    assert "Thành Sen" not in said and "Báo cáo" not in said
    assert not message.attachments and message.content_subtype == "plain"
    assert message.from_email == "cong@example.vn"


def test_without_a_server_nothing_is_sent_nor_claimed(server, settings):
    settings.EMAIL_HOST = ""
    assert send_mails() == 0 and mail.outbox == []
    assert not Reminder.objects.filter(mailed_at__isnull=False).exists()


def test_who_wants_none_has_read_it_or_has_left_gets_none(server):
    actions.choose_mails(wanted=False, by=server.officer)
    actions.mark_all_read(by=server.colleague)
    assert send_mails() == 0
    actions.choose_mails(wanted=True, by=server.officer)
    server.officer.is_active = False
    server.officer.save()
    assert send_mails() == 0 and mail.outbox == []


def test_old_reminders_are_not_mailed_when_a_server_is_set_later(server):
    Reminder.objects.update(created_at=timezone.now() - timedelta(days=4))
    assert send_mails() == 0


def test_a_server_that_is_down_is_tried_again(server, monkeypatch):
    with monkeypatch.context() as down:
        down.setattr(EmailBackend, "open", lambda self: (_ for _ in ()).throw(ConnectionRefusedError()))
        assert send_mails() == 0
    assert Reminder.objects.filter(mailed_at=None).count() == 2
    assert send_mails() == 2 and len(mail.outbox) == 2


@pytest.mark.parametrize(
    "error",
    [smtplib.SMTPDataError(451, b"4.3.0"), smtplib.SMTPAuthenticationError(535, b"5.7.8")],
    ids=["busy", "password"],
)
def test_a_server_that_says_no_is_tried_again(server, monkeypatch, error):
    answer(monkeypatch, error)
    assert send_mails() == 0 and mail.outbox == []
    assert Reminder.objects.filter(mailed_at=None).count() == 2
    assert send_mails() == 2 and send_mails() == 0 and len(mail.outbox) == 2


def test_one_refused_address_does_not_hold_up_the_others(server, monkeypatch):
    first = min(server.officer, server.colleague, key=lambda user: user.pk)
    answer(monkeypatch, smtplib.SMTPRecipientsRefused({first.email: (450, b"4.2.1")}))
    assert send_mails() == 1 and first.email not in mail.outbox[0].to
    assert send_mails() == 1 and mail.outbox[1].to == [first.email]


@pytest.mark.parametrize("error", [smtplib.SMTPServerDisconnected(), TimeoutError()], ids=["line", "time"])
def test_what_may_have_gone_out_is_not_repeated(server, monkeypatch, error):
    """The one that was under way is not sent again; the one after it had not begun, and is."""
    answer(monkeypatch, error)
    assert send_mails() == 0
    assert Reminder.objects.filter(mailed_at=None).count() == 1
    assert send_mails() == 1 and send_mails() == 0 and len(mail.outbox) == 1


def test_a_failing_server_does_not_stop_the_round(server, monkeypatch):
    """What is due is written first."""
    answer(monkeypatch, OSError(), times=9)
    monkeypatch.setattr(
        "portal.inbox.actions.all_due", lambda today: [Due(server.leader.pk, "x", "day", "Thử", "/")]
    )
    assert actions.run() == 1 and Reminder.objects.of(server.leader).exists()


@pytest.mark.parametrize(
    ("more", "starts"),
    [
        ({}, False),
        ({"EMAIL_FROM": "cong@example.vn"}, False),
        ({"EMAIL_FROM": "cong@example.vn", "PORTAL_URL": "cong.example.vn"}, False),
        (
            {"EMAIL_FROM": "cong@example.vn", "PORTAL_URL": "https://cong.example.vn", "EMAIL_USE_SSL": "1"},
            True,
        ),
    ],
)
def test_a_server_without_sender_or_address_is_refused_at_the_start(more, starts):
    env = {**os.environ, "DEMO": "1", "EMAIL_HOST": "thu.example.vn", **more}
    code = "from portal import settings as s; assert s.EMAIL_USE_SSL and not s.EMAIL_USE_TLS"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert (done.returncode == 0) is starts, done.stderr
    assert starts or "EMAIL_HOST needs EMAIL_FROM" in done.stderr
