"""Which rights a role gives, and how far they reach."""

from portal.access.permissions import Permission as P
from portal.accounts.choices import Role

# The names of units are public knowledge; every form with a unit picker needs them.
EVERYONE = frozenset({P.HOME_VIEW, P.UNITS_VIEW})
COMMUNE_OFFICER = EVERYONE | {
    P.LOG_VIEW,
    P.LOG_WRITE,
    P.LOG_HISTORY,
    P.REPORT_VIEW,
    P.REPORT_EDIT,
    P.REPORT_SEND,
    P.REPORT_EXPORT,
    P.TIP_VIEW,
    P.TIP_HANDLE,
    P.TIP_TAKE_IN,
    P.TIP_COUNT,
    P.REGISTRY_VIEW,
    P.REGISTRY_WRITE,
    P.PROGRAMME_VIEW,
    P.PROGRAMME_WRITE,
}
PROVINCE_STAFF = EVERYONE | {
    P.LOG_VIEW,
    P.LOG_HISTORY,
    P.REPORT_VIEW,
    P.REPORT_EDIT,
    P.REPORT_EXPORT,
    P.REPORT_REVIEW,
    P.TOTALS_VIEW,
    P.REPORT_COMPILE,
    P.PERIOD_OPEN,
    P.TIP_VIEW,
    P.TIP_HANDLE,
    P.TIP_COUNT,
    P.REGISTRY_VIEW,
    P.REGISTRY_CATALOGUE,
    P.PROGRAMME_VIEW,
    P.PROGRAMME_WRITE,
}

ROLES: dict[Role, frozenset[P]] = {
    Role.COMMUNE_OFFICER: COMMUNE_OFFICER,
    Role.COMMUNE_LEADER: COMMUNE_OFFICER | {P.REPORT_CONFIRM, P.TIP_APPROVE},
    Role.PROVINCE_STAFF: PROVINCE_STAFF,
    Role.PROVINCE_LEADER: PROVINCE_STAFF | {P.PROVINCE_REPORT_CONFIRM, P.TIP_APPROVE},
    Role.PROVINCE_ADMIN: EVERYONE | {P.ACCOUNTS_BULK},
    Role.NATIONAL_READER: EVERYONE | {P.REPORT_VIEW, P.REPORT_EXPORT, P.TOTALS_VIEW, P.PROGRAMME_VIEW},
    Role.ADMIN: EVERYONE | {P.ACCOUNTS_BULK, P.SECRET_TAKEDOWN},
}

# What a member organisation (phụ nữ, thanh niên, …) does with a commune officer's posting: it logs.
# Reports are the matter of the two sides that sign.
MEMBERS = EVERYONE | {P.LOG_VIEW, P.LOG_WRITE, P.LOG_HISTORY, P.PROGRAMME_VIEW}

# What residents tell is for the police alone; the Front sees counts, and the state of what it took in.
POLICE_ONLY = frozenset({P.TIP_VIEW, P.TIP_HANDLE, P.TIP_APPROVE})

# A province may read its communes' records but writes, compiles and confirms its own report alone.
OWN_UNIT_ONLY = frozenset({P.REPORT_EDIT, P.REPORT_SEND, P.REPORT_COMPILE, P.PROVINCE_REPORT_CONFIRM})
OWN_UNIT_ONLY |= {P.PROGRAMME_WRITE}
# A tip is seen where it is handled: by a province only once it was passed up.
OWN_UNIT_ONLY |= POLICE_ONLY
# Rights that a leader's delegation lends to a deputy.
DELEGABLE = frozenset({P.REPORT_CONFIRM, P.PROVINCE_REPORT_CONFIRM})
