"""Logging in: who fails again and again waits."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from tracker.services import attempts
from tracker.services.addresses import address_of

WAIT = "Too many failed attempts. Try again in {} seconds; your password was not looked at."


class LoginForm(AdminAuthenticationForm):
    """The admin's form, which counts failures; `seconds` is how long there is to wait."""

    seconds = 0

    def clean(self) -> dict[str, Any]:
        """Log somebody in, unless they have to wait."""
        address = address_of(self.request.META) if self.request else ""
        name = str(self.cleaned_data.get("username", ""))
        keys = attempts.keys(address=address, name=name)
        self.seconds = attempts.wait(keys=keys)
        if self.seconds:
            raise ValidationError(WAIT.format(self.seconds), code="slowed")
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            attempts.failed(keys=keys, what=f"login as {name!r}", address=address)
            raise
        attempts.succeeded(name=name, address=address)
        return cleaned
