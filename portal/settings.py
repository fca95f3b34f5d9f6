"""All settings, typed. What differs between places comes from the environment, nothing is guessed."""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()

# Demo and tests may run on built-in secrets; production refuses to start on them (see the end of this file).
DEMO = env.bool("DEMO", default=False)
DEMO_SECRET = "demo-secret-not-for-production-" + "x" * 32
VAR_DIR = env.path("VAR_DIR", default=str(BASE_DIR / "var"))
# The one password of all demo accounts; no account has it outside the demo.
DEMO_PASSWORD = "Thanh-Sen-2026" if DEMO else ""

SECRET_KEY = env.str("SECRET_KEY", default=DEMO_SECRET if DEMO else "")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEMO else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "portal.units",
    "portal.accounts",
    "portal.access",
    "portal.backup",
    "portal.home",
    "portal.inbox",
    "portal.jobs",
    "portal.secrecy",
    "portal.ui",
    "portal.demo",
    "programs.coordination",
    "programs.activities",
    "programs.awareness",
    "programs.grassroots",
    "programs.festivals",
    "programs.attachments",
    "programs.partners",
    "programs.sheets",
    "programs.drafts",
    "programs.tips",
    "models_registry",
    "programs.plans",
    "reports",
    "portal.accounts.admin_config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
]

MIDDLEWARE = [
    "programs.tips.public.middleware.ForgetSenderMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.access.middleware.PasswordChangeMiddleware",
    "portal.access.middleware.SecondStepMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.ui.context.navigation",
                "portal.inbox.context.unread",
            ],
        },
    },
]

DATABASES = {"default": env.db_url("DATABASE_URL", default="postgresql://localhost/none")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5
DATABASES["default"]["OPTIONS"]["options"] = (
    "-c statement_timeout={}s -c lock_timeout={}s -c idle_in_transaction_session_timeout=60s".format(
        env.int("STATEMENT_TIMEOUT_S", default=60), env.int("LOCK_TIMEOUT_S", default=20)
    )
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "portal.access.backends.PortalBackend",
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "portal.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "portal.accounts.passwords.NotOnlyDigits"},
    {"NAME": "portal.accounts.passwords.NotCommon"},
    {"NAME": "portal.accounts.passwords.NotAboutOneself"},
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "portal" / "ui" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["portal.ui.formats"]
FIRST_DAY_OF_WEEK = 1

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(Path(VAR_DIR) / "media"))
# Files come in bounded, and lie beside the media until they are judged (portal/uploads.py).
FILE_UPLOAD_HANDLERS = ["portal.uploads.BoundedUploadHandler"]
UPLOAD_DIR = env.path("UPLOAD_DIR", default=str(Path(VAR_DIR) / "uploads"))
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Where nginx finds MEDIA_ROOT as an internal location ("/tep-noi-bo/"); empty: the web process sends files.
X_ACCEL_PREFIX = env.str("X_ACCEL_PREFIX", default="")
# Nobody but the portal and its group reads what people attached.
FILE_UPLOAD_PERMISSIONS = 0o640
STORAGES = {
    "default": {"BACKEND": "programs.attachments.storage.DurableFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

CELERY_BROKER_URL = env.str("REDIS_URL", default="filesystem://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 3600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(Path(VAR_DIR) / "celerybeat-schedule")
# A worker waits for its broker for ever; a web request gives up within seconds: the sweeper finds the job.
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_TIMEOUT = 2
_GIVE_UP_SOON = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}
CELERY_TASK_PUBLISH_RETRY_POLICY = _GIVE_UP_SOON
# The schedule lives in code. A message that waited longer than its turn is dropped: the next does the same.
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "portal.jobs.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "sweep-files": {
        "task": "attachments.sweep_files",
        "schedule": 86400.0,
        "options": {"expires": 86400},
    },
    "purge-tips": {"task": "tips.purge", "schedule": 86400.0, "options": {"expires": 86400}},
    "publish-tip-counts": {
        "task": "tips.publish_counts",
        "schedule": 86400.0,
        "options": {"expires": 86400},
    },
    "purge-drafts": {"task": "drafts.purge", "schedule": 3600.0, "options": {"expires": 3600}},
    "drop-old-sheets": {"task": "sheets.drop_outdated", "schedule": 3600.0, "options": {"expires": 3600}},
    "drop-old-account-files": {
        "task": "accounts.drop_outdated",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "open-due-periods": {
        "task": "reports.open_due_periods",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "remind": {"task": "inbox.remind", "schedule": 3600.0, "options": {"expires": 3600}},
}
BROKER_DIR = Path(env.str("BROKER_DIR", default=str(Path(VAR_DIR) / "broker")))
if CELERY_BROKER_URL.startswith("filesystem"):
    # One machine, no broker to run. portal/celery.py makes the folders.
    CELERY_BROKER_TRANSPORT = "portal.embedded.broker:Transport"
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = _GIVE_UP_SOON | {
        # As long as a task may run, or a second worker gets it while the first still works.
        "visibility_timeout": CELERY_TASK_TIME_LIMIT,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
        "socket_keepalive": True,
        "health_check_interval": 30,
    }

# What was taken down, for restored backups: to be copied to where the backups are (docs/running.md).
TAKEDOWN_LIST = env.str("TAKEDOWN_LIST", default=str(Path(VAR_DIR) / "takedowns.jsonl"))

# Mails about reminders (portal/inbox): none without a server. PORTAL_URL is what their links begin with.
EMAIL_HOST = env.str("EMAIL_HOST", default="")
EMAIL_PORT = env.int("EMAIL_PORT", default=587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=False)
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=not EMAIL_USE_SSL)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="")
PORTAL_URL = env.str("PORTAL_URL", default="")
if EMAIL_HOST and not (DEFAULT_FROM_EMAIL and PORTAL_URL.startswith(("https://", "http://"))):
    raise ImproperlyConfigured("EMAIL_HOST needs EMAIL_FROM (the sender) and PORTAL_URL (https://…).")

TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])

# Where residents send and follow tips; what comes here is forgotten at the door (programs/tips/public).
TIPS_PATH = "cung-cap-thong-tin/"
# Tips. The public half of the key that contacts are sealed with; without it no page asks for contacts.
DEMO_CONTACT_KEY = "ec13a67d0bee44ebc83be8e1a4634c9b157311616f511eb1dbb0dfff2bbf4a0d"
TIP_CONTACT_KEY = env.str("TIP_CONTACT_KEY", default=DEMO_CONTACT_KEY if DEMO else "")
# scrypt with r = 8: 16 MiB a hash.
TIP_SCRYPT_N = 2**14

# Signing in: five failures of one username from one address, or fifty of one address, lock it for a while.
AXES_FAILURE_LIMIT = env.int("SIGN_IN_FAILURES", default=5)
SIGN_IN_FAILURES_PER_ADDRESS = env.int("SIGN_IN_FAILURES_PER_ADDRESS", default=50)
AXES_COOLOFF_TIME = timedelta(minutes=env.int("SIGN_IN_COOLOFF_MINUTES", default=15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_HANDLER = "portal.access.lockout.LockoutHandler"
AXES_USERNAME_CALLABLE = "portal.access.lockout.attempted_username"
AXES_CLIENT_IP_CALLABLE = "portal.access.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "portal.access.lockout.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# The second step of signing in: what the app on the phone calls the account. Without marks: each letter with
# one takes nine signs of the QR code, and a coarser code is read by worse cameras.
OTP_TOTP_ISSUER = "Cong phoi hop"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
if not DEMO:
    # The health check asks from inside the container, in plain HTTP.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

if not DEMO and (len(SECRET_KEY) < 50 or SECRET_KEY == DEMO_SECRET):
    raise ImproperlyConfigured("SECRET_KEY must be 50 random characters or more (or DEMO=1 for the demo).")
if not DEMO and TIP_CONTACT_KEY == DEMO_CONTACT_KEY:
    raise ImproperlyConfigured("TIP_CONTACT_KEY must not be the demo's: everyone has its private half.")
