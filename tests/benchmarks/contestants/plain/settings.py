"""Settings of the plain contestant:
the tracker's models and database, Django's gzip, connections as usual.
"""

from config.settings import (  # noqa: F401 - Django reads them here
    ALLOWED_HOSTS,
    APPLICATION,
    DATA_DIR,
    DATABASES,
    DEFAULT_AUTO_FIELD,
    OWNER,
    READER,
    SECRET_KEY,
    USE_TZ,
)

INSTALLED_APPS = [
    "config.postgres",
    "tracker",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "rest_framework",
]
MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware"]
ROOT_URLCONF = "tests.benchmarks.contestants.plain.urls"
for database in DATABASES.values():
    database["CONN_HEALTH_CHECKS"] = False
    for of_ours in ("server_side_binding", "prepare_threshold", "binary"):
        database["OPTIONS"].pop(of_ours, None)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "UNAUTHENTICATED_USER": None,
}
