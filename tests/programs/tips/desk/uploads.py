"""Files as a browser sends them."""

from django.core.files.uploadedfile import SimpleUploadedFile


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
