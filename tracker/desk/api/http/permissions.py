"""What a person may do at the desk: what their Django permissions say, as in the admin; by some tokens only read."""

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from tracker.models import Token


class MayWorkHere(BasePermission):
    """Whoever is in the team and has the rights that the view asks for with this method."""

    message = "Your account is no part of the team; an administrator can change that."

    def has_permission(self, request: Request, view: Any) -> bool:
        """Tell whether this person may do this, and if not, leave word why."""
        if request.user is None or not request.user.is_authenticated:
            return False
        if not (request.user.is_active and request.user.is_staff):
            return False
        if request.method not in view.allowed_methods:
            return True  # to hear that it is a 405
        if isinstance(request.auth, Token) and request.auth.is_read_only and request.method not in SAFE_METHODS:
            self.message = "This token may only read; make one in the admin that may write."
            return False
        lacking = [right for right in view.rights_for(request.method) if not request.user.has_perm(right)]
        self.message = f"You may not do this: it takes the right {', '.join(lacking)}. An administrator can give it."
        return not lacking
