"""Why a file is not taken. `message` is Vietnamese, for the field that it came through."""

from portal.files.errors import Refused


class AlreadyThere(Refused):
    """The record has this very file: sending it twice is no mistake. `attachment` is the one there."""

    message = "Đã có trong hoạt động này, không thêm lần nữa."

    def __init__(self, attachment):
        self.attachment = attachment
        super().__init__()


class NoRoom(Refused):
    """The disk is full, or cannot be written to."""

    message = "Máy chủ hết chỗ chứa hoặc không ghi được tệp. Chưa lưu gì; hãy báo quản trị rồi thử lại sau."
