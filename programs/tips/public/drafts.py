"""What a sender has said so far. It travels in a hidden field that only this server opens."""

from dataclasses import dataclass, field

from programs.tips import codes, sealing

PURPOSE = "tip-draft"
TOKEN_BYTES = 16
# A weak line, a call in between: half a day.
KEPT_S = 12 * 3600


@dataclass
class Draft:
    """`token` makes the same submission known again, `code` will open it, `key` opens the files put aside."""

    token: bytes
    key: bytes
    code: codes.Code
    files: list[dict] = field(default_factory=list)
    answers: dict = field(default_factory=dict)

    @classmethod
    def new(cls) -> "Draft":
        return cls(token=sealing.random(TOKEN_BYTES), key=sealing.new_key(), code=codes.new_code())

    @classmethod
    def opened(cls, sealed: str) -> "Draft":
        """Raises sealing.Unreadable."""
        content = sealing.open_form(PURPOSE, sealed, max_age=KEPT_S)
        return cls(
            token=bytes.fromhex(content["token"]),
            key=bytes.fromhex(content["key"]),
            code=codes.from_bytes(bytes.fromhex(content["code"])),
            files=content["files"],
            answers=content["answers"],
        )

    @property
    def sealed(self) -> str:
        content = {
            "token": self.token.hex(),
            "key": self.key.hex(),
            "code": codes.to_bytes(self.code).hex(),
            "files": self.files,
            "answers": self.answers,
        }
        return sealing.seal_form(PURPOSE, content)

    def __repr__(self):
        return "Draft(…)"
