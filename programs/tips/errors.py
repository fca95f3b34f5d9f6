"""What can go wrong with a tip, in words for people. None of it carries what the tip says."""


class TipError(Exception):
    """A step that is not possible; the message is Vietnamese and may be shown."""


class Overtaken(TipError):
    """Somebody else has saved first."""

    def __init__(self):
        super().__init__(
            "Người khác vừa cập nhật nguồn tin này. Nội dung đồng chí nhập vẫn được giữ ở dưới: "
            "xem lại tình trạng hiện tại rồi gửi lại nếu còn cần."
        )


class NotStored(Exception):
    """The database or the disk did not take it; nothing was kept. `state` is PostgreSQL's code, or ""."""

    def __init__(self, state: str = ""):
        super().__init__(state)
        self.state = state


class BadFile(TipError):
    """A file that is not taken, with the reason."""
