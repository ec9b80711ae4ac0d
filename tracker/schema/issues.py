"""Issues in public: their shape, and the filters over them."""

from typing import Annotated

from django.db.models import Q
from msgspec import Meta, Struct

from tracker.schema.examples import Example, Examples
from tracker.schema.filters import Filter, Flag, Under
from tracker.schema.markers import AnyOf, DefaultOrder, SinceShape
from tracker.schema.parts import CoreInterest, Id, Ref, Slug, Summary, ToIssue, ToSource, VagueDate
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Region, Theme


class Issue(Struct, frozen=True, kw_only=True):
    """A matter on which actors take positions; part of a tree."""

    id: Id
    ref: Ref
    slug: Slug
    title: Annotated[str, Meta(description="The name of the matter."), DefaultOrder()]
    question: Annotated[
        str | None,
        Meta(
            description=(
                "The proposition that a position supports or opposes; null for a grouping issue."
            )
        ),
    ]
    summary: Summary
    parent: Annotated[
        ToIssue | None,
        Meta(description="The wider matter that it is part of."),
        AnyOf("Issues directly below these."),
    ]
    themes: Annotated[list[Theme], AnyOf("Issues about any of these.", name="theme")]
    region: Annotated[Region | None, AnyOf("Issues that lie here.")]
    settled: Annotated[
        VagueDate | None,
        Meta(
            description=(
                "When its question was decided; null: it is open. Claims on it that held then "
                "are of that day, and never stale; one that begins later reopens it."
            )
        ),
        SinceShape(shape=2),
    ]
    settlement: Annotated[
        str | None,
        Meta(description="What decided it, in a sentence; null: it is open."),
        SinceShape(shape=2),
    ]
    settlement_source: Annotated[
        ToSource | None,
        Meta(description="The source that says so; null: it is open."),
        SinceShape(shape=2),
    ]
    settlement_locator: Annotated[
        str | None,
        Meta(
            description="Where in that source; null: it is open.",
            examples=["the vote on S/2019/186"],
        ),
        SinceShape(shape=2),
    ]
    core_interests: list[CoreInterest]


FILTERS: list[Filter] = [
    Under(
        "under",
        "These issues and all below them.",
        "d.record IN (SELECT record FROM below)",
        lambda applied: Q(pk__in=applied.value),
        noun=Noun.ISSUE,
    ),
    Flag(
        "settled",
        "Only issues whose question is settled, or only open ones.",
        "(d.settled IS NOT NULL) = %(settled)s",
        lambda applied: ~Q(settled="") if applied.value else Q(settled=""),
        example=False,
    ),
]
EXAMPLES = Examples(
    "issue-venezuela-un-draft-2019",
    {
        "tree": Example(
            "An issue and all below it: the first one by title.", "under=venezuela&page_size=1"
        )
    },
    {"fields": ["slug", "title"], "theme": "sanctions", "region": "arctic"},
    {
        "changed": {"summary": "A draft resolution on Venezuela, and who voted for it."},
        "changed again": {"themes": ["sanctions", "diplomacy"]},
        "new": {
            "slug": "arctic-cables",
            "title": "Cables under the Arctic Ocean",
            "region": "arctic",
            "themes": ["infrastructure"],
            "question": "Should a cable be laid?",
            "core_interests": [{"actor": "RUS", "note": "It runs along the coast."}],
        },
        "another": {
            "slug": "arctic-research",
            "title": "Research in the Arctic",
            "region": "arctic",
        },
    },
)
