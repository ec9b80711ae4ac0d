"""Issues, actors, and pairs of actors: who takes which position, how pairs work together, and their meetings."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from tracker.public.cards.age import ends_of, holds
from tracker.public.cards.cards import Section
from tracker.public.cards.context import PAIR, Body, pair_address
from tracker.public.cards.findings import of_actor, on_issue, only_forecast
from tracker.public.cards.matrix import MatrixPart
from tracker.public.cards.pictures.lanes import by_actor
from tracker.public.cards.pictures.lanes import by_issue as lanes_by_issue
from tracker.public.cards.record_sentences import vote
from tracker.public.http.clients import origin
from tracker.public.read.agreement import PARTS
from tracker.public.read.bodies import votes_by_body
from tracker.public.site.agreement import agreed, years_of
from tracker.public.site.dates import Dates
from tracker.public.site.kept import Form, PageContext, html_of
from tracker.public.site.matrix import CLAIMS, actors_of, of_matrix, read_matrix
from tracker.public.site.page import CLAIMS_SHOWN, DRAWN, Contents, MovedError, Page, PageError, files
from tracker.public.site.reading import (
    BY_BEGINNING,
    context,
    question,
    recent_changes,
    record,
    records_of,
    run,
    table_of,
    timeline_of,
    tree,
)
from tracker.schema.agreement import FEW
from tracker.values.days import at, lifetime, period
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ActorKind, VoteKind

MEETINGS, VOTES, OTHERS, ACTORS = 20, 20, 50, 1_000
WHOLE = [kind.value for kind in VoteKind if kind not in PARTS]
DIFFERED = f"differs={{first}},{{second}}&year={{year}}&in_frame=true&kind={','.join(WHOLE)}&unanimous=false"


class Issues(Page):
    template_name = "site/issues.html"
    title = "Issues"
    description = "All issues on which the tracker tells who takes which position, as a tree."
    api = files(Noun.ISSUE)

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        yield {"issues": list(tree(dates).issues.values())}


class IssuePage(Page):
    template_name = "site/issue.html"
    noun = Noun.ISSUE
    api = {
        "json": "/api/v1/issues/{key}/",
        "atom": "/api/v1/changes.atom?under={key}",
    }
    has_table = True

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number, issue = record(Noun.ISSUE, path["key"], dates)
        description = issue["question"] or issue["summary"] or f"Positions on {issue['title']}, with sources."
        below, here = {"under": [issue["slug"]]}, {"issue": [issue["slug"]], "on": dates.on}
        claims = [(Noun.STANCE, here), (Noun.ALIGNMENT, here), *of_matrix(list(PAIR), {**below, "on": dates.on})]
        yield {"title": issue["title"], "description": description, "table": partial(table_of, dates, claims)}
        stances, alignments, *drawn, met = run(
            *(question(noun, dates, chosen) for chosen in (here, below) for noun in (Noun.STANCE, Noun.ALIGNMENT)),
            question(Noun.MEETING, dates, below, DRAWN),
        )
        timeline = timeline_of(dates, drawn, met, {"under": [number]}, by_actor)
        of_actors: dict[str, list[Body]] = {}
        for stance in sorted(stances, key=_place):
            of_actors.setdefault(stance["actor"]["slug"], []).append(stance)
        matrix = read_matrix(dates, below, actors_of(dates, {})) if tree(dates).below.get(issue["slug"]) else None
        has_more = stances.has_more or alignments.has_more
        ordered = [stance for own in of_actors.values() for stance in own]
        finding = "" if has_more else on_issue(ordered, alignments, context(dates, issue=issue["slug"]))
        yield {"finding": finding or (matrix.finding if matrix else ""), **timeline}
        before = {**below, "to": dates.on}
        meetings, votes = run(*(question(noun, dates, before, MEETINGS) for noun in (Noun.MEETING, Noun.VOTE)))
        about = context(dates, stances, alignments, meetings, votes, issue=issue["slug"])
        others = [
            (noun, claim)
            for noun, claim in timeline["drawn"]
            if claim["issue"]["slug"] == issue["slug"] and not holds(claim, about)
        ]
        yield {
            "issue": issue,
            "interests": [(of["actor"], (of["note"] or "").rstrip(" .")) for of in issue["core_interests"]],
            "crumbs": [(wider.title, f"/issues/{wider.slug}/") for wider in tree(dates).above(issue["slug"])],
            "positions": [
                Section(
                    f"actor-{slug}",
                    own[0]["actor"]["name"],
                    about.address(Noun.ACTOR, slug),
                    [html_of(Noun.STANCE, stance, about) for stance in own],
                    only_forecast(own, about),
                )
                for slug, own in of_actors.items()
            ],
            "others": [html_of(noun, claim, about, Form.LINE) for noun, claim in others[:OTHERS]],
            "alignments": alignments.cards(about),
            "meetings": meetings.cards(about),
            "votes": votes.cards(about),
            "has_more_votes": votes.has_more,
            "has_more": has_more,
            "has_more_meetings": meetings.has_more,
            "earliest": _earliest(dates, issue["slug"]) if issue["question"] and not stances else "",
            "matrix": matrix,
            **recent_changes(dates, {"under": [number]}),
        }


def _place(stance: Body) -> tuple[int, str]:
    """Return where a stance comes: those of the two powers first, accepted ones before contested ones."""
    actor = stance["actor"]["slug"]
    return PAIR.index(actor) if actor in PAIR else len(PAIR), stance["standing"]


def _earliest(dates: Dates, issue: str) -> str | None:
    """Return since when there is the earliest stance of any day, in words: "" unknown; None: there is none."""
    first = records_of(Noun.STANCE, dates, {"issue": [issue]}, 1, BY_BEGINNING[Noun.STANCE])
    return None if not first else (first[0]["since"] and at(first[0]["since"])) or ""


class Actors(Page):
    """All actors, by kind."""

    template_name = "site/actors.html"
    title = "Actors"
    description = "States, organizations, blocs, people and armed groups whose positions the tracker tells."
    api = files(Noun.ACTOR)

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        actors = records_of(Noun.ACTOR, dates, {}, ACTORS)
        kinds = [(kind, [actor for actor in actors if actor["kind"] == kind]) for kind in ActorKind]
        yield {
            "kinds": [(kind.label, several) for kind, several in kinds if several],
            "pair": PAIR,
            "has_more": actors.has_more,
        }


class ActorPage(Page):
    template_name = "site/actor.html"
    noun = Noun.ACTOR
    api = {
        "json": "/api/v1/actors/{key}/",
        "csv": "/api/v1/stances.csv?actor={key}&standing=any&on={on}",
        "atom": "/api/v1/changes.atom?actor={key}",
    }

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number, actor = record(Noun.ACTOR, path["key"], dates)
        description = actor["summary"] or f"Positions of {actor['name']} on each issue, with sources."
        yield {"title": actor["name"], "description": description}
        came = "represented_by" if actor["kind"] == ActorKind.PERSON else "participant"
        its, meets = {"actor": [actor["slug"]]}, {came: [actor["slug"]]}
        here = {**its, "on": dates.on}
        held, drawn, met = run(
            question(Noun.STANCE, dates, here, CLAIMS),
            question(Noun.STANCE, dates, its, DRAWN),
            question(Noun.MEETING, dates, meets, DRAWN),
        )
        yield {
            "finding": "" if held.has_more else of_actor(held, context(dates)),
            **timeline_of(dates, [drawn], met, {"actors": [number]}, lanes_by_issue),
        }
        alignments, meetings, votes, members, successors = run(
            question(Noun.ALIGNMENT, dates, here),
            question(Noun.MEETING, dates, {**meets, "to": dates.on}, MEETINGS),
            question(Noun.VOTE, dates, {"body": [actor["slug"]], "to": dates.on}, VOTES),
            question(Noun.ACTOR, dates, {"member_of": [actor["slug"]]}, ACTORS),
            question(Noun.ACTOR, dates, {"predecessor": [actor["slug"]]}, ACTORS),
        )
        stances = held[:CLAIMS_SHOWN]
        about = context(dates, stances, meetings, votes)
        partners = {
            side["slug"]: side["name"]
            for alignment in alignments
            for side in (alignment["actor"], alignment["counterpart"])
            if side["slug"] != actor["slug"]
        }
        of_it = [
            ((member, part, period(part["since"], part["until"])), _is_of_day(part, dates.on))
            for member in members
            for part in member["memberships"]
            if part["organization"]["slug"] == actor["slug"]
        ]
        of_it.sort(key=lambda line: ("member" not in (role := line[0][1]["role"] or "member"), role))
        deciding = {body.record: body for body in votes_by_body(dates.edition, dates.stamp)} if votes else {}
        yield {
            "actor": actor,
            "all_votes": deciding.get(number),
            "kind": ActorKind(actor["kind"]).label,
            "lifetime": lifetime(actor["since"], actor["until"]),
            "groups": by_issue(Noun.STANCE, stances, dates, about),
            "partners": [(name, pair_address(actor["slug"], slug)) for slug, name in partners.items()],
            "memberships": [(part, period(part["since"], part["until"])) for part in actor["memberships"]],
            "members": [line for line, is_now in of_it if is_now],
            "other_members": [line for line, is_now in of_it if not is_now],
            "neighbours": {
                "It follows": [(part["predecessor"], lifetime(part["since"], None)) for part in actor["predecessors"]],
                "It is followed by": [
                    (successor, lifetime(part["since"], None))
                    for successor in successors
                    for part in successor["predecessors"]
                    if part["predecessor"]["slug"] == actor["slug"]
                ],
            },
            "frames": [
                ([VoteKind(kind).label for kind in frame["kinds"]], period(frame["since"], frame["until"]), frame)
                for frame in actor.get("frames", ())
            ],
            "meetings": meetings.cards(about),
            "votes": votes.cards(about),
            "has_more": len(held) > CLAIMS_SHOWN,
            "has_more_meetings": meetings.has_more,
            "has_more_votes": votes.has_more,
            **recent_changes(dates, {"actors": [number]}),
        }


def _is_of_day(membership: Body, on: date) -> bool:
    ends = ends_of(membership)
    return (ends.since_earliest or on) <= on <= (ends.until_latest or on)


def by_issue(noun: Noun, claims: Sequence[Body], dates: Dates, about: PageContext) -> list[Section]:
    """Return the cards of claims in the order of the tree."""
    issues, groups = tree(dates), dict[str, Section]()
    places = {slug: place for place, slug in enumerate(issues.issues)}
    for claim in sorted(claims, key=lambda claim: (places.get(claim["issue"]["slug"], 0), claim["standing"])):
        here = issues.issues[claim["issue"]["slug"]]
        top = (issues.above(here.slug) or [here])[0]
        section = Section(f"under-{top.slug}", top.title, about.address(Noun.ISSUE, top.slug), [])
        groups.setdefault(top.slug, section).cards.append(html_of(noun, claim, about))
    return list(groups.values())


class PairPage(Page):
    """Two actors over all issues."""

    template_name = "site/pair.html"
    api = {
        "json": "/api/v1/alignments/?actor={first},{second}&counterpart={first},{second}&standing=any&on={on}",
        "atom": "/api/v1/changes.atom?actor={first},{second}",
    }
    has_table = True

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        pair = _pair(dates, path["first"], path["second"])
        actors = [actor for _, actor in pair]
        keys = [actor["slug"] for actor in actors]
        names = " and ".join(actor["name"] for actor in actors)
        yield {
            "title": names,
            "description": f"How {names} work together, issue by issue.",
            "actors": actors,
            "table": partial(table_of, dates, of_matrix(keys, {"on": dates.on})),
        }
        matrix = read_matrix(dates, {}, pair, len(tree(dates).issues))
        of_both = {"actors": [number for number, _ in pair]}
        *drawn, met = run(
            question(Noun.STANCE, dates, {"actor": keys}, DRAWN),
            question(Noun.ALIGNMENT, dates, {"actor": keys, "counterpart": keys}, DRAWN),
            question(Noun.MEETING, dates, {"all_participants": keys}, DRAWN),
        )
        yield {"finding": matrix.finding, **timeline_of(dates, drawn, met, of_both, lanes_by_issue)}
        alignments = matrix.alignments[:CLAIMS_SHOWN]
        meetings, differing = run(
            question(Noun.MEETING, dates, {"all_participants": keys, "to": dates.on}, MEETINGS),
            question(Noun.VOTE, dates, {"differs": keys, "to": dates.on}, VOTES),
        )
        about = context(dates, alignments, meetings, voters=actors)
        coded = [row for row in matrix.rows if any(cell.claims for cell in row.cells)]
        deferring = [
            claim
            for row in coded
            for cell in row.cells[:2]
            for claim in cell.claims
            if (claim["defers_to"] or {}).get("slug") in keys
        ]
        rows = [row for row in coded if row.cells[-1].claims or all(cell.claims for cell in row.cells[:2])]
        yield {
            "head": matrix.head,
            "relation": matrix.relation,
            "rows": MatrixPart(None, [row._replace(indent=0) for row in rows]).html,
            "one_sided": len(coded) - len(rows),
            "groups": by_issue(Noun.ALIGNMENT, alignments, dates, about),
            "deferring": [html_of(Noun.STANCE, claim, about) for claim in deferring],
            "meetings": meetings.cards(about),
            "has_more": len(matrix.alignments) > CLAIMS_SHOWN,
            "has_more_meetings": meetings.has_more,
            "differing": [vote(body, about) for body in differing],
            "has_more_votes": differing.has_more,
            **agreed(dates, pair, pair_address(*keys), origin(self.request)),
        }


class PairYear(Page):
    """How alike two actors voted in a year, and the votes in which they differed."""

    template_name = "site/pair_year.html"
    api = {
        "json": f"/api/v1/votes/?{DIFFERED}",
        "csv": f"/api/v1/votes.csv?{DIFFERED}",
        "atom": "/api/v1/changes.atom?resource=votes",
    }

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        year: int = path["year"]
        pair = _pair(dates, path["first"], path["second"], f"{year}/")
        actors = [actor for _, actor in pair]
        keys = [actor["slug"] for actor in actors]
        names, where = " and ".join(actor["name"] for actor in actors), pair_address(*keys)
        yield {
            "title": f"{names} in votes of {year}",
            "description": f"How alike {names} voted in {year}, and the votes in which they differed.",
            "crumbs": [("Actors", "/actors/"), (names, where)],
            "actors": actors,
        }
        years = years_of(dates, pair, where, only=year)[1]
        places = {each.year: place for place, each in enumerate(years)}
        if year not in places:
            raise PageError(404, f"No vote of {year} is here over which agreement is counted.", q=dates.q)
        chosen = {"differs": keys, "year": [year], "in_frame": True, "kind": WHOLE, "unanimous": False}
        differing = records_of(Noun.VOTE, dates, chosen, CLAIMS_SHOWN)
        about = context(dates, differing, voters=actors)
        yield {
            "year": years[places[year]],
            "few": FEW,
            "others": [each for each in years if abs(places[each.year] - places[year]) == 1],
            "differing": [vote(body, about) for body in differing],
            "has_more": differing.has_more,
        }


def _pair(dates: Dates, first: str, second: str, end: str = "") -> list[tuple[int, Body]]:
    """Return two actors with their numbers; raise MovedError if their address, which has this `end`, is another one."""
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
