"""What can go wrong with a report, said so that the person at the screen can act on it."""


class ReportError(Exception):
    """An action that cannot be done now. `message_vi` is shown as it is."""

    def __init__(self, message_vi: str):
        super().__init__(message_vi)
        self.message_vi = message_vi
