"""What `manage.py check --deploy` and `manage.py doctor` say
of settings besides what Django says.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.http.request import validate_host

INSTALLATION = "installation"
NO_CONTACT = "Readers find no address to report errors to."


@checks.register(INSTALLATION, deploy=True)  # else each command would say so
def check_contact(**_: Any) -> list[checks.CheckMessage]:
    """Return that readers find nobody to report errors to, if so it is."""
    hint = "Set TRACKER_CONTACT, such as mailto:team@tracker.example."
    return [] if settings.CONTACT else [checks.Warning(NO_CONTACT, hint, id="config.W001")]


@checks.register(INSTALLATION, deploy=True)
def check_public(**_: Any) -> Iterator[checks.CheckMessage]:
    """Yield what nobody would be answered with, or anybody could make up,
    by settings that contradict each other.
    """
    url = urlsplit(settings.URL)
    if url.hostname and not validate_host(url.hostname, settings.ALLOWED_HOSTS):
        what = f"Nobody is answered at {settings.URL}: TRACKER_HOSTS lacks the name {url.hostname}."
        yield checks.Error(what, "Add it, or correct TRACKER_URL.", id="config.E001")
    if settings.IS_PUBLIC and url.scheme == "http":
        what = f"TRACKER_URL is {settings.URL}, and with TRACKER_HOSTS readers come by HTTPS only."
        yield checks.Error(what, f"Set it to https://{url.netloc}.", id="config.E002")
    if settings.IS_PUBLIC and not settings.PROXIES:
        what = (
            "Every request is sent on to HTTPS, for ever: TRACKER_HOSTS is set, and "
            "TRACKER_PROXIES is 0."
        )
        yield checks.Error(
            what, "Set it to the number of proxies in front; one ends TLS.", id="config.E003"
        )
    if settings.PROXIES and not settings.IS_PUBLIC:
        what = (
            f"TRACKER_PROXIES is {settings.PROXIES}, without TRACKER_HOSTS: whoever asks can "
            f"make up an address."
        )
        yield checks.Warning(
            what, "Set TRACKER_HOSTS, or leave TRACKER_PROXIES out.", id="config.W002"
        )
