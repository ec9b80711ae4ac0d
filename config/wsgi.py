"""The tracker for a WSGI server, whose statements end in time and who looks for no garbage in what stays.

A page makes thousands of objects, so Python looks for garbage every few pages: among all that was loaded, too, unless
that is set aside. Workers share it as long as nobody writes to it.
"""

import gc
import os
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
databases: dict[str, Any] = settings.DATABASES
for alias, seconds in settings.STATEMENT_SECONDS.items():
    databases[alias]["OPTIONS"]["options"] += f" -c statement_timeout={seconds}s"

application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
