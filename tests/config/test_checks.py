"""What `manage.py check --deploy` says of settings."""

from typing import Any

from django.core.checks import run_checks


def checked() -> list[str]:
    """Return what a check of a deployment says of the contact, with the remedy."""
    return [
        f"{message.msg} {message.hint}"
        for message in run_checks(include_deployment_checks=True)
        if message.id == "config.W001"
    ]


def test_that_readers_find_nobody_to_report_errors_to_is_told(settings: Any) -> None:
    """With what to set; what is set is nothing to tell."""
    settings.CONTACT = ""
    assert checked() == [
        "Readers find no address to report errors to. Set TRACKER_CONTACT, such as "
        "mailto:team@tracker.example."
    ]
    settings.CONTACT = "mailto:team@tracker.example"
    assert checked() == []
