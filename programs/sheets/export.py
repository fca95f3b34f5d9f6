"""The log as a table to take away: rows in constant memory, as .xlsx and as .csv."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import islice
from operator import itemgetter

import xlsxwriter

from portal.accounts.models import Side
from portal.files.handing_out import INERT
from portal.ui.numbers import day as as_day
from portal.units.models import AdminUnit, ResidentialArea
from programs.activities.custom.figures import settled
from programs.activities.custom.models import CustomAmount, CustomIndicator
from programs.activities.listing import in_words
from programs.activities.measured import in_short
from programs.activities.models import EntryArea
from programs.activities.presentation import FIRST, fact_fields, label, shown
from programs.activities.registry import Kind, kind, kinds

MOST_ROWS = 100_000
AT_ONCE = 2000
STEP = 500
# What makes a spreadsheet take a text for a formula (CWE-1236).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SHEET = "Sổ theo dõi"


@dataclass(frozen=True)
class Head:
    """One column: its name, and how wide it is shown."""

    text: str
    width: int = 16


class LogTable:
    """The entries of a query set, of one kind with its own columns or of all kinds with what they share.

    `rows()` asks for 2,000 entries at a time: some queries a chunk, whatever the number of rows.
    """

    def __init__(self, entries, only: Kind | None = None):
        self.entries, self.only = entries, only
        self._units: dict[int, str] = {}

    @cached_property
    def heads(self) -> list[Head]:
        if self.only is None:
            return [
                *(Head("Số", 9), Head("Ngày", 12), Head("Loại hoạt động", 24), Head("Nội dung", 60)),
                *(Head("Số lượng", 28), Head("Đơn vị", 24), Head("Khu dân cư", 40), Head("Bên ghi", 18)),
            ]
        own = [Head(label(field), 24) for field in self._own]
        return [
            *(Head("Số", 9), Head("Ngày", 12), Head("Nội dung", 60), *own),
            *(Head(str(indicator), 18) for indicator in self._custom),
            *(Head("Đơn vị", 24), Head("Khu dân cư", 40), Head("Bên ghi", 18)),
        ]

    @cached_property
    def _custom(self) -> list[CustomIndicator]:
        """The custom indicators that any of these entries has an amount of."""
        amounts = CustomAmount.objects.filter(entry__in=self.entries.order_by().values("pk"))
        return list(CustomIndicator.objects.filter(pk__in=amounts.values("indicator")).in_order())

    @cached_property
    def _own(self) -> list:
        apart = (*FIRST, self.only.date_field)
        return [field for field in fact_fields(self.only.model) if field.name not in apart]

    def rows(self) -> Iterator[list]:
        """Lists of int, Decimal, date and str in the order of `heads`; an empty text for unknown."""
        found = self.entries.values_list("pk", "kind", "day", "title", "unit")
        stream = found.iterator(chunk_size=AT_ONCE)
        while chunk := list(islice(stream, AT_ONCE)):
            yield from self._of_one_kind(chunk) if self.only else self._of_all_kinds(chunk)

    def _of_all_kinds(self, chunk) -> Iterator[list]:
        units, areas = self._unit_names(chunk), _areas_of(chunk)
        names = {known.slug: known.plural for known in kinds()}
        sides, amounts = {}, {}
        for slug in dict.fromkeys(map(itemgetter(1), chunk)):
            pks = [row[0] for row in chunk if row[1] == slug]
            amounts |= in_short(kind(slug), pks)
            sides |= dict(kind(slug).model.objects.filter(pk__in=pks).values_list("pk", "side"))
        for pk, slug, on, title, unit in chunk:
            where, side = areas.get(pk, ""), _side(sides.get(pk))
            yield [pk, on, names[slug], title, amounts.get(pk, ""), units[unit], where, side]

    def _of_one_kind(self, chunk) -> Iterator[list]:
        units, areas = self._unit_names(chunk), _areas_of(chunk)
        columns = [field.attname for field in self._own]
        records = self.only.model.objects.filter(pk__in=[row[0] for row in chunk])
        facts = {pk: values for pk, *values in records.values_list("pk", "side", *columns)}
        custom = self._custom_amounts(chunk)
        for pk, _, on, title, unit in chunk:
            side, *values = facts.get(pk, [None, *(None for _ in columns)])
            own = [_cell(field, value) for field, value in zip(self._own, values, strict=True)]
            own += [custom.get((pk, indicator.pk), "") for indicator in self._custom]
            yield [pk, on, title, *own, units[unit], areas.get(pk, ""), _side(side)]

    def _custom_amounts(self, chunk) -> dict[tuple[int, int], int | Decimal]:
        """{(entry id, indicator id): amount}"""
        if not self._custom:
            return {}
        lines = CustomAmount.objects.filter(entry__in=[row[0] for row in chunk])
        rows = lines.values_list("entry_id", "indicator_id", "amount")
        return {(entry, indicator): settled(amount) for entry, indicator, amount in rows}

    def _unit_names(self, chunk) -> dict[int, str]:
        missing = {row[4] for row in chunk} - self._units.keys()
        if missing:
            units = AdminUnit.objects.filter(pk__in=missing).only("kind", "name")
            self._units |= {unit.pk: unit.full_name for unit in units}
        return self._units


def as_csv(table: LogTable) -> Iterator[bytes]:
    """Lines of UTF-8 with the mark by which Excel knows it; texts that look like formulas are made plain."""
    writer = csv.writer(_Echo())
    yield b"\xef\xbb\xbf" + writer.writerow([head.text for head in table.heads]).encode()
    lines = (writer.writerow([_plain(value) for value in row]) for row in table.rows())
    while some := "".join(islice(lines, 500)):
        yield some.encode()


def as_xlsx(table: LogTable, step: Callable[[int], None] = lambda done: None):
    """An open temporary file with the workbook, at its start. Only one row is in memory at a time.

    `step` is told now and then how many rows are in it.
    """
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    with xlsxwriter.Workbook(file, INERT | {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet(SHEET), book.add_format({"num_format": "dd/mm/yyyy"})
        bold = book.add_format({"bold": True, "text_wrap": True})
        sheet.freeze_panes(1, 0)
        for at, head in enumerate(table.heads):
            sheet.set_column(at, at, head.width)
            sheet.write_string(0, at, head.text, bold)
        for number, row in enumerate(table.rows(), 1):
            _write_row(sheet, number, row, day)
            if number % STEP == 0:
                step(number)
    file.seek(0)
    return file


def _write_row(sheet, number: int, row: list, day_format) -> None:
    for at, value in enumerate(row):
        if isinstance(value, str):
            if value:
                sheet.write_string(number, at, value)
        elif isinstance(value, date):
            sheet.write_datetime(number, at, value, day_format)
        else:
            sheet.write_number(number, at, value)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _plain(value) -> str | int:
    if isinstance(value, date):
        return as_day(value)
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _cell(field, value):
    """Numbers and days as themselves, all else as it is shown; nothing where nothing is known."""
    if value is None or value == "" or value == []:
        return ""
    is_plain = isinstance(value, int | date) and not isinstance(value, bool) and not field.flatchoices
    return value if is_plain else shown(field, value)


def _side(value) -> str:
    return str(Side(value).label) if value else ""


def _areas_of(chunk: Iterable[tuple]) -> dict[int, str]:
    """{entry id: the names of its residential areas}, in Vietnamese order."""
    links = EntryArea.objects.filter(entry__in=[row[0] for row in chunk]).order_by("area__sort_key")
    areas: dict[int, list] = {}
    for pk, name, of in links.values_list("entry_id", "area__name", "area__kind"):
        areas.setdefault(pk, []).append(ResidentialArea(name=name, kind=of))
    return {pk: in_words(found) for pk, found in areas.items()}
