"""Pages about what somebody looks for:
of what is named, of two actors, and lists that filters make.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings

from tracker.public.cards.asked import JOINED, MEMBERS, Asked
from tracker.public.cards.context import Context, pair_address
from tracker.public.cards.highlights import Hit, hit
from tracker.public.read.editions import AsOf
from tracker.public.read.lists import Question, page
from tracker.public.read.names import Named
from tracker.public.read.occurrences import TOOK_PLACE, Counted, counted
from tracker.schema.records import USUAL, read_body
from tracker.values.nearness import all_forms
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ActKind, ActorKind, ActStatus, MeetingStatus

DONE = tuple(status for status in ActStatus if status in TOOK_PLACE)
MET = 3  # meetings of two people


class Way(NamedTuple):
    """What a page is called, and where it is:
    its path, what it is narrowed to, and the place on it.
    """

    name: str
    path: str
    chosen: Mapping[str, str | int] = {}
    anchor: str = ""

    def address(self, q: str) -> str:
        """Return it with the dates that were chosen, a query string."""
        chosen = urlencode(self.chosen, safe=",")
        return f"{self.path}{q}{('&' if q else '?') + chosen if chosen else ''}{self.anchor}"

    def narrowed(self, year: int | None, met: Mapping[str, str]) -> "Way":
        """Return it for votes of the year that is asked for, or for meetings of whom and when."""
        chosen: Mapping[str, str | int] = {}
        if self.path == MEETINGS:
            chosen = met
        elif self.path == VOTES and year:
            chosen = {"year": year}
        name = f"{self.name}{_of_year(year)}" if chosen else self.name
        return self._replace(name=name, chosen={**self.chosen, **chosen})


MEETINGS, VOTES = "/meetings/", "/votes/"
# What words of a search lead to, beside members, acts and votes on which two differed.
LISTS: Sequence[tuple[set[str], Way]] = [
    ({"forecast", "prediction"}, Way("All forecasts, and what became of them", "/forecasts/")),
    ({"correction"}, Way("What was corrected, and why", "/corrections/")),
    ({"agreement", "alike"}, Way("How alike they vote", "/agreement/")),
    ({"download"}, Way("Get the data", "/about/", anchor="#data")),
    ({"licence", "license"}, Way("Licence", "/about/", anchor="#licence")),
    ({"release"}, Way("Releases: editions with a name, and their files", "/releases/")),
    ({"meeting", "met", "meet", "trip", "visit"}, Way("Meetings", MEETINGS)),
    ({"call", "phone", "telephone"}, Way("Meetings: calls", MEETINGS, {"kind": "call"})),
    ({"summit"}, Way("Meetings: summits", MEETINGS, {"kind": "summit"})),
    ({"vote"}, Way("Votes", VOTES)),
    ({"veto", "vetoes"}, Way("Vetoes", VOTES, {"outcome": "vetoed"})),
    ({"source"}, Way("Sources", "/sources/")),
    ({"date", "current", "updated"}, Way("Up to when it goes", "/", anchor="#covers")),
]
DIFFERING = {"apart", "differ", "differently", "disagree", "disagreement", "opposite", "split"}
KINDS_OF_ACTS = {word for kind in ActKind for word in kind.label.split()}
LEADING = KINDS_OF_ACTS.union(MEMBERS, DIFFERING, *(words for words, _ in LISTS))


def ways(
    asked: Asked, named: Sequence[Named], on: date, edition: int, stamp: int | None, q: str
) -> list[tuple[str, str]]:
    """Return names and addresses of pages about what is asked for, the nearest first;
    `q` are the dates of links.

    They lead to members, and to kinds and series of acts, only where an edition, whose moment is
    `stamp`, has any. Two statements at most, and one that is kept.
    """
    keys = [actor.key for actor in asked.members_of(named)[:2]]
    with_members = [key for key in keys if _members(key, edition)]
    acts = counted(Noun.ACT, DONE, on, edition, stamp)
    return [(way.name, way.address(q)) for way in _ways(asked, named, with_members, acts)]


def last_met(asked: Asked, named: Sequence[Named], edition: int, context: Context) -> list[Hit]:
    """Return the last meetings to which two people came who are named, in the year that is named.

    One statement, if there are two people.
    """
    _, people = _apart([each for each in named if each.noun is Noun.ACTOR])
    if len(people) < 2:
        return []
    both = {
        "all_represented_by": [each.key for each in people[:2]],
        "to": context.on,
        "status": [MeetingStatus.HELD],
    }
    if asked.year:
        both |= {"from": date(asked.year, 1, 1), "to": min(context.on, date(asked.year, 12, 31))}
    met = _first(Noun.MEETING, both, edition, MET)
    return [hit(Noun.MEETING, read_body(Noun.MEETING, body), context, asked.words) for body in met]


def words_left(asked: Asked, named: Sequence[Named]) -> list[str]:
    """Return the words that name nothing and lead to no list, without the year."""
    of_names = {word for each in named for word in each.words}
    known = LEADING | of_names | {str(asked.year)}
    return [word for word in asked.bare if known.isdisjoint(all_forms(word.casefold()))]


def _members(key: str, edition: int) -> Sequence[bytes]:
    return _first(Noun.ACTOR, {"member_of": [key]}, edition, 1)


def _first(noun: Noun, chosen: Mapping[str, Any], edition: int, size: int) -> Sequence[bytes]:
    """Return the first records of an edition that match what is chosen, as JSON."""
    order, as_of = USUAL[noun], AsOf(edition)
    return page(
        Question(noun, chosen, order=order, as_of=as_of, after=None, size=size, counts=False)
    ).page.results


def _ways(
    asked: Asked, named: Sequence[Named], with_members: Collection[str], acts: Sequence[Counted]
) -> Iterator[Way]:
    words, year = [word.casefold() for word in asked.bare], asked.year
    actors = [each for each in named if each.noun is Noun.ACTOR]
    powers, people = _apart(actors)
    forms = set().union(*map(all_forms, words))
    members = [_members_page(actor) for actor in actors if actor.key in with_members]
    if asked.asks_for_members:
        yield from members
    dated = {"from": f"{year}-01-01", "to": f"{year}-12-31"} if year else {}
    together = (
        {"all_participants": ",".join(actor.key for actor in powers[:2])} if len(powers) > 1 else {}
    )
    for several in (powers, people):
        if len(several) > 1:
            first, second = several[:2]
            yield Way(f"{first.name} and {second.name}", pair_address(first.key, second.key))
    names = Counter(each.name for each in named)
    for each in named:
        name = each.name if names[each.name] == 1 else f"{each.name} ({each.noun})"
        yield Way(name, f"/{each.noun.plural}/{each.key}/")
    if not asked.asks_for_members:
        yield from members
    done = [of for of in acts if year in (None, of.year)]
    of_year = _of_year(year)
    others = [word for word in words if word != str(year)]
    for series in dict.fromkeys(of.series for of in done if of.series):
        if len(others) > 1 and all(
            all_forms(word) & {*series.casefold().split()} for word in others
        ):
            yield Way(f"{series}{of_year}", "/acts/", {"series": series, **dated})
    for kind in map(ActKind, dict.fromkeys(of.kind for of in done)):
        if kind is not ActKind.OTHER and {*kind.label.split()} <= forms:
            yield Way(
                f"Acts: {kind.label}{of_year}", "/acts/", {"kind": kind.value, **dated, **together}
            )
    if forms & DIFFERING:
        yield from _differing([actor for actor in powers if actor.kind not in JOINED], year)
    if not together and len(people) > 1:
        together = {"all_participants": ",".join(person.key for person in people[:2])}
    for leading, way in LISTS:
        if leading & forms:
            yield way.narrowed(year, {**dated, **together})


def _members_page(actor: Named) -> Way:
    return Way(f"Members of {actor.name}", f"/actors/{actor.key}/", anchor="#members")


def _differing(powers: Sequence[Named], year: int | None) -> Iterator[Way]:
    """Yield where the first two differ, who are those in focus if no two are named."""
    focus = settings.FOCUS[:2]
    keys = [power.key for power in powers[:2]] if powers else focus
    if len(keys) < 2:
        return
    if not year and {*keys} == {*focus}:
        yield Way("Questions on which they differ", "/", {"differ": "true"})
    chosen: dict[str, str | int] = {"differs": ",".join(keys)}
    if year:
        chosen["year"] = year
    yield Way(f"Votes{_of_year(year)} on which they differed", VOTES, chosen)


def _of_year(year: int | None) -> str:
    return f" of {year}" if year else ""


def _apart(actors: Sequence[Named]) -> tuple[list[Named], list[Named]]:
    """Return all others, and people."""
    people = [actor for actor in actors if actor.kind == ActorKind.PERSON]
    return [actor for actor in actors if actor not in people], people
