"""The settings of a project that has the embedded server, accounts, and nothing of the tracker."""

from config.settings import *  # noqa: F403

INSTALLED_APPS = [
    "config.postgres",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "small_app",
]
MIDDLEWARE = []
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
ROOT_URLCONF = "small_urls"
