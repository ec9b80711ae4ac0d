"""The steps of a review: each moves records through the workflow, or says something about them, and is kept.

Records are locked at the version looked at, and every objection is told before anything is done.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tracker.history import current
from tracker.history.authorship import last_changed_by
from tracker.models import Review
from tracker.models.nouns import records_of
from tracker.publishing.batch import Batch, Chosen, by_noun
from tracker.publishing.locking import all_or_nothing, lock_desk
from tracker.publishing.rules import merged, uncited
from tracker.publishing.status import Status, statuses
from tracker.publishing.team import members
from tracker.values.nouns import Noun
from tracker.values.problems import Key, Problem, RefusedError
from tracker.values.texts import stripped
from tracker.values.vocabularies import ReviewStep, State

IN_STEP = "readers see it as it is here, so there is nothing to review"
IN_REVIEW = "it is in review already"
NOT_IN_REVIEW = "it is not in review"
OWN = "you made its last change, so somebody else has to approve it"
SAYS_NOTHING = "write a comment: without one nobody knows what to do"
NOBODY = "choose somebody who is in the team"


@dataclass(frozen=True, slots=True)
class LockedRecord:
    """A record at the desk that this transaction holds; who changed and who submitted it last, and if it is public."""

    noun: Noun
    id: int
    version: int
    state: str
    status: Status
    changed_by: int | None
    submitted_by: int | None

    @property
    def key(self) -> Key:
        """Return its noun and number."""
        return self.noun, self.id

    @property
    def is_in_step(self) -> bool:
        """Tell whether readers see it as it is."""
        return self.status.version == self.version

    @property
    def is_in_review(self) -> bool:
        """Tell whether it is up for review."""
        return self.status.is_in_review(state=self.state, version=self.version)


Objection = Callable[[LockedRecord, int], str]


def submit(*, records: Iterable[Chosen], text: str = "", to: int | None = None) -> None:
    """Put drafts up for review, by the person `to` or by anybody."""
    _take(ReviewStep.SUBMITTED, records, _must_be_a_draft, text=text, to=lambda record, by: to, becomes=State.IN_REVIEW)


def withdraw(*, records: Iterable[Chosen], text: str = "") -> None:
    """Take records out of review again; they are the withdrawer's to go on with."""
    _take(ReviewStep.WITHDRAWN, records, _must_be_in_review, text=text, to=lambda record, by: by, becomes=State.EDITING)


def send_back(*, records: Iterable[Chosen], text: str) -> None:
    """Send records in review back to whoever submitted them, saying what there is to do."""

    def author(record: LockedRecord, by: int) -> int | None:
        return record.submitted_by

    _take(ReviewStep.SENT_BACK, records, _must_be_in_review, text=text, to=author, becomes=State.EDITING)


def approve(*, records: Iterable[Chosen], text: str = "") -> None:
    """Approve the very versions of records in review that are named; not what one has changed last oneself."""
    chosen = list(records)
    if any(record.version is None for record in chosen):
        raise ValueError("an approval names the version that it approves")
    _take(ReviewStep.APPROVED, chosen, _must_be_anothers, text=text)


def assign(*, records: Iterable[Chosen], to: int | None, text: str = "") -> None:
    """Give drafts, or records in review, to somebody to go on with; None: to anybody."""
    _take(ReviewStep.ASSIGNED, records, _must_differ, text=text, to=lambda record, by: to)


def comment(*, records: Iterable[Chosen], text: str) -> None:
    """Say something about records, to be kept with them."""
    _take(ReviewStep.COMMENTED, records, lambda record, by: "", text=text)


def objections_to_submitting(*, records: Iterable[Chosen], by: int) -> list[Problem]:
    """Return why somebody can't submit records, all at once; nothing is done."""
    return _looked_at(ReviewStep.SUBMITTED, records, _must_be_a_draft, by=by)


def objections_to_approving(*, records: Iterable[Chosen], by: int) -> list[Problem]:
    """Return why somebody can't approve records, all at once; nothing is done."""
    return _looked_at(ReviewStep.APPROVED, records, _must_be_anothers, by=by)


def objections_to_assigning(*, records: Iterable[Chosen], by: int) -> list[Problem]:
    """Return why somebody can't assign records, all at once; nothing is done."""
    return _looked_at(ReviewStep.ASSIGNED, records, _must_differ, by=by)


def _must_be_a_draft(record: LockedRecord, by: int) -> str:
    return IN_REVIEW if record.is_in_review else _must_differ(record, by)


def _must_be_in_review(record: LockedRecord, by: int) -> str:
    return "" if record.is_in_review else NOT_IN_REVIEW


def _must_be_anothers(record: LockedRecord, by: int) -> str:
    return _must_be_in_review(record, by) or (OWN if record.changed_by == by else "")


def _must_differ(record: LockedRecord, by: int) -> str:
    return IN_STEP if record.is_in_step else ""


def _take(
    step: ReviewStep,
    records: Iterable[Chosen],
    objection: Objection,
    *,
    text: str = "",
    to: Callable[[LockedRecord, int], int | None] = lambda record, by: None,
    becomes: State | None = None,
) -> None:
    """Take a step with records, of which `objection` says what speaks against it, and `to` whose turn it is then.

    Both are told the record and who takes the step. Raises RefusedError, and ValueError if nobody is known to take it.
    """
    by = current().made_by
    if by is None:
        raise ValueError("a step of a review is somebody's: say who in history.changeset(made_by=…)")
    chosen, remark = by_noun(records), stripped(text)
    with all_or_nothing(chosen):
        batch, problems = lock_desk(chosen)
        locked = [*_locked(batch)]
        problems += _against(step, batch, locked, objection, by)
        turns = {record.key: to(record, by) for record in locked}
        if locked and step in (ReviewStep.SENT_BACK, ReviewStep.COMMENTED) and not remark:
            problems.append(Problem("refused", SAYS_NOTHING, ("text",), record=locked[0].key))
        if locked and not _are_in_the_team(turns.values()):
            problems.append(Problem("refused", NOBODY, ("to",), record=locked[0].key))
        if problems:
            raise RefusedError(problems)
        Review.objects.bulk_create(  # in one statement, by whose moment the history tells them together
            Review(noun=noun, record=pk, version=version, step=step, to_id=turns[noun, pk], text=remark, made_by_id=by)
            for noun, versions in _moved(batch, becomes).items()
            for pk, version in versions.items()
        )


def _looked_at(step: ReviewStep, records: Iterable[Chosen], objection: Objection, *, by: int) -> list[Problem]:
    """Return what speaks against somebody's taking a step with records; nothing is done, nobody is waited for."""
    batch, problems = lock_desk(by_noun(records), lock=False)
    return [*problems, *_against(step, batch, [*_locked(batch)], objection, by)]


def _against(
    step: ReviewStep, batch: Batch, records: Iterable[LockedRecord], objection: Objection, by: int
) -> Iterator[Problem]:
    merged_away = [*merged(batch)] if step is not ReviewStep.COMMENTED else []
    yield from merged_away
    parts = {problem.record for problem in merged_away}
    for record in records:
        if record.key not in parts and (says := objection(record, by)):
            yield Problem("refused", says, record=record.key)
    if step is ReviewStep.SUBMITTED:
        yield from uncited(batch)


def _locked(batch: Batch) -> Iterator[LockedRecord]:
    """Yield what is to be known of locked records; four queries a noun."""
    for noun, versions in batch.items():
        states = dict(records_of(noun).filter(pk__in=versions).values_list("pk", "state"))
        public, changed_by = statuses(noun, versions), last_changed_by(noun, versions)
        submitted_by = _submitted_by(noun, versions)
        for pk, version in versions.items():
            yield LockedRecord(noun, pk, version, states[pk], public[pk], changed_by.get(pk), submitted_by.get(pk))


def _submitted_by(noun: Noun, records: Iterable[int]) -> dict[int, int]:
    """Return who submitted records last, if they are still in the team."""
    rows = Review.objects.filter(noun=noun, record__in=list(records), step=ReviewStep.SUBMITTED, made_by__in=members())
    return dict(rows.order_by("id").values_list("record", "made_by"))


def _are_in_the_team(people: Iterable[int | None]) -> bool:
    wanted = {person for person in people if person is not None}
    return members().filter(pk__in=wanted).count() == len(wanted)


def _moved(batch: Batch, becomes: State | None) -> Batch:
    """Move records to a state, by way of editing: what was retracted may still say that it is in review.

    Return their versions then.
    """
    for noun, versions in batch.items():
        rows = records_of(noun).filter(pk__in=versions)
        for state in (State.EDITING, becomes) if becomes else ():
            rows.exclude(state=state).update(state=state)
    return {
        noun: dict(records_of(noun).filter(pk__in=versions).values_list("pk", "version"))
        for noun, versions in batch.items()
    }
