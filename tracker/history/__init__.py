"""Who changed what at the desk, when and why: written by triggers, read here."""

from tracker.history.context import Context, OutsideChange, change, current

__all__ = ["Context", "OutsideChange", "change", "current"]
