"""The reference follower:
a copy of another tracker's publication, kept in step over HTTP and proved by edition.

It knows the API by its documentation alone:
nothing but the standard library is imported here, and nothing of the server's.
"""

from tracker.public.following.follower import DisagreementError, EditionStep, Follower
from tracker.public.following.origin import Origin, UnreachableError

__all__ = ["DisagreementError", "EditionStep", "Follower", "Origin", "UnreachableError"]
