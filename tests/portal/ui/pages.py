"""What every page of the portal must be, read from its HTML: faults_of() names what is not so."""

import re
import unicodedata
from html.parser import HTMLParser

from tests.portal.ui.english import english_in, spoken

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
_UNLABELLED = frozenset({"hidden", "submit", "button", "reset", "image"})


class _Outline(HTMLParser):
    """Headings, ids, labels and controls, links and forms of a page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.ids, self.labelled, self.controls = [], [], set(), []
        self.links, self.posts_without_token, self._labels, self._form = [], 0, 0, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        if attrs.get("id"):
            self.ids.append(attrs["id"])
        self._labels += tag == "label"
        if tag == "label" and attrs.get("for"):
            self.labelled.add(attrs["for"])
        if tag in ("input", "select", "textarea") and attrs.get("type") not in _UNLABELLED:
            self.controls.append(attrs | {"_inside": self._labels > 0})
        if tag == "a" and attrs.get("href"):
            self.links.append(attrs["href"])
        if tag == "form" and attrs.get("method", "get").lower() == "post":
            self._form = False
        if attrs.get("name") == "csrfmiddlewaretoken":
            self._form = True

    def handle_endtag(self, tag):
        self._labels -= tag == "label"
        if tag == "form":
            self.posts_without_token += self._form is False
            self._form = None


def outline(html: str) -> _Outline:
    parser = _Outline()
    parser.feed(html)
    parser.close()
    return parser


def links_of(html: str) -> list[str]:
    """Addresses that the page leads to, without fragments."""
    return [link.split("#")[0] for link in outline(html).links if link.startswith(("/", "?"))]


def faults_of(html: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """What is wrong with a page for its reader, whoever that is; empty when nothing is."""
    page = outline(html)
    return [
        *_language_faults(html, page, allowed),
        *_structure_faults(page),
        *_control_faults(page),
        *_policy_faults(html, page),
    ]


def _language_faults(html, page, allowed):
    if ("html", "vi") not in [(tag, attrs.get("lang")) for tag, attrs in page.tags]:
        yield "html is not lang=vi"
    if not unicodedata.is_normalized("NFC", html):
        yield "text is not NFC"
    yield from (f"English: {text}" for text in english_in(html, allowed))
    for text in spoken(html):
        if re.search(r"(?:năm|/)\s?[12]\.\d{3}\b(?!\.)", text, re.IGNORECASE):
            yield f"a year grouped like an amount: {text[:80]!r}"
        if re.search(r"\b(?:None|True|False|nan)\b|\{\{|\{%|<[A-Z]\w+: ", text):
            yield f"the machine shows through: {text[:80]!r}"
        if re.search(r"\b\d{4}-\d{2}-\d{2}\b", text):
            yield f"a day that is not dd/mm/yyyy: {text[:80]!r}"


def _structure_faults(page):
    headings = sum(tag == "h1" for tag, _ in page.tags)
    if headings != 1:
        yield f"{headings} h1"
    doubles = {name for name in page.ids if page.ids.count(name) > 1}
    if doubles:
        yield f"ids used twice: {sorted(doubles)}"
    for tag, attrs in page.tags:
        if tag == "img" and "alt" not in attrs:
            yield f"picture without alt: {attrs.get('src')}"
        for reference in ("aria-describedby", "aria-labelledby"):
            missing = [i for i in (attrs.get(reference) or "").split() if i not in page.ids]
            if missing:
                yield f"{reference} leads nowhere: {missing}"


def _control_faults(page):
    for attrs in page.controls:
        named = attrs.get("aria-label") or attrs.get("aria-labelledby") or attrs.get("title")
        if not (attrs["_inside"] or named or attrs.get("id") in page.labelled):
            yield f"field without a label: {attrs.get('name')}"
        if attrs.get("type") in ("number", "date", "datetime-local", "time"):
            yield f"a box in the browser's language: {attrs.get('name')}"
    if page.posts_without_token:
        yield "a form without its token"


def _policy_faults(html, page):
    for tag, attrs in page.tags:
        if "style" in attrs or any(name.startswith("on") for name in attrs):
            yield f"inline style or script on <{tag}>: {attrs}"
        if tag == "style" or (tag == "script" and "src" not in attrs):
            yield f"inline <{tag}>"
        outside = [
            attrs[a] for a in ("src", "href", "action") if re.match(r"(?:https?:)?//", attrs.get(a) or "")
        ]
        if outside and tag != "a":
            yield f"loads from elsewhere: {outside}"
