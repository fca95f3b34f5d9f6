"""What the database refuses, by plain SQL: illegal moves, changed snapshots, foreign confirmations."""

import pytest
from django.db import Error, connection, transaction

from reports import actions
from reports.models import Confirmation, ReviewNote, Snapshot
from tests.factories.reports import accepted, confirm, draft, fresh, sent

STATES = ("draft", "awaiting", "sent", "returned", "accepted", "frozen")


def sql(statement, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.rowcount


def refused(statement, *params):
    """Whether the database refuses; an Error for any other reason than a broken rule is none of ours."""
    try:
        sql(statement, *params)
    except Error as error:
        assert error.__cause__.sqlstate.startswith("23"), error
        return True
    return False


@pytest.fixture
def snapshot(cast):
    found = accepted(cast).snapshot
    sql("SET CONSTRAINTS ALL IMMEDIATE")  # else TRUNCATE stops at foreign keys that are still to be checked
    return found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_snapshot SET content = 'x'",
        "UPDATE reports_snapshot SET trace = 'x'",
        "UPDATE reports_snapshot SET made_at = now()",
        "DELETE FROM reports_snapshot",
        "TRUNCATE reports_snapshot CASCADE",
        "TRUNCATE reports_report CASCADE",
        "TRUNCATE units_adminunit CASCADE",
        "DELETE FROM reports_reportevent",
        "UPDATE reports_reportevent SET detail = 'x'",
        "TRUNCATE reports_reportevent",
        "DELETE FROM reports_confirmation",
        "TRUNCATE reports_confirmation CASCADE",
        "DELETE FROM reports_reportsection",
        "DELETE FROM reports_report",
    ],
)
def test_what_was_bound_is_never_changed_or_removed(snapshot, statement):
    assert refused(statement)
    assert Snapshot.objects.get(pk=snapshot.pk).content == snapshot.content


def test_the_guards_have_no_switch(snapshot):
    """pgtrigger's way to ignore a trigger for a while does not reach them."""
    import pgtrigger

    with pgtrigger.ignore():
        assert refused("DELETE FROM reports_snapshot")
        assert refused("UPDATE reports_report SET state = 'draft', snapshot_id = NULL")


LEGAL = {
    "draft": set(),  # without a confirmation not even to waiting
    "awaiting": {"draft"},
    "sent": {"draft", "returned", "accepted"},
    "returned": set(),
    "accepted": set(),  # frozen comes with the province's report alone
}
FIELDS = {
    "draft": "snapshot_id = NULL",
    "returned": "snapshot_id = NULL",
    "accepted": "accepted_at = now(), sent_at = now(), first_sent_at = now()",
    "sent": "sent_at = now(), first_sent_at = now()",
    "frozen": "frozen_at = now()",
    "awaiting": "version = version",
}


@pytest.mark.parametrize("state", list(LEGAL))
def test_illegal_moves_cannot_be_stored(cast, state):
    report = {
        "draft": lambda: draft(),
        "awaiting": lambda: confirm(draft(), cast, "police"),
        "sent": lambda: sent(cast),
        "returned": lambda: actions.return_report(
            report=sent(cast), notes=[("sessions", "Sai")], by=cast.province
        ),
        "accepted": lambda: accepted(cast),
    }[state]()
    assert fresh(report).state == state
    allowed = set()
    for target in STATES:
        point = transaction.savepoint()
        statement = f"UPDATE reports_report SET state = %s, {FIELDS[target]} WHERE id = %s"
        if not refused(statement, target, report.pk):
            allowed.add(target)
        transaction.savepoint_rollback(point)
    assert allowed - {state} == LEGAL[state]


def test_an_opened_report_is_not_recalled(cast):
    report = sent(cast)
    actions.mark_opened(report=report, by=cast.province)
    assert refused(
        "UPDATE reports_report SET state = 'draft', snapshot_id = NULL, sent_at = NULL, opened_at = NULL"
    )


def test_a_report_is_not_born_sent(cast):
    columns = "report_type_id, unit_id, programme_id, period_kind, calendar"
    columns += ", period_start, period_end, due_on, built_at"
    report = draft()
    assert refused(
        f"INSERT INTO reports_report ({columns}, version, state) SELECT {columns}, 1, 'sent'"
        " FROM reports_report WHERE id = %s",
        report.pk,
    )
    assert refused(
        f"INSERT INTO reports_report ({columns}, version, state) SELECT {columns}, 1, 'draft'"
        " FROM reports_report WHERE id = %s",
        report.pk,
    ), "one report of a version"


@pytest.mark.parametrize("column", ["unit_id = unit_id + 1", "period_end = period_end - 1", "version = 2"])
def test_what_a_report_is_about_never_changes(cast, column):
    draft()
    assert refused(f"UPDATE reports_report SET {column}")


def test_the_bound_content_is_not_exchanged(cast):
    report = sent(cast)
    other = Snapshot.objects.create(report=report, content=b"{}", sha256="0" * 64, trace=b"{}")
    assert refused("UPDATE reports_report SET snapshot_id = %s", other.pk)


def test_remarks_of_a_report_that_is_confirmed_do_not_change(cast):
    for report in (confirm(draft(), cast, "police"),):
        assert refused("UPDATE reports_reportsection SET text = 'x' WHERE report_id = %s", report.pk)
        assert refused(
            "INSERT INTO reports_reportsection (report_id, key, place, title, text, drafted_text, revision)"
            " VALUES (%s, 'plan', 9, 'x', 'x', '', 0)",
            report.pk,
        )


def insert_confirmation(report, side, posting, snapshot):
    return (
        "INSERT INTO reports_confirmation (report_id, side, by_id, posting_id, is_deputy, snapshot_id,"
        " sha256, confirmed_at, void_reason) VALUES (%s, %s, %s, %s, false, %s, %s, now(), '')",
        report.pk,
        side,
        posting.user_id,
        posting.pk,
        snapshot.pk,
        snapshot.sha256,
    )


def test_nobody_confirms_twice_or_for_the_other_side_in_sql_either(cast):
    report = confirm(draft(), cast, "police")
    police, front = cast.leader.postings.get(), cast.front_leader.postings.get()
    assert refused(*insert_confirmation(report, "police", police, report.snapshot)), "twice for a side"
    assert refused(*insert_confirmation(report, "front", police, report.snapshot)), "the other side"
    neighbour = draft(unit=cast.neighbour.postings.get().unit)
    assert refused(*insert_confirmation(neighbour, "front", front, report.snapshot)), (
        "a content of another report"
    )


def test_the_same_person_does_not_confirm_for_both_in_sql_either(cast):
    report = confirm(draft(), cast, "police")
    front = cast.front_leader.postings.get()
    statement, *params = insert_confirmation(report, "front", front, report.snapshot)
    params[2] = cast.leader.pk
    assert refused(statement, *params)


def test_a_confirmation_is_voided_once_and_otherwise_stays(cast):
    report = confirm(draft(), cast, "police")
    given = Confirmation.objects.get()
    assert refused("UPDATE reports_confirmation SET sha256 = %s", "0" * 64)
    assert refused("UPDATE reports_confirmation SET voided_at = now()"), "without a reason"
    actions.edit_section(report=report, key="plan", text="Khác", by=cast.officer)
    assert refused("UPDATE reports_confirmation SET voided_at = NULL, voided_by_id = NULL, void_reason = ''")
    given.refresh_from_db()
    assert given.voided_by == cast.officer


def test_the_confirmations_of_an_accepted_report_stand(cast):
    accepted(cast)
    assert refused("UPDATE reports_confirmation SET voided_at = now(), void_reason = 'x'")


def test_a_note_is_pinned_to_a_line_or_section_that_was_sent(cast):
    report = sent(cast)
    other = draft(unit=cast.neighbour.postings.get().unit)
    insert = (
        "INSERT INTO reports_reviewnote (report_id, snapshot_id, line, section_id, reason, by_id, at, answer)"
        " VALUES (%s, %s, %s, %s, %s, %s, now(), '')"
    )
    place = (report.pk, report.snapshot.pk)
    own, foreign = report.sections.first().pk, other.sections.first().pk
    for line, section, reason in (
        ("khong-co", None, "Sai"),
        ("", foreign, "Sai"),
        ("", None, "Sai"),
        ("sessions", own, "Sai"),
        ("sessions", None, ""),
    ):
        assert refused(insert, *place, line, section, reason, cast.province.pk), (line, section, reason)
    assert not refused(insert, *place, "sessions", None, "Sai", cast.province.pk)
    assert refused("UPDATE reports_reviewnote SET reason = 'Khác'")
    assert refused("DELETE FROM reports_reviewnote")
    assert ReviewNote.objects.get().target == "sessions"
