"""The plain contestant for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.contestants.plain.settings"

application = get_wsgi_application()
