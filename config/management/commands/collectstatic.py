"""`manage.py collectstatic`: Django's own, which also makes the API's document and its page."""

from typing import Any

from django.contrib.staticfiles.management.commands import collectstatic
from django.utils.module_loading import import_string


class Command(collectstatic.Command):
    """Collect the site's files, then make the API's document and its page."""

    def handle(self, **options: Any) -> str | None:
        """Do both; only collect, if this is a dry run."""
        collected: str | None = super().handle(**options)
        if not options["dry_run"]:
            import_string("tracker.management.openapi.making.make")()
        return collected
