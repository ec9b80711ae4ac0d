"""What blocks publishing the record of a page, and what is mended at the desk and waits as well."""

from collections.abc import Iterable
from typing import NamedTuple

from tracker.desk.admin.site.messages import Says, format_own_problems
from tracker.desk.admin.site.naming import Named, names
from tracker.models import Record
from tracker.models.nouns import noun_of, records_of
from tracker.publishing.publish import Chosen, blockers
from tracker.publishing.status import statuses
from tracker.values.problems import Key, Problem


class Blockers(NamedTuple):
    """Reasons against publishing a record, and those changed records with which some of them would be none."""

    reasons: list[Says]
    together: list[Named]


def find_blockers(record: Record, by: int) -> Blockers:
    """Return why this person can't publish a record as it is, and what to publish along."""
    chosen = Chosen(noun_of(record), record.pk, record.version)
    problems = blockers(records=[chosen], by=by)
    changed = _changed({key for problem in problems for key in problem.others})
    mended = _mended(chosen, problems, changed, by) if changed else set()
    named = names(mended)
    return Blockers(format_own_problems(problems), [named[key] for key in sorted(mended)])


def _mended(chosen: Chosen, problems: Iterable[Problem], changed: set[Key], by: int) -> set[Key]:
    """Return which of the changed records, published along, take away a problem that the record has."""
    left = set(blockers(records=[chosen, *(Chosen(*key) for key in changed)], by=by))
    return {key for problem in problems if problem not in left for key in problem.others if key in changed}


def _changed(keys: set[Key]) -> set[Key]:
    """Return which of these records readers see, but otherwise than they are at the desk."""
    changed: set[Key] = set()
    for noun in {noun for noun, _ in keys}:
        status_of = statuses(noun, [record for of, record in keys if of is noun])
        rows = records_of(noun).filter(pk__in=status_of).values_list("pk", "version")
        changed |= {(noun, record) for record, version in rows if status_of[record].version not in (None, version)}
    return changed
