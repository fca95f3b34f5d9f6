"""Finds English that leaked into a Vietnamese page: text, titles, labels, placeholders, button values."""

import re
from html.parser import HTMLParser

# Words of Django, its admin, crispy, axes and browsers that mean nothing in Vietnamese. Those that are also
# Vietnamese without marks (in, to, an, on, no, do, so, the, may, can, but, ban) are left out on purpose.
WORDS = frozenset(
    """
    about above account accounts action actions active activity add added address admin administration
    after again all allowed already and any apply are available back before below between boolean browse
    button cancel change changed changes characters check choice choices choose clear click close code
    comment complete confirm confirmation contain contains content continue correct create created
    current currently dashboard data database date day days default delete deleted deletion denied
    description detail details disabled does done down download draft each edit email empty end enabled
    ensure enter error errors event events every exist exists false field fields file files filter
    filters find first following forbidden forgot form found from full go group groups has have hello
    help hide history home hour id image import inactive incorrect information invalid is item items key
    language last latest less letters level link list loading log login logged logout mark match message
    messages model month more must name names new next none not nothing notice now null number numbers
    object objects oldest one only open option options or order other page pages password passwords
    permission permissions please prev previous problem queued random read record recent refresh remove
    report reports request required reset result results retry return role roles row rows running same
    save saved search see select selected selection send server session show sign site size sort start
    state status submit success successful successfully summary table tag text thanks that there
    these they this time title today token toggle track true try type unknown unit units update updated
    upload use user username users valid value values verify version view warning was welcome were when
    which will with wrong year yes yesterday you your
    """.split()  # noqa: SIM905
)
# Names and codes that stay as they are.
ALLOWED = frozenset({"word", "pdf", "excel", "email", "zalo", "id", "go", "is", "tag", "data"})
_SPOKEN_ATTRIBUTES = ("title", "alt", "aria-label", "placeholder", "label", "summary")
# What stands in <code> (keys, slips, addresses) is drawn by lot or the same in every language.
_SILENT = frozenset({"script", "style", "template", "code"})
# Codes are the same in every language: commune-month, report.docx.
_CODE = re.compile(r"\b[a-z0-9]+(?:[-_.][a-z0-9]+)+\b")
_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")


class _Spoken(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts, self._silent = [], 0

    def handle_starttag(self, tag, attrs):
        self._silent += tag in _SILENT
        attrs = dict(attrs)
        self.texts += [attrs[a] for a in _SPOKEN_ATTRIBUTES if attrs.get(a)]
        if tag == "input" and attrs.get("type") in ("submit", "button", "reset"):
            self.texts.append(attrs.get("value") or "")

    def handle_endtag(self, tag):
        self._silent -= tag in _SILENT

    def handle_data(self, data):
        if not self._silent and data.strip():
            self.texts.append(data)


def spoken(html: str) -> list[str]:
    """What a reader sees or hears of a page, piece by piece."""
    parser = _Spoken()
    parser.feed(html)
    parser.close()
    return [" ".join(text.split()) for text in parser.texts if text.strip()]


def english_in(html: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """Pieces of visible text holding English words, and which: `"Save and close" (save, and, close)`."""
    found = []
    for text in spoken(html):
        words = [w for w in _WORD.findall(_CODE.sub("", text)) if w.lower() in WORDS - ALLOWED - allowed]
        if words:
            found.append(f"{text[:80]!r} ({', '.join(words)})")
    return found
