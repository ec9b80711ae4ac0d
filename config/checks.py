"""What `manage.py check --deploy` says of settings besides what Django says."""

from typing import Any

from django.conf import settings
from django.core import checks

NO_CONTACT = "Readers find no address to report errors to."


@checks.register(deploy=True)  # else each command would say so
def check_contact(**_: Any) -> list[checks.CheckMessage]:
    """Return that readers find nobody to report errors to, if so it is."""
    hint = "Set TRACKER_CONTACT, such as mailto:team@tracker.example."
    return [] if settings.CONTACT else [checks.Warning(NO_CONTACT, hint, id="config.W001")]
