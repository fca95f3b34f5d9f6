"""The backup file: a tar of the dump and the media, closed by a manifest with the SHA-256 of each."""

import hashlib
import io
import json
import os
import tarfile
import time
from pathlib import Path, PurePosixPath

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
MEDIA = "media"
HALF = ".half"  # where files are written before they appear under their names


class BadArchive(ValueError):
    """The file is not a whole backup; the message is for the administrator."""


def write(target: Path, *, dump: Path, media: Path) -> int:
    """Write the backup to `target`, which appears whole or not at all. Returns the number of files in it."""
    half = target.with_name(f".{target.name}.half")
    sources = {DUMP: dump} | {
        str(PurePosixPath(MEDIA, *path.relative_to(media).parts)): path
        for path in sorted(media.rglob("*"))
        if path.is_file() and not path.is_symlink() and HALF not in path.relative_to(media).parts
    }
    try:
        with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                digests = _add_all(tar, sources)
                _add_manifest(tar, digests)
            file.flush()
            os.fsync(file.fileno())
        half.rename(target)
    finally:
        half.unlink(missing_ok=True)
    return len(digests)


def unpack(source: Path, folder: Path) -> dict:
    """Unpack the backup into the empty `folder`, checking every byte. Returns the manifest.

    Raises BadArchive.
    """
    try:
        with tarfile.open(source, mode="r:") as tar:
            digests = {member.name: _extract(tar, member, folder) for member in tar}
        manifest = json.loads((folder / MANIFEST).read_text())
        expected = manifest["sha256"]
    except FileNotFoundError:
        if not source.exists():
            raise BadArchive(f"Không có tệp {source}.") from None
        raise BadArchive(f"Bản sao lưu {source.name} bị cắt cụt: thiếu bảng kê ở cuối.") from None
    except (tarfile.TarError, EOFError, KeyError, TypeError, ValueError) as error:
        raise BadArchive(f"Tệp {source.name} không phải bản sao lưu nguyên vẹn ({error}).") from error
    digests.pop(MANIFEST)
    if manifest.get("format") != FORMAT:
        raise BadArchive(f"Bản sao lưu {source.name} có định dạng khác, phần mềm này không đọc được.")
    if wrong := sorted(
        name for name in digests.keys() | expected.keys() if digests.get(name) != expected.get(name)
    ):
        raise BadArchive(f"Bản sao lưu {source.name} bị hỏng: {', '.join(wrong[:5])} không khớp bảng kê.")
    if DUMP not in digests:
        raise BadArchive(f"Bản sao lưu {source.name} không có cơ sở dữ liệu.")
    return manifest


def _add_all(tar: tarfile.TarFile, sources: dict[str, Path]) -> dict[str, str]:
    """The SHA-256 of each. What was swept away since it was listed is left out: the portal is running."""
    digests = {}
    for name, path in sources.items():
        try:
            digests[name] = _add(tar, name, path)
        except FileNotFoundError:
            if name == DUMP:
                raise
    return digests


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    """Add the file and return its SHA-256, both from one reading."""
    with open(path, "rb") as file:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = os.fstat(file.fileno()).st_size, int(path.stat().st_mtime), 0o600
        reader = _Hashing(file)
        tar.addfile(info, reader)
    return reader.digest.hexdigest()


def _add_manifest(tar: tarfile.TarFile, digests: dict[str, str]) -> None:
    made_at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    content = {"format": FORMAT, "made_at": made_at, "sha256": digests}
    text = json.dumps(content, ensure_ascii=False, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(text), 0o600
    tar.addfile(info, io.BytesIO(text))


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    """Write one member below `folder` and return its SHA-256. A name that leads elsewhere is refused."""
    parts = PurePosixPath(member.name).parts
    file = tar.extractfile(member) if member.isfile() else None
    if file is None or not parts or ".." in parts or parts[0] not in {MANIFEST, DUMP, MEDIA}:
        raise BadArchive(f"Bản sao lưu chứa tên tệp không hợp lệ: {member.name}")
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with open(target, "xb") as output:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
            output.write(chunk)
    return digest.hexdigest()


class _Hashing:
    """A file that hashes what is read from it."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        self.digest.update(chunk)
        return chunk
