"""Judging a workbook of accounts row by row: what would be written, and what is wrong in which cell."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from portal.accounts.bulk_columns import COLUMNS, MOST_ACCOUNTS, NO, ROLES, SIDES, YES, head_key
from portal.accounts.fields import normalise_username
from portal.accounts.managing import given_roles, given_units
from portal.accounts.models import Posting, User
from portal.files import workbook
from portal.units.text import fold, nfc

HEAD_WITHIN = 10
NO_HEAD = "Không thấy dòng tiêu đề của mẫu trong 10 dòng đầu. Tải mẫu rồi điền vào."
NOBODY = "Chưa dòng nào có họ và tên."
TOO_MANY = f"Mỗi tệp không quá {MOST_ACCOUNTS:,} tài khoản. Tách thành nhiều tệp.".replace(",", ".")


def judge(table, *, by) -> tuple[list[dict], list[str]]:
    """(rows as JSON holds them, what is wrong: "Ô C7: …"). Raises workbook.Refused: there is no table."""
    head, places = _head(table)
    judge_row = _RowJudge(places, by)
    for number, values in table.rows:
        if number > head:
            judge_row(number, values)
    if len(judge_row.rows) > MOST_ACCOUNTS:
        raise workbook.Refused(TOO_MANY)
    if not judge_row.rows and not judge_row.findings:
        raise workbook.Refused(NOBODY)
    judge_row.known_usernames()
    return judge_row.rows, judge_row.findings


def _head(table) -> tuple[int, dict[str, int]]:
    """(row of the head, {column name: place}); Refused when the template's columns are not there."""
    names = {head_key(column.title): column.name for column in COLUMNS}
    for number, values in table.rows[:HEAD_WITHIN]:
        places = {names[head_key(v)]: at for at, v in enumerate(values) if head_key(v) in names}
        if all(column.name in places for column in COLUMNS if column.required):
            return number, places
    raise workbook.Refused(NO_HEAD)


class _RowJudge:
    """Judges row after row: `rows` to be written, `findings` in words, each with its cell."""

    def __init__(self, places: dict[str, int], by):
        self.places, self.by = places, by
        self.units = {unit.code: unit for unit in given_units(by).filter(level__in=["commune", "province"])}
        self.roles = set(given_roles(by))
        self.rows: list[dict] = []
        self.findings: list[str] = []
        self.usernames: dict[str, int] = {}

    def __call__(self, number: int, values: list) -> None:
        self.number = number
        self.values = {name: values[at] if at < len(values) else "" for name, at in self.places.items()}
        if not self._text("full_name"):
            return
        before = len(self.findings)
        row = {
            "username": self._username(),
            "full_name": self._text("full_name"),
            "email": self._email(),
            "role": self._choice("role", ROLES, self.roles, "vai trò được giao"),
            "side": self._choice("side", SIDES, set(SIDES.values()), "bên", required=False),
            "title": self._text("title"),
            "is_deputy": self._yes(),
            "starts_on": self._day(),
            "unit": self._unit(),
        }
        if len(self.findings) == before:
            self._whole(row)
        self.rows.append(row)

    def known_usernames(self) -> None:
        """Those that somebody has already, in one question for the whole file."""
        taken = set(User.objects.filter(username__in=list(self.usernames)).values_list("username", flat=True))
        for username in sorted(taken, key=self.usernames.get):
            self._wrong("username", f"tên đăng nhập “{username}” đã có người dùng.", self.usernames[username])

    def _wrong(self, name: str, text: str, number: int | None = None) -> None:
        at = self.places.get(name)
        row = number or self.number
        where = f"Ô {workbook.letter(at)}{row}" if at is not None else f"Dòng {row}"
        self.findings.append(f"{where}: {text}")

    def _text(self, name: str) -> str:
        value = self.values.get(name, "")
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return " ".join(nfc(str(value if value is not None else "")).split())

    def _username(self) -> str:
        username = normalise_username(self._text("username"))
        if not username:
            self._wrong("username", "ghi tên đăng nhập.")
        elif username in self.usernames:
            self._wrong("username", f"trùng tên đăng nhập với dòng {self.usernames[username]}.")
        else:
            self.usernames[username] = self.number
        return username

    def _email(self) -> str:
        email = self._text("email")
        try:
            if email:
                validate_email(email)
        except ValidationError:
            self._wrong("email", "thư điện tử không đúng.")
        return email

    def _choice(self, name: str, known: dict, allowed: set, what: str, *, required: bool = True):
        text = self._text(name)
        found = known.get(fold(text))
        if not text and not required:
            return ""
        if found not in allowed:
            labels = ", ".join(choice.label for choice in known.values() if choice in allowed)
            self._wrong(name, f"không có {what} này. Ghi một trong: {labels}.")
        return found.value if found else ""

    def _yes(self) -> bool:
        text = fold(self._text("is_deputy"))
        if text not in YES | NO:
            self._wrong("is_deputy", "ghi x nếu là cấp phó, không thì bỏ trống.")
        return text in YES

    def _day(self) -> str:
        value = self.values.get("starts_on", "")
        if isinstance(value, datetime | date):
            return (value.date() if isinstance(value, datetime) else value).isoformat()
        text = self._text("starts_on")
        try:
            return (datetime.strptime(text, "%d/%m/%Y").date() if text else timezone.localdate()).isoformat()
        except ValueError:
            self._wrong("starts_on", "ngày ghi dd/mm/yyyy.")
            return ""

    def _unit(self) -> int | None:
        text = self._text("unit")
        unit = self.units.get(text) or self.units.get(text.zfill(5)) or self.units.get(text.zfill(2))
        if unit is None:
            self._wrong("unit", "không có đơn vị này trong phạm vi quản lý.")
            return None
        name = self._text("unit_name")
        if name and fold(name) not in (fold(unit.full_name), fold(unit.name)):
            self._wrong("unit_name", f"mã {unit.code} là của {unit.full_name}.")
        return unit.pk

    def _whole(self, row: dict) -> None:
        """What the models say of the row, at the cell that it is about."""
        posting = Posting(**{n: row[n] for n in ("role", "side", "title", "is_deputy")}, unit_id=row["unit"])
        posting.starts_on = date.fromisoformat(row["starts_on"])
        user = User(username=row["username"], full_name=row["full_name"], email=row["email"])
        checks = (
            lambda: user.clean_fields(exclude=["password"]),
            lambda: posting.clean_fields(exclude=["user"]),
            posting.clean,
            lambda: posting.validate_constraints(exclude={"user"}),
        )
        for check in checks:
            try:
                check()
            except ValidationError as refused:
                for name, texts in getattr(refused, "message_dict", {"role": refused.messages}).items():
                    for text in texts:
                        self._wrong(name if name in self.places else "role", text[:1].lower() + text[1:])
