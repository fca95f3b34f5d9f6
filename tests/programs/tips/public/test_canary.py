"""Marked words in all that a sender gives, then a search through everything that the portal leaves behind.

The story may be found in its own table, a document in its own, an answer in its own; the contact, the names
of files, the code, the browser's name: nowhere at all.
"""

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from portal.backup import database
from programs.tips import codes
from programs.tips.models import Tip
from tests.browser.conftest import free_port
from tests.deploy.proxy import UNVERIFIED, nginx_path, proxy
from tests.factories import files
from tests.factories.cast import make_cast
from tests.programs.tips.public.sender import Sender, fields_of
from tests.programs.tips.public.served import Http, Served
from tests.programs.tips.public.test_taking_in import Desk

STORY, PLACE, TIME, ANSWER = "ZqxStoryCanary", "ZqxPlaceCanary", "ZqxTimeCanary", "ZqxAnswerCanary"
NAME, PHONE, OTHER = "ZqxNameCanary", "ZqxPhoneCanary", "ZqxOtherCanary"
PDF, FILE_NAME, BROWSER = "ZqxPdfCanary", "ZqxFileNameCanary", "CanaryBrowser"
DESK_STORY, DESK_NAME = "ZqxDeskStoryCanary", "ZqxDeskNameCanary"
# Where each may be found in the database; nothing may be found in any file.
PLACES = {
    STORY: {"tips_tip"},
    PLACE: {"tips_tip"},
    TIME: {"tips_tip"},
    DESK_STORY: {"tips_tip"},
    ANSWER: {"tips_tipmessage"},
    PDF: {"tips_tipfile"},
} | {word: set() for word in (NAME, PHONE, OTHER, FILE_NAME, BROWSER, DESK_NAME)}
FULL_DISK = """
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER full_disk BEFORE INSERT ON tips_tipfile FOR EACH ROW EXECUTE FUNCTION full_disk()"""


def disguises(word: str) -> list[bytes]:
    """As it stands, in hexadecimal (bytea in a dump), and in base64 at each of its three offsets."""
    raw = word.encode()
    coded = [base64.b64encode(bytes(shift) + raw)[4 if shift else 0 : -4] for shift in range(3)]
    return [raw, raw.hex().encode(), *coded]


def dumped(tmp_path: Path) -> dict[str, bytes]:
    """Table -> its rows, of a whole dump of the database as text."""
    target = tmp_path / "dump.sql"
    database._run("pg_dump", "--format=plain", f"--file={target}")
    text = target.read_bytes()
    copies = (part.partition(b"\n\\.\n")[0] for part in text.split(b"\nCOPY public.")[1:])
    tables = {rows[: rows.index(b" ")].decode(): rows.partition(b"\n")[2] for rows in copies}
    assert {"tips_tip", "django_session", "axes_accessattempt", "jobs_job"} <= tables.keys()
    return tables


def tables_with(word: str, tables: dict[str, bytes]) -> set[str]:
    return {name for name, rows in tables.items() if any(each in rows for each in disguises(word))}


def files_with(word: str, folder: Path) -> list[str]:
    found = []
    for path in folder.rglob("*"):
        data = str(path).encode() + (path.read_bytes() if path.is_file() else b"")
        if path.name != "dump.sql" and any(each in data for each in disguises(word)):
            found.append(str(path))
    return found


@pytest.fixture
def server_log(live_db):
    """What the database server has written to its log since."""
    path = live_db.server.folder / "server.log"
    before = path.stat().st_size
    return lambda: path.read_bytes()[before:]


def test_marked_words_are_found_in_their_own_place_alone(live_db, server_log, tmp_path, monkeypatch):
    officer = make_cast().officer
    # The broker is down all the time: sending and following need none, and no task carries anything.
    with (
        Served(tmp_path, REDIS_URL="redis://127.0.0.1:1/0") as portal,
        _in_front_of(portal, tmp_path) as http,
    ):
        sender = Sender(http)
        code = _sent_over_a_full_disk(sender, lambda: dumped(tmp_path))
        sender.follow(str(codes.new_code()))
        sender.follow(code)
        sender.post("answer", fields_of(sender.page) | {"text": f"{ANSWER} lúc 23 giờ"})
        assert "Đã gửi trả lời" in sender.text
    ticket = _taken_in_by(officer, monkeypatch)
    tables, log = dumped(tmp_path), server_log()
    assert {word: tables_with(word, tables) for word in PLACES} == PLACES
    assert {word: files_with(word, tmp_path) for word in PLACES} == {word: [] for word in PLACES}
    assert [word for word in PLACES if any(each in log for each in disguises(word))] == []
    assert b"full_disk" in log or b"could not extend file" in log, "the failure did reach the server's log"
    assert mail.outbox == []
    for secret in (code, ticket):
        _assert_code_is_nowhere(secret, tables, (tmp_path / "web.log").read_bytes() + log)
    asked = (tmp_path / "web.log").read_text()
    assert asked.count("POST /cung-cap-thong-tin/") == 7 and not re.findall(r"POST /[^ ]*\?", asked)


@contextmanager
def _in_front_of(portal: Served, folder: Path) -> Iterator[Http]:
    """The proxy as it is deployed; where none is installed (never in CI) the portal itself."""
    program = nginx_path()
    if program is None:
        yield Http(portal.address)
        return
    with proxy(program, folder / "nginx", portal.port, free_port(), free_port()) as address:
        http = Http(address, {"Referer": f"{address}/{BROWSER}/"}, tls=UNVERIFIED)
        assert http.get("/dang-nhap/").status_code == 200
        yield http
    lines = (folder / "nginx" / "access.log").read_text()
    assert "/dang-nhap/" in lines and "cung-cap-thong-tin" not in lines


def _sent_over_a_full_disk(sender: Sender, dump) -> str:
    """Send with everything; the first try fails in the database, in the middle."""
    document = files.pdf() + f"\n%{PDF}\n".encode()
    sender.begin()
    sender.tell(
        story=f"{STORY} ở cuối ngõ",
        place=PLACE,
        time_text=TIME,
        contact_name=NAME,
        contact_phone=PHONE,
        contact_other=OTHER,
        files=SimpleUploadedFile(f"{FILE_NAME}.pdf", document),
    )
    assert STORY in sender.text and "Tài liệu PDF 1" in sender.text
    before = dump()
    assert all(tables_with(word, before) == set() for word in PLACES), "before it is confirmed"
    check = sender.page
    _run(FULL_DISK)
    assert sender.finish().status_code == 503
    _run("DROP FUNCTION full_disk CASCADE")
    assert not Tip.objects.exists()
    sender.page = check
    assert sender.finish().status_code == 200
    return sender.code


def _taken_in_by(officer, monkeypatch) -> str:
    def no_task(*args, **kwargs):
        raise AssertionError("a task was sent")

    monkeypatch.setattr("celery.app.task.Task.apply_async", no_task)
    return Desk(officer).take_in(story=f"{DESK_STORY} gọi điện", contact_name=DESK_NAME)


def _assert_code_is_nowhere(code: str, tables: dict[str, bytes], logs: bytes) -> None:
    secret = codes.parse(code).secret
    assert len(code.split()) == 5
    for spelt in (code.encode(), code.replace("-", "").replace(" ", "").encode(), secret.hex().encode()):
        assert not any(spelt in rows for rows in tables.values()) and spelt not in logs


def _run(statement: str) -> None:
    with psycopg.connect(
        **connection.get_connection_params() | {"autocommit": True, "cursor_factory": None}
    ) as other:
        other.execute(statement)


def test_the_search_finds_what_is_there():
    rows = base64.b64encode(b"x" + STORY.encode() + b" yz")
    assert tables_with(STORY, {"a": STORY.encode().hex().encode(), "b": rows, "c": b"else"}) == {"a", "b"}
