"""The proxy's own part of what is promised to senders, with nothing behind it."""

import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from tests.browser.conftest import free_port
from tests.deploy.proxy import UNVERIFIED, nginx_path, proxy

TIPS, OTHERS = "/cung-cap-thong-tin/gui/", "/dang-nhap/"


def asked(port: int, path: str, method: str = "POST", length: int = 0, seconds: float = 3) -> str:
    """The answer as it came; empty where none came within `seconds`: it was made to wait."""
    came = bytearray()
    with UNVERIFIED.wrap_socket(socket.create_connection(("127.0.0.1", port), seconds)) as line:
        line.sendall(
            f"{method} {path} HTTP/1.1\r\nHost: cong.example\r\nUser-Agent: ZqxBrowser\r\n"
            f"Content-Length: {length}\r\nConnection: close\r\n\r\n".encode()
        )
        with suppress(TimeoutError, ssl.SSLError):
            while b"</html>" not in came and (more := line.recv(65536)):
                came += more
    return came.decode()


@pytest.fixture
def port(tmp_path):
    program = nginx_path()
    if program is None:
        pytest.skip("nginx is not installed")
    secure = free_port()
    with proxy(program, tmp_path / "nginx", free_port(), free_port(), secure):
        yield secure


def test_a_flood_is_slowed_down_in_words_and_nobody_is_written_down(port, tmp_path):
    with ThreadPoolExecutor(90) as crowd:
        answers = list(crowd.map(lambda _: asked(port, TIPS), range(90)))
    refused = [answer for answer in answers if " 429 " in answer.partition("\r\n")[0]]
    reached = [answer for answer in answers if " 502 " in answer.partition("\r\n")[0]]
    # Twenty at once go on (and one that begins the count), forty wait their turn, the rest are told to wait.
    assert 20 <= len(reached) <= 25 and 25 <= len(refused) <= 30
    assert all("Đợi một phút" in answer and "113" in answer and "no-store" in answer for answer in refused)
    assert " 502 " in asked(port, TIPS, "GET"), "reading is not slowed down"
    assert " 502 " in asked(port, OTHERS), "nor are others' pages"
    written = "".join(path.read_text() for path in (tmp_path / "nginx").glob("*.log"))
    assert OTHERS in written, "what is said of other pages shows that the logs are these"
    assert "cung-cap" not in written and "ZqxBrowser" not in written


def test_too_much_at_once_is_said_in_a_sentence(port):
    answer = asked(port, TIPS, length=43 * 2**20)
    assert " 413 " in answer.partition("\r\n")[0]
    assert "Tệp quá lớn" in answer and "Chưa lưu gì" in answer
