"""Reporting periods as pure values.

Decree calendar: Nghị định 09/2019/NĐ-CP, Điều 12: a month runs from the 15th of the month before to the 14th;
a quarter, half and year from the 15th of the month before it to the 14th of its last month (15/12–14/12).
Nine and N months are extrapolated in the same way. Plain calendar: the first day to the last day.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
# Kinds that follow one another without gap or overlap, in months.
TILING = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class Calendar(StrEnum):
    DECREE = "decree"
    PLAIN = "plain"


class Kind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine"
    N_MONTHS = "n_months"
    YEAR = "year"
    STAGE = "stage"
    CUSTOM = "custom"


@dataclass(frozen=True, order=True)
class Period:
    """From `start` to `end`, both inclusive. ValueError when the days do not make a period of that kind."""

    kind: str
    calendar: str
    start: date
    end: date

    def __post_init__(self):
        if self.start > self.end:
            raise ValueError("Ngày kết thúc của kỳ không được trước ngày bắt đầu.")
        if self.kind != Kind.CUSTOM and (self.start, self.end) not in _spans(self):
            raise ValueError(f"{self.start:%d/%m/%Y}–{self.end:%d/%m/%Y} không phải là kỳ loại này.")

    @property
    def months(self) -> int:
        """How many whole months the period has; of a custom one the months it touches."""
        (y1, m1), (y2, m2) = (month_of(day, self.calendar) for day in (self.start, self.end))
        return (y2 - y1) * 12 + m2 - m1 + 1

    @property
    def calendar_year(self) -> int:
        """The year of the reporting calendar in which the period ends: 2026 from 15/12/2025 to 14/12/2026."""
        return month_of(self.end, self.calendar)[0]

    @property
    def label(self) -> str:
        """ "tháng 11/2026", "quý IV/2026", "giai đoạn 2021–2023"… as inside a sentence."""
        return _LABELS[Kind(self.kind)](self, *month_of(self.end, self.calendar))

    @property
    def data_range_label(self) -> str:
        return f"số liệu từ {self.start:%d/%m/%Y} đến {self.end:%d/%m/%Y}"

    @property
    def key(self) -> str:
        """A short text that names the period: "month:decree:2026-10-15:2026-11-14"."""
        return f"{self.kind}:{self.calendar}:{self.start}:{self.end}"

    def slots(self):
        """(first slot, last slot, edges): the whole half months inside and the days outside them."""
        from programs.activities.slots import split

        return split(self.start, self.end)

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end

    def same_period_last_year(self) -> "Period | None":
        """The same days a year before; None where the two would overlap (stages, more than a year)."""
        if self.kind == Kind.STAGE or _year_back(self.end) >= self.start:
            return None
        if self.kind == Kind.CUSTOM:
            return custom(_year_back(self.start), _year_back(self.end), self.calendar)
        year, month = month_of(self.end, self.calendar)
        return _ending(self.kind, year - 1, month, self.months, self.calendar)

    def previous(self) -> "Period":
        """The period before: of N months the same N months last year, of a custom one as many days before."""
        if self.kind in (Kind.N_MONTHS, Kind.NINE_MONTHS):
            return self.same_period_last_year()
        if self.kind == Kind.CUSTOM:
            return custom(self.start - (self.end - self.start) - DAY, self.start - DAY, self.calendar)
        year, month = month_of(self.start - DAY, self.calendar)
        return _ending(self.kind, year, month, self.months, self.calendar)

    def cumulative(self) -> "Period":
        """From the start of the calendar's year to the end of the period; a longer period is its own."""
        if self.kind == Kind.STAGE or self.start <= year(self.calendar_year, self.calendar).start:
            return self
        if self.kind == Kind.CUSTOM:
            return custom(year(self.calendar_year, self.calendar).start, self.end, self.calendar)
        return n_months(month_of(self.end, self.calendar)[1], self.calendar_year, self.calendar)


def month_of(day: date, calendar: str) -> tuple[int, int]:
    """(year, month) of the reporting month that holds the day."""
    if calendar == Calendar.DECREE and day.day >= 15:
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return day.year, day.month


def month(m: int, y: int, calendar: str = Calendar.DECREE) -> Period:
    return _ending(Kind.MONTH, y, m, 1, calendar)


def quarter(q: int, y: int, calendar: str = Calendar.DECREE) -> Period:
    return _ending(Kind.QUARTER, y, q * 3, 3, calendar)


def half(h: int, y: int, calendar: str = Calendar.DECREE) -> Period:
    return _ending(Kind.HALF, y, h * 6, 6, calendar)


def nine_months(y: int, calendar: str = Calendar.DECREE) -> Period:
    return _ending(Kind.NINE_MONTHS, y, 9, 9, calendar)


def n_months(n: int, y: int, calendar: str = Calendar.DECREE) -> Period:
    """The first n months of a year; 1, 6, 9 and 12 come as the month, half, nine months and year they are."""
    kind = {1: Kind.MONTH, 6: Kind.HALF, 9: Kind.NINE_MONTHS, 12: Kind.YEAR}.get(n, Kind.N_MONTHS)
    return _ending(kind, y, n, n, calendar)


def year(y: int, calendar: str = Calendar.DECREE) -> Period:
    return _ending(Kind.YEAR, y, 12, 12, calendar)


def stage(first_year: int, last_year: int, calendar: str = Calendar.DECREE) -> Period:
    return _ending(Kind.STAGE, last_year, 12, (last_year - first_year + 1) * 12, calendar)


def custom(start: date, end: date, calendar: str = Calendar.PLAIN) -> Period:
    return Period(Kind.CUSTOM, calendar, start, end)


def containing(day: date, kind: str, calendar: str = Calendar.DECREE) -> Period:
    """The month, quarter, half or year that holds the day; ValueError for kinds that do not tile time."""
    if kind not in TILING:
        raise ValueError("Loại kỳ này không nối tiếp nhau.")
    size = TILING[kind]
    y, m = month_of(day, calendar)
    return _ending(kind, y, -(-m // size) * size, size, calendar)


def running(kind: str, calendar: str, today: date) -> Period:
    """The period of the kind that holds today; of nine months those of today's year, though they be over."""
    if kind == Kind.NINE_MONTHS:
        return nine_months(month_of(today, calendar)[0], calendar)
    return containing(today, kind, calendar)


def last_closed(kind: str, calendar: str, today: date) -> Period:
    """The latest period of the kind that ended before today; ValueError for stages and custom ranges."""
    if kind == Kind.NINE_MONTHS:
        y = month_of(today, calendar)[0]
        return next(p for p in (nine_months(y, calendar), nine_months(y - 1, calendar)) if p.end < today)
    return containing(today, kind, calendar).previous()


def working_day_after(day: date, n: int, *, days_off=frozenset(), working=frozenset()) -> date:
    """The n-th working day after `day` (n ≥ 1). Saturdays and Sundays are off unless in `working` (swapped
    days); `days_off` are public holidays and their replacements. A day in both is worked."""
    if n < 1:
        raise ValueError("Thời hạn ít nhất là một ngày làm việc.")
    while n:
        day += DAY
        n -= day in working or (day.weekday() < 5 and day not in days_off)
    return day


def _span(y: int, m: int, months: int, calendar: str) -> tuple[date, date]:
    """First and last day of `months` months that end with month m of year y."""
    first = y * 12 + m - months  # number of the first month, counted from year 0, January = 0
    if calendar == Calendar.DECREE:
        before = first - 1
        return date(before // 12, before % 12 + 1, 15), date(y, m, 14)
    return date(first // 12, first % 12 + 1, 1), date(y, m, monthrange(y, m)[1])


def _ending(kind: str, y: int, m: int, months: int, calendar: str) -> Period:
    return Period(str(kind), str(calendar), *_span(y, m, months, calendar))


def _spans(period: Period) -> list[tuple[date, date]]:
    """The only days a period of this kind may have, given the month it ends in; empty when none."""
    y, m = month_of(period.end, period.calendar)
    sizes = {**TILING, Kind.NINE_MONTHS: 9, Kind.N_MONTHS: m, Kind.STAGE: period.months}
    size = sizes[Kind(period.kind)]
    fits = {Kind.NINE_MONTHS: m == 9, Kind.STAGE: m == 12 and size % 12 == 0}.get(period.kind, m % size == 0)
    return [_span(y, m, size, period.calendar)] if fits else []


def _year_back(day: date) -> date:
    """The same day a year before; the last day of February stays the last day."""
    last = monthrange(day.year - 1, day.month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(day.year - 1, day.month, last if is_last else min(day.day, last))


_LABELS = {
    Kind.MONTH: lambda p, y, m: f"tháng {m}/{y}",
    Kind.QUARTER: lambda p, y, m: f"quý {ROMAN[m // 3]}/{y}",
    Kind.HALF: lambda p, y, m: f"6 tháng {'đầu' if m == 6 else 'cuối'} năm {y}",
    Kind.NINE_MONTHS: lambda p, y, m: f"9 tháng năm {y}",
    Kind.N_MONTHS: lambda p, y, m: f"{m} tháng đầu năm {y}",
    Kind.YEAR: lambda p, y, m: f"năm {y}",
    Kind.STAGE: lambda p, y, m: f"giai đoạn {y - p.months // 12 + 1}–{y}",
    Kind.CUSTOM: lambda p, y, m: f"từ ngày {p.start:%d/%m/%Y} đến ngày {p.end:%d/%m/%Y}",
}
