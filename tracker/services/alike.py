"""Claims and meetings that are there already: of the same actor or pair on the same issue, or of the same participants,
on a day that both may mean. Whoever adds another is told, and decides; that two are accepted at once, the publication
refuses.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models.functions import Coalesce

from tracker.formats.csv_cells import bounds
from tracker.models import Alignment, Meeting, Participant, Stance
from tracker.values.nouns import Noun
from tracker.values.periods import Days, Ends, meet, meeting_days, possible

ENDS = ("since_earliest", "since_latest", "until_earliest", "until_latest")


class Sought(NamedTuple):
    """What is looked for: actors in the order of their ids, of a claim the issue, and the days when it may be so."""

    actors: tuple[int, ...]
    issue: int | None
    days: Days

    def is_like(self, other: "Sought") -> bool:
        """Say whether both may be the same."""
        return self[:2] == other[:2] and meet(self.days, other.days)


Here = Iterator[tuple[int, Sought]]


def ends_of(since: str | None, until: str | None) -> Ends:
    """Return the ends of a period of vague dates."""
    one, other = (bounds(text) if text else None for text in (since, until))
    return Ends(
        one.earliest if one else None,
        one.latest if one else None,
        other.earliest if other else None,
        other.latest if other else None,
    )


def about(noun: Noun, actors: Sequence[int], issue: int | None, ends: Ends) -> Sought:
    """Return what a claim or meeting is about."""
    is_meeting = noun is Noun.MEETING
    return Sought(tuple(sorted(set(actors))), issue, possible(meeting_days(ends) if is_meeting else ends))


def alike(noun: Noun, sought: Sequence[Sought]) -> list[list[int]]:
    """Return for each the records that may be the same, by their ids; two queries at most."""
    here: dict[Any, list[tuple[int, Sought]]] = defaultdict(list)
    for record, one in _HERE[noun](sought) if sought else ():
        here[one[:2]].append((record, one))
    return [sorted(record for record, other in here.get(one[:2], ()) if one.is_like(other)) for one in sought]


def _stances(sought: Sequence[Sought]) -> Here:
    actors, issues = _named(sought)
    rows = Stance.objects.filter(actor__in=actors, issue__in=issues)
    for record, actor, issue, *ends in rows.values_list("pk", "actor", "issue", *ENDS):
        yield record, about(Noun.STANCE, [actor], issue, Ends(*ends))


def _alignments(sought: Sequence[Sought]) -> Here:
    actors, issues = _named(sought)
    rows = Alignment.objects.filter(actor__in=actors, counterpart__in=actors, issue__in=issues)
    for record, actor, counterpart, issue, *ends in rows.values_list("pk", "actor", "counterpart", "issue", *ENDS):
        yield record, about(Noun.ALIGNMENT, [actor, counterpart], issue, Ends(*ends))


def _meetings(sought: Sequence[Sought]) -> Here:
    actors, _ = _named(sought)
    first = min((one.days.first for one in sought if one.days.first), default=None)
    last = max((one.days.last for one in sought if one.days.last), default=None)
    ended = Coalesce("until_latest", "since_latest")
    rows = Meeting.objects.annotate(ended=ended).filter(since_earliest__lte=last, ended__gte=first)
    with_some = rows.filter(pk__in=Participant.objects.filter(actor__in=actors).values("meeting"))
    taking: dict[int, list[int]] = defaultdict(list)
    found = {record: Ends(*ends) for record, *ends in with_some.values_list("pk", *ENDS)}
    for meeting, actor in Participant.objects.filter(meeting__in=found).values_list("meeting", "actor"):
        taking[meeting].append(actor)
    for record, ends in found.items():
        yield record, about(Noun.MEETING, taking[record], None, ends)


def _named(sought: Sequence[Sought]) -> tuple[set[int], set[int]]:
    return {actor for one in sought for actor in one.actors}, {one.issue for one in sought if one.issue}


_HERE: dict[Noun, Callable[[Sequence[Sought]], Here]] = {
    Noun.STANCE: _stances,
    Noun.ALIGNMENT: _alignments,
    Noun.MEETING: _meetings,
}
LOOKED_FOR = frozenset(_HERE)
