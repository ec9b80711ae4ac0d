"""Releasing: giving an edition a name by which it is cited, and files that are made once and kept."""

from tracker.services.releasing.making import Refused, Wrong, release, suggested

__all__ = ["Refused", "Wrong", "release", "suggested"]
