"""Logging in: who fails again and again waits."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from tracker.services import attempts
from tracker.services.addresses import address_of

WAIT = "Too many failed attempts. Try again in {} seconds; your password was not looked at."


class LoginForm(AdminAuthenticationForm):
    """The admin's form, which counts failures."""

    def clean(self) -> dict[str, Any]:
        """Log somebody in, unless they have to wait."""
        address = address_of(self.request.META) if self.request else ""
        name = str(self.cleaned_data.get("username", ""))
        keys = attempts.keys(address=address, name=name)
        if seconds := attempts.wait(keys=keys):
            raise ValidationError(WAIT.format(seconds), code="slowed")
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            attempts.failed(keys=keys, what=f"login as {name!r}", address=address)
            raise
        attempts.succeeded(name=name, address=address)
        return cleaned
