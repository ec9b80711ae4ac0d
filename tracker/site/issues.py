"""Issues: the tree, and one issue with who takes which position on it, and how pairs work together on it."""

from collections.abc import Mapping
from typing import Any

from tracker.cards.age import holds
from tracker.cards.cards import SENTENCES, Section, card
from tracker.cards.chips import chip
from tracker.cards.findings import on_issue, only_forecast
from tracker.cards.pictures.lanes import by_actor
from tracker.site.dates import Dates
from tracker.site.drawing import claims_of, timeline_of
from tracker.site.matrix import PAIR, Matrix, actors_of
from tracker.site.page import Contents, Page
from tracker.site.reading import BY_BEGINNING, SHOWN, Body, changed, context, found, record, tree
from tracker.values.days import at
from tracker.values.nouns import Noun

MEETINGS, LATELY, OTHERS = 20, 10, 50


class Issues(Page):
    """The tree of issues."""

    template_name = "site/issues.html"
    title = "Issues"
    description = "All issues on which the tracker tells who takes which position, as a tree."
    api = {"json": "/api/v1/issues/", "csv": "/api/v1/issues.csv", "atom": "/api/v1/changes.atom?resource=issues"}

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
        below = {"under": [path["key"]]}
        here = {"issue": [path["key"]], "standing": ["any"], "on": dates.on}
        stances, alignments = found(Noun.STANCE, dates, here), found(Noun.ALIGNMENT, dates, here)
        meetings = found(Noun.MEETING, dates, {"under": [path["key"]], "to": dates.on}, MEETINGS)
        votes = found(Noun.VOTE, dates, {"under": [path["key"]], "to": dates.on}, MEETINGS)
        about = context(
            dates, stances.records, alignments.records, meetings.records, votes.records, issue=issue["slug"]
        )
        drawn = claims_of(dates, {Noun.STANCE: below, Noun.ALIGNMENT: below}, SHOWN)
        others = [
            (noun, one) for noun, one in drawn.claims if one["issue"]["slug"] == issue["slug"] and not holds(one, about)
        ]
        lately, earlier = changed(dates.edition, {"under": [number]}, LATELY, q=dates.q)
        of_actors: dict[str, list[Body]] = {}
        for one in sorted(stances.records, key=_place):
            of_actors.setdefault(one["actor"]["slug"], []).append(one)
        under = {"under": [issue["slug"]]}
        matrix = Matrix(dates, under, actors_of(dates, {})) if tree(dates).below.get(issue["slug"]) else None
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
            "alignments": [card(Noun.ALIGNMENT, one, about) for one in alignments.records],
            "meetings": [card(Noun.MEETING, one, about) for one in meetings.records],
            "votes": [card(Noun.VOTE, one, about) for one in votes.records],
            "has_more_votes": votes.has_more,
            "has_more": has_more,
            "has_more_meetings": meetings.has_more,
            "shown": SHOWN,
            "earliest": earliest(dates, here) if question and not stances.records else "",
            "matrix": matrix,
            "lately": lately,
            **timeline_of(dates, drawn, below, {"under": [number]}, by_actor),
            "has_earlier": earlier is not None,
        }


def _place(stance: Body) -> tuple[int, str]:
    """Return where a stance comes: those of the two powers first, accepted ones before contested ones."""
    actor = stance["actor"]["slug"]
    return PAIR.index(actor) if actor in PAIR else len(PAIR), stance["standing"]


def earliest(dates: Dates, chosen: Mapping[str, Any]) -> str | None:
    """Return since when there is the earliest claim of any day, in words: "" unknown; None: there is none."""
    rest = {name: value for name, value in chosen.items() if name != "on"}
    first = found(Noun.STANCE, dates, rest, 1, BY_BEGINNING[Noun.STANCE]).records
    return None if not first else (first[0]["since"] and at(first[0]["since"])) or ""
