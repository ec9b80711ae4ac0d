"""Reviewing: what people do with records on their way to publication, and who has to do what next.

Every verb takes records at the version that was looked at, does all or nothing, and raises RefusedError with
every problem, or OutsideChangeSet outside `history.changeset()`. What a person may do is asked at the edge.
"""

from tracker.publishing.review.approving import approve_and_publish, approvers, objections_to_approving_and_publishing
from tracker.publishing.review.confirming import confirm, objections_to_confirming
from tracker.publishing.review.steps import (
    approve,
    assign,
    comment,
    objections_to_approving,
    objections_to_assigning,
    objections_to_submitting,
    send_back,
    submit,
    withdraw,
)
from tracker.publishing.review.worklists import Place, Task, drafts, sent_back, waiting

__all__ = [
    "Place",
    "Task",
    "approve",
    "approve_and_publish",
    "approvers",
    "assign",
    "comment",
    "confirm",
    "drafts",
    "objections_to_approving",
    "objections_to_approving_and_publishing",
    "objections_to_assigning",
    "objections_to_confirming",
    "objections_to_submitting",
    "send_back",
    "sent_back",
    "submit",
    "waiting",
    "withdraw",
]
