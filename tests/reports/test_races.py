"""Two people press at once: one wins, the other is told so in Vietnamese, and nothing is half done."""

import threading

from django.core.exceptions import PermissionDenied
from django.db import connections

from reports import actions
from reports.errors import ReportError
from reports.models import Confirmation, Report
from tests.factories.cast import make_cast
from tests.factories.reports import NOVEMBER, accepted, confirm, draft, fresh, hold_session, obligation
from tests.factories.user import PASSWORD, province


def at_once(*acts):
    """What each gave, in order: its result or its ReportError. Any other error breaks the test."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        start.wait()
        try:
            results[place] = act()
        except (ReportError, PermissionDenied) as error:
            results[place] = error
        except Exception as error:
            results[place] = AssertionError(f"{type(error).__name__}: {error}")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results:
        if isinstance(result, AssertionError):
            raise result
    return results


def refused(results):
    return [result for result in results if isinstance(result, ReportError)]


def test_races_around_one_report(live_db):
    cast = make_cast()
    report = draft()

    def police(by=cast.leader):
        return lambda: actions.confirm(report=report, side="police", password=PASSWORD, by=by)

    # One person, four windows: one confirmation.
    results = at_once(*[police() for _ in range(4)])
    assert len(refused(results)) == 3
    assert Confirmation.objects.filter(voided_at=None).count() == 1

    # Send and edit at once: either it is sent as confirmed, or it is a draft with the new text.
    confirm(report, cast, "front")
    at_once(
        lambda: actions.send(report=report, by=cast.officer),
        lambda: actions.edit_section(report=report, key="plan", text="Mới", by=cast.colleague),
    )
    now = fresh(report)
    live = now.live_confirmations().count()
    assert (now.state, live, now.sections.get(key="plan").text) in [("sent", 2, ""), ("draft", 0, "Mới")]

    if now.state == "draft":
        confirm(report, cast)
        actions.send(report=report, by=cast.officer)

    # Accepted by one, returned by the other, recalled by the commune.
    results = at_once(
        lambda: actions.accept(report=report, by=cast.province),
        lambda: actions.return_report(report=report, notes=[("sessions", "Sai")], by=cast.province_front),
        lambda: actions.recall(report=report, by=cast.officer),
    )
    assert len(refused(results)) == 2
    assert all("trạng thái" in str(e) or "vừa thao tác" in str(e) for e in refused(results))
    assert fresh(report).state in ("accepted", "returned", "draft")


def test_both_sides_at_once_bind_one_content(live_db):
    cast = make_cast()
    report = draft()
    leaders = {"police": cast.leader, "front": cast.front_leader}
    for _ in range(5):
        acts = [
            lambda side=side, by=by: actions.confirm(report=report, side=side, password=PASSWORD, by=by)
            for side, by in leaders.items()
        ]
        results = at_once(*acts)
        for side, result in zip(leaders, results, strict=True):
            if isinstance(result, ReportError):
                assert "vừa thao tác" in str(result)
                confirm(report, cast, side)
        now = fresh(report)
        assert {c.snapshot_id for c in now.live_confirmations()} == {now.snapshot_id}
        assert now.live_confirmations().count() == 2
        actions.edit_section(report=report, key="plan", text=f"Lần {_}", by=cast.officer)


def test_compiling_and_versions_at_once_make_one(live_db):
    cast = make_cast()
    hold_session(cast.officer)
    first = accepted(cast)

    def compile_it(by):
        return lambda: actions.compile_province(
            obligation=obligation(), period=NOVEMBER, province=province(), by=by
        )

    results = at_once(
        compile_it(cast.province), compile_it(cast.province_front), compile_it(cast.province_leader)
    )
    assert not refused(results)
    assert Report.objects.filter(report_type__level="province").count() == 1
    assert Report.objects.get(report_type__level="province").inclusions.count() == 1

    hold_session(cast.officer)
    results = at_once(
        *[lambda by=by: actions.next_version(report=first, by=by) for by in (cast.officer, cast.colleague)]
    )
    assert len(refused(results)) == 1
    assert Report.objects.filter(supersedes=first).count() == 1


def test_a_figure_that_moves_while_it_is_confirmed_is_bound_whole(live_db):
    """Sessions are logged all the time while both sides confirm: content and trace are of one moment."""
    from reports.content import read
    from reports.trace import rows_of

    cast = make_cast()
    report, stop = draft(), threading.Event()

    def log_on():
        while not stop.is_set():
            hold_session(cast.officer, attendances=3)
        connections.close_all()

    logger = threading.Thread(target=log_on)
    logger.start()
    try:
        for _ in range(5):
            actions.confirm(report=report, side="police", password=PASSWORD, by=cast.leader)
            bound = fresh(report)
            for line in read(bound.snapshot)["lines"]:
                assert sum(row.amount for row in rows_of(bound, line["indicator"])) == line["current"]
            actions.edit_section(report=report, key="plan", text=f"Lần {_}", by=cast.officer)
    finally:
        stop.set()
        logger.join()
