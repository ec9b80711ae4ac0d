"""Releasing: giving an edition a name by which it is cited, and files that are made once and kept."""

from tracker.services.releases.making import release, suggested

__all__ = ["release", "suggested"]
