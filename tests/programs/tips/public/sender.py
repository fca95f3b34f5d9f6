"""A sender without scripts: reads the page, fills the form in, presses a button."""

import re
from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse

from programs.tips.public import questions
from tests.programs.tips import make

PROVINCE = "42"


class _Fields(HTMLParser):
    """What the forms of a page would send as they stand."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.values, self._select, self._area = {}, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "input" and name and attrs.get("type") not in ("submit", "file"):
            if attrs.get("type") in ("checkbox", "radio"):
                if "checked" in attrs:
                    self.values[name] = attrs.get("value", "on")
            else:
                self.values[name] = attrs.get("value", "")
        elif tag == "select":
            self._select = name
            self.values[name] = ""
        elif tag == "option" and "selected" in attrs and self._select:
            self.values[self._select] = attrs.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.values[name] = ""

    def handle_data(self, data):
        if self._area:
            self.values[self._area] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None


def fields_of(response) -> dict:
    parser = _Fields()
    parser.feed(response.content.decode())
    parser.close()
    return parser.values


class Sender:
    """`page` is the last answer."""

    def __init__(self, client: Client | None = None):
        self.client = client or Client(enforce_csrf_checks=True)
        self.page = None

    def post(self, name: str, data: dict):
        self.page = self.client.post(reverse(f"tips:{name}"), data)
        return self.page

    def begin(self, commune: str = "Thành Sen"):
        return self.post("write", {"province": PROVINCE, "commune_name": commune})

    def tell(self, **answers):
        """The story, on the page that stands there."""
        given = {"category": "crime", "story": make.STORY, "place": "Ngõ Hòa Bình"} | answers
        return self.post("write", fields_of(self.page) | given)

    def answer_of_question(self) -> int:
        fields = fields_of(self.page)
        return questions.sealing.open_form(questions.PURPOSE, fields["question"], max_age=60)["answer"]

    def finish(self, **more):
        sent = fields_of(self.page) | {"answer": self.answer_of_question()} | more
        return self.post("finish", sent)

    def send(self, **answers):
        """All the way to the code."""
        self.begin()
        self.tell(**answers)
        self.finish()
        return self.code

    def follow(self, code: str):
        return self.post("follow", {"code": code})

    @property
    def text(self) -> str:
        return self.page.content.decode()

    @property
    def code(self) -> str:
        found = re.search(r'<ol class="code"[^>]*>(.*?)</ol>', self.text, re.DOTALL)
        return " ".join(re.findall(r"<li>([^<]+)</li>", found[1])) if found else ""
