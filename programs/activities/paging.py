"""Pages of the log, which may be very long: looked through only as far as it takes to show the next ones.

One query reads the ids in order, as far as the next full thousand behind the page that is asked for. It says
how many there are, or that there are more, and which ones stand on the page; only those are then read whole.
To count a province's log to its end costs more than to show it, and nobody turns to page four hundred.
"""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

from portal.ui.numbers import number

PAGE_SIZE, LOOKED_THROUGH = 25, 1000


class LogPaginator(Paginator):
    """Over a queryset in its order; `asked` is the page number as it stands in the address."""

    def __init__(self, entries, per_page: int, asked):
        super().__init__(entries, per_page)
        text = str(asked or "")
        page = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 1
        self.limit = (page * per_page // LOOKED_THROUGH + 1) * LOOKED_THROUGH

    @cached_property
    def ids(self) -> list[int]:
        """One more than the limit, if there is one."""
        return list(self.object_list.values_list("pk", flat=True)[: self.limit + 1])

    @property
    def count(self) -> int:
        """Of those that have pages: as many as there are, or as were looked through."""
        return min(len(self.ids), self.limit)

    @property
    def count_in_words(self) -> str:
        """ "234", or "hơn 1.000" where the looking has stopped."""
        return f"hơn {number(self.limit)}" if len(self.ids) > self.limit else number(len(self.ids))

    def page(self, number):
        number = self.validate_number(number)
        shown = self.ids[(number - 1) * self.per_page : number * self.per_page]
        by_id = self.object_list.model.objects.in_bulk(shown)
        return self._get_page([by_id[pk] for pk in shown if pk in by_id], number, self)


def page_of(entries, asked):
    """One page of entries."""
    return LogPaginator(entries, PAGE_SIZE, asked).get_page(asked)
