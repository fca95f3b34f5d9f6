"""`python -m portal.embedded demo|clean` with PORT and VAR_DIR from the environment."""

import os
import sys
from pathlib import Path

from portal.embedded.demo import BASE_DIR, Demo, clean
from portal.embedded.server_user import EmbeddedError


def main(arguments: list[str]) -> int:
    """The exit code: 0 done, 1 refused with a sentence on stderr, 2 not understood."""
    var = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()
    port = os.environ.get("PORT") or "8000"
    if arguments not in (["demo"], ["clean"]) or not is_port(port):
        print("python -m portal.embedded demo|clean   (PORT=1..65535, VAR_DIR=…)", file=sys.stderr)
        return 2
    try:
        if arguments == ["demo"]:
            Demo(var, int(port)).run()
        else:
            clean(var)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def is_port(text: str) -> bool:
    """Whether `text` is a number that a program can listen on."""
    return text.isascii() and text.isdigit() and 0 < int(text) < 65536


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
