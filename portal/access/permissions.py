"""Every right there is in the portal. Roles list them (roles.py), views name one (decorators.py)."""

from enum import StrEnum


class Permission(StrEnum):
    HOME_VIEW = "home.view"
    LOG_VIEW = "log.view"
    LOG_WRITE = "log.write"
    LOG_HISTORY = "log.history"
    REPORT_VIEW = "report.view"
    REPORT_EDIT = "report.edit"
    REPORT_CONFIRM = "report.confirm"
    REPORT_SEND = "report.send"
    REPORT_REVIEW = "report.review"
    REPORT_COMPILE = "report.compile"
    PROVINCE_REPORT_CONFIRM = "report.confirm_province"
    PERIOD_OPEN = "period.open"
    REPORT_EXPORT = "report.export"
    UNITS_VIEW = "units.view"
    TIP_VIEW = "tip.view"
    TIP_HANDLE = "tip.handle"
    TIP_APPROVE = "tip.approve"
    TIP_TAKE_IN = "tip.take_in"
    TIP_COUNT = "tip.count"
    REGISTRY_VIEW = "registry.view"
    REGISTRY_WRITE = "registry.write"
    REGISTRY_CATALOGUE = "registry.catalogue"
    SECRET_TAKEDOWN = "secret.takedown"
