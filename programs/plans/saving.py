"""From a valid form to the rows: what is still refused becomes an error of the form, never a 500."""

from django.db import DatabaseError

from portal.files.errors import Refused
from portal.refusals import refusal_of
from programs.plans import actions
from programs.plans.errors import REFUSALS, Overtaken, PlanError


def saved(form, *, by, place: str):
    """The row that a valid form makes or changes; None with the error on the form. Overtaken goes on."""
    try:
        row = _write(form, by)
    except Overtaken:
        form.undo()
        raise
    except (PlanError, Refused) as error:
        form.undo()
        form.add_error(None, error.message)
        return None
    except DatabaseError as error:
        form.undo()
        form.add_error(None, refusal_of(error, REFUSALS, type(form.instance)))
        return None
    form.note_attestation(by=by, place=place, subject=row.pk)
    return row


def _write(form, by):
    data, row = form.row_data(), form.instance
    if not form.is_new:
        revision = form.cleaned_data.get("revision") or 0
        return actions.change_row(row=row, data=data, expected_revision=revision, by=by, after=form.after)
    for name, value in data.items():
        setattr(row, name, value)
    token = form.cleaned_data.get("client_token") or form.initial["client_token"]
    return actions.create_row(row=row, by=by, token=token, after=form.after)[0]
