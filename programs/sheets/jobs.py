"""Long tables are checked and written by a worker. A killed one leaves nothing behind and is begun anew."""

import threading

from django.db import close_old_connections, connection
from django.http import QueryDict
from django.urls import reverse

from portal.accounts.models import User
from portal.jobs.models import Job
from portal.jobs.registry import job
from programs.activities.registry import kind
from programs.sheets import actions, taking_away
from programs.sheets.export import LogTable, as_xlsx
from programs.sheets.models import EXPORT, ImportBatch, LogExport

BEAT_EVERY_S = 2.0


def page_of(done: Job) -> str:
    return reverse("sheets:batch", args=[done.args["batch"]])


@job(actions.CHECK, title="Kiểm tra bảng Excel", result=page_of)
def check(work) -> None:
    """The dry run of one batch."""
    batch = ImportBatch.objects.select_related("unit", "created_by").get(pk=work.args["batch"])
    if batch.state == ImportBatch.State.CHECKING:
        actions.check(batch=batch, step=lambda done: work.checkpoint(done=min(done, work.job.total)))


@job(actions.WRITE, title="Ghi bảng Excel vào sổ", result=page_of)
def write(work) -> None:
    """All rows of one batch in one transaction; the lease is renewed beside it."""
    batch = ImportBatch.objects.select_related("unit").get(pk=work.args["batch"])
    if batch.state != ImportBatch.State.WRITING:
        return
    with Heartbeat(work) as heart:
        actions.take_in(
            batch=batch, by=User.objects.get(pk=work.args["by"]), step=heart.reached, last=heart.stop_and_hold
        )


def export_page(done: Job) -> str:
    return f"{reverse('sheets:export_page')}?so={done.args['export']}"


@job(EXPORT, title="Tạo bảng Excel của sổ theo dõi", result=export_page)
def export(work) -> None:
    """The log as its list shows it to whoever asked, now; kept with the rest unless it was dropped."""
    wanted = LogExport.objects.select_related("created_by").get(pk=work.args["export"])
    if wanted.dropped_at:
        return
    chosen = kind(wanted.activity_kind) if wanted.activity_kind else None
    entries, chosen = taking_away.filtered(QueryDict(wanted.query), wanted.created_by, chosen)
    with as_xlsx(
        LogTable(entries, chosen), lambda done: work.checkpoint(done=min(done, work.job.total))
    ) as file:
        held = LogExport.objects.filter(pk=wanted.pk, dropped_at=None)
        held.update(content=file.read())


class Heartbeat:
    """Renews a job's lease over a connection of its own, while one long transaction goes on.

    What a transaction writes is not seen before its commit: a lease renewed inside it would look expired.
    """

    def __init__(self, work):
        self.work, self.done = work, 0
        self.lost: Exception | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()

    def reached(self, done: int) -> None:
        """Note how far the work has got; raises once the job belongs to another worker."""
        self.done = min(done, self.work.job.total)
        if self.lost:
            raise self.lost

    def stop_and_hold(self) -> None:
        """The last thing inside the transaction: whoever has lost the job by now writes nothing."""
        self.__exit__()
        self.work.checkpoint(done=self.work.job.total)

    def _beat(self) -> None:
        close_old_connections()
        try:
            while not self._stop.wait(BEAT_EVERY_S):
                self.work.checkpoint(done=self.done)
        except Exception as error:
            self.lost = error
        finally:
            connection.close()
