"""What `manage.py check` says of settings."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError


def checked() -> str:
    """Return what a check writes that lets no warning pass."""
    output = StringIO()
    call_command("check", fail_level="WARNING", stdout=output)
    return output.getvalue()


def test_that_readers_find_nobody_to_report_errors_to_is_told(settings: Any) -> None:
    """With what to set; what is set is nothing to tell."""
    settings.CONTACT = ""
    with pytest.raises(
        SystemCheckError, match=r"config\.W001.*no address to report errors to\.\n.*Set TRACKER_CONTACT"
    ):
        checked()

    settings.CONTACT = "mailto:team@tracker.example"
    assert "no issues" in checked()
