"""Why a file is not taken. `message` is Vietnamese, for the field that it came through."""


class Refused(Exception):
    """The file was refused, nothing of it was kept."""

    message = "Không nhận được tệp này."

    def __init__(self, message: str = ""):
        self.message = message or self.message
        super().__init__(self.message)
