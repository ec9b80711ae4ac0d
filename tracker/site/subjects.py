"""Issues, actors, and pairs of actors: who takes which position, how pairs work together, and their meetings."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.cards.age import holds
from tracker.cards.cards import SENTENCES, Section, card
from tracker.cards.chips import chip
from tracker.cards.context import Context
from tracker.cards.findings import of_actor, on_issue, only_forecast
from tracker.cards.pictures.lanes import by_actor
from tracker.cards.pictures.lanes import by_issue as lanes_by_issue
from tracker.publication.read.agreement import PARTS
from tracker.schema.agreement import FEW
from tracker.site.agreement import agreed, years_of
from tracker.site.dates import Dates
from tracker.site.matrix import PAIR, Matrix, actors_of
from tracker.site.page import Contents, Moved, Page, PageError, files
from tracker.site.reading import BY_BEGINNING, SHOWN, Body, context, found, lately, record, timeline_of, tree
from tracker.values.days import at, period
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ActorKind, Choice, VoteKind

MEETINGS, VOTES, OTHERS, ACTORS = 20, 20, 50, 1_000
WHOLE = [kind.value for kind in VoteKind if kind not in PARTS]
DIFFERED = f"differs={{one}},{{other}}&year={{year}}&in_frame=true&kind={','.join(WHOLE)}&unanimous=false"


class Issues(Page):
    """The tree of issues."""

    template_name = "site/issues.html"
    title = "Issues"
    description = "All issues on which the tracker tells who takes which position, as a tree."
    api = files(Noun.ISSUE)

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        yield {"issues": list(tree(dates).issues.values())}


class IssuePage(Page):
    """One issue."""

    template_name = "site/issue.html"
    noun = Noun.ISSUE
    api = {
        "json": "/api/v1/issues/{key}/",
        "csv": "/api/v1/stances.csv?issue={key}&standing=any&on={on}",
        "atom": "/api/v1/changes.atom?under={key}",
    }

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number, issue = record(Noun.ISSUE, path["key"], dates)
        question = issue["question"] or ""
        yield {
            "title": issue["title"],
            "description": question or issue["summary"] or f"Positions on {issue['title']}, with sources.",
        }
        below, here = {"under": [issue["slug"]]}, {"issue": [issue["slug"]], "on": dates.on}
        stances, alignments = found(Noun.STANCE, dates, here), found(Noun.ALIGNMENT, dates, here)
        meetings, votes = (
            found(noun, dates, {**below, "to": dates.on}, MEETINGS) for noun in (Noun.MEETING, Noun.VOTE)
        )
        about = context(
            dates, stances.records, alignments.records, meetings.records, votes.records, issue=issue["slug"]
        )
        timeline = timeline_of(
            dates, {Noun.STANCE: below, Noun.ALIGNMENT: below}, below, {"under": [number]}, by_actor, SHOWN
        )
        others = [
            (noun, one)
            for noun, one in timeline["drawn"]
            if one["issue"]["slug"] == issue["slug"] and not holds(one, about)
        ]
        of_actors: dict[str, list[Body]] = {}
        for one in sorted(stances.records, key=_place):
            of_actors.setdefault(one["actor"]["slug"], []).append(one)
        matrix = Matrix(dates, below, actors_of(dates, {})) if tree(dates).below.get(issue["slug"]) else None
        has_more = stances.has_more or alignments.has_more
        ordered = [one for several in of_actors.values() for one in several]
        finding = "" if has_more else on_issue(ordered, alignments.records, about)
        yield {
            "finding": finding or (matrix.finding if matrix else ""),
            "issue": issue,
            "interests": [(one["actor"], (one["note"] or "").rstrip(" .")) for one in issue["core_interests"]],
            "crumbs": [(one.title, f"/issues/{one.slug}/") for one in tree(dates).above(issue["slug"])],
            "positions": [
                Section(
                    f"actor-{slug}",
                    several[0]["actor"]["name"],
                    about.address(Noun.ACTOR, slug),
                    [card(Noun.STANCE, one, about) for one in several],
                    only_forecast(several, about),
                )
                for slug, several in of_actors.items()
            ],
            "others": [(chip(noun, one, about), SENTENCES[noun](one, about)) for noun, one in others[:OTHERS]],
            "alignments": alignments.cards(Noun.ALIGNMENT, about),
            "meetings": meetings.cards(Noun.MEETING, about),
            "votes": votes.cards(Noun.VOTE, about),
            "has_more_votes": votes.has_more,
            "has_more": has_more,
            "has_more_meetings": meetings.has_more,
            "shown": SHOWN,
            "earliest": _earliest(dates, issue["slug"]) if question and not stances.records else "",
            "matrix": matrix,
            **lately(dates, {"under": [number]}),
            **timeline,
        }


def _place(stance: Body) -> tuple[int, str]:
    """Return where a stance comes: those of the two powers first, accepted ones before contested ones."""
    actor = stance["actor"]["slug"]
    return PAIR.index(actor) if actor in PAIR else len(PAIR), stance["standing"]


def _earliest(dates: Dates, issue: str) -> str | None:
    """Return since when there is the earliest stance of any day, in words: "" unknown; None: there is none."""
    first = found(Noun.STANCE, dates, {"issue": [issue]}, 1, BY_BEGINNING[Noun.STANCE]).records
    return None if not first else (first[0]["since"] and at(first[0]["since"])) or ""


class Actors(Page):
    """All actors, by kind."""

    template_name = "site/actors.html"
    title = "Actors"
    description = "States, organizations, blocs, people and armed groups whose positions the tracker tells."
    api = files(Noun.ACTOR)

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        actors = found(Noun.ACTOR, dates, {}, ACTORS)
        kinds = [(kind, [one for one in actors.records if one["kind"] == kind]) for kind in ActorKind]
        yield {
            "kinds": [(kind.label, several) for kind, several in kinds if several],
            "pair": PAIR,
            "has_more": actors.has_more,
        }


class ActorPage(Page):
    """One actor."""

    template_name = "site/actor.html"
    noun = Noun.ACTOR
    api = {
        "json": "/api/v1/actors/{key}/",
        "csv": "/api/v1/stances.csv?actor={key}&standing=any&on={on}",
        "atom": "/api/v1/changes.atom?actor={key}",
    }

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number, actor = record(Noun.ACTOR, path["key"], dates)
        yield {
            "title": actor["name"],
            "description": actor["summary"] or f"Positions of {actor['name']} on each issue, with sources.",
        }
        its, meets = {"actor": [actor["slug"]]}, {"participant": [actor["slug"]]}
        here = {**its, "on": dates.on}
        stances, alignments = found(Noun.STANCE, dates, here), found(Noun.ALIGNMENT, dates, here)
        meetings = found(Noun.MEETING, dates, {**meets, "to": dates.on}, MEETINGS)
        about = context(dates, stances.records, meetings.records)
        partners = {
            side["slug"]: side["name"]
            for one in alignments.records
            for side in (one["actor"], one["counterpart"])
            if side["slug"] != actor["slug"]
        }
        yield {
            "finding": "" if stances.has_more else of_actor(stances.records, about),
            "actor": actor,
            "kind": ActorKind(actor["kind"]).label,
            "groups": by_issue(Noun.STANCE, stances.records, dates, about),
            "partners": [(name, pair_address(actor["slug"], slug)) for slug, name in partners.items()],
            "memberships": [(one, period(one["since"], one["until"])) for one in actor["memberships"]],
            "frames": [
                (", ".join(VoteKind(kind).label for kind in one["kinds"]), period(one["since"], one["until"]), one)
                for one in actor.get("frames", ())
            ],
            "meetings": meetings.cards(Noun.MEETING, about),
            "has_more": stances.has_more,
            "has_more_meetings": meetings.has_more,
            "shown": SHOWN,
            **timeline_of(dates, {Noun.STANCE: its}, meets, {"actors": [number]}, lanes_by_issue),
            **lately(dates, {"actors": [number]}),
        }


def by_issue(noun: Noun, claims: Sequence[Body], dates: Dates, about: Context) -> list[Section]:
    """Return the cards of claims in the order of the tree."""
    issues, groups = tree(dates), dict[str, Section]()
    places = {slug: place for place, slug in enumerate(issues.issues)}
    for one in sorted(claims, key=lambda one: (places.get(one["issue"]["slug"], 0), one["standing"])):
        here = issues.issues[one["issue"]["slug"]]
        top = (issues.above(here.slug) or [here])[0]
        section = Section(f"under-{top.slug}", top.title, about.address(Noun.ISSUE, top.slug), [])
        groups.setdefault(top.slug, section).cards.append(card(noun, one, about))
    return list(groups.values())


def pair_address(one: str, other: str) -> str:
    """Return where the page about two actors is."""
    first, second = sorted((one, other))
    return f"/pairs/{first}/{second}/"


class PairPage(Page):
    """Two actors over all issues."""

    template_name = "site/pair.html"
    api = {
        "json": "/api/v1/alignments/?actor={one},{other}&counterpart={one},{other}&standing=any&on={on}",
        "csv": "/api/v1/alignments.csv?actor={one},{other}&counterpart={one},{other}&standing=any&on={on}",
        "atom": "/api/v1/changes.atom?actor={one},{other}",
    }

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        found_actors = _pair(dates, path["one"], path["other"])
        actors = [one for _, one in found_actors]
        keys = [one["slug"] for one in actors]
        yield {
            "title": " and ".join(one["name"] for one in actors),
            "description": f"How {actors[0]['name']} and {actors[1]['name']} work together, issue by issue.",
            "actors": actors,
        }
        matrix = Matrix(dates, {}, found_actors, len(tree(dates).issues))
        alignments = matrix.alignments[:SHOWN]
        meetings = found(Noun.MEETING, dates, {"all_participants": keys, "to": dates.on}, MEETINGS)
        differing = found(Noun.VOTE, dates, {"differs": keys, "to": dates.on}, VOTES)
        about = context(dates, alignments, meetings.records)
        told = [row for row in matrix.rows if any(cell.claims for cell in row.cells)]
        stances = [one for row in told for cell in row.cells[:2] for one in cell.claims]
        rows = [row for row in told if row.cells[-1].claims or all(cell.claims for cell in row.cells[:2])]
        yield {
            "finding": matrix.finding,
            "rows": [row._replace(indent=0) for row in rows],
            "then": matrix.then,
            "one_sided": len(told) - len(rows),
            "groups": by_issue(Noun.ALIGNMENT, alignments, dates, about),
            "deferring": [card(Noun.STANCE, one, about) for one in stances if _defers(one, keys)],
            "meetings": meetings.cards(Noun.MEETING, about),
            "has_more": len(matrix.alignments) > SHOWN,
            "has_more_meetings": meetings.has_more,
            "differing": [(card(Noun.VOTE, one, about), _cast(one, keys)) for one in differing.records],
            "has_more_votes": differing.has_more,
            "shown": SHOWN,
            **agreed(dates, found_actors, pair_address(*keys)),
            **timeline_of(
                dates,
                {Noun.STANCE: {"actor": keys}, Noun.ALIGNMENT: {"actor": keys, "counterpart": keys}},
                {"all_participants": keys},
                {"actors": [number for number, _ in found_actors]},
                lanes_by_issue,
            ),
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
        found_actors = _pair(dates, path["one"], path["other"], f"{year}/")
        actors = [one for _, one in found_actors]
        keys = [one["slug"] for one in actors]
        names, where = " and ".join(one["name"] for one in actors), pair_address(*keys)
        yield {
            "title": f"{names} in votes of {year}",
            "description": f"How alike {names} voted in {year}, and the votes in which they differed.",
            "crumbs": [("Actors", "/actors/"), (names, where)],
            "actors": actors,
        }
        years = years_of(dates, found_actors, where)[1]
        places = {one.year: place for place, one in enumerate(years)}
        if year not in places:
            raise PageError(404, f"No vote of {year} is here over which agreement is counted.", q=dates.q)
        chosen = {"differs": keys, "year": [year], "in_frame": True, "kind": WHOLE, "unanimous": False}
        differing = found(Noun.VOTE, dates, chosen, SHOWN)
        about = context(dates, differing.records)
        yield {
            "year": years[places[year]],
            "few": FEW,
            "others": [one for one in years if abs(places[one.year] - places[year]) == 1],
            "differing": [(card(Noun.VOTE, one, about), _cast(one, keys)) for one in differing.records],
            "has_more": differing.has_more,
        }


def _pair(dates: Dates, one: str, other: str, end: str = "") -> list[tuple[int, Body]]:
    """Return two actors with their numbers; raise Moved if their address, which has this `end`, is another one."""
    if one == other:
        raise PageError(404, "A pair is of two different actors.")
    actors = [_named(key, dates) for key in (one, other)]
    keys = [actor["slug"] for _, actor in actors]
    if keys != [one, other] or keys != sorted(keys):
        raise Moved(f"{pair_address(*keys)}{end}")
    return actors


def _named(key: str, dates: Dates) -> tuple[int, Body]:
    """Return an actor with its number; one that has another key by now, under that."""
    try:
        return record(Noun.ACTOR, key, dates)
    except Moved as moved:
        return record(Noun.ACTOR, moved.address.split("/")[2], dates)


def _cast(vote: Body, keys: Sequence[str]) -> list[str]:
    """Return what each actor cast in a vote."""
    return [next((one.label for one in Choice if key in vote["ballots"][one]), "") for key in keys]


def _defers(one: Body, keys: Sequence[str]) -> bool:
    return bool(one["defers_to"]) and one["defers_to"]["slug"] in keys
