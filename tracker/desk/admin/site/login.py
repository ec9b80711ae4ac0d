"""Logging in: who fails again and again waits, and nobody waits for what others failed at."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from tracker.desk.access import attempts
from tracker.desk.admin.site.known_browsers import know_browser, known_browser
from tracker.public.http.clients import address_of

NOT_LET_IN = "not_let_in"
LET_IN = "Your account isn’t let in here yet: ask an administrator of the tracker to give you a role."
WAIT = "Too many failed attempts. Try again in {} seconds."


class LoginForm(AdminAuthenticationForm):
    """The admin's form, which counts failures; `seconds` is how long there is to wait."""

    seconds = 0

    def confirm_login_allowed(self, user: Any) -> None:
        """Tell somebody with the right password, but no role, what there is to do."""
        if user.is_active and not user.is_staff:
            raise ValidationError(LET_IN, code=NOT_LET_IN)
        super().confirm_login_allowed(user)

    def clean(self) -> dict[str, Any]:
        """Log somebody in, unless they have to wait.

        Where others at the same address failed too often, a name that somebody has is still looked at; if its password
        is wrong, the answer is the same as to a name that nobody has.
        """
        address = address_of(self.request.META) if self.request else ""
        name = str(self.cleaned_data.get("username", ""))
        browser = known_browser(self.request, name) if self.request else ""
        own = attempts.keys_of_name(name=name, address=address, browser=browser)
        shared = {} if browser else attempts.keys_of_address(address=address)
        crowded = attempts.wait(keys=shared)
        self.seconds = attempts.wait(keys=own) or (0 if crowded and attempts.is_somebodys(name) else crowded)
        self._check()
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError as error:
            if error.code == NOT_LET_IN:  # nobody guesses here
                raise
            attempts.failed(keys={**own, **shared}, what=f"login as {name!r}", address=address)
            self.seconds = crowded
            self._check()
            raise
        attempts.succeeded(keys=own)
        if self.request:
            know_browser(self.request, name, browser)
        return cleaned

    def _check(self) -> None:
        if self.seconds:
            raise ValidationError(WAIT.format(self.seconds), code="delayed")
