"""Triggers that no switch turns off.

Every trigger of django-pgtrigger first looks at the session setting `pgtrigger.ignore`, so
using it anywhere would let rows past the tally. These are the same triggers, installed and
migrated the same way, from a template that does not ask.
"""

import pghistory
import pgtrigger
from pgtrigger import compiler


class FirmTriggerSql(compiler.UpsertTriggerSql):
    """The installation SQL without the ignore switch. Migrations name it: never change it."""

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}()
            RETURNS TRIGGER AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$ LANGUAGE plpgsql;

            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid}
                {when} {operation} ON {table}
                {timing}
                {referencing}
                FOR EACH {level} {condition}
                EXECUTE PROCEDURE {execute};

            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class FirmTrigger(pgtrigger.Trigger):
    """A trigger that `pgtrigger.ignore` does not reach."""

    def compile(self, model) -> compiler.Trigger:
        compiled = super().compile(model)
        kwargs = {key: value for key, value in compiled.sql.kwargs.items() if key != "ignore_func_name"}
        compiled.sql = FirmTriggerSql(**kwargs)
        return compiled


def after(name: str, operation, referencing, func: str) -> FirmTrigger:
    """A trigger that does its work once for a whole statement, on the statement's transition tables."""
    return FirmTrigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=referencing,
        func=f"{func} RETURN NULL;",
    )


def refused(constraint: str, message: str) -> str:
    """plpgsql that refuses the row under a constraint's name, by which pages find the words to say."""
    using = f"ERRCODE = 'check_violation', CONSTRAINT = '{constraint}', MESSAGE = '{message}'"
    return f"RAISE EXCEPTION USING {using};"


def refuse(name: str, operation, message: str) -> FirmTrigger:
    """A trigger that refuses an operation on a table, whole statements at a time."""
    return FirmTrigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=operation,
        func=f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{message}';",
    )


def append_only() -> list[FirmTrigger]:
    """Rows may be added, and then neither changed nor removed."""
    message = "Rows of this table are never changed or removed"
    return [refuse("append_only", pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate, message)]


def tracked(name: str, verbose_name: str, **options):
    """History of every insert, update and delete, by the statement, which nobody changes.

    options: more for `pghistory.track`, such as the base model of the events.
    """
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        level=pghistory.Statement,
        model_name=name,
        meta={"triggers": append_only(), "verbose_name": verbose_name},
        **options,
    )
