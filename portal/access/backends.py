"""Who a session belongs to, and which of Django's model permissions the admin site finds with that person."""

from django.contrib.auth.backends import ModelBackend

from portal.accounts.managing import managed_provinces, manages_all

# What the admin site shows. The log, reports, tallies and tips are in no list: not even a superuser has them.
ADMIN_APPS = frozenset({"accounts", "units", "coordination"})
ADMIN_MODELS = frozenset(
    {
        *("models_registry.modeltype", "models_registry.gradelevel"),
        *("models_registry.certificationrule", "models_registry.historicalfigure"),
        *("reports.reporttype", "reports.reportingobligation", "reports.publicholiday"),
        *("partners.partner", "partners.linkedmovement"),
        "activities.customindicator",
        # Terms for all tips, days and months: no tip and nothing that counts tips.
        *("tips.clock", "tips.retention"),
        "secrecy.attestation",
        # The nation's rows alone (programs/plans/national_admin.py).
        *("plans.guidingdocument", "plans.jointplan", "plans.plantask", "plans.target", "plans.meeting"),
        *("plans.meetingprogramme", "plans.signingceremony", "plans.signedagreement", "plans.award"),
    }
)
PROVINCE_ADMIN_PERMISSIONS = frozenset(
    f"accounts.{verb}_{model}"
    for model in ("user", "posting", "delegation")
    for verb in ("view", "add", "change")
) | frozenset(
    {"units.view_adminunit", "units.view_unitname", "units.view_unitsuccession"}
    | {
        f"units.{verb}_{model}"
        for model in ("residentialarea", "residentialareasize")
        for verb in ("view", "add", "change", "delete")
    }
    | {f"activities.{verb}_customindicator" for verb in ("view", "add", "change", "delete")}
    | {
        f"{app}.{verb}_{model}"
        for app, model in (("models_registry", "modeltype"), ("partners", "partner"))
        for verb in ("view", "add", "change")
    }
)
PROVINCE_ADMIN_APPS = frozenset(perm.partition(".")[0] for perm in PROVINCE_ADMIN_PERMISSIONS)


class PortalBackend(ModelBackend):
    """Passwords as Django does them; permissions from the postings in force, never from groups or flags."""

    def has_perm(self, user_obj, perm, obj=None):
        return user_obj.is_active and (
            (_is_administered(perm) and manages_all(user_obj))
            or (perm in PROVINCE_ADMIN_PERMISSIONS and bool(managed_provinces(user_obj)))
        )

    def has_module_perms(self, user_obj, app_label):
        if not user_obj.is_active:
            return False
        known = app_label in ADMIN_APPS or any(model.startswith(f"{app_label}.") for model in ADMIN_MODELS)
        return (known and manages_all(user_obj)) or (
            app_label in PROVINCE_ADMIN_APPS and bool(managed_provinces(user_obj))
        )

    def get_user_permissions(self, user_obj, obj=None):
        return set()

    get_group_permissions = get_all_permissions = get_user_permissions

    def with_perm(self, *args, **kwargs):
        raise NotImplementedError("Rights come from postings: ask portal.access.scoping.")


def _is_administered(perm):
    """Whether "reports.change_reporttype" is about something that the admin site is for."""
    app_label, _, codename = perm.partition(".")
    return app_label in ADMIN_APPS or f"{app_label}.{codename.partition('_')[2]}" in ADMIN_MODELS
