"""Reviewing: what people do with records on their way to publication; each step is kept.

All take records at the version that was looked at, do all or nothing, and raise RefusedError with
every problem, or OutsideChangeSetError outside `history.changeset()`. What a person may do is asked
at the edge.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from tracker.history import current
from tracker.history.authorship import last_changed_by
from tracker.models import Edition, Review
from tracker.models.nouns import records_of
from tracker.publishing.batch import Batch, Chosen, by_noun
from tracker.publishing.edition import NOT_PUBLIC, named_by_others
from tracker.publishing.four_eyes import UNSEEN, members, retraction_proposals
from tracker.publishing.locking import all_or_nothing, lock_desk
from tracker.publishing.publish import AHEAD, blockers, publish
from tracker.publishing.rules import merged, uncited
from tracker.publishing.stage import NO_REASONS, Reasons
from tracker.publishing.status import Status, statuses
from tracker.schema.records import CLAIMS
from tracker.values.nouns import Noun
from tracker.values.problems import Key, Problem, RefusedError
from tracker.values.texts import stripped
from tracker.values.vocabularies import ReviewStep, State

IN_STEP = "readers see it as it is here, so there is nothing to review"
IN_REVIEW = "it is in review already"
NOT_IN_REVIEW = "it is not in review"
OWN = "you made its last change, so somebody else has to approve it"
SAYS_NOTHING = "write a comment: without one nobody knows what to do"
PROPOSED = "you proposed to withdraw it already; somebody else has to carry it out"
NOBODY = "choose somebody who is in the team"
NO_CLAIM = "only a stance or an alignment is confirmed"
NOT_IN_STEP = "readers don't see it as it is here; have it reviewed and published instead"


@dataclass(frozen=True, slots=True)
class LockedRecord:
    """A record at the desk that this transaction holds;
    who changed and who submitted it last, and if it is public.
    """

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
    _take(
        ReviewStep.SUBMITTED,
        records,
        _must_be_a_draft,
        text=text,
        to=lambda record, by: to,
        becomes=State.IN_REVIEW,
    )


def withdraw(*, records: Iterable[Chosen], text: str = "") -> None:
    """Take records out of review again; they are the withdrawer's to go on with."""
    _take(
        ReviewStep.WITHDRAWN,
        records,
        _must_be_in_review,
        text=text,
        to=lambda record, by: by,
        becomes=State.EDITING,
    )


def send_back(*, records: Iterable[Chosen], text: str) -> None:
    """Send records in review back to whoever submitted them, saying what there is to do."""

    def author(record: LockedRecord, by: int) -> int | None:
        return record.submitted_by

    _take(
        ReviewStep.SENT_BACK,
        records,
        _must_be_in_review,
        text=text,
        to=author,
        becomes=State.EDITING,
    )


def approve(*, records: Iterable[Chosen], text: str = "") -> None:
    """Approve the very versions of records in review that are named;
    not what one has changed last oneself.
    """
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


def propose_retraction(*, records: Iterable[Chosen], text: str) -> None:
    """Propose to retract public records, as they are now, for somebody else to carry out."""
    _take(ReviewStep.COMMENTED, records, _must_be_public, text=text, proposes_retraction=True)


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


def _must_be_public(record: LockedRecord, by: int) -> str:
    if record.status.version is None:
        return NOT_PUBLIC
    is_proposed = retraction_proposals(record.noun).filter(record=record.id, made_by=by).exists()
    return PROPOSED if is_proposed else ""


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
    proposes_retraction: bool = False,
) -> None:
    """Take a step with records, of which `objection` says what speaks against it,
    and `to` whose turn it is then.

    Both are told the record and who takes the step.
    Raises RefusedError, and ValueError if nobody is known to take it.
    """
    by = current().made_by
    if by is None:
        raise ValueError(
            "a step of a review is somebody's: say who in history.changeset(made_by=…)"
        )
    chosen, remark = by_noun(records), stripped(text)
    with all_or_nothing(chosen):
        batch, problems = lock_desk(chosen)
        locked = [*_locked(batch)]
        problems += _against(step, batch, locked, objection, by)
        if proposes_retraction:
            problems += named_by_others(batch)
        turns = {record.key: to(record, by) for record in locked}
        if locked and step in (ReviewStep.SENT_BACK, ReviewStep.COMMENTED) and not remark:
            problems.append(Problem("refused", SAYS_NOTHING, ("text",), record=locked[0].key))
        if locked and not _are_in_the_team(turns.values()):
            problems.append(Problem("refused", NOBODY, ("to",), record=locked[0].key))
        if problems:
            raise RefusedError(problems)
        # in one statement, by whose moment the history tells them together
        Review.objects.bulk_create(
            Review(
                noun=noun,
                record=pk,
                version=version,
                step=step,
                to_id=turns[noun, pk],
                text=remark,
                proposes_retraction=proposes_retraction,
                made_by_id=by,
            )
            for noun, versions in _moved(batch, becomes).items()
            for pk, version in versions.items()
        )


def _looked_at(
    step: ReviewStep, records: Iterable[Chosen], objection: Objection, *, by: int
) -> list[Problem]:
    """Return what speaks against somebody's taking a step with records;
    nothing is done, nobody is waited for.
    """
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
            yield LockedRecord(
                noun, pk, version, states[pk], public[pk], changed_by.get(pk), submitted_by.get(pk)
            )


def _submitted_by(noun: Noun, records: Iterable[int]) -> dict[int, int]:
    """Return who submitted records last, if they are still in the team."""
    rows = Review.objects.filter(
        noun=noun, record__in=list(records), step=ReviewStep.SUBMITTED, made_by__in=members()
    )
    return dict(rows.order_by("id").values_list("record", "made_by"))


def _are_in_the_team(people: Iterable[int | None]) -> bool:
    wanted = {person for person in people if person is not None}
    return members().filter(pk__in=wanted).count() == len(wanted)


def _moved(batch: Batch, becomes: State | None) -> Batch:
    """Move records to a state, by way of editing:
    what was retracted may still say that it is in review.

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


def confirm(*, records: Iterable[Chosen], on: date | None = None) -> list[Chosen]:
    """Set the day on which claims were last checked: today, or `on`;
    not of those that were checked then or later.

    Return the claims that this changed, at the versions that they have now:
    readers see them once they are published.

    Raises RefusedError if one is not in step, or is no claim,
    and OutsideChangeSet outside `history.changeset()`.
    """
    current()
    chosen = by_noun(records)
    with all_or_nothing(chosen):
        batch, problems = lock_desk(chosen)
        problems += _against_confirming(batch)
        if problems:
            raise RefusedError(problems)
        return [*_confirmed(batch, on or timezone.localdate())]


def objections_to_confirming(*, records: Iterable[Chosen]) -> list[Problem]:
    """Return why records can't be confirmed, all at once; nothing is done, nobody is waited for."""
    batch, problems = lock_desk(by_noun(records), lock=False)
    return [*problems, *_against_confirming(batch)]


def _against_confirming(batch: Batch) -> Iterator[Problem]:
    for noun, versions in batch.items():
        for record, says in _objections(noun, versions).items():
            yield Problem("refused", says, record=(noun, record))


def _objections(noun: Noun, versions: Mapping[int, int]) -> dict[int, str]:
    if noun not in CLAIMS:
        return dict.fromkeys(versions, NO_CLAIM)
    return {
        record: NOT_IN_STEP
        for record, status in statuses(noun, versions).items()
        if status.version != versions[record]
    }


def _confirmed(batch: Batch, on: date) -> Iterator[Chosen]:
    for noun, versions in batch.items():
        claims: Any = records_of(noun).filter(pk__in=versions)
        claims.filter(Q(confirmed_on__lt=on) | Q(confirmed_on=None)).update(confirmed_on=on)
        for record, version in claims.order_by("pk").values_list("pk", "version"):
            if version != versions[record]:
                yield Chosen(noun, record, version)


def approve_and_publish(
    *, records: Iterable[Chosen], note: str = "", reasons: Reasons = NO_REASONS, text: str = ""
) -> Edition | None:
    """Approve the very versions of records in review that are named,
    and publish them as one edition.

    `note` and `reasons` are for readers, `text` is kept with each record.
    Raises RefusedError, as approving and as publishing does.
    """
    chosen = list(records)
    with all_or_nothing(by_noun(chosen)):
        approve(records=chosen, text=text)
        return publish(records=chosen, note=note, reasons=reasons)


def objections_to_approving_and_publishing(*, records: Iterable[Chosen], by: int) -> list[Problem]:
    """Return why somebody can't approve and publish records, all at once;
    nothing is done, nobody is waited for.

    Whether the clock is right is not asked: whoever does it says so with it.
    """
    chosen = list(records)
    problems = objections_to_approving(records=chosen, by=by)
    objected = {problem.record for problem in problems}
    publishing = [
        problem for problem in blockers(records=chosen, by=by) if problem.message != AHEAD
    ]
    problems += [
        problem
        for problem in publishing
        if problem.message != UNSEEN or problem.record not in objected
    ]
    return list(dict.fromkeys(problems))


def approvers(noun: Noun, versions: Mapping[int, int]) -> dict[int, Any]:
    """Return who approved records last at these versions, of those that somebody did;
    one query at most.
    """
    if not versions:
        return {}
    steps = Review.objects.filter(
        noun=noun, record__in=list(versions), step=ReviewStep.APPROVED
    ).order_by("id")
    approved = (
        step for step in steps.select_related("made_by") if step.version == versions[step.record]
    )
    return {step.record: step.made_by for step in approved}
