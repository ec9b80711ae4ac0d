"""Taking a step: records are locked at the version looked at, every objection is told, and the step is kept."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth import get_user_model

from tracker.history import current
from tracker.history.authorship import last_changed_by
from tracker.models import Review
from tracker.models.nouns import records_of
from tracker.publication.publish.chosen import uncited
from tracker.publication.publish.locking import Batch, Chosen, all_or_nothing, by_noun, lock_desk, merged
from tracker.publication.publish.status import Status, statuses
from tracker.values.nouns import Noun
from tracker.values.problems import Key, Problem, Refused
from tracker.values.texts import stripped
from tracker.values.vocabularies import Act, State

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


def take(
    act: Act,
    records: Iterable[Chosen],
    objection: Objection,
    *,
    text: str = "",
    to: Callable[[LockedRecord, int], int | None] = lambda record, by: None,
    becomes: State | None = None,
) -> None:
    """Take a step with records, of which `objection` says what speaks against it, and `to` whose turn it is then.

    Both are told the record and who takes the step. Raises Refused, and ValueError if nobody is known to take it.
    """
    by = current().made_by
    if by is None:
        raise ValueError("a step of a review is somebody's: say who in history.change(made_by=…)")
    chosen, comment = by_noun(records), stripped(text)
    with all_or_nothing(chosen):
        batch, problems = lock_desk(chosen)
        locked = [*_taken(batch)]
        problems += _against(act, batch, locked, objection, by)
        turns = {record.key: to(record, by) for record in locked}
        if locked and act in (Act.SENT_BACK, Act.COMMENTED) and not comment:
            problems.append(Problem("refused", SAYS_NOTHING, ("text",), record=locked[0].key))
        if locked and not _are_in_the_team(turns.values()):
            problems.append(Problem("refused", NOBODY, ("to",), record=locked[0].key))
        if problems:
            raise Refused(problems)
        for noun, versions in _moved(batch, becomes).items():
            Review.objects.bulk_create(
                Review(
                    noun=noun, record=pk, version=version, act=act, to_id=turns[noun, pk], text=comment, made_by_id=by
                )
                for pk, version in versions.items()
            )


def looked_at(act: Act, records: Iterable[Chosen], objection: Objection, *, by: int) -> list[Problem]:
    """Return what speaks against somebody's taking a step with records; nothing is done, nobody is waited for."""
    batch, problems = lock_desk(by_noun(records), lock=False)
    return [*problems, *_against(act, batch, [*_taken(batch)], objection, by)]


def _against(
    act: Act, batch: Batch, records: Iterable[LockedRecord], objection: Objection, by: int
) -> Iterator[Problem]:
    merged_away = [*merged(batch)] if act is not Act.COMMENTED else []
    yield from merged_away
    parts = {problem.record for problem in merged_away}
    for record in records:
        if record.key not in parts and (says := objection(record, by)):
            yield Problem("refused", says, record=record.key)
    if act is Act.SUBMITTED:
        yield from uncited(batch)


def _taken(batch: Batch) -> Iterator[LockedRecord]:
    """Yield what is to be known of locked records; four queries a noun."""
    for noun, versions in batch.items():
        states = dict(records_of(noun).filter(pk__in=versions).values_list("pk", "state"))
        public, changed_by = statuses(noun, versions), last_changed_by(noun, versions)
        submitted_by = _submitted_by(noun, versions)
        for pk, version in versions.items():
            yield LockedRecord(noun, pk, version, states[pk], public[pk], changed_by.get(pk), submitted_by.get(pk))


def _submitted_by(noun: Noun, records: Iterable[int]) -> dict[int, int]:
    """Return who submitted records last, if they are still in the team."""
    rows = Review.objects.filter(noun=noun, record__in=list(records), act=Act.SUBMITTED, made_by__is_active=True)
    return dict(rows.order_by("id").values_list("record", "made_by"))


def _are_in_the_team(people: Iterable[int | None]) -> bool:
    wanted = {person for person in people if person is not None}
    return get_user_model()._default_manager.filter(pk__in=wanted, is_active=True).count() == len(wanted)


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
