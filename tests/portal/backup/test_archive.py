"""Every cut, every strange name in a backup file is refused."""

import tarfile

import pytest

from portal.backup import archive


@pytest.fixture
def small(tmp_path):
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.txt").write_text("Sổ theo dõi")
    (tmp_path / "dump").write_bytes(b"PGDMP" * 1000)
    target = tmp_path / "sao-luu.tar"
    archive.write(target, dump=tmp_path / "dump", media=tmp_path / "media")
    return target


def test_every_cut_of_a_backup_is_refused(small, tmp_path):
    whole = small.read_bytes()
    assert archive.unpack(small, tmp_path / "whole")["format"] == 1
    # The end of a tar is empty blocks: nothing is lost before the manifest is cut.
    for length in range(0, len(whole.rstrip(b"\0")), 97):
        small.write_bytes(whole[:length])
        with pytest.raises(archive.BadArchive):
            archive.unpack(small, tmp_path / f"cut-{length}")


def test_files_that_come_and_go_meanwhile(small, tmp_path, monkeypatch):
    """Halves of uploads are no part of a backup; a file that is swept away while it runs does not stop it."""
    media = tmp_path / "media"
    (media / ".half").mkdir()
    (media / ".half" / "tmp1").write_text("half")
    (media / "b.txt").write_text("swept")
    real = archive._add

    def sweeping(tar, name, path):
        (media / "b.txt").unlink(missing_ok=True)
        return real(tar, name, path)

    monkeypatch.setattr(archive, "_add", sweeping)
    assert archive.write(small, dump=tmp_path / "dump", media=media) == 2
    assert set(archive.unpack(small, tmp_path / "out")["sha256"]) == {"database.dump", "media/a.txt"}


@pytest.mark.parametrize("name", ["../ngoài.txt", "/etc/passwd", "media/../../x", "khác.txt"])
def test_a_name_that_leads_out_of_the_folder_is_refused(name, tmp_path):
    evil = tmp_path / "evil.tar"
    with tarfile.open(evil, "w") as tar:
        tar.addfile(tarfile.TarInfo(name))
    with pytest.raises(archive.BadArchive, match="tên tệp không hợp lệ"):
        archive.unpack(evil, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_link_in_a_backup_is_refused(tmp_path):
    evil = tmp_path / "evil.tar"
    with tarfile.open(evil, "w") as tar:
        link = tarfile.TarInfo("media/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(archive.BadArchive, match="tên tệp không hợp lệ"):
        archive.unpack(evil, tmp_path / "out")


def test_a_file_of_another_kind_is_no_backup(tmp_path):
    other = tmp_path / "bao-cao.docx"
    other.write_bytes(b"PK\x03\x04" + b"x" * 2000)
    with pytest.raises(archive.BadArchive, match="không phải bản sao lưu nguyên vẹn"):
        archive.unpack(other, tmp_path / "out")


def test_no_half_backup_stays_behind(tmp_path):
    (tmp_path / "media").mkdir()
    with pytest.raises(FileNotFoundError):
        archive.write(tmp_path / "x.tar", dump=tmp_path / "missing", media=tmp_path / "media")
    assert [path.name for path in tmp_path.iterdir()] == ["media"]
