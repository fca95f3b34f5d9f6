"""What the walk over all addresses (tests/portal/access/test_walk.py) puts into those with arguments.

Every room adds its own lines here; an address with arguments and without a line fails the walk.
"""

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from models_registry import models as registry_models
from portal.accounts.batches import AccountBatch
from portal.accounts.models import Side, User
from portal.inbox.models import Reminder
from portal.jobs import registry
from portal.jobs.models import Job
from programs.activities.custom.models import StockReading
from programs.attachments import storage
from programs.attachments.models import Evidence, Photo
from programs.coordination.models import CoordinationProgram
from programs.drafts.models import Draft
from programs.grassroots.models import DisputeKind, Mediation
from programs.plans import models as plans_models
from programs.sheets.models import ImportBatch
from reports import building
from reports.content import canonical, digest, live_content
from reports.models import Snapshot
from reports.obligations import deadline
from tests.factories import files
from tests.factories.custom import cameras
from tests.factories.reports import NOVEMBER, draft, obligation
from tests.factories.user import make_officer
from tests.programs.tips.desk.samples import SAMPLES as TIPS


@registry.job("walk", title="Việc thử")
def nothing(work):
    """A kind of job for the sample below; never run."""


def job(unit):
    """A job that the commune's province has started."""
    province = unit.today_province
    job = Job.objects.create(kind="walk", key=f"walk:{unit.pk}", unit=province, queued_at=timezone.now())
    return {"pk": job.pk}, province


def reminder(unit):
    """What an officer of the commune was reminded of: nobody else's, wherever they serve."""
    fields = {"subject": f"walk:{unit.pk}", "stage": "day", "title": "Hôm nay là hạn gửi", "url": "/"}
    return {"pk": Reminder.objects.create(user=make_officer(unit), **fields).pk}, unit


def activity(unit, side=Side.POLICE, **fields):
    """A mediation that an officer of the commune has logged."""
    record = Mediation.objects.create(
        unit=unit,
        side=side,
        title="Tranh chấp ranh giới đất giữa hai hộ",
        dispute_kind=DisputeKind.LAND,
        received_on=timezone.localdate() - timedelta(days=1),
        logged_by=User.objects.first(),
        **fields,
    )
    return {"pk": record.pk}, unit


def deleted_activity(unit):
    """The same, taken out of the log."""
    deletion = {"deleted_at": timezone.now(), "deletion_reason": "Nhập trùng với bản ghi của Mặt trận"}
    return activity(unit, deleted_by=User.objects.first(), **deletion)


def members_activity(unit):
    """One that waits for the Front."""
    return activity(unit, side=Side.MEMBER)


def report(unit, **more):
    """The commune's draft of the month."""
    return {"pk": draft(unit).pk, **more}, unit


def report_line(unit):
    return report(unit, slug="sessions")


def report_section(unit):
    return report(unit, key="assessment")


def report_file(unit):
    return report(unit, format="xlsx")


def asked_report(unit):
    """A draft that was once sent back: something is asked at its first remarks."""
    found = draft(unit)
    content = live_content(found)
    bound = Snapshot.objects.create(
        report=found, content=canonical(content), sha256=digest(content), trace=b"{}"
    )
    section = found.sections.first()
    note = found.notes.create(snapshot=bound, section=section, reason="Bổ sung", by=User.objects.first())
    return {"pk": found.pk, "note": note.pk}, unit


def changed_report(unit):
    kwargs, owner = asked_report(unit)
    return {"pk": kwargs["pk"]}, owner


def province_report(unit):
    """The draft of the commune's province, before anything was compiled into it."""
    owed, province = obligation("province-month"), unit.today_province
    found = building.new_report(owed, NOVEMBER, province, deadline(owed, NOVEMBER))
    found.save()
    building.add_sections(found)
    return {"pk": found.pk}, province


def sheet(unit):
    """A table that was sent for the commune and has faults."""
    fields = {"subject": "hoa-giai", "content_hash": "0" * 64, "created_by": User.objects.first()}
    finding = {"where": "Ô C7", "text": "Ô C7: Số vụ: Nhập số nguyên.", "level": "error"}
    batch = ImportBatch.objects.create(
        unit=unit, file_name="thang-11.xlsx", content=b"", state="faulty", error_count=1,
        findings=[finding], **fields,
    )  # fmt: skip
    return {"pk": batch.pk}, unit


def unfinished(unit):
    """An entry form that somebody who has left the commune's police did not finish."""
    draft = Draft(owner=User.objects.earliest("pk"), unit=unit, side=Side.POLICE, kind="hoa-giai", place=1)
    draft.token, draft.content = uuid4(), {"title": ["Tranh chấp"]}
    draft.save()
    return {"pk": draft.pk}, unit


def photo(unit):
    """A photo of a mediation of the commune."""
    kwargs, owner = activity(unit)
    data, small = files.jpeg(), files.jpeg(size=(48, 36))
    fields = {"place": 1, "width": 640, "height": 480, "size": len(data), "look": 0}
    row = Photo(entry_id=kwargs["pk"], added_by=User.objects.first(), caption="Phần lễ", **fields)
    row.sha256, row.thumbnail = storage.put(data), storage.put(small)
    row.save()
    return {"pk": row.pk}, owner


def evidence(unit):
    """A document of a mediation of the commune."""
    kwargs, owner = activity(unit)
    data = files.pdf()
    fields = {"place": 1, "kind": "pdf", "name": "Kế hoạch.pdf", "title": "Kế hoạch", "size": len(data)}
    row = Evidence(entry_id=kwargs["pk"], added_by=User.objects.first(), **fields)
    row.sha256 = storage.put(data)
    row.save()
    return {"pk": row.pk}, owner


def account_batch(unit):
    """A workbook of accounts that was sent for the commune's province and has faults."""
    province = unit.today_province
    made = AccountBatch.objects.create(
        province=province, file_name="tai-khoan.xlsx", content_hash="0" * 64, state="faulty",
        findings=["Ô A2: không có đơn vị này trong phạm vi quản lý."], by=User.objects.first(),
    )  # fmt: skip
    return {"pk": made.pk}, province


def account_template(unit):
    return {"code": unit.today_province.code}, unit.today_province


def model(unit):
    """A model that the commune runs."""
    made = registry_models.SelfManagedModel.objects.create(
        type=registry_models.ModelType.objects.get_or_create(name="Dòng họ tự quản")[0],
        unit=unit,
        name="Dòng họ Nguyễn tự quản về an ninh, trật tự",
        logged_by=User.objects.first(),
    )
    made.steps.create(
        status="active", on=timezone.localdate(), reason="Ra mắt", logged_by=User.objects.first()
    )
    return {"pk": made.pk}, unit


def reading(unit):
    """What the commune's model had at the end of a day."""
    kwargs, _ = model(unit)
    fields = {"model_id": kwargs["pk"], "points": 12, "logged_by": User.objects.first()}
    row = registry_models.ModelReading.objects.create(as_of=timezone.localdate(), **fields)
    return kwargs | {"row": row.pk}, unit


def appraisal(unit):
    """How the commune's model was judged."""
    kwargs, _ = model(unit)
    fields = {"model_id": kwargs["pk"], "effect": "good", "logged_by": User.objects.first()}
    row = registry_models.ModelAppraisal.objects.create(year=2025, **fields)
    return kwargs | {"row": row.pk}, unit


def model_type(unit):
    """A type of the commune's province."""
    province = unit.today_province
    return {"pk": registry_models.ModelType.objects.create(name="Mắt thần", province=province).pk}, province


def certification(unit):
    """A school of the commune that has registered this year."""
    row = registry_models.SafetyCertification.objects.create(
        unit=unit,
        kind="school",
        subject_name="Trường Trung học cơ sở Lê Văn Thiêm",
        year=timezone.localdate().year,
        registered_on=timezone.localdate() - timedelta(days=60),
        logged_by=User.objects.first(),
    )
    return {"pk": row.pk}, unit


def force(unit):
    """What the commune has of a force."""
    row = registry_models.CoreForce.objects.create(
        **{"unit": unit, "kind": "mediation_team", "teams": 12, "people": 66},
        **{"as_of": timezone.localdate(), "logged_by": User.objects.first()},
    )
    return {"holding": "luc-luong", "pk": row.pk}, unit


def programme(unit, **more):
    """A programme of the commune."""
    row = CoordinationProgram.objects.create(
        number="01/CTrPH",
        title="Chương trình phối hợp của phường",
        level="commune",
        unit=unit,
        signed_on=date(2026, 1, 5),
        starts_on=date(2026, 1, 5),
    )
    return {"pk": row.pk, **more}, unit


def plan(unit, **more):
    """A plan of the commune under a programme of its own."""
    kwargs, owner = programme(unit)
    row = plans_models.JointPlan.objects.create(
        programme_id=kwargs["pk"],
        unit=unit,
        title="Kế hoạch phối hợp năm 2026",
        issuers="Công an phường\nỦy ban MTTQ Việt Nam phường",
        starts_on=date(2026, 1, 5),
        ends_on=date(2026, 12, 31),
        logged_by=User.objects.first(),
    )
    return {"pk": row.pk, **more}, owner


def task(unit):
    kwargs, owner = plan(unit)
    row = plans_models.PlanTask.objects.create(
        plan_id=kwargs["pk"], what="Tổ chức ra quân", who="Công an phường", logged_by=User.objects.first()
    )
    return {"pk": row.pk}, owner


def target(unit):
    kwargs, owner = plan(unit)
    row = plans_models.Target.objects.create(
        plan_id=kwargs["pk"],
        indicator="sessions",
        amount=40,
        due_on=date(2026, 12, 31),
        logged_by=User.objects.first(),
    )
    return {"pk": row.pk}, owner


def ceremony(unit):
    kwargs, owner = programme(unit)
    row = plans_models.SigningCeremony.objects.create(
        programme_id=kwargs["pk"],
        unit=unit,
        title="Lễ ký kết chương trình phối hợp",
        held_on=date(2026, 1, 5),
        logged_by=User.objects.first(),
    )
    return {"pk": row.pk}, owner


def meeting(unit):
    kwargs, owner = programme(unit)
    row = plans_models.Meeting.objects.create(
        unit=unit,
        kind="interim",
        title="Hội nghị sơ kết sáu tháng",
        held_on=date(2026, 7, 3),
        chairs="Trưởng Công an phường",
        logged_by=User.objects.first(),
    )
    row.links.create(programme_id=kwargs["pk"])
    return {"pk": row.pk}, owner


def guiding_document(unit):
    kwargs, owner = programme(unit)
    data = files.pdf()
    row = plans_models.GuidingDocument(
        programme_id=kwargs["pk"],
        unit=unit,
        kind="plan",
        number="12/KH-CAP",
        issuer="Công an phường",
        abstract="Kế hoạch triển khai",
        file_name="Kế hoạch.pdf",
        file_kind="pdf",
        size=len(data),
        logged_by=User.objects.first(),
    )
    row.sha256 = storage.put(data)
    row.save()
    return {"pk": row.pk}, owner


def stock_reading(unit):
    """How many cameras the commune had yesterday."""
    day = timezone.localdate() - timedelta(days=1)
    fields = {"unit": unit, "indicator": cameras(), "as_of": day, "value": 12}
    return {"pk": StockReading.objects.create(**fields, logged_by=User.objects.first()).pk}, unit


# View name -> function of a commune of today: makes a record of that commune (or of its province) and returns
# the address's kwargs and the AdminUnit that the record belongs to.
SAMPLES = TIPS | {
    "bulk_accounts:batch": account_batch,
    "bulk_accounts:make": account_batch,
    "bulk_accounts:slips": account_batch,
    "bulk_accounts:drop": account_batch,
    "bulk_accounts:template": account_template,
    "attachments:add_photos": activity,
    "attachments:add_evidence": activity,
    "attachments:history": activity,
    "attachments:photo": photo,
    "attachments:thumbnail": photo,
    "attachments:download_photo": photo,
    "attachments:caption": photo,
    "attachments:remove_photo": photo,
    "attachments:download_evidence": evidence,
    "attachments:remove_evidence": evidence,
    "inbox:mark_read": reminder,
    "jobs:progress": job,
    "jobs:retry": job,
    "activities:detail": activity,
    "activities:edit": activity,
    "activities:delete": activity,
    "activities:history": activity,
    "activities:restore": deleted_activity,
    "activities:reading": stock_reading,
    "activities:reading_edit": stock_reading,
    "sheets:batch": sheet,
    "sheets:write": sheet,
    "sheets:drop": sheet,
    "drafts:drop": unfinished,
    "partners:confirm": members_activity,
    "plans:programme": programme,
    "plans:edit_programme": programme,
    "plans:rows": lambda unit: programme(unit, thing="hoi-nghi"),
    "plans:add": lambda unit: programme(unit, thing="van-ban"),
    "plans:edit": lambda unit: plan(unit, thing="ke-hoach"),
    "plans:remove": lambda unit: plan(unit, thing="ke-hoach"),
    "plans:plan": plan,
    "plans:copy": plan,
    "plans:target": target,
    "plans:evidence": task,
    "plans:meeting": meeting,
    "plans:ceremony": ceremony,
    "plans:download": guiding_document,
    "registry:detail": model,
    "registry:edit": model,
    "registry:step": model,
    "registry:undo": model,
    "registry:reading": model,
    "registry:appraise": model,
    "registry:remove": model,
    "registry:safety_detail": certification,
    "registry:safety_assess": certification,
    "registry:safety_decide": certification,
    "registry:safety_cancel": certification,
    "registry:safety_history": certification,
    "registry:history": model,
    "registry:reading_edit": reading,
    "registry:reading_drop": reading,
    "registry:appraisal_edit": appraisal,
    "registry:holding_edit": force,
    "registry:holding_drop": force,
    "registry:holding_history": force,
    "registry:type_edit": model_type,
    "registry:type_merge": model_type,
    "reports:detail": report,
    "reports:line": report_line,
    "reports:diff": changed_report,
    "reports:edit_section": report_section,
    "reports:redraft": report_section,
    "reports:confirm": report,
    "reports:confirm_province": province_report,
    "reports:send": report,
    "reports:recall": report,
    "reports:answer": asked_report,
    "reports:next_version": report,
    "reports:return": report,
    "reports:accept": report,
    "reports:recompile": province_report,
    "reports:download": report_file,
}

# View name -> kwargs of an address whose arguments name no unit's record (the kind of an activity, a format).
WITHOUT_RECORD = {
    "reports:month_rows": {"slug": "sessions"},
    "units:detail": {"level": "commune", "code": "18073"},
    "activities:list_kind": {"kind": "tuyen-truyen"},
    "activities:create": {"kind": "hoa-giai"},
    "activities:create_grouped": {"kind": "tuyen-truyen"},
    "registry:holdings": {"holding": "luc-luong"},
    "registry:holding_add": {"holding": "vay-von"},
    "registry:holding_excel": {"holding": "vay-von"},
    "registry:safety_register": {"year": 2026, "kind": "school"},
    "registry:safety_decide_many": {"year": 2026, "kind": "school"},
    "registry:safety_base": {"year": 2026},
    "registry:safety_grading": {"year": 2026},
    "sheets:export_kind_xlsx": {"kind": "tuyen-truyen"},
    "sheets:export_kind_csv": {"kind": "hoa-giai"},
    "sheets:template": {"subject": "tuyen-truyen"},
    "sheets:upload": {"subject": "hoa-giai"},
}
