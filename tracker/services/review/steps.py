"""The steps of a review: each moves records through the workflow, or says something about them, and is kept."""

from collections.abc import Iterable

from tracker.services.publishing import Chosen
from tracker.services.review.taking import LockedRecord, looked_at, take
from tracker.values.problems import Problem
from tracker.values.vocabularies import Act, State

IN_STEP = "readers see it as it is here, so there is nothing to review"
IN_REVIEW = "it is in review already"
NOT_IN_REVIEW = "it is not in review"
OWN = "you made its last change, so somebody else has to approve it"


def submit(*, records: Iterable[Chosen], text: str = "", to: int | None = None) -> None:
    """Put drafts up for review, by the person `to` or by anybody."""
    take(Act.SUBMITTED, records, _must_be_a_draft, text=text, to=lambda record, by: to, becomes=State.IN_REVIEW)


def withdraw(*, records: Iterable[Chosen], text: str = "") -> None:
    """Take records out of review again; they are the withdrawer's to go on with."""
    take(Act.WITHDRAWN, records, _must_be_in_review, text=text, to=lambda record, by: by, becomes=State.EDITING)


def send_back(*, records: Iterable[Chosen], text: str) -> None:
    """Send records in review back to whoever submitted them, saying what there is to do."""

    def author(record: LockedRecord, by: int) -> int | None:
        return record.submitted_by

    take(Act.SENT_BACK, records, _must_be_in_review, text=text, to=author, becomes=State.EDITING)


def approve(*, records: Iterable[Chosen], text: str = "") -> None:
    """Approve the very versions of records in review that are named; not what one has changed last oneself."""
    chosen = list(records)
    if any(record.version is None for record in chosen):
        raise ValueError("an approval names the version that it approves")
    take(Act.APPROVED, chosen, _must_be_anothers, text=text)


def assign(*, records: Iterable[Chosen], to: int | None, text: str = "") -> None:
    """Give drafts, or records in review, to somebody to go on with; None: to anybody."""
    take(Act.ASSIGNED, records, _must_differ, text=text, to=lambda record, by: to)


def comment(*, records: Iterable[Chosen], text: str) -> None:
    """Say something about records, to be kept with them."""
    take(Act.COMMENTED, records, lambda record, by: "", text=text)


def objections_to_submitting(*, records: Iterable[Chosen], by: int) -> list[Problem]:
    """Return why somebody can't submit records, all at once; nothing is done."""
    return looked_at(Act.SUBMITTED, records, _must_be_a_draft, by=by)


def objections_to_approving(*, records: Iterable[Chosen], by: int) -> list[Problem]:
    """Return why somebody can't approve records, all at once; nothing is done."""
    return looked_at(Act.APPROVED, records, _must_be_anothers, by=by)


def objections_to_assigning(*, records: Iterable[Chosen], by: int) -> list[Problem]:
    """Return why somebody can't assign records, all at once; nothing is done."""
    return looked_at(Act.ASSIGNED, records, _must_differ, by=by)


def _must_be_a_draft(record: LockedRecord, by: int) -> str:
    return IN_REVIEW if record.is_in_review else _must_differ(record, by)


def _must_be_in_review(record: LockedRecord, by: int) -> str:
    return "" if record.is_in_review else NOT_IN_REVIEW


def _must_be_anothers(record: LockedRecord, by: int) -> str:
    return _must_be_in_review(record, by) or (OWN if record.changed_by == by else "")


def _must_differ(record: LockedRecord, by: int) -> str:
    return IN_STEP if record.is_in_step else ""
