"""The compiled catalogue is the one of the .po file, and it wins over what Django leaves in English."""

import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FOLDER = Path(settings.LOCALE_PATHS[0]) / "vi" / "LC_MESSAGES"
ENTRY = re.compile(
    r'(?:msgctxt "(?P<context>.*)"\n)?msgid "(?P<id>.+)"\n'
    r'(?:msgid_plural ".*"\n)?msgstr(?:\[0\])? "(?P<text>.*)"'
)


def entries(domain: str):
    for match in ENTRY.finditer((FOLDER / f"{domain}.po").read_text()):
        context, key, text = (v and v.replace('\\"', '"') for v in match.group("context", "id", "text"))
        yield (f"{context}\x04{key}" if context else key), text


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_compiled_catalogue_is_current(domain):
    with (FOLDER / f"{domain}.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    written = dict(entries(domain))
    compiled = {
        (key[0] if isinstance(key, tuple) else key): text for key, text in catalogue._catalog.items() if key
    }
    assert compiled == written and len(written) > 15
    assert all(text for text in written.values())


def test_django_speaks_our_words():
    assert _("Toggle navigation") == "Ẩn, hiện thanh bên"
    assert _("access attempts") == "lần thử đăng nhập"
    few = "This password is too short. It must contain at least %d character."
    many = "This password is too short. It must contain at least %d characters."
    assert ngettext(few, many, 10) % 10 == "Mật khẩu quá ngắn, phải có ít nhất 10 ký tự."


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_placeholders_are_kept(domain):
    for key, text in entries(domain):
        names = re.findall(r"%\((\w+)\)", text)
        assert set(names) <= set(re.findall(r"%\((\w+)\)", key))
