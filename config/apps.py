"""Django's admin with the tracker's own site."""

import gc
from importlib import import_module

from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """The admin whose site is the desk."""

    default_site = "tracker.desk.admin.home.site.TrackerSite"

    def ready(self) -> None:
        """Make the site, then register what the desk edits: the last of what is loaded, and stays while this runs."""
        super().ready()
        import_module("tracker.desk.admin.pages")
        import_module("config.checks")
        gc.freeze()  # so that nobody goes through it in search of garbage
