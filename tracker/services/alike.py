"""Claims, meetings and votes that are there already: of the same actor or pair on the same issue, of the same
participants, on a day that both may mean; of the same body on the same day, under one symbol with one tally. Whoever
adds another is told, and decides; that two are accepted at once, the publication refuses.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from tracker.models.queries import rows_of
from tracker.values.dates import bounds
from tracker.values.nouns import Noun
from tracker.values.periods import Days, Ends, meet, meeting_days, possible

MOST_TOLD = 5  # of the records that one may be
SAYS = {
    Noun.STANCE: "the same actor and issue, at the same time",
    Noun.ALIGNMENT: "the same pair and issue, at the same time",
    Noun.MEETING: "the same participants, on the same day",
    Noun.VOTE: "the same body, day, symbol and tally",
}
ACTORS = {Noun.STANCE: ("actor",), Noun.ALIGNMENT: ("actor", "counterpart"), Noun.VOTE: ("body",)}
OF_A_DAY = (Noun.MEETING, Noun.VOTE)
TALLIES = ("tally_yes", "tally_no", "tally_abstain")


class Sought(NamedTuple):
    """What is looked for: actors in the order of their ids, of a claim the issue, and the days when it may be so.

    `same` is what else must be the same: of a vote, its symbol and tally.
    """

    actors: tuple[int, ...]
    issue: int | None
    same: str
    days: Days

    def is_like(self, other: "Sought") -> bool:
        """Say whether both may be the same."""
        return self[:3] == other[:3] and meet(self.days, other.days)


def ends_of(since: str | None, until: str | None) -> Ends:
    """Return the ends of a period of vague dates."""
    begin, end = (bounds(text) if text else None for text in (since, until))
    return Ends(
        begin.earliest if begin else None,
        begin.latest if begin else None,
        end.earliest if end else None,
        end.latest if end else None,
    )


def about(noun: Noun, actors: Sequence[int], issue: int | None, ends: Ends, same: str = "") -> Sought:
    """Return what a claim, meeting or vote is about."""
    days = possible(meeting_days(ends) if noun in OF_A_DAY else ends)
    return Sought(tuple(sorted(set(actors))), issue, same, days)


def about_vote(body: int, values: Mapping[str, Any]) -> Sought | None:
    """Return what a vote of a body is about, by what is said of its fields; None if its day is not known."""
    ends = ends_of(values.get("held"), None)
    same = json.dumps([values.get("symbol") or "", *map(values.get, TALLIES)], ensure_ascii=False)
    return about(Noun.VOTE, [body], None, ends, same) if ends.since_earliest else None


def alike(noun: Noun, sought: Sequence[Sought]) -> list[list[int]]:
    """Return for each the records that may be the same, by their ids; one query."""
    here: dict[Any, list[tuple[int, Sought]]] = defaultdict(list)
    for record, actors, issue, same, *ends in _here(noun, sought) if sought else ():
        there = about(noun, actors, issue, Ends(*ends), same)
        here[there[:3]].append((record, there))
    return [sorted(record for record, other in here.get(wanted[:3], ()) if wanted.is_like(other)) for wanted in sought]


def _here(noun: Noun, sought: Sequence[Sought]) -> list[tuple[Any, ...]]:
    """Return what is about the same actors and issues, or was meanwhile: number, actors, issue, what else, ends."""
    bound: dict[str, Any] = {
        "actors": list({actor for wanted in sought for actor in wanted.actors}),
        "issues": list({wanted.issue for wanted in sought if wanted.issue}),
        "first": min(wanted.days.first or date.min for wanted in sought),
        "last": max(wanted.days.last or date.max for wanted in sought),
    }
    return rows_of(_HERE[noun], bound)


# A program's POST asks it each time: composed once, as it costs a tenth of the ORM's.
_HERE = {
    Noun.STANCE: """
        SELECT id, ARRAY[actor_id], issue_id, '', since_earliest, since_latest, until_earliest, until_latest
        FROM tracker_stance WHERE actor_id = ANY(%(actors)s) AND issue_id = ANY(%(issues)s)
    """,
    Noun.ALIGNMENT: """
        SELECT id, ARRAY[actor_id, counterpart_id], issue_id, '',
            since_earliest, since_latest, until_earliest, until_latest
        FROM tracker_alignment
        WHERE actor_id = ANY(%(actors)s) AND counterpart_id = ANY(%(actors)s) AND issue_id = ANY(%(issues)s)
    """,
    Noun.MEETING: """
        SELECT id, ARRAY(SELECT actor_id FROM tracker_participant WHERE meeting_id = m.id), NULL, '',
            since_earliest, since_latest, until_earliest, until_latest
        FROM tracker_meeting m
        WHERE since_earliest <= %(last)s AND COALESCE(until_latest, since_latest) >= %(first)s
        AND id IN (SELECT meeting_id FROM tracker_participant WHERE actor_id = ANY(%(actors)s))
    """,
    Noun.VOTE: """
        SELECT id, ARRAY[body_id], NULL, json_build_array(symbol, tally_yes, tally_no, tally_abstain)::text,
            held_earliest, held_latest, NULL, NULL
        FROM tracker_vote
        WHERE body_id = ANY(%(actors)s) AND held_earliest <= %(last)s AND held_latest >= %(first)s
    """,
}
LOOKED_FOR = frozenset(_HERE)
