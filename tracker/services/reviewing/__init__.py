"""Reviewing: what people do with records on their way to publication, and who has to do what next.

Every verb takes records at the version that was looked at, does all or nothing, and raises publishing's Refused with
every problem, or OutsideChange outside `history.change()`. What a person may do is asked at the edge.
"""

from tracker.services.reviewing.confirming import confirm
from tracker.services.reviewing.offboarding import offboard
from tracker.services.reviewing.steps import approve, assign, comment, send_back, submit, withdraw
from tracker.services.reviewing.worklists import Place, Task, drafts, sent_back, waiting

__all__ = [
    "Place",
    "Task",
    "approve",
    "assign",
    "comment",
    "confirm",
    "drafts",
    "offboard",
    "send_back",
    "sent_back",
    "submit",
    "waiting",
    "withdraw",
]
