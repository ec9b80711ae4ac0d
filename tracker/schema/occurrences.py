"""What meetings and acts have in common in public: fields, and the filters over them."""

from typing import Annotated

from django.db.models import Q
from msgspec import Meta

from tracker.schema.days import period
from tracker.schema.filters import Applied, Filter, Keys, Under
from tracker.schema.markers import DefaultOrder, FilterByPart
from tracker.schema.parts import VagueDate
from tracker.values.nouns import Noun

Title = Annotated[str, Meta(description="What it is called.")]
Since = Annotated[
    VagueDate | None, Meta(description="The first day; null: unknown."), DefaultOrder()
]
Until = Annotated[
    VagueDate | None, Meta(description="The last day, inclusive; null: it lasts one day.")
]
Place = Annotated[str | None, Meta(description="The city or venue.")]
Judged = Annotated[
    Annotated[int, Meta(ge=1, le=3)] | None,
    Meta(
        description="How much hangs on it, from 1 (little) to 3 (much); null: not judged.",
        examples=[2],
    ),
]

# a meeting or an act names no other actors than those who came
CAME = (
    "SELECT FROM tracker_mention m WHERE m.named_noun = {named_noun} AND m.noun = {noun} AND "
    "m.document = d.id"
)


def _came(people: list[int]) -> Q:
    return Q(actor__in=people) | Q(represented_by__in=people)


def _all_came(applied: Applied) -> Q:
    condition = Q()
    for person in applied.value:
        condition &= applied.having("participants", _came([person]))
    return condition


def with_participants(name: str, says: str, *, every: bool = False) -> FilterByPart:
    """Return the filter by who took part."""
    says = f"{says}. A person also counts where they came for another actor."
    return FilterByPart(says, name, "actor", every, represented_by="represented_by")


def occurrence_filters(plural: str) -> list[Filter]:
    """Return the filters that no field says."""
    return [
        *period(lasts_a_day=True),
        Under(
            "under",
            f"{plural} about these issues or any below them.",
            "d.issues && ARRAY(SELECT record FROM below)",
            lambda applied: applied.having("issues", Q(issue__in=applied.value)),
            noun=Noun.ISSUE,
        ),
        Keys(
            "represented_by",
            f"{plural} to which any of these people came, for an actor or for themselves.",
            f"EXISTS ({CAME} AND m.named = ANY({{represented_by}}))",
            lambda applied: applied.having("participants", _came(applied.value)),
            noun=Noun.ACTOR,
            example="xi-jinping",
        ),
        Keys(
            "all_represented_by",
            f"{plural} to which all of these people came, for an actor or for themselves.",
            f"NOT EXISTS (SELECT FROM unnest({{all_represented_by}}) p "
            f"WHERE NOT EXISTS ({CAME} AND m.named = p))",
            _all_came,
            noun=Noun.ACTOR,
            example="xi-jinping,vladimir-putin",
        ),
    ]
