"""A browser without a screen: sign in, read a page as text, press a button."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from tests.factories.user import PASSWORD


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(response) -> str:
    """What a page says, without tags, single spaces."""
    body = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def read(user, name: str, *args, **query) -> str:
    """A page that must be there."""
    response = signed_in(user).get(reverse(f"reports:{name}", args=args), query)
    assert response.status_code == 200
    return text_of(response)


def press(user, name: str, *args, **data) -> str:
    """POST and go where the browser goes; what the next page says."""
    response = signed_in(user).post(reverse(f"reports:{name}", args=args), data, follow=True)
    assert response.status_code == 200
    return text_of(response)


def confirm(user, report, password=PASSWORD) -> str:
    """Open the confirming page, type the password, press the button."""
    name = "reports:confirm_province" if report.is_province else "reports:confirm"
    client, address = signed_in(user), reverse(name, args=[report.pk])
    seen = client.get(address).context["form"].initial["seen"]
    return text_of(client.post(address, {"password": password, "seen": seen}, follow=True))
