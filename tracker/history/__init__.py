"""Who changed what at the desk, when and why: read here, written by triggers.

Those are declared in `models/tracking.py`; what they do is in `models/sql/history.sql`.
"""

from tracker.history.context import ChangeContext, OutsideChangeSetError, changeset, current

__all__ = ["ChangeContext", "OutsideChangeSetError", "changeset", "current"]
