"""Forces or loans as of a day as tables: the totals, and the readings that they add up."""

from models_registry.workbook import AT_ONCE, Sheet
from portal.ui.numbers import day as as_day


def sheets_of(held, place, day, rows) -> list[Sheet]:
    """`held`: a Holding; `rows`: its readings in order, as far as the person reads them."""
    title = f"{held.title} đến hết ngày {as_day(day)}: {place.full_name}"
    first = ((held.key_title, 44), ("Số người", 12), (held.amount_title, 18), ("Đơn vị có số liệu", 14))
    totals = [
        [one.label, one.people, getattr(one, held.amount), one.units] for one in held.totals(place, day)
    ]
    has_source = hasattr(held.model, "source")
    heads = (("Mã đơn vị", 10), ("Đơn vị", 28), *first[:3], ("Tính đến ngày", 14))
    heads += (("Nguồn, ghi chú", 50),) if has_source else ()
    return [
        Sheet("Tổng số", title, first, totals),
        Sheet("Từng đơn vị", title, heads, (_row(held, row, has_source) for row in rows.iterator(AT_ONCE))),
    ]


def _row(held, row, has_source: bool) -> list:
    words = getattr(row, f"get_{held.key}_display")()
    own = [row.unit.code, row.unit.full_name, words, row.people, getattr(row, held.amount), row.as_of]
    return [*own, row.source] if has_source else own
