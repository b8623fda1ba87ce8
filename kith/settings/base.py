"""Settings common to every way of running Kith. What an operator sets comes from the environment, read here only."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE

from kith.settings.calling import limits
from kith.settings.paying import pay_for, paying

CODE = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("KITH_DATA", "data")).resolve()
DEMO = os.environ.get("KITH_DEMO", "") not in {"", "0"}
# The sandbox pays nothing: it is for invented communities, and for all where somebody tries this server out.
SANDBOX = os.environ.get("KITH_SANDBOX", "") not in {"", "0"}
PAY, PAY_FOR = paying(os.environ), pay_for(os.environ)


def secret_key() -> str:
    """Return KITH_SECRET_KEY, else the key kept in the data folder, made at first use and readable by its owner only."""
    if given := os.environ.get("KITH_SECRET_KEY"):
        return given
    path = DATA / "secret.key"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        mine = DATA / f"secret.key.{os.getpid()}"
        with open(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:  # noqa: PTH123 -- the mode must hold from the start
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            path.hardlink_to(mine)  # whole or not at all, and only the first of several processes
        mine.unlink()
    return path.read_text()


def database(url: str) -> dict[str, Any]:
    """Turn a postgres URL into Django's form; a unix socket folder stands in ?host=."""
    parts = urlsplit(url)
    query = {k: v[0] for k, v in parse_qs(parts.query).items()}
    return {
        "ENGINE": "kith.settings.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "kith",
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or query.pop("password", "")),
        "HOST": parts.hostname or query.pop("host", ""),
        "PORT": parts.port or query.pop("port", ""),
        # A connection per thread that lives on: opening one costs more than a page.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {k: v for k, v in query.items() if k not in {"user", "password", "host", "port"}},
    }


SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = [h for h in os.environ.get("KITH_HOSTS", "").split(",") if h] or ["*"]
DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql:///kith"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PARTS = ["people", "energy", "ledger", "see", "share", "gather", "connect", "launch", "hooks", "bring", "own"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    *[f"kith.{part}" for part in PARTS if (CODE / part / "apps.py").exists()],
    "kith.demo",
    "kith.web",
    "kith.rest",
]
INSTALLED_APPS = [a for a in INSTALLED_APPS if not a.startswith("kith.") or (CODE / a[5:]).exists()]

MIDDLEWARE = [
    "kith.front.pages.ByPath",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kith.web.compressing.Compressing",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Above allauth, which takes its own exceptions (asking who one is again) before they would be faults here.
    "kith.web.refusals.Refusals",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kith.web.policy.Policy",
]
ROOT_URLCONF = "kith.front.urls"
WSGI_APPLICATION = "kith.front.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [CODE / "web" / "templates"],
        "OPTIONS": {
            "environment": "kith.web.jinja.environment",
            "auto_reload": False,
            "context_processors": ["kith.web.jinja.one_token"],
        },
    },
    {
        # allauth's own pages, styled by our elements and layouts.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "django",
        "DIRS": [CODE / "web" / "account_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kith.web.jinja.for_django_templates",
            ]
        },
    },
]

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "kith.web.signed_in.Accounts",
    # Sessions that began under these go on.
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "kith.web.signup.NameForm"
ACCOUNT_ADAPTER = "kith.web.signup.Adapter"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Where mail arrives an address is proven by a code before it counts, and signing up tells nobody who has an account.
# Without SMTP settings nobody could ever enter a code: the first founder could not get in.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if os.environ.get("KITH_SMTP") else "optional"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = bool(os.environ.get("KITH_SMTP"))
ACCOUNT_EMAIL_CONFIRMATION_AUTHENTICATED_REDIRECT_URL = "/accounts/email/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_USER_DISPLAY = "kith.web.signup.display_name"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = os.environ.get("KITH_SCHEME", "http")
MFA_ADAPTER = "kith.web.signup.Passkeys"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"

# In the database, not in the memory of a process: a sign-out in one must hold in all.
SESSION_ENGINE = "kith.web.signed_in"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "kith.web.refusals.stale_form"
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("KITH_ORIGINS", "").split(",") if o]
if os.environ.get("KITH_SCHEME") == "https":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        # Charts place labels by style attributes; an attribute cannot run code or load a file.
        "style-src-attr": [UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

CACHES = {"default": {"BACKEND": "kith.web.memory.Memory", "OPTIONS": {"MAX_ENTRIES": 20000}}}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [CODE / "locale"]
LANGUAGE_COOKIE_NAME = "lang"
USE_I18N = True
USE_TZ = True
# Webhooks may go to the inner network too: for those who run both ends. Anybody who may make one can then reach in.
HOOKS_INNER = os.environ.get("KITH_HOOKS_INNER", "") not in {"", "0"}

# The same for devices that are told of notices, which any member may name: for those who run a push service of their own.
PUSH_INNER = os.environ.get("KITH_PUSH_INNER", "") not in {"", "0"}

API_LIMITS = limits(os.environ)

TIME_ZONE = os.environ.get("KITH_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [CODE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kith.web.staticfiles.Hashed"},
}
MEDIA_ROOT = DATA / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_TEMP_DIR = None


def public_address() -> str:
    """Return where people reach this server, as links in mails begin: no request is there to tell."""
    if given := os.environ.get("KITH_ADDRESS", "").strip().rstrip("/"):
        return given
    name = next((h for h in ALLOWED_HOSTS if h[:1] not in {"*", "."}), "localhost:8000")
    return f"{os.environ.get('KITH_SCHEME', 'http')}://{name}"


def is_reached(address: str) -> bool:
    """Say whether an address is one that others than this machine may reach."""
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and parts.hostname not in {None, "localhost", "127.0.0.1", "::1"}


ADDRESS = public_address()
ADDRESS_IS_REACHED = is_reached(ADDRESS)

# Without SMTP settings every mail is a file in the data folder; `kith doctor` says so.
DEFAULT_FROM_EMAIL = os.environ.get("KITH_MAIL_FROM", "Kith <kith@localhost>")
if os.environ.get("KITH_SMTP"):
    _smtp = urlsplit(os.environ["KITH_SMTP"])
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _smtp.hostname or "localhost"
    EMAIL_PORT = _smtp.port or 25
    EMAIL_HOST_USER = unquote(_smtp.username or "")
    EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
    EMAIL_USE_SSL = _smtp.scheme == "smtps"
    EMAIL_USE_TLS = _smtp.scheme == "smtp+tls"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"masked": {"()": "kith.web.logs.Masked"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["masked"]}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("KITH_LOG", "WARNING")},
}
