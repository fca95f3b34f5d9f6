"""In production the web signs in with a role that reads and writes rows and can change no table."""

from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction

from portal.secrecy.erasing import MARK
from portal.secrecy.registry import Target, find
from portal.secrecy.takedown import take_down
from programs.activities.models import Tally
from programs.awareness.models import AwarenessSession
from reports import actions
from reports.content import read
from reports.redaction import faults_of
from tests.factories import reports as make
from tests.factories.activities import new_session
from tests.factories.cast import make_cast

GRANTS = Path(__file__).resolve().parents[2] / "deploy" / "postgres" / "grants.sql"
# Roles belong to the whole server, which other sessions of tests share.
MAKE_ROLES = """
DO $$ BEGIN CREATE ROLE portal_owner LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$;
DO $$ BEGIN CREATE ROLE portal_runtime LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$;
"""
# As if the owner had migrated. Sequences of identity columns go with their tables.
HAND_OVER = """
DO $$ DECLARE thing record; BEGIN
  FOR thing IN SELECT format('TABLE %I', relname) AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
    UNION ALL SELECT format('SEQUENCE %s', oid::regclass) FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype IN ('i', 'a'))
    UNION ALL SELECT format('FUNCTION %s', oid::regprocedure) FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
  LOOP EXECUTE format('ALTER %s OWNER TO portal_owner', thing.name); END LOOP;
END $$;
ALTER SCHEMA public OWNER TO portal_owner;
"""
FORBIDDEN = (
    "ALTER TABLE awareness_awarenesssession ADD COLUMN x int",
    "ALTER TABLE awareness_awarenesssession DISABLE TRIGGER ALL",
    "DROP TABLE awareness_awarenesssession",
    "TRUNCATE activities_tally",
    "CREATE TABLE x ()",
    "CREATE TRIGGER x BEFORE UPDATE ON reports_snapshot EXECUTE FUNCTION {function}",
    "DROP FUNCTION IF EXISTS {function}",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
    "SET session_replication_role = replica",
    "ALTER ROLE portal_runtime SUPERUSER",
    "SET ROLE portal_owner",
)


@pytest.fixture
def runtime(live_db):
    """Django signed in as the runtime role on a database that belongs to the owner."""
    with psycopg.connect(live_db.server.dsn(live_db.name), autocommit=True) as admin:
        admin.execute(MAKE_ROLES)
        admin.execute(HAND_OVER)
    with psycopg.connect(f"{live_db.server.dsn(live_db.name)} user=portal_owner") as owner:
        owner.execute(GRANTS.read_text())
        owner.execute(GRANTS.read_text())
        owner.execute("CREATE TABLE made_later (id bigserial)")
    connections.close_all()
    settings_dict = connections["default"].settings_dict
    before, settings_dict["USER"] = settings_dict["USER"], "portal_runtime"
    yield live_db
    connections.close_all()
    settings_dict["USER"] = before


def test_the_runtime_role_does_the_portals_work(runtime):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("portal_runtime",)
    session = new_session(make_cast().officer, attendances=67)
    session.save()
    assert Tally.objects.get(unit=session.unit).session_attendances == 67
    session.attendances = 70
    session.save()
    assert Tally.objects.get(unit=session.unit).session_attendances == 70
    AwarenessSession.objects.all().delete()
    call_command("verify_tallies")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO made_later DEFAULT VALUES RETURNING id")
        assert cursor.fetchone() == (1,)


def test_the_runtime_role_changes_no_table_and_owns_nothing(runtime):
    with psycopg.connect(f"{runtime.server.dsn(runtime.name)} user=portal_runtime", autocommit=True) as role:
        owned = "SELECT count(*) FROM pg_class WHERE relowner = 'portal_runtime'::regrole"
        assert role.execute(owned).fetchone() == (0,)
        triggers = "SELECT tgfoid::regprocedure::text FROM pg_trigger WHERE tgrelid = %s::regclass"
        function = role.execute(triggers, ["awareness_awarenesssession"]).fetchone()[0]
        for statement in FORBIDDEN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                role.execute(statement.format(function=function))


def test_the_runtime_role_takes_down_what_it_could_not_change_itself(runtime, settings, tmp_path):
    settings.TAKEDOWN_LIST = str(tmp_path / "list")
    cast = make_cast()
    record = new_session(cast.officer, attendances=67, narrative="Đoạn này phải gỡ khỏi mọi nơi trên cổng.")
    record.save()
    events = AwarenessSession.pgh_event_model.objects
    with pytest.raises(DatabaseError), transaction.atomic():
        events.update(narrative="")
    report = make.draft()
    actions.edit_section(report=report, key="plan", text=f"Nhắc lại: {record.narrative}", by=cast.officer)
    report = make.confirm(report, cast, "police")
    target = Target("activity", record.pk, find("activity", record.pk))
    take_down(target=target, ground="personal", by=cast.admin, token=uuid4())
    assert set(events.values_list("narrative", flat=True)) == {MARK}
    report = make.fresh(report)
    assert faults_of(report.snapshot) == [] and MARK in str(read(report.snapshot)["sections"])
    with pytest.raises(DatabaseError), transaction.atomic():
        events.update(narrative="")  # the guard is back
    call_command("verify_tallies")
