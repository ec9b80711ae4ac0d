"""The tracker for a WSGI server, whose statements end in time."""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
databases: dict[str, Any] = settings.DATABASES
for alias, seconds in settings.STATEMENT_SECONDS.items():
    databases[alias]["OPTIONS"]["options"] += f" -c statement_timeout={seconds}s"

application = get_wsgi_application()
