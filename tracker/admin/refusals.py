"""What the database refuses, in words for the person whose change it was."""

from tracker.services.refusals import refusal

__all__ = ["refusal"]
