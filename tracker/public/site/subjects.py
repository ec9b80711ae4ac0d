"""Issues, actors, and pairs of actors:
positions, how pairs work together, what they did and when they met.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings

from tracker.public.cards.age import ends_of, holds
from tracker.public.cards.cards import Section
from tracker.public.cards.context import Body, pair_address
from tracker.public.cards.evidence import of_claims
from tracker.public.cards.findings import of_actor, on_issue, only_forecast
from tracker.public.cards.matrix import MatrixPart, PairMatrix
from tracker.public.cards.pictures.lanes import by_actor
from tracker.public.cards.pictures.lanes import by_issue as lanes_by_issue
from tracker.public.cards.record_sentences import vote
from tracker.public.formats.csv import Table
from tracker.public.http.clients import origin
from tracker.public.read.bodies import votes_by_body
from tracker.public.read.coverage import origins
from tracker.public.read.lists import Question
from tracker.public.read.lists import page as list_page
from tracker.public.site.agreement import agreed, years_of
from tracker.public.site.dates import Dates
from tracker.public.site.kept import Form, PageContext, html_of
from tracker.public.site.matrix import CLAIMS, matrix_of, matrix_questions, of_matrix
from tracker.public.site.page import (
    CLAIMS_SHOWN,
    DRAWN,
    Content,
    Drawing,
    MovedError,
    Page,
    PageError,
    files,
)
from tracker.public.site.reading import (
    BY_BEGINNING,
    Chosen,
    Records,
    actors_in_focus,
    cards,
    context,
    pair_in_focus,
    question,
    recent_changes,
    record,
    records_of,
    run,
    settled,
    table_of,
    timeline_of,
    told,
    tree,
)
from tracker.schema.agreement import FEW
from tracker.values.days import at, lifetime, period
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ActorKind, VoteKind

LISTED, OTHERS, ACTORS = 20, 50, 1_000  # of acts, meetings and votes; of other claims; of actors
NOTHING = Records(Noun.STANCE, ())  # what isn't asked for
DIFFERED = "differs={first},{second}&year={year}"  # what the table of votes has, too


class Issues(Page):
    template_name = "site/issues.html"
    title = "Issues"
    description = "All issues on which the tracker tells who takes which position, as a tree."
    api = files(Noun.ISSUE)

    def content(self) -> Content:
        issues = tree(self.dates).by_importance()
        return {"issues": [(issue, settled(issue.settled, self.dates)) for issue in issues]}


class Lists(NamedTuple):
    """What a page about a subject asks, all at once:
    claims of the day, what happened up to it, and what is drawn.

    That is of any day. What a page doesn't ask is empty.
    """

    drawn_stances: Records
    drawn_acts: Records
    drawn_meetings: Records
    drawn_votes: Records
    drawn_alignments: Records = NOTHING
    stances: Records = NOTHING
    alignments: Records = NOTHING
    acts: Records = NOTHING
    meetings: Records = NOTHING
    votes: Records = NOTHING
    of_actors: Records = NOTHING
    of_pair: Records = NOTHING
    members: Records = NOTHING
    successors: Records = NOTHING

    @property
    def drawn(self) -> list[Records]:
        return [self.drawn_stances, self.drawn_alignments]

    @property
    def happened(self) -> list[Records]:
        return [self.drawn_acts, self.drawn_meetings, self.drawn_votes]


def gather(page: Page, came: Chosen, voted: Chosen, **asked: Question) -> Lists:
    """Return what is asked, and what happened:
    acts and meetings that are chosen by `came`, votes by `voted`.

    Pictures don't ask for what is listed of it. A statement each, all sent at once.
    """
    for noun, chosen in ((Noun.ACT, came), (Noun.MEETING, came), (Noun.VOTE, voted)):
        asked[f"drawn_{noun.plural}"] = question(noun, page.dates, chosen, DRAWN)
        if not page.suffix:
            asked[noun.plural] = question(noun, page.dates, {**chosen, "to": page.dates.on}, LISTED)
    return Lists(**dict(zip(asked, run(*asked.values()), strict=True)))


class IssuePage(Page):
    template_name = "site/issue.html"
    noun = Noun.ISSUE
    api = {
        "json": "/api/v1/issues/{key}/",
        "atom": "/api/v1/changes.atom?under={key}",
    }
    own = ("csv", "xlsx")

    def look_up(self, **path: Any) -> None:
        self.number, self.issue = record(Noun.ISSUE, path["key"], self.dates)
        self.slug, self.title = self.issue["slug"], self.issue["title"]
        self.description = (
            self.issue["question"]
            or self.issue["summary"]
            or f"Positions on {self.title}, with sources."
        )
        self.below: Chosen = {"under": [self.slug]}
        self.here: Chosen = {"issue": [self.slug], **told(self.dates)}

    def table(self) -> Table:
        of_focus = of_matrix(settings.FOCUS, {**self.below, **told(self.dates)})
        return table_of(
            self.dates, [(Noun.STANCE, self.here), (Noun.ALIGNMENT, self.here), *of_focus]
        )

    @cached_property
    def lists(self) -> Lists:
        dates, below = self.dates, self.below
        asked = {
            "stances": question(Noun.STANCE, dates, self.here),
            "alignments": question(Noun.ALIGNMENT, dates, self.here),
            "drawn_stances": question(Noun.STANCE, dates, below),
            "drawn_alignments": question(Noun.ALIGNMENT, dates, below),
        }
        if self._has_matrix:
            asked |= matrix_questions(dates, actors_in_focus(dates))
        return gather(self, below, below, **asked)

    @cached_property
    def matrix(self) -> PairMatrix | None:
        if not self._has_matrix:
            return None
        actors = actors_in_focus(self.dates)
        return matrix_of(self.dates, self.below, actors, self.lists.of_actors, self.lists.of_pair)

    @property
    def _has_matrix(self) -> bool:
        return bool(settings.FOCUS and tree(self.dates).below.get(self.slug))

    @cached_property
    def positions(self) -> dict[str, list[Body]]:
        """Return the stances of the day by actor."""
        of_actors: dict[str, list[Body]] = {}
        for stance in sorted(self.lists.stances, key=_place):
            of_actors.setdefault(stance["actor"]["slug"], []).append(stance)
        return of_actors

    def drawing(self) -> Drawing:
        lists, ordered = self.lists, [stance for own in self.positions.values() for stance in own]
        about = context(self.dates, issue=self.slug)
        finding = (
            ""
            if lists.stances.has_more or lists.alignments.has_more
            else on_issue(ordered, lists.alignments, about)
        )
        finding = finding or (self.matrix.finding if self.matrix else "")
        return timeline_of(
            self.dates, finding, lists.drawn, lists.happened, {"under": [self.number]}, by_actor
        )

    def content(self) -> Content:
        lists, issue = self.lists, self.issue
        shown = (lists.stances, lists.alignments, lists.acts, lists.meetings, lists.votes)
        about = context(self.dates, *shown, issue=self.slug, others=lists.drawn)
        others = [
            (several.noun, claim)
            for several in lists.drawn
            for claim in several
            if claim["issue"]["slug"] == self.slug and not holds(claim, about)
        ]
        return {
            "issue": issue,
            "settled": settled(issue["settled"], self.dates),
            "evidence": of_claims(
                [*lists.stances, *lists.alignments], origins(self.dates.edition, self.dates.stamp)
            ),
            "interests": [
                (of["actor"], (of["note"] or "").rstrip(" .")) for of in issue["core_interests"]
            ],
            "crumbs": [
                (wider.title, f"/issues/{wider.slug}/")
                for wider in tree(self.dates).above(self.slug)
            ],
            "positions": [
                Section(
                    f"actor-{slug}",
                    own[0]["actor"]["name"],
                    about.address(Noun.ACTOR, slug),
                    [html_of(Noun.STANCE, stance, about) for stance in own],
                    only_forecast(own, about),
                )
                for slug, own in self.positions.items()
            ],
            "others": [html_of(noun, claim, about, Form.LINE) for noun, claim in others[:OTHERS]],
            **cards(about, lists.alignments, lists.acts, lists.meetings, lists.votes),
            "has_more": lists.stances.has_more or lists.alignments.has_more,
            "earliest": _earliest(self.dates, self.slug)
            if issue["question"] and not lists.stances
            else "",
            "matrix": self.matrix,
            **recent_changes(self.dates, {"under": [self.number]}),
        }


def _place(stance: Body) -> tuple[int, str]:
    """Return where a stance comes:
    those of actors in focus first, accepted ones before contested ones.
    """
    actor, focus = stance["actor"]["slug"], settings.FOCUS
    return focus.index(actor) if actor in focus else len(focus), stance["standing"]


def _earliest(dates: Dates, issue: str) -> str | None:
    """Return since when there is the earliest stance of any day, in words: "" unknown; None:
    there is none.
    """
    first = records_of(Noun.STANCE, dates, {"issue": [issue]}, 1, BY_BEGINNING[Noun.STANCE])
    return None if not first else (first[0]["since"] and at(first[0]["since"])) or ""


class Actors(Page):
    """All actors, by kind."""

    template_name = "site/actors.html"
    title = "Actors"
    description = (
        "States, organizations, blocs, people and armed groups whose positions the tracker tells."
    )
    api = files(Noun.ACTOR)

    def content(self) -> Content:
        actors = records_of(Noun.ACTOR, self.dates, {}, ACTORS)
        kinds = [(kind, [actor for actor in actors if actor["kind"] == kind]) for kind in ActorKind]
        return {
            "kinds": [(kind.label, several) for kind, several in kinds if several],
            "pair": pair_in_focus(self.dates),
            "has_more": actors.has_more,
        }


class ActorPage(Page):
    template_name = "site/actor.html"
    noun = Noun.ACTOR
    api = {
        "json": "/api/v1/actors/{key}/",
        "csv": "/api/v1/stances.csv?actor={key}&standing=any&on={on}&with_settled=true",
        "atom": "/api/v1/changes.atom?actor={key}",
    }

    def look_up(self, **path: Any) -> None:
        self.number, self.actor = record(Noun.ACTOR, path["key"], self.dates)
        self.title = self.actor["name"]
        self.description = (
            self.actor["summary"] or f"Positions of {self.title} on each issue, with sources."
        )

    @cached_property
    def lists(self) -> Lists:
        dates, its = self.dates, [self.actor["slug"]]
        came = "represented_by" if self.actor["kind"] == ActorKind.PERSON else "participant"
        here = {"actor": its, **told(dates)}
        asked = {
            "stances": question(Noun.STANCE, dates, here, CLAIMS),
            "drawn_stances": question(Noun.STANCE, dates, {"actor": its}, DRAWN),
        }
        if not self.suffix:
            asked["alignments"] = question(Noun.ALIGNMENT, dates, here)
            asked["members"] = question(Noun.ACTOR, dates, {"member_of": its}, ACTORS)
            asked["successors"] = question(Noun.ACTOR, dates, {"predecessor": its}, ACTORS)
        return gather(self, {came: its}, {"body": its}, **asked)

    def drawing(self) -> Drawing:
        lists, of_it = self.lists, {"actors": [self.number]}
        finding = "" if lists.stances.has_more else of_actor(lists.stances, context(self.dates))
        return timeline_of(self.dates, finding, lists.drawn, lists.happened, of_it, lanes_by_issue)

    def content(self) -> Content:
        dates, actor, lists = self.dates, self.actor, self.lists
        stances, its = lists.stances[:CLAIMS_SHOWN], [actor["slug"]]
        about = context(
            dates, stances, lists.acts, lists.meetings, lists.votes, others=lists.drawn, actors=its
        )
        partners = {
            side["slug"]: side["name"]
            for alignment in lists.alignments
            for side in (alignment["actor"], alignment["counterpart"])
            if side["slug"] != actor["slug"]
        }
        of_it = [
            ((member, part, period(part["since"], part["until"])), _is_of_day(part, dates.on))
            for member in lists.members
            for part in member["memberships"]
            if part["organization"]["slug"] == actor["slug"]
        ]
        of_it.sort(
            key=lambda line: ("member" not in (role := line[0][1]["role"] or "member"), role)
        )
        deciding = (
            {body.record: body for body in votes_by_body(dates.edition, dates.stamp)}
            if lists.votes
            else {}
        )
        return {
            "actor": actor,
            "all_votes": deciding.get(self.number),
            "kind": ActorKind(actor["kind"]).label,
            "lifetime": lifetime(actor["since"], actor["until"]),
            "groups": by_issue(Noun.STANCE, stances, dates, about),
            "partners": [
                (name, pair_address(actor["slug"], slug)) for slug, name in partners.items()
            ],
            "memberships": [
                (part, period(part["since"], part["until"])) for part in actor["memberships"]
            ],
            "members": [line for line, is_now in of_it if is_now],
            "other_members": [line for line, is_now in of_it if not is_now],
            "neighbours": {
                "It follows": [
                    (part["predecessor"], lifetime(part["since"], None))
                    for part in actor["predecessors"]
                ],
                "It is followed by": [
                    (successor, lifetime(part["since"], None))
                    for successor in lists.successors
                    for part in successor["predecessors"]
                    if part["predecessor"]["slug"] == actor["slug"]
                ],
            },
            "frames": [
                (
                    [VoteKind(kind).label for kind in frame["kinds"]],
                    period(frame["since"], frame["until"]),
                    frame,
                )
                for frame in actor.get("frames", ())
            ],
            **cards(about, lists.acts, lists.meetings, lists.votes),
            "has_more": len(lists.stances) > CLAIMS_SHOWN,
            **recent_changes(dates, {"actors": [self.number]}),
        }


def _is_of_day(membership: Body, on: date) -> bool:
    ends = ends_of(membership)
    return (ends.since_earliest or on) <= on <= (ends.until_latest or on)


def by_issue(noun: Noun, claims: Sequence[Body], dates: Dates, about: PageContext) -> list[Section]:
    """Return the cards of claims by the widest issue, in the order in which matrices have them."""
    issues, groups = tree(dates), dict[str, Section]()
    places = {issue.slug: place for place, issue in enumerate(issues.by_importance())}
    for claim in sorted(
        claims, key=lambda claim: (places.get(claim["issue"]["slug"], 0), claim["standing"])
    ):
        here = issues.issues[claim["issue"]["slug"]]
        top = (issues.above(here.slug) or [here])[0]
        section = Section(f"under-{top.slug}", top.title, about.address(Noun.ISSUE, top.slug), [])
        groups.setdefault(top.slug, section).cards.append(html_of(noun, claim, about))
    return list(groups.values())


class PairPage(Page):
    """Two actors over all issues."""

    template_name = "site/pair.html"
    api = {
        "json": (
            "/api/v1/alignments/?actor={first},{second}&counterpart={first},{second}"
            "&standing=any&on={on}&with_settled=true"
        ),
        "atom": "/api/v1/changes.atom?actor={first},{second}",
    }
    own = ("csv", "xlsx")

    def look_up(self, **path: Any) -> None:
        self.pair = _pair(self.dates, path["first"], path["second"])
        self.actors = [actor for _, actor in self.pair]
        self.keys = [actor["slug"] for actor in self.actors]
        self.title = " and ".join(actor["name"] for actor in self.actors)
        self.description = f"How {self.title} work together, issue by issue."

    def table(self) -> Table:
        return table_of(self.dates, of_matrix(self.keys, told(self.dates)))

    @cached_property
    def lists(self) -> Lists:
        dates, keys = self.dates, self.keys
        asked = {
            **matrix_questions(dates, self.pair),
            "drawn_stances": question(Noun.STANCE, dates, {"actor": keys}, DRAWN),
            "drawn_alignments": question(
                Noun.ALIGNMENT, dates, {"actor": keys, "counterpart": keys}, DRAWN
            ),
        }
        return gather(self, {"all_participants": keys}, {"differs": keys}, **asked)

    @cached_property
    def matrix(self) -> PairMatrix:
        most = len(tree(self.dates).issues)
        return matrix_of(self.dates, {}, self.pair, self.lists.of_actors, self.lists.of_pair, most)

    def drawing(self) -> Drawing:
        lists, of_both = self.lists, {"actors": [number for number, _ in self.pair]}
        return timeline_of(
            self.dates, self.matrix.finding, lists.drawn, lists.happened, of_both, lanes_by_issue
        )

    def content(self) -> Content:
        dates, lists, matrix = self.dates, self.lists, self.matrix
        alignments = matrix.alignments[:CLAIMS_SHOWN]
        voters, others, keys = self.actors, lists.drawn, self.keys
        coded = [row for row in matrix.rows if any(cell.claims for cell in row.cells)]
        claims = [claim for row in coded for cell in row.cells[:2] for claim in cell.claims]
        deferring = [
            claim for claim in claims if (claim["defers_to"] or {}).get("slug") in self.keys
        ]
        cited = (alignments, deferring, lists.acts, lists.meetings)
        about = context(dates, *cited, voters=voters, others=others, actors=keys)
        rows = [
            row
            for row in coded
            if row.cells[-1].claims or all(cell.claims for cell in row.cells[:2])
        ]
        return {
            "actors": self.actors,
            "head": matrix.head,
            "relation": matrix.relation,
            "rows": MatrixPart(
                None, [row._replace(indent=0) for row in rows if not row.is_settled]
            ).html,
            "settled": MatrixPart(
                None, [row._replace(indent=0) for row in rows if row.is_settled]
            ).html,
            "many_settled": sum(row.is_settled for row in rows),
            "one_sided": len(coded) - len(rows),
            "groups": by_issue(Noun.ALIGNMENT, alignments, dates, about),
            "deferring": [html_of(Noun.STANCE, claim, about) for claim in deferring],
            **cards(about, lists.acts, lists.meetings),
            "has_more": len(matrix.alignments) > CLAIMS_SHOWN,
            "differing": [vote(body, about) for body in lists.votes],
            "has_more_votes": lists.votes.has_more,
            **agreed(dates, self.pair, pair_address(*self.keys), origin(self.request)),
        }


class PairYear(Page):
    """How alike two actors voted in a year, and the votes in which they differed."""

    template_name = "site/pair_year.html"
    api = {
        "json": f"/api/v1/votes/?{DIFFERED}",
        "csv": f"/api/v1/votes.csv?{DIFFERED}",
        "atom": "/api/v1/changes.atom?resource=votes",
    }

    def look_up(self, **path: Any) -> None:
        self.year: int = path["year"]
        self.pair = _pair(self.dates, path["first"], path["second"], f"{self.year}/")
        self.names = " and ".join(actor["name"] for _, actor in self.pair)
        self.title = f"{self.names} in votes of {self.year}"
        self.description = (
            f"How alike {self.names} voted in {self.year}, and the votes in which they differed."
        )

    def content(self) -> Content:
        actors = [actor for _, actor in self.pair]
        keys = [actor["slug"] for actor in actors]
        where = pair_address(*keys)
        years = years_of(self.dates, self.pair, where, only=self.year)[1]
        places = {each.year: place for place, each in enumerate(years)}
        if self.year not in places:
            says = f"No vote of {self.year} is here over which agreement is counted."
            raise PageError(404, says, q=self.dates.q)
        chosen = {"differs": keys, "year": [self.year]}
        page = list_page(replace(question(Noun.VOTE, self.dates, chosen), counts=True))
        differing = Records(Noun.VOTE, page.page.results, page.page.after is not None)
        year = years[places[self.year]]
        about = context(self.dates, differing, voters=actors)
        return {
            "crumbs": [("Actors", "/actors/"), (self.names, where)],
            "actors": actors,
            "year": year,
            "few": FEW,
            "count": page.count,
            "uncompared": (page.count or 0) - year.differing,
            "chosen": DIFFERED.format(first=keys[0], second=keys[1], year=self.year),
            "others": [each for each in years if abs(places[each.year] - places[self.year]) == 1],
            "differing": [vote(body, about) for body in differing],
            "has_more": differing.has_more,
        }


def _pair(dates: Dates, first: str, second: str, end: str = "") -> list[tuple[int, Body]]:
    """Return two actors with their numbers;
    raise MovedError if their address, which has this `end`, is another one.
    """
    if first == second:
        raise PageError(404, "A pair is of two different actors.")
    actors = []
    for key in (first, second):
        try:
            actors.append(record(Noun.ACTOR, key, dates))
        except MovedError as moved:  # it has another key by now
            actors.append(record(Noun.ACTOR, moved.address.split("/")[2], dates))
    keys = [actor["slug"] for _, actor in actors]
    if keys != [first, second] or keys != sorted(keys):
        raise MovedError(f"{pair_address(*keys)}{end}")
    return actors
