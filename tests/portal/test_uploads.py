"""Uploads are bounded before anybody looks at them, and leave nothing behind."""

import errno
import tempfile

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from portal import uploads
from portal.uploads import StagedFile, refusals_of


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    """UPLOAD_DIR, which is made when it is needed."""
    settings.UPLOAD_DIR = tmp_path / "uploads"
    return settings.UPLOAD_DIR


def posted(parts: list[tuple[str, str, bytes]]):
    """A multipart POST of files and, at the end, a text field."""
    body = b"".join(
        b'--X\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n%s\r\n'
        % (field.encode(), name.encode(), data)
        for field, name, data in parts
    )
    caption = "Phần lễ".encode()
    body += b'--X\r\nContent-Disposition: form-data; name="caption"\r\n\r\n%s\r\n--X--\r\n' % caption
    return RequestFactory().post("/", body, content_type="multipart/form-data; boundary=X")


def test_a_file_lies_on_the_disk_while_it_is_judged(folder):
    request = posted([("files", "a.jpg", b"photo")])
    (file,) = request.FILES.getlist("files")
    assert isinstance(file, StagedFile) and file.read() == b"photo"
    assert len(list(folder.iterdir())) == 1
    file.close()
    assert list(folder.iterdir()) == []


def test_what_is_too_large_is_left_out_and_the_rest_is_read(folder, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_FILE", 100_000)
    request = posted([("files", "lớn.jpg", bytes(100_001)), ("files", "nhỏ.jpg", b"x" * 100_000)])
    assert [file.name for file in request.FILES.getlist("files")] == ["nhỏ.jpg"]
    assert (
        refusals_of(request, "files") == [("lớn.jpg", uploads.TOO_LARGE)] and refusals_of(request, "x") == []
    )
    assert request.POST["caption"] == "Phần lễ"
    assert len(list(folder.iterdir())) == 1, "nothing of the large one is left"


def test_all_files_together_are_bounded(monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_REQUEST", 150_000)
    request = posted([("files", f"{number}.jpg", bytes(70_000)) for number in range(4)])
    assert len(request.FILES.getlist("files")) == 2
    assert [why for _, why in refusals_of(request, "files")] == [uploads.TOO_MUCH] * 2


@pytest.mark.parametrize("when", ["opening", "writing"])
def test_a_full_disk_is_said_and_is_no_crash(when, folder, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    if when == "opening":
        monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    else:
        monkeypatch.setattr(StagedFile, "write", full, raising=False)
    request = posted([("files", "a.jpg", b"photo")])
    assert refusals_of(request, "files") == [("a.jpg", uploads.NO_ROOM)]
    assert not request.FILES and isinstance(request.POST, QueryDict) and request.POST["caption"] == "Phần lễ"
    assert not folder.exists() or list(folder.iterdir()) == []
