"""The desk as an installed app, and Django's admin with the desk's own site."""

import gc
from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class DeskConfig(AppConfig):
    """All that edits: templates, static files and commands. It has no models."""

    name = "tracker.desk"


class AdminConfig(DjangoAdminConfig):
    """The admin whose site is the desk."""

    default_site = "tracker.desk.admin.home.site.TrackerSite"

    def ready(self) -> None:
        """Make the site, then register what the desk edits:
        the last of what is loaded, and stays while this runs.
        """
        super().ready()
        for folder in ("tracker.desk.admin.records", "tracker.desk.admin.history"):
            for module in iter_modules(import_module(folder).__path__, f"{folder}."):
                import_module(module.name)
        gc.freeze()  # so that nobody goes through it in search of garbage
