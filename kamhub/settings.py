"""One file, read from the environment; a bad value stops the start with one line that says why."""

import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from common import logs, tombstones
from common.config import (
    broker_settings,
    cache_settings,
    check_public,
    checked_database,
    checked_email,
    checked_flag,
    checked_folder,
    checked_hosts,
    checked_language,
    checked_level,
    checked_number,
    checked_scanner,
    checked_zone,
    secret_key,
)

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
LANGUAGES = [
    ("en", "English"),
    ("ru", "Русский"),
    ("es", "Español"),
    ("it", "Italiano"),
]
DEMO = env.bool("KAMHUB_DEMO", False)
if not (DEMO or env.bool("KAMHUB_IGNORE_DOTENV", False)) and (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

try:
    DEBUG = checked_flag(env, "DEBUG")
    DATA_DIR = checked_folder(env.str("KAMHUB_DATA", str(BASE_DIR / "var")))
    PORT = checked_number(env, "PORT", 8000, least=1, most=65535)
    BIND = env.str("BIND", "127.0.0.1")
    WEB_WORKERS = checked_number(env, "WEB_WORKERS", 1, least=1, most=64)
    CLAMD_URL = checked_scanner(env.str("CLAMD_URL", ""))
    ERASED_LIST = Path(env.str("ERASED_LIST", "") or DATA_DIR / tombstones.NAME)
    LOG_LEVEL = checked_level(env.str("LOG_LEVEL", "WARNING" if DEMO else "INFO"))
    BASE_URL = env.str("BASE_URL", f"http://localhost:{PORT}").rstrip("/")
    ALLOWED_HOSTS = checked_hosts(env.list("ALLOWED_HOSTS", default=[]), BASE_URL)
    check_public(BASE_URL, debug=DEBUG, demo=DEMO)
    SECRET_KEY = secret_key(env.str("SECRET_KEY", ""), DATA_DIR)
    DATABASES = {"default": checked_database(env, DATA_DIR)}
    TIME_ZONE = checked_zone(env.str("TIME_ZONE", "UTC"))
    LANGUAGE_CODE = checked_language(env.str("LANGUAGE_CODE", "en"), LANGUAGES)
    EMAIL = checked_email(env, DATA_DIR)
    CACHES = {"default": cache_settings(env.str("CACHE_URL", ""), DATA_DIR)}
    BROKER_FOLDERS = [DATA_DIR / "broker" / "queue", DATA_DIR / "broker" / "control"]
    BROKER = broker_settings(env.str("CELERY_BROKER_URL", ""), BROKER_FOLDERS)
except (ImproperlyConfigured, ValueError) as error:
    sys.exit(f"KAM Hub cannot start: {error}")

SECURE = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "template_partials",
    "csp",
    "common",
    "people",
    "accounts",
    "hiring",
    "kpi",
]

MIDDLEWARE = [
    "common.middleware.request_id",
    "common.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "common.middleware.probes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "people.middleware.reader_locale",
    "people.middleware.first_visit",
    "people.middleware.session_limits",
    "people.middleware.second_factor",
    "common.middleware.numbers_of_rows",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "kamhub.urls"
WSGI_APPLICATION = "kamhub.wsgi.application"
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
                "people.context.shell",
            ],
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.backends.Backend"]
PASSWORD_HASHERS = [
    "common.hashers.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "people.validators.OwnWords"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_FORMS = {
    "login": "people.forms.SignInForm",
    "reauthenticate": "people.forms.SignInAgainForm",
    "reset_password": "people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "people.forms.NewPasswordForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": "100/h/ip",
    "login_failed": "5/15m/key,100/h/ip",
    "login_failed_anywhere": "20/h/key",
    "reauthenticate": "10/15m/user",
    "reset_password": "20/h/ip,5/h/key",
    "reset_password_from_key": "20/h/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int(
    "TRUSTED_PROXIES", 1 if env.bool("BEHIND_PROXY", False) else 0
)
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "people.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "people.forms.CodeForm",
    "reauthenticate": "people.forms.CodeAgainForm",
    "activate_totp": "people.forms.AuthenticatorAppForm",
    "add_webauthn": "people.forms.PasskeyForm",
    "edit_webauthn": "people.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "KAM Hub"
MFA_TOTP_TOLERANCE = 1  # a code is on its way while its step ends: RFC 6238, 5.2 allows one step
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE

LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = ["common.uploads.LimitedUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 5
UPLOAD_MAX_BYTES = 200 * 1024 * 1024
FILE_MAX_BYTES = 20 * 1024 * 1024  # one file attached to a touchpoint or an account

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SESSION_ENGINE = "people.sessions"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 3600
SESSION_COOKIE_NAME = "__Host-kam_sid" if SECURE else "kam_sid"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-kam_csrf" if SECURE else "kam_csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "common.views.csrf_failure"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SECURE
PASSWORD_RESET_TIMEOUT = 30 * 60

SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^ready$"]
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", False)
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

vars().update(EMAIL)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "KAM Hub <kamhub@localhost>")

CELERY_BROKER_URL = BROKER["CELERY_BROKER_URL"]
CELERY_BROKER_TRANSPORT_OPTIONS = BROKER["CELERY_BROKER_TRANSPORT_OPTIONS"]
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.5}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "common.jobs.sweep", "schedule": 10.0},
    "tick": {"task": "kpi.jobs.tick", "schedule": 60.0},
    "reminders": {"task": "accounts.jobs.remind_tick", "schedule": 60.0},
    "gate": {"task": "accounts.jobs.gate_tick", "schedule": 60.0},
    "digests": {"task": "people.jobs.digest_tick", "schedule": 300.0},
    "offers": {"task": "hiring.jobs.offers_tick", "schedule": 300.0},
    "sessions": {"task": "hiring.jobs.sessions_tick", "schedule": 300.0},
    "tasks": {"task": "hiring.jobs.tasks_tick", "schedule": 300.0},
    "letters": {"task": "hiring.jobs.letters_tick", "schedule": 60.0},
    "retention": {"task": "hiring.jobs.retention_tick", "schedule": 3600.0},
    "probations": {"task": "hiring.jobs.probations_tick", "schedule": 900.0},
}

CELERY_IMPORTS = ["common.scanning"]
if CLAMD_URL:
    CELERY_BEAT_SCHEDULE["scan"] = {"task": "common.scanning.scan_tick", "schedule": 10.0}
# What apps erase again from a database that came back, before anybody sees it.
ERASE_AGAIN = ["hiring.commands.tombstone.erase_risen"]
# What apps add to `manage.py doctor`.
EXAMINATIONS = ["hiring.queries.proof.nobody_rose", "hiring.queries.proof.looks_hold"]

LOGGING = logs.configuration(level=LOG_LEVEL, plain=DEBUG)
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # e-mail is unique by a case-insensitive constraint
    "security.W021",  # joining the browsers' preload list is the operator's choice
]
