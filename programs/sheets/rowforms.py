"""The entry form of a kind, asked for every row of a table: the same rules, answered from memory."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.units.models import AdminUnit, ResidentialArea
from programs.coordination.models import CoordinationProgram


@dataclass
class Memory:
    """What the forms of one table look up again and again. `units`: today's commune and its forebears."""

    units: dict[int, AdminUnit]
    _areas: dict = field(default_factory=dict)
    _programmes: dict = field(default_factory=dict)
    _all_areas: list | None = None
    _turns: list[date] | None = None

    @property
    def all_areas(self) -> list[ResidentialArea]:
        """The residential areas of all these units, of any time, in Vietnamese order."""
        if self._all_areas is None:
            found = ResidentialArea.objects.filter(unit__in=self.units).order_by("sort_key", "pk")
            self._all_areas = list(found)
        return self._all_areas

    def areas_on(self, unit, day: date) -> list[ResidentialArea]:
        key = unit.pk, day
        if key not in self._areas:
            own = [area for area in self.all_areas if area.unit_id == unit.pk]
            self._areas[key] = [area for area in own if area.existed_on(day)]
        return self._areas[key]

    def programme_on(self, unit, day: date):
        """The most local programme in force; asked once between two days on which any programme changes."""
        if self._turns is None:
            bounds = CoordinationProgram.objects.values_list("starts_on", "ends_on")
            ends = {end + timedelta(days=1) for _, end in bounds if end}
            self._turns = sorted({start for start, _ in bounds} | ends)
        key = unit.pk, bisect_right(self._turns, day)
        if key not in self._programmes:
            self._programmes[key] = CoordinationProgram.objects.local_to(unit, day)
        return self._programmes[key]


class _FromMemory:
    """Mixed in before a kind's form."""

    memory: Memory

    def again(self, data: dict):
        """The form bound to another row. To make a new one would copy every field: half of all the time."""
        self.data, self.is_bound, self._errors = data, True, None
        self.instance = self._meta.model()
        self._offer_areas()
        return self

    def _units_in_reach(self):
        return self.memory.units

    def _areas_on(self, unit, day):
        return self.memory.areas_on(unit, day)

    def _layout(self):
        return None

    def clean(self):
        cleaned = super().clean()
        unit, day = self.memory.units.get(cleaned.get("unit")), cleaned.get(self.day_field)
        if unit and day:
            self.instance.programme = self.memory.programme_on(unit, day)
        return cleaned

    def _post_clean(self):
        # One query for each constraint and row: `checks` asks for a whole chunk at once instead.
        self.instance.validate_constraints = lambda exclude=None: None
        super()._post_clean()
        del self.instance.validate_constraints


def row_form(form_class, memory: Memory):
    """`form_class` as a class whose instances ask `memory` instead of the database."""
    return type(f"Row{form_class.__name__}", (_FromMemory, form_class), {"memory": memory})
