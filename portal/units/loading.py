"""Brings the database to what the files in data/ say, in bulk, touching only what differs."""

from collections import Counter
from datetime import timedelta

from django.db import connection, transaction

from portal.units.models import AdminUnit, UnitName, UnitSuccession
from portal.units.source import TODAY_MAP_STARTS, Key, Source
from portal.units.text import fold, vietnamese_sort_key

BATCH = 1000
# Parents before children, today's map before the old one, whose units point at it.
ORDER = [("province", True), ("commune", True), ("province", False), ("district", False), ("commune", False)]


@transaction.atomic
def load_units() -> Counter:
    """Loads units, names and successions; returns how many rows were made, changed and left as they were."""
    source, done = Source(), Counter()
    units = {_key(unit): unit for unit in AdminUnit.objects.all()}
    for level, is_today in ORDER:
        rows = [r for r in source.units.values() if r.level == level and (r.valid_to is None) == is_today]
        # One that succeeds another within the old map is made before it.
        rows.sort(key=lambda row: (row.valid_to is not None, row.valid_to), reverse=True)
        _sync(AdminUnit, units, {row.key: _unit_values(row, source, units) for row in rows}, done)
    _sync(UnitName, _existing_names(), _names(source, units), done)
    _sync(UnitSuccession, _existing_successions(), _successions(source, units), done)
    if done["made"]:
        _analyze()
    return done


def _analyze():
    """Without it, the database believes the tables empty until its own turn comes, and uses no index."""
    with connection.cursor() as cursor:
        for model in (AdminUnit, UnitName, UnitSuccession):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _key(unit: AdminUnit) -> Key:
    """As in the files, where a unit of today's map has no last day even if it has ended since."""
    return unit.level, unit.code, None if unit.valid_from == TODAY_MAP_STARTS else unit.valid_to


def _unit_values(row, source: Source, units: dict[Key, AdminUnit]) -> dict:
    values = {
        "code": row.code,
        "level": row.level,
        "kind": row.kind,
        "name": row.name,
        "parent_id": units[row.parent].pk if row.parent else None,
        "valid_from": row.valid_from,
        "is_divided": row.key in source.divided,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "area_km2": row.area_km2,
        "search_key": fold(f"{row.kind} {row.name}"),
        "sort_key": vietnamese_sort_key(row.name),
    }
    if row.valid_to is not None:  # today's are set by the database: they are themselves
        values["valid_to"] = row.valid_to
        values["today_unit_id"] = units[source.today_unit(row.key)].pk
        values["today_province_id"] = units[source.today_province(row.key)].pk
    return values


def _names(source: Source, units: dict[Key, AdminUnit]) -> dict:
    """Earlier names as corrected, then the last one of each unit, which begins where those end."""
    wanted, begins = {}, {}
    for name in source.names:
        wanted[units[name.unit].pk, name.valid_to] = _name_values(name, name.unit, units, name.source)
        begins[name.unit] = max(begins.get(name.unit, name.valid_to), name.valid_to)
    for key, row in source.units.items():
        start = begins[key] + timedelta(days=1) if key in begins else row.valid_from
        wanted[units[key].pk, None] = {
            **_name_values(row, key, units, source.sources.get(key, "")),
            "valid_from": start,
            "valid_to": None,
        }
    return wanted


def _name_values(row, unit: Key, units: dict[Key, AdminUnit], source: str) -> dict:
    return {
        "unit_id": units[unit].pk,
        "kind": row.kind,
        "name": row.name,
        "parent_id": units[row.parent].pk if row.parent else None,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "source": source,
        "search_key": fold(f"{row.kind} {row.name}"),
        "name_key": fold(row.name),
    }


def _successions(source: Source, units: dict[Key, AdminUnit]) -> dict:
    return {
        (units[s.old].pk, units[s.new].pk): {
            "old_id": units[s.old].pk,
            "new_id": units[s.new].pk,
            "is_partial": s.is_partial,
            "is_default": s.is_default,
            "effective_on": s.effective_on,
        }
        for s in source.successions
    }


def _existing_names() -> dict:
    return {(name.unit_id, name.valid_to): name for name in UnitName.objects.all()}


def _existing_successions() -> dict:
    return {(link.old_id, link.new_id): link for link in UnitSuccession.objects.all()}


def _sync(model, existing: dict, wanted: dict, done: Counter):
    """Makes what is missing, mends what differs; `existing` then holds every row wanted, by its key."""
    made = {key: model(**values) for key, values in wanted.items() if key not in existing}
    changed, fields = [], set()
    for key, values in wanted.items():
        if key in existing and (differing := _apply(existing[key], values)):
            changed.append(existing[key])
            fields |= differing
    if changed:  # first: a validity that now begins later makes room for a new row before it
        model._default_manager.bulk_update(
            changed, [f.removesuffix("_id") for f in sorted(fields)], batch_size=BATCH
        )
    model._default_manager.bulk_create(made.values(), batch_size=BATCH)
    existing.update(made)
    done.update(made=len(made), changed=len(changed), same=len(wanted) - len(made) - len(changed))


def _apply(instance, values: dict) -> set[str]:
    differing = {name for name, value in values.items() if getattr(instance, name) != value}
    for name in differing:
        setattr(instance, name, values[name])
    return differing
