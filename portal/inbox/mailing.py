"""Mails about reminders: that there are some, and where. No title, no figure: mailboxes are not the portal.

A mail goes out once or not at all. Its reminders are claimed, and that is committed, before the server is
spoken to. Where the server says no, the claim is taken back and the next round tries again; where nobody
knows (the line broke in between), it stands: the reminder is in the inbox anyway.
"""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.inbox.models import Reminder

log = logging.getLogger(__name__)
TITLE = "Cổng phối hợp: có nhắc việc mới"
TEXT = """Kính gửi {name},

Cổng phối hợp có nhắc việc mới. Mở trang sau để xem (cần đăng nhập):

{link}

Thư tự động, không trả lời thư này. Không muốn nhận thư: bấm «Không gửi thư cho tôi» ở cuối trang trên.
"""


def send_mails() -> int:
    """One mail to each who has new reminders; to how many. Nothing where no mail server is set."""
    if not settings.EMAIL_HOST:
        return 0
    waiting = list(User.objects.filter(pk__in=Reminder.objects.to_mail().values("user")).order_by("pk"))
    if not waiting:
        return 0
    connection = get_connection()
    try:
        connection.open()
        return _send_each(connection, waiting)
    except (smtplib.SMTPException, OSError):
        log.warning("the mail server failed; what it refused is tried again", exc_info=True)
        return 0
    finally:
        _hang_up(connection)


def _send_each(connection, people: list[User]) -> int:
    """Stops at a server in trouble: whoever comes after has not been claimed yet."""
    sent = 0
    for user in people:
        claimed = _claim(user)
        try:
            sent += connection.send_messages([_message(user)]) or 0 if claimed else 0
        except smtplib.SMTPRecipientsRefused:
            log.warning("the mail server refuses the address of user %s", user.pk)
            _release(claimed)
        except smtplib.SMTPResponseException:
            _release(claimed)
            raise
    return sent


@transaction.atomic(durable=True)
def _claim(user: User) -> list[int]:
    """The reminders that this round mails; those that another round holds are its own."""
    free = Reminder.objects.to_mail().of(user).select_for_update(of=("self",), skip_locked=True)
    claimed = list(free.values_list("pk", flat=True))
    Reminder.objects.filter(pk__in=claimed).update(mailed_at=timezone.now())
    return claimed


def _release(claimed: list[int]) -> None:
    Reminder.objects.filter(pk__in=claimed).update(mailed_at=None)


def _message(user: User) -> EmailMessage:
    link = settings.PORTAL_URL.rstrip("/") + reverse("inbox:list")
    return EmailMessage(TITLE, TEXT.format(name=user.full_name, link=link), to=[user.email])


def _hang_up(connection) -> None:
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        log.info("the mail server had hung up")
