"""Meetings in public: their shape, and the filters over them."""

from typing import Annotated

from django.db.models import Q
from msgspec import Meta, Struct

from tracker.schema.days import period
from tracker.schema.examples import CITED, Example, Examples
from tracker.schema.filters import Applied, Filter, Keys, Under
from tracker.schema.markers import AnyOf, Bounds, DefaultOrder, FilterByPart, Ordered, SinceShape
from tracker.schema.parts import Citation, Country, Discussion, Id, Participant, Ref, Summary, VagueDate
from tracker.values.nouns import Noun
from tracker.values.vocabularies import MeetingForm, MeetingKind, MeetingStatus


class Meeting(Struct, frozen=True, kw_only=True):
    """One encounter, planned or held."""

    id: Id
    ref: Ref
    title: Annotated[str, Meta(description="What it is called.")]
    kind: Annotated[MeetingKind, AnyOf("Meetings of these kinds.")]
    status: Annotated[MeetingStatus, AnyOf("Whether they took place.")]
    importance: Annotated[
        Annotated[int, Meta(ge=1, le=3)] | None,
        Meta(description="How much hangs on it, from 1 (little) to 3 (much); null: not judged.", examples=[2]),
        Bounds("Meetings of {at} this importance."),
        Ordered(),
        SinceShape(shape=2),
    ]
    since: Annotated[VagueDate | None, Meta(description="The first day; null: unknown."), DefaultOrder()]
    until: Annotated[VagueDate | None, Meta(description="The last day, inclusive; null: it lasts one day.")]
    place: Annotated[str | None, Meta(description="The city or venue.")]
    country: Annotated[Country, AnyOf("Meetings held here.", pattern="[A-Z]{3}")]
    held_as: Annotated[
        MeetingForm | None,
        Meta(description="How it was or is to be held; null: not said."),
        AnyOf("Meetings held so."),
        SinceShape(shape=3),
    ]
    series: Annotated[
        str | None, Meta(description="The series that it belongs to."), AnyOf("Meetings of these series.")
    ]
    summary: Summary
    participants: Annotated[
        list[Participant],
        FilterByPart("Meetings with any of these actors.", "participant", "actor"),
        FilterByPart("Meetings with all of these actors.", "all_participants", "actor", every=True),
    ]
    issues: Annotated[list[Discussion], FilterByPart("Meetings about any of these issues.", "issue", "issue")]
    citations: list[Citation]


# a meeting names no other actors than those who came
CAME = "SELECT FROM tracker_mention m WHERE m.named_noun = {named_noun} AND m.noun = {noun} AND m.document = d.id"


def _came(people: list[int]) -> Q:
    return Q(actor__in=people) | Q(represented_by__in=people)


def _all_came(applied: Applied) -> Q:
    condition = Q()
    for person in applied.value:
        condition &= applied.having("participants", _came([person]))
    return condition


FILTERS: list[Filter] = [
    *period(lasts_a_day=True),
    Under("under", "Meetings about these issues or any below them.", "d.issues && ARRAY(SELECT record FROM below)",
          lambda applied: applied.having("issues", Q(issue__in=applied.value)), noun=Noun.ISSUE),
    Keys("represented_by", "Meetings to which any of these people came, for an actor or for themselves.",
         f"EXISTS ({CAME} AND m.named = ANY({{represented_by}}))",
         lambda applied: applied.having("participants", _came(applied.value)), noun=Noun.ACTOR, example="xi-jinping"),
    Keys("all_represented_by", "Meetings to which all of these people came, for an actor or for themselves.",
         f"NOT EXISTS (SELECT FROM unnest({{all_represented_by}}) p WHERE NOT EXISTS ({CAME} AND m.named = p))",
         _all_came, noun=Noun.ACTOR, example="xi-jinping,vladimir-putin"),
]  # fmt: skip
EXAMPLES = Examples(
    "meeting-afghanistan-envoys-moscow-2019-04",
    {"pair": Example("When did China and Russia meet? The latest meeting that was held.",
                     "all_participants=CHN,RUS&status=held&page_size=1")},
    {
        "fields": ["title", "since"], "on": "2019-06-06", "all_participants": ["china", "russia"],
        "represented_by": "xi-jinping", "all_represented_by": ["xi-jinping", "vladimir-putin"],
        "issue": "afghan-negotiations", "under": "afghanistan", "kind": "summit", "series": "Arctic Council",
    },
    {
        "changed": {"place": "Moscow, Russia"},
        "changed again": {"series": "Afghan talks"},
        "new": {
            "title": "Foreign ministers on the Arctic", "kind": "ministerial", "status": "held", "since": "2019-05-07",
            "place": "Rovaniemi", "country": "FIN",
            "participants": [{"actor": "CHN", "role": "participant"}, {"actor": "RUS", "role": "host"}],
            "citations": CITED,
        },
        "another": {"title": "Talks on the Arctic", "kind": "envoy_talks", "status": "planned", "since": "2027"},
    },
)  # fmt: skip
