"""Actors in public: their shape, and the filters over them."""

from typing import Annotated

from django.db.models import Q
from msgspec import Meta, Struct

from tracker.schema.days import certainly, possibly
from tracker.schema.examples import Example, Examples
from tracker.schema.filters import Applied, Day, Filter, Flag, Keys
from tracker.schema.markers import AnyOf, DefaultOrder, FilterByPart, SinceShape, Stored
from tracker.schema.parts import (
    Country,
    Frame,
    Id,
    Membership,
    Ref,
    Slug,
    Succession,
    Summary,
    VagueDate,
)
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ActorKind


class Actor(Struct, frozen=True, kw_only=True):
    """A state, organization, bloc, person or armed group that takes positions."""

    id: Id
    ref: Ref
    slug: Slug
    kind: Annotated[ActorKind, AnyOf("Actors of these kinds.")]
    name: Annotated[str, Meta(description="The name in English."), DefaultOrder()]
    short_name: Annotated[str | None, Meta(description="A shorter name, for tables.")]
    names: Annotated[dict[str, str], Meta(description="Names in other languages, by BCP 47 tag.")]
    aliases: Annotated[list[str], Meta(description="Other names under which it is found.")]
    summary: Summary
    since: Annotated[
        VagueDate | None,
        Meta(description="From when on it exists; null: unknown."),
        SinceShape(shape=3),
    ]
    until: Annotated[
        VagueDate | None,
        Meta(description="Until when it existed; null: it still does, as far as known."),
        SinceShape(shape=3),
    ]
    iso3: Annotated[Country, Stored()]
    wikidata_id: Annotated[str | None, Meta(description="The Wikidata item.", examples=["Q148"])]
    memberships: list[Membership]
    predecessors: Annotated[
        list[Succession],
        Meta(description="Whom it follows, as Russia does the Soviet Union."),
        FilterByPart("Actors that follow any of these.", "predecessor", "predecessor"),
        SinceShape(shape=4),
    ]
    frames: Annotated[
        list[Frame],
        Meta(
            description=(
                "Of a body that decides by votes: for which periods and kinds all recorded votes "
                "are here."
            )
        ),
        SinceShape(shape=2),
    ]


def _member_of(parameters: frozenset[str]) -> str:
    """Return the condition that a membership's organization, by its slug of then,
    is among those asked for.
    """
    day = "%(on)s::date"
    possible = (
        f"coalesce((m -> 'since' ->> 'earliest')::date <= {day}, true) "
        f"AND coalesce((m -> 'until' ->> 'latest')::date >= {day}, true)"
    )
    certain = (
        f"(m -> 'since' ->> 'latest')::date <= {day} AND (m -> 'until' ->> 'earliest')::date >= "
        f"{day}"
    )
    period = ""
    if "on" in parameters:
        period = f"AND {possible}"
        if "certain" in parameters:
            period = f"AND CASE WHEN %(certain)s THEN {certain} ELSE {possible} END"
    return (
        "EXISTS (SELECT FROM json_array_elements(d.body::json -> 'memberships') m "
        "JOIN tracker_actordocument o ON o.slug = m -> 'organization' ->> 'slug' AND {live} "
        f"WHERE o.record = ANY({{member_of}}) {period})"
    )


def _is_member(applied: Applied) -> Q:
    membership = Q(organization__in=applied.value)
    if "on" in applied.parameters:
        day = applied.parameters["on"]
        membership &= certainly(day) if applied.parameters.get("certain") else possibly(day)
    return applied.having("memberships", membership)


FILTERS: list[Filter] = [
    Keys(
        "member_of",
        "Members of any of these organizations.",
        _member_of,
        _is_member,
        noun=Noun.ACTOR,
    ),
    Day(
        "on",
        "With `member_of`: who possibly was a member on this day (valid time).",
        "true",
        lambda applied: Q(),
    ),
    Flag(
        "certain",
        "With `on`: only who certainly was one, which takes a known end.",
        "true",
        lambda applied: Q(),
    ),
]
EXAMPLES = Examples(
    "actor-xi-jinping",
    {
        "members": Example(
            "Who possibly was in the Security Council on a day? The first one by name.",
            "member_of=united-nations-security-council&on=2019-03-01&page_size=1",
        )
    },
    {"fields": ["slug", "name"], "kind": "organization", "member_of": "brics"},
    {
        "changed": {"summary": "President of China since 2013."},
        "changed again": {"aliases": ["Xi"]},
        "new": {
            "slug": "wang-yi",
            "kind": "person",
            "name": "Wang Yi",
            "names": {"zh": "王毅"},
            "memberships": [
                {"organization": "CHN", "role": "Foreign Minister", "since": "2013-03"}
            ],
        },
        "another": {
            "slug": "arctic-council-secretariat",
            "kind": "organization",
            "name": "Arctic Council Secretariat",
        },
    },
)
