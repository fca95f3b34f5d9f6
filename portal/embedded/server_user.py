"""PostgreSQL refuses to run as root: choose who runs it, and how that user gets to the files."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

# On every Debian, owns nothing of its own; no account is made on the machine.
UNPRIVILEGED = "nobody"


class EmbeddedError(RuntimeError):
    """The embedded PostgreSQL or the demo cannot run; the message is for the person at the terminal."""


@dataclass(frozen=True)
class ServerUser:
    """Who runs the server programs: the caller, or an unprivileged user when the caller is root."""

    uid: int | None = None
    gid: int | None = None
    prefix: tuple[str, ...] = ()

    def run(self, command: list[str], **kwargs) -> subprocess.CompletedProcess:
        """Run `command` as this user from a folder that anyone may stand in."""
        if self.uid is not None and not self.prefix:
            kwargs |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run([*self.prefix, *command], cwd="/", **kwargs)

    def own(self, folder: Path) -> None:
        """Make `folder` exist, for this user only."""
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        if self.uid is not None:
            os.chown(folder, self.uid, self.gid)

    def reaches(self, program: Path, folder: Path) -> bool:
        """Whether this user can run `program` and write in `folder` (parents may be closed to others)."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        try:
            return not any(
                self.run(command, **quiet).returncode
                for command in (
                    [str(program), "--version"],
                    ["test", "-w", str(folder), "-a", "-x", str(folder)],
                )
            )
        except PermissionError:
            return False


def choose(program: Path, folder: Path) -> ServerUser:
    """The user to run `program` on `folder`, which is made and handed over. Raises EmbeddedError.

    Root inside a closed home (/root is 0700): the unprivileged user is lent the one capability that walks
    through it, rather than opening somebody's home to everyone.
    """
    if os.geteuid() != 0:
        user = ServerUser()
        user.own(folder)
        return user
    account = pwd.getpwnam(UNPRIVILEGED)
    plain = ServerUser(account.pw_uid, account.pw_gid)
    plain.own(folder)
    for user in (plain, *_lent(account, "dac_read_search"), *_lent(account, "dac_override")):
        if user.reaches(program, folder):
            return user
    raise EmbeddedError(
        f"PostgreSQL không chạy dưới quyền root và người dùng {UNPRIVILEGED} không vào được {folder}: "
        "hãy đặt thư mục ở nơi mọi người vào được (ví dụ /srv), hoặc chạy bằng người dùng thường. "
        f"(PostgreSQL does not run as root, and {UNPRIVILEGED} cannot reach that folder.)"
    )


def _lent(account: pwd.struct_passwd, capability: str) -> list[ServerUser]:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return []
    caps = f"+{capability}"
    ids = (f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups")
    # access(2), by which PostgreSQL looks at its own programs, forgets capabilities unless this bit is set.
    lend = (f"--inh-caps={caps}", f"--ambient-caps={caps}", "--securebits=+no_setuid_fixup")
    prefix = (setpriv, *ids, *lend, "--")
    return [ServerUser(account.pw_uid, account.pw_gid, prefix)]
