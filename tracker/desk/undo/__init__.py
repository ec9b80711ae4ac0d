"""Putting back what was: undo a change set, put a record back as it was at a version, restore a deleted one.

    plan = undo.plan(changeset=id)                              # what it would do, and what blocks it
    with history.changeset(made_by=…, reason=…, channel=Channel.ADMIN):
        undo.undo(changeset=id, leaving_out={(Noun.ACTOR, 7)})

Nothing is rewritten: an undo is a change set like any other, which can be undone. Fields go back to what they were,
unless somebody changed them since; deleted records come back under their own ids, with a version that they never had;
workflow states stay, and what is put back is to be reviewed again. All is done or nothing. Whoever could make the
change by hand (`rights`) may do that; undoing what was done to a record that readers have seen takes who may publish.
"""

from tracker.desk.undo.planning import UndoAction, UndoPlan, UnknownError, plan, plan_put_back, plan_restore, rights
from tracker.desk.undo.undoing import put_back, restore, undo

__all__ = [
    "UndoAction",
    "UndoPlan",
    "UnknownError",
    "plan",
    "plan_put_back",
    "plan_restore",
    "put_back",
    "restore",
    "rights",
    "undo",
]
