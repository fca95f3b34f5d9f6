"""What the page tests share: the address book, complete posts, a reader of HTML."""

import uuid
from datetime import date, timedelta
from html.parser import HTMLParser

from django.urls import reverse
from django.utils import timezone

from portal.units.models import AdminUnit, ResidentialArea

SESSION, MEDIATION = "tuyen-truyen", "hoa-giai"


def typed(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def thanh_sen() -> AdminUnit:
    return AdminUnit.objects.today().communes().get(code="18073")


def tran_phu() -> AdminUnit:
    return AdminUnit.objects.today().communes().get(code="18100")


def area(unit: AdminUnit, name: str = "5", **more) -> ResidentialArea:
    return ResidentialArea.objects.create(unit=unit, kind="Tổ dân phố", name=name, **more)


def session_post(**changes) -> dict:
    """A complete POST of one awareness session, as a browser sends it."""
    post = {
        "unit": thanh_sen().pk,
        "client_token": str(uuid.uuid4()),
        "held_on": typed(days_ago(3)),
        "title": "Tuyên truyền quản lý, sử dụng pháo tại Trường THCS Nguyễn Đổng Chi",
        "attendances": "1.012",
        "topics": ["fireworks", "crime"],
        "form": "gathering",
        "audience": "youth",
        "valuable_tips": "",
        "narrative": "Phối hợp với nhà trường và Ban công tác Mặt trận.",
    }
    return post | changes


def mediation_post(**changes) -> dict:
    """A complete POST of one mediation that is still going on."""
    post = {
        "unit": thanh_sen().pk,
        "client_token": str(uuid.uuid4()),
        "received_on": typed(days_ago(20)),
        "title": "Tranh chấp ranh giới đất giữa hai hộ ở tổ dân phố 5",
        "dispute_kind": "land",
        "outcome": "pending",
        "concluded_on": "",
        "team": ["police", "mediators"],
        "case_count": "1",
        "narrative": "",
    }
    return post | changes


def create_url(kind=SESSION) -> str:
    return reverse("activities:create", args=[kind])


def save(client, url, post):
    """Send an entry form, and once more with every warning ticked if it comes back with some."""
    response = client.post(url, post)
    asked = response.status_code == 200 and response.context["entering"].warnings
    return client.post(url, post | {"seen": [warning.key for warning in asked]}) if asked else response


def log(client, user, kind=SESSION, **changes):
    """Log one activity through the page, whatever it warns of; the record."""
    from programs.activities.models import ActivityEntry

    client.force_login(user)
    post = session_post(**changes) if kind == SESSION else mediation_post(**changes)
    response = save(client, create_url(kind), post)
    assert response.status_code == 302, errors_of(response)
    return ActivityEntry.objects.get(pk=int(response.url.rstrip("/").split("/")[-1])).activity()


def errors_of(response) -> dict:
    """Field errors of the form on a page: {field: [messages]}."""
    form = response.context["form"]
    return {name: list(messages) for name, messages in form.errors.items()}


class Page(HTMLParser):
    """The little of a page that tests look at: headings, controls and their labels, links, form values."""

    def __init__(self, response):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text = response.content.decode()
        self.feed(self.text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, tag, **attrs) -> list[dict]:
        return [a for t, a in self.tags if t == tag and all(a.get(k) == v for k, v in attrs.items())]

    def ids(self) -> set[str]:
        return {a["id"] for _, a in self.tags if a.get("id")}

    def controls(self) -> list[dict]:
        """Inputs, selects, text areas that a person sees."""
        shown = [a for a in self.all("input") if a.get("type") not in ("hidden", "submit")]
        return shown + self.all("select") + self.all("textarea")

    def value(self, name: str) -> str | None:
        return next((a.get("value") for a in self.all("input") if a.get("name") == name), None)

    def checked(self, name: str) -> list[str]:
        return [a["value"] for a in self.all("input") if a.get("name") == name and "checked" in a]


def check_html(response) -> Page:
    """One h1, labels for all controls, unique ids, no inline script or style, links that lead somewhere."""
    page = Page(response)
    assert len(page.all("h1")) == 1
    labels = {a.get("for") for a in page.all("label")}
    for control in page.controls():
        assert control.get("id") in labels or control.get("aria-label"), control
    ids = [a["id"] for _, a in page.tags if a.get("id")]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    assert not [a for _, a in page.tags if "style" in a or any(k.startswith("on") for k in a)]
    assert all(a.get("src") for a in page.all("script"))
    for anchor in [a["href"] for a in page.all("a") if a.get("href", "").startswith("#")]:
        assert anchor[1:] in page.ids(), anchor
    for control in page.controls():
        for described in (control.get("aria-describedby") or "").split():
            assert described in page.ids(), described
    return page
