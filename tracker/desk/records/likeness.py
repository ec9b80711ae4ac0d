"""Records that are there already: claims of the same actor or pair on the same issue, neither of which follows the
other; meetings of the same participants, on a day that both may mean; votes of the same body on the same day, where
neither symbol nor tally is another; sources at one address, however it is spelled, and actors of one Wikidata item.
Whoever adds or reviews another is told, and decides; that two claims are accepted at once, the publication refuses.
"""

import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from tracker.models import Participant, Record
from tracker.models.queries import rows_of
from tracker.values.dates import bounds
from tracker.values.nouns import Noun
from tracker.values.periods import Days, Ends, asserted, meet, meeting_days, possible
from tracker.values.vocabularies import Standing

MOST_TOLD = 5  # of the records that one may be
SAYS = {
    Noun.STANCE: "the same actor and issue, at the same time",
    Noun.ALIGNMENT: "the same pair and issue, at the same time",
    Noun.MEETING: "the same participants, on the same day",
    Noun.VOTE: "the same body and day, and no other symbol or tally",
    Noun.SOURCE: "the same address",
    Noun.ACTOR: "the same Wikidata item",
}
KEY_FIELDS = {Noun.SOURCE: "url", Noun.ACTOR: "wikidata_id"}  # which change what a record is, so an edit is told too
ACTORS = {Noun.STANCE: ("actor",), Noun.ALIGNMENT: ("actor", "counterpart"), Noun.VOTE: ("body",)}
OF_A_DAY = (Noun.MEETING, Noun.VOTE)
TALLIES = ("tally_yes", "tally_no", "tally_abstain")


class Sought(NamedTuple):
    """What is looked for: actors in the order of their ids, of a claim the issue, and the days that count.

    `same` is what else must not differ, None where nothing is said: of a vote, its symbol and tally; of a source, its
    address as the database compares it; of an actor, its Wikidata item.
    """

    actors: tuple[int, ...]
    issue: int | None
    days: Days
    same: tuple[Any, ...] = ()

    def is_like(self, other: "Sought") -> bool:
        """Say whether both may be the same: nothing contradicts nothing."""
        return (
            self[:2] == other[:2]
            and meet(self.days, other.days)
            and all(mine is None or its is None or mine == its for mine, its in zip(self.same, other.same, strict=True))
        )


class Index:
    """What there is, by what it is about; of one actor and issue the last `most` are held."""

    def __init__(self, most: int = sys.maxsize) -> None:
        self._most, self._about = most, defaultdict[Any, list[tuple[Any, Sought]]](list)

    def add(self, named: Any, of: Sought) -> None:
        for key in _keys(of):
            self._about[key].append((named, of))
            del self._about[key][: -self._most]

    def find(self, wanted: Sought) -> list[Any]:
        """Return what may be the same, in the order in which it was added."""
        near = (entry for key in _keys(wanted) for entry in self._about.get(key, ()))
        return list(dict.fromkeys(named for named, of in near if wanted.is_like(of)))


def _keys(of: Sought) -> Iterator[Any]:
    """Yield by what it is looked up: of what has a day each year in which that may lie, as a body has many votes."""
    if not of.actors:
        yield of.same
    elif of.issue is not None:
        yield of[:2]
    elif of.days.first and of.days.last:
        yield from ((of.actors, year) for year in range(of.days.first.year, of.days.last.year + 1))


def ends_of(since: str | None, until: str | None) -> Ends:
    """Return the ends of a period of vague dates."""
    begin, end = (bounds(text) if text else None for text in (since, until))
    return Ends(
        begin.earliest if begin else None,
        begin.latest if begin else None,
        end.earliest if end else None,
        end.latest if end else None,
    )


def about(noun: Noun, actors: Sequence[int], issue: int | None, ends: Ends, same: Sequence[Any] = ()) -> Sought:
    """Return what a claim, meeting or vote is about; of a vote, `same` are its symbol, as it is written, and tally."""
    days = possible(meeting_days(ends)) if noun in OF_A_DAY else _days_of_claim(ends)
    symbol = ["".join(text.split()).casefold() or None for text in same[:1]]
    return Sought(tuple(sorted(set(actors))), issue, days, (*symbol, *same[1:]))


def _days_of_claim(ends: Ends) -> Days:
    """Return the days that no other claim may share: "until 2020" and "since 2020" follow each other.

    A claim that may have begun in the very period in which it ends has no other days: it is held against all of them.
    """
    since, until = ends.since_earliest, ends.until_earliest
    return possible(ends) if since and until and until <= since else asserted(ends)


def about_vote(body: int, values: Mapping[str, Any]) -> Sought | None:
    """Return what a vote of a body is about, by what is said of its fields; None if its day is not known."""
    ends = ends_of(values.get("held"), None)
    same = [values.get("symbol") or "", *map(values.get, TALLIES)]
    return about(Noun.VOTE, [body], None, ends, same) if ends.since_earliest else None


def about_key(key: str | None) -> Sought | None:
    """Return what a source or an actor is about, by the key that nothing else should have; None if it has none."""
    return Sought((), None, possible(ends_of(None, None)), (key,)) if key else None


def about_record(noun: Noun, record: Any, participants: Collection[int] = ()) -> Sought | None:
    """Return what a record is about, a meeting of these participants; None if that isn't plain.

    Of a source `url_key` is what counts, which the database makes: of one that isn't saved, see `normalised`.
    """
    if noun in KEY_FIELDS:
        return about_key(record.url_key if noun is Noun.SOURCE else record.wikidata_id)
    if noun is Noun.VOTE:
        return about_vote(record.body_id, vars(record))
    ends = ends_of(record.since, record.until)
    if noun is Noun.MEETING:
        return about(noun, [*participants], None, ends) if participants and ends.since_earliest else None
    return about(noun, [getattr(record, f"{name}_id") for name in ACTORS[noun]], record.issue_id, ends)


def is_contested(record: Any) -> bool:
    """Tell whether a claim is meant to stand beside another."""
    return bool(getattr(record, "standing", "") == Standing.CONTESTED)


def others_of(noun: Noun, records: Sequence[Record]) -> dict[int, list[int]]:
    """Return for saved records the ids of others that each may be; what has none is left out; two queries."""
    participants: dict[int, set[int]] = defaultdict(set)
    if noun is Noun.MEETING:
        pairs = Participant.objects.filter(meeting__in=[record.pk for record in records])
        for meeting, actor in pairs.values_list("meeting", "actor"):
            participants[meeting].add(actor)
    abouts = {
        record.pk: about_record(noun, record, participants[record.pk])
        for record in records
        if noun in LOOKED_FOR and not is_contested(record)
    }
    sought = {record: wanted for record, wanted in abouts.items() if wanted}
    there = zip(sought, alike(noun, [*sought.values()]), strict=True)
    return {record: others for record, ids in there if (others := [pk for pk in ids if pk != record])}


def alike(noun: Noun, sought: Sequence[Sought], without: Collection[int] = ()) -> list[list[int]]:
    """Return for each the records that may be the same, by their ids, but for some; one query."""
    here = Index()
    for record, actors, issue, *rest in _here(noun, sought) if sought else ():
        if record not in without and (
            of := about_key(rest[4]) if noun in KEY_FIELDS else about(noun, actors, issue, Ends(*rest[:4]), rest[4:])
        ):
            here.add(record, of)
    return [sorted(here.find(wanted)) for wanted in sought]


def _here(noun: Noun, sought: Sequence[Sought]) -> list[tuple[Any, ...]]:
    """Return what is about the same actors and issues, or was meanwhile: number, actors, issue, ends, what else."""
    bound: dict[str, Any] = {
        "actors": list({actor for wanted in sought for actor in wanted.actors}),
        "issues": list({wanted.issue for wanted in sought if wanted.issue}),
        "first": min(wanted.days.first or date.min for wanted in sought),
        "last": max(wanted.days.last or date.max for wanted in sought),
        "keys": [wanted.same[0] for wanted in sought if noun in KEY_FIELDS],
    }
    return rows_of(_HERE[noun], bound)


# A program's POST asks it each time: composed once, as it costs a tenth of the ORM's.
_HERE = {
    Noun.STANCE: """
        SELECT id, ARRAY[actor_id], issue_id, since_earliest, since_latest, until_earliest, until_latest
        FROM tracker_stance WHERE actor_id = ANY(%(actors)s) AND issue_id = ANY(%(issues)s)
    """,
    Noun.ALIGNMENT: """
        SELECT id, ARRAY[actor_id, counterpart_id], issue_id, since_earliest, since_latest, until_earliest, until_latest
        FROM tracker_alignment
        WHERE actor_id = ANY(%(actors)s) AND counterpart_id = ANY(%(actors)s) AND issue_id = ANY(%(issues)s)
    """,
    Noun.MEETING: """
        SELECT id, ARRAY(SELECT actor_id FROM tracker_participant WHERE meeting_id = m.id), NULL,
            since_earliest, since_latest, until_earliest, until_latest
        FROM tracker_meeting m
        WHERE since_earliest <= %(last)s AND COALESCE(until_latest, since_latest) >= %(first)s
        AND id IN (SELECT meeting_id FROM tracker_participant WHERE actor_id = ANY(%(actors)s))
    """,
    Noun.VOTE: """
        SELECT id, ARRAY[body_id], NULL, held_earliest, held_latest, NULL, NULL,
            symbol, tally_yes, tally_no, tally_abstain
        FROM tracker_vote
        WHERE body_id = ANY(%(actors)s) AND held_earliest <= %(last)s AND held_latest >= %(first)s
    """,
    Noun.SOURCE: """
        SELECT id, ARRAY[]::integer[], NULL, NULL, NULL, NULL, NULL, url_key
        FROM tracker_source WHERE url_key = ANY(%(keys)s) AND url <> '' AND merged_into_id IS NULL
    """,
    Noun.ACTOR: """
        SELECT id, ARRAY[]::integer[], NULL, NULL, NULL, NULL, NULL, wikidata_id
        FROM tracker_actor WHERE wikidata_id = ANY(%(keys)s) AND merged_into_id IS NULL
    """,
}
LOOKED_FOR = frozenset(_HERE)
CODED = LOOKED_FOR - KEY_FIELDS.keys()  # imports look for the others by more than their key
