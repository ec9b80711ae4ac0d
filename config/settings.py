"""Settings, read from the environment; every default is safe.

Without `TRACKER_HOSTS` the tracker answers on this machine only (loopback), over plain HTTP, with a secret kept in
its data directory. With it, it expects to be reached over HTTPS under those names, and the secret must be given.

| variable | meaning | default |
|---|---|---|
| TRACKER_HOSTS | names under which others reach the tracker, comma-separated | none: loopback only |
| TRACKER_URL | where it is reached, e.g. https://tracker.example: what `next` begins with | as each request says |
| TRACKER_SECRET_KEY | Django's secret; required with TRACKER_HOSTS | made once, in the data directory |
| TRACKER_DATA_DIR | the embedded PostgreSQL's files and the local secret | `var/` in the checkout |
| DATABASE_URL | a PostgreSQL (18 or newer) of your own, with its host; see `manage.py roles` | the embedded server |
| DATABASE_OWNER_URL, DATABASE_READER_URL | logins of their own for the owner's and the reader's role | DATABASE_URL |
| TRACKER_POSTGRES_BIN | a directory of PostgreSQL binaries for the embedded server | those of the wheel |
| TRACKER_POSTGRES_OPTIONS | further arguments of the embedded server: `-c name=value …`; tests turn fsync off | none |
| PORT | where `manage.py up` serves, on this machine only | 8000 |
| WEB_CONCURRENCY | how many processes serve, of four threads each | 2 |
| TRACKER_STATIC_ROOT | where collectstatic puts the site's files, with TRACKER_HOSTS | `staticfiles/` in the checkout |
| TRACKER_DESK | whether the desk is served, too: `on`, or `off`: readers alone, by the reader's connection | on |
| TRACKER_FOUR_EYES | whether publishing and withdrawing take two: `on`, `off`, or `auto`: once two may publish | auto |
| TRACKER_PROXIES | how many proxies stand in front; each adds to X-Forwarded-For | with TRACKER_HOSTS 1, else 0 |
| TRACKER_READS_PER_SECOND | how often one address may read the publication, for each process; 0: no limit | 200 |
| TRACKER_PLANS | of how many addresses each process keeps how they are answered; 0: of none | 4000 |
| TRACKER_DESK_PER_SECOND | how often one token, or session's person, may ask the desk's API; 0: no limit | 50 |
| TRACKER_READ_SECONDS | how long a statement may run for a reader; 0: for ever | 5 |
| TRACKER_DESK_SECONDS | the same, for the desk; publishing, importing and undoing may take an hour | 30 |
| TRACKER_STALE_AFTER | after how many days without a check a claim is told as said then, not as so | 365 |
| TRACKER_LOG_FORMAT | how the log is written: `line`, or `json`, an object in a line each | line |
| TRACKER_METRICS_TOKEN | who sends it is answered at /metrics; 32 or more random characters | none: no /metrics |
| TRACKER_WITHHELD | editions that must not be shown (451), e.g. 3-12,15 | none |
| TRACKER_DATA_LICENSE | the data's licence, an address | CC BY 4.0 |
| TRACKER_TITLE | what it is called, on pages and in citations | of China and Russia; for another focus “Tracker” |
| TRACKER_TEAM | who is cited as its author | The team of the tracker |
| TRACKER_FOCUS | the actors that lead its pages, up to six slugs, comma-separated; empty: none | china,russia |
| TRACKER_EMPTY | whether a new tracker begins without the content that comes along: `on` or `off` | off |
| TRACKER_CONTACT | where readers report errors: an address, mailto: or https: | none |
| TRACKER_AI_CRAWLERS | whether `robots.txt` lets crawlers in that collect for models: `on` or `off` | on |
"""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ  # type: ignore[import-untyped]
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.local import local_secret

LONGEST_LINE = 200

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("TRACKER_DATA_DIR", default=str(BASE_DIR / "var"))).expanduser().absolute()


def whole(variable: str, default: int) -> int:
    """Return the whole number that a variable gives, 0 or more."""
    text = env.str(variable, default=str(default))
    if not (text.isascii() and text.isdecimal() and len(text) <= 6):
        raise ImproperlyConfigured(
            f"{variable} is “{text}”: set it to a whole number, 0 or more, or leave it out."
        )
    return int(text)


def is_guessable(secret: str, least: int) -> bool:
    """Tell whether a secret has fewer characters,
    or is one that Django's own rule (security.W009) warns of.
    """
    return len(secret) < least or len(set(secret)) < 5 or secret.startswith("django-insecure-")


def choice(variable: str, *choices: str) -> str:
    """Return which of its choices a variable gives: the first, unless it says otherwise."""
    text: str = env.str(variable, default=choices[0])
    if text not in choices:
        either = f"{', '.join(choices[:-1])} or {choices[-1]}"
        raise ImproperlyConfigured(f"{variable} is “{text}”: set it to {either}, or leave it out.")
    return text


def spans(variable: str) -> tuple[tuple[int, int], ...]:
    """Return the rows of whole numbers that a variable gives, such as 3-12,15:
    the first and the last of each.
    """
    text = env.str(variable, default="").replace(" ", "")
    matches = [
        re.fullmatch(r"([1-9][0-9]{0,8})(?:-([1-9][0-9]{0,8}))?", span)
        for span in text.split(",")
        if text
    ]
    rows = [(int(match[1]), int(match[2] or match[1])) for match in matches if match]
    if len(rows) < len(matches) or any(first > last for first, last in rows):
        raise ImproperlyConfigured(
            f"{variable} is “{text}”: set it to numbers such as 3-12,15, or leave it out."
        )
    return tuple(rows)


def line(variable: str, default: str) -> str:
    """Return the line of text that a variable gives; the default if that is empty."""
    text: str = env.str(variable, default="").strip() or default
    if len(text) > LONGEST_LINE or not text.isprintable():
        raise ImproperlyConfigured(
            f"{variable} is {text!r}: set it to one line of up to {LONGEST_LINE} characters, "
            f"or leave it out."
        )
    return text


def slugs(variable: str, default: str, most: int) -> tuple[str, ...]:
    """Return the slugs that a variable gives, in their order; none if it is empty."""
    text: str = env.str(variable, default=default)
    names = [name.strip() for name in text.split(",") if name.strip()]
    are_slugs = all(re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", name) for name in names)
    if not are_slugs or len(names) > most or len(set(names)) < len(names):
        raise ImproperlyConfigured(
            f"{variable} is “{text}”: set it to up to {most} different slugs, such as "
            f"iran,north-korea, or leave it"
            " out."
        )
    return tuple(names)


def origin(variable: str) -> str:
    """Return the scheme, host and port that a variable gives; an empty text if it gives none."""
    address: str = env.str(variable, default="").removesuffix("/")
    parts = urlsplit(address)
    if address and (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or address != f"{parts.scheme}://{parts.netloc}"
    ):
        raise ImproperlyConfigured(
            f"{variable} is “{address}”: set it to where the tracker is reached, e.g. "
            f"https://tracker.example, or "
            "leave it out."
        )
    return address


# Who may reach it ---------------------------------------------------------------------------------

HOSTS = [name.strip() for name in env.str("TRACKER_HOSTS", default="").split(",") if name.strip()]
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
IS_PUBLIC = bool(HOSTS)
URL = origin("TRACKER_URL")

DEBUG = False
ALLOWED_HOSTS = HOSTS + LOOPBACK
SECRET_KEY = env.str("TRACKER_SECRET_KEY", default="")
# Who guesses it signs sessions of anybody's.
if IS_PUBLIC and is_guessable(SECRET_KEY, 50):
    raise ImproperlyConfigured(
        f"TRACKER_SECRET_KEY is {'too easy to guess' if SECRET_KEY else 'missing'}, and "
        f"TRACKER_HOSTS is set: give it"
        " 50 or more random characters and keep them to yourself; `openssl rand -hex 32` "
        "makes some."
    )
SECRET_KEY = SECRET_KEY or local_secret(DATA_DIR)

SECURE_SSL_REDIRECT = IS_PUBLIC
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_PUBLIC
PROXIES = whole("TRACKER_PROXIES", int(IS_PUBLIC))
# Where no proxy stands in front, whoever asks could write it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PUBLIC
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

METRICS_TOKEN = env.str("TRACKER_METRICS_TOKEN", default="")
if METRICS_TOKEN and is_guessable(METRICS_TOKEN, 32):
    raise ImproperlyConfigured(
        "TRACKER_METRICS_TOKEN is too easy to guess: give it 32 or more random characters, "
        "or leave it out; `openssl rand -hex 32` makes some."
    )

# What it is made of -------------------------------------------------------------------------------

DESK = choice("TRACKER_DESK", "on", "off") == "on"
if DESK:
    CSRF_FAILURE_VIEW = "tracker.desk.admin.site.login.csrf_failure"
# Its tables, and all that edits: before the admin, some of whose templates it overrides.
DESK_APPS = [
    "tracker",
    "tracker.desk.apps.DeskConfig",
    "tracker.desk.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "drf_spectacular",
]
INSTALLED_APPS = [
    "config",
    "config.postgres",
    "tracker.public",
    *(DESK_APPS if DESK else []),
    "django.contrib.staticfiles",
    "csp",
    "rest_framework",
]
METER = (
    "tracker.management.metrics.InstallationMeter"
    if DESK
    else "tracker.public.api.metrics.RequestMeter"
)
DESK_MIDDLEWARE = [
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
MIDDLEWARE = [
    "tracker.public.http.request_ids.RequestIds",
    *([METER] if METRICS_TOKEN else []),
    "django.middleware.security.SecurityMiddleware",
    "tracker.public.middleware.PublicationFirst",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *(["django.contrib.sessions.middleware.SessionMiddleware"] if DESK else []),
    "django.middleware.common.CommonMiddleware",
    *(DESK_MIDDLEWARE if DESK else []),
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DESK_CONTEXT = [
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                *(DESK_CONTEXT if DESK else []),
            ],
            "builtins": [
                "tracker.public.site.tags",
                *(["tracker.desk.admin.site.tags"] if DESK else []),
            ],
        },
    },
]

# The database, and its three roles ----------------------------------------------------------------

OWNER, APPLICATION, READER = "tracker_owner", "tracker_app", "tracker_reader"
EMBEDDED = "postgres://postgres@/tracker"


def database(role: str, url_variable: str = "DATABASE_URL", **options: object) -> dict[str, object]:
    """Describe a connection that works as `role`,
    through the login that `url_variable` names or the common one.
    """
    url = env.str(url_variable, default="") or env.str("DATABASE_URL", default="") or EMBEDDED
    named = environ.Env.db_url_config(url)
    return {
        **named,
        "ENGINE": "config.postgres.backend",
        "OPTIONS": {**named.get("OPTIONS", {}), "assume_role": role, **options},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {} if role == APPLICATION else {"MIRROR": "default"},
    }


# The publication's statements are few and only read:
# each is prepared once and planned once, and tried again where a connection turns out to be lost.
AS_READER = {
    "server_side_binding": True,
    "binary": True,
    "prepare_threshold": 0,
    "options": "-c plan_cache_mode=force_generic_plan -c jit=off",
}
# The desk's are many: those that come again and again are prepared.
# The threshold says how alike two words are that are spelled nearly alike, from 0 to 1.
AS_APPLICATION: dict[str, Any] = {
    "server_side_binding": True,
    "prepare_threshold": 5,
    "options": "-c pg_trgm.word_similarity_threshold=0.5",
}
DATABASES = {
    "default": {},  # without the desk nothing may be asked over it
    "publication": {
        **database(READER, "DATABASE_READER_URL", **AS_READER),
        "CONN_HEALTH_CHECKS": False,
    },
}
if DESK:
    DATABASES["default"] = database(APPLICATION, **AS_APPLICATION)
    DATABASES["owner"] = database(OWNER, "DATABASE_OWNER_URL")
# How long a statement may run for whoever waits for a page:
# set by config/wsgi.py, so that commands are free of it.
STATEMENT_SECONDS = {"publication": whole("TRACKER_READ_SECONDS", 5)}
if DESK:
    STATEMENT_SECONDS["default"] = whole("TRACKER_DESK_SECONDS", 30)
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

# People -------------------------------------------------------------------------------------------

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if DESK:
    AUTHENTICATION_BACKENDS = ["tracker.desk.access.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
FOUR_EYES = choice("TRACKER_FOUR_EYES", "auto", "on", "off")

# Words, time and files ----------------------------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "static/"
# On this machine alone they are served from where they lie; nothing is collected.
STATIC_ROOT = (
    Path(env.str("TRACKER_STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
    if IS_PUBLIC
    else None
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PUBLIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not IS_PUBLIC
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_HANDLERS = [
    # a file that is too large is passed over while it comes in, and larger ones are kept on disk
    *(["tracker.desk.admin.importing.upload.UploadLimit"] if DESK else []),
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# What goes wrong, on standard error ---------------------------------------------------------------

LOG_FORMAT = choice("TRACKER_LOG_FORMAT", "line", "json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # What can't be done now is no bug, and comes a thousand times.
    "filters": {
        "one_line": {"()": "tracker.public.http.unavailable.OneLine"},
        "request": {"()": "tracker.public.http.request_ids.RequestFilter"},
    },
    "formatters": {
        "line": {
            "class": "config.log.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": "config.log.JsonFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["request"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers stay silent where DEBUG is off.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # What a client did wrong, the answer tells the client.
        "django.request": {"level": "ERROR", "filters": ["one_line"]},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # What an analyst's file did wrong, the page tells, entry by entry.
        "bibtexparser": {"level": "CRITICAL"},
    },
}

# The API ------------------------------------------------------------------------------------------

# For so many seconds' worth of requests one may be ahead:
# tracker/public/http/throttling.py of readers, at the desk tracker/desk/access/throttling.py.
READS_PER_SECOND = whole("TRACKER_READS_PER_SECOND", 200)
PLANS = whole("TRACKER_PLANS", 4000)
DESK_PER_SECOND = whole("TRACKER_DESK_PER_SECOND", 50)
# What nobody has confirmed for more days than this before the day that is asked for is stale.
STALE_AFTER = whole("TRACKER_STALE_AFTER", 365)
# Editions that must not be shown, for a legal reason: the first and the last of each row of them.
WITHHELD = spans("TRACKER_WITHHELD")
DATA_LICENSE = env.str(
    "TRACKER_DATA_LICENSE", default="https://creativecommons.org/licenses/by/4.0/"
)

# What it is about ---------------------------------------------------------------------------------

CHINA_AND_RUSSIA = "china,russia"
FOCUS = slugs("TRACKER_FOCUS", CHINA_AND_RUSSIA, most=6)
# A title that names the two would be wrong above others.
IS_OF_THE_TWO = ",".join(FOCUS) == CHINA_AND_RUSSIA
TITLE = line(
    "TRACKER_TITLE", "Tracker of how China and Russia work together" if IS_OF_THE_TWO else "Tracker"
)
TEAM = line("TRACKER_TEAM", "The team of the tracker")
EMPTY = choice("TRACKER_EMPTY", "off", "on") == "on"

# Pages for readers --------------------------------------------------------------------------------

CONTACT = env.str("TRACKER_CONTACT", default="")
if CONTACT and urlsplit(CONTACT).scheme not in ("mailto", "https", "http"):
    raise ImproperlyConfigured(
        f"TRACKER_CONTACT is “{CONTACT}”: set it to an address such as "
        f"mailto:team@tracker.example or https://…, or"
        " leave it out."
    )
AI_CRAWLERS = choice("TRACKER_AI_CRAWLERS", "on", "off") == "on"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "tracker.public.api.http.exceptions.handler",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
# What `make contract` begins with; nothing of it is served.
SPECTACULAR_SETTINGS = {
    "TITLE": "API of the tracker",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": "The data's licence", "url": DATA_LICENSE},
    "CONTACT": {"name": "The tracker's team"},
    "POSTPROCESSING_HOOKS": ["tracker.desk.api.openapi.document.add_components"],
    "SORT_OPERATION_PARAMETERS": False,
}
