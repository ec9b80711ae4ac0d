"""Meetings in public: their shape, and the filters over them."""

from typing import Annotated

from msgspec import Meta, Struct

from tracker.schema.examples import CITED, Example, Examples
from tracker.schema.markers import AnyOf, Bounds, FilterByPart, Ordered, SinceShape
from tracker.schema.occurrences import (
    Judged,
    Place,
    Since,
    Title,
    Until,
    occurrence_filters,
    with_participants,
)
from tracker.schema.parts import Citation, Country, Discussion, Id, Participant, Ref, Summary
from tracker.values.vocabularies import MeetingForm, MeetingKind, MeetingStatus


class Meeting(Struct, frozen=True, kw_only=True):
    """One encounter, planned or held."""

    id: Id
    ref: Ref
    title: Title
    kind: Annotated[MeetingKind, AnyOf("Meetings of these kinds.")]
    status: Annotated[MeetingStatus, AnyOf("Whether they took place.")]
    importance: Annotated[
        Judged,
        Bounds("Meetings of {at} this importance."),
        Ordered(),
        SinceShape(shape=2),
    ]
    since: Since
    until: Until
    place: Place
    country: Annotated[Country, AnyOf("Meetings held here.", pattern="[A-Z]{3}")]
    held_as: Annotated[
        MeetingForm | None,
        Meta(description="How it was or is to be held; null: not said."),
        AnyOf("Meetings held so."),
        SinceShape(shape=3),
    ]
    series: Annotated[
        str | None,
        Meta(description="The series that it belongs to."),
        AnyOf("Meetings of these series."),
    ]
    summary: Summary
    participants: Annotated[
        list[Participant],
        with_participants("participant", "Meetings with any of these actors"),
        with_participants("all_participants", "Meetings with all of these actors", every=True),
    ]
    issues: Annotated[
        list[Discussion], FilterByPart("Meetings about any of these issues.", "issue", "issue")
    ]
    citations: list[Citation]


FILTERS = occurrence_filters("Meetings")
EXAMPLES = Examples(
    "meeting-afghanistan-envoys-moscow-2019-04",
    {
        "pair": Example(
            "When did China and Russia meet? The latest meeting that was held.",
            "all_participants=CHN,RUS&status=held&page_size=1",
        )
    },
    {
        "fields": ["title", "since"],
        "on": "2019-06-06",
        "all_participants": ["china", "russia"],
        "represented_by": "xi-jinping",
        "all_represented_by": ["xi-jinping", "vladimir-putin"],
        "issue": "afghan-negotiations",
        "under": "afghanistan",
        "kind": "summit",
        "series": "Arctic Council",
    },
    {
        "changed": {"place": "Moscow, Russia"},
        "changed again": {"series": "Afghan talks"},
        "new": {
            "title": "Foreign ministers on the Arctic",
            "kind": "ministerial",
            "status": "held",
            "since": "2019-05-07",
            "place": "Rovaniemi",
            "country": "FIN",
            "participants": [
                {"actor": "CHN", "role": "participant"},
                {"actor": "RUS", "role": "host"},
            ],
            "citations": CITED,
        },
        "another": {
            "title": "Talks on the Arctic",
            "kind": "envoy_talks",
            "status": "planned",
            "since": "2027",
        },
    },
)
