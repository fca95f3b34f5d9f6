"""Why a draft is not kept, in words for the person who typed it."""


class DraftRefused(Exception):
    """`message` may hold marked-up text (SafeString)."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class AlreadyLogged(DraftRefused):
    """The form stands in the log by now: there is nothing left to keep."""

    def __init__(self):
        super().__init__("Hoạt động này đã được ghi vào sổ, không cần giữ bản nháp.")
