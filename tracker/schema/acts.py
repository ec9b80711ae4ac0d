"""Acts in public: their shape, and the filters over them."""

from typing import Annotated

from msgspec import Meta, Struct

from tracker.schema.examples import CITED, Example, Examples
from tracker.schema.markers import AnyOf, Bounds, FilterByPart, Ordered
from tracker.schema.occurrences import (
    Judged,
    Place,
    Since,
    Title,
    Until,
    occurrence_filters,
    with_participants,
)
from tracker.schema.parts import (
    Citation,
    Country,
    Discussion,
    Id,
    Participant,
    Ref,
    Summary,
    ToSource,
)
from tracker.values.vocabularies import ActKind, ActStatus, Instrument

MOST_QUOTED = 25  # words, by a citation of the text that was issued


class Act(Struct, frozen=True, kw_only=True):
    """What two actors or more did or are to do together, that is no meeting and no vote."""

    id: Id
    ref: Ref
    title: Title
    kind: Annotated[ActKind, AnyOf("Acts of these kinds.")]
    status: Annotated[ActStatus, AnyOf("Whether they were done.")]
    importance: Annotated[Judged, Bounds("Acts of {at} this importance."), Ordered()]
    since: Since
    until: Until
    place: Place
    country: Annotated[Country, AnyOf("Acts done here.", pattern="[A-Z]{3}")]
    series: Annotated[
        str | None,
        Meta(description="The series that it belongs to."),
        AnyOf("Acts of these series."),
    ]
    text: Annotated[
        ToSource | None, Meta(description="The text that was issued: a statement, a treaty.")
    ]
    summary: Summary
    instruments: Annotated[
        list[Instrument], AnyOf("Acts by any of these means.", name="instrument")
    ]
    participants: Annotated[
        list[Participant],
        with_participants("participant", "Acts with any of these actors"),
        with_participants("all_participants", "Acts with all of these actors", every=True),
    ]
    issues: Annotated[
        list[Discussion], FilterByPart("Acts that bear on any of these issues.", "issue", "issue")
    ]
    citations: list[Citation]


FILTERS = occurrence_filters("Acts")
EXAMPLES = Examples(
    "act-afghanistan-envoys-2019-04",
    {
        "pair": Example(
            "What did China and Russia do together? The latest act that was done.",
            "all_participants=CHN,RUS&status=done,in_force,ended&page_size=1",
        )
    },
    {
        "fields": ["title", "since"],
        "on": "2019-04-15",
        "all_participants": ["china", "russia"],
        "represented_by": "xi-jinping",
        "all_represented_by": ["xi-jinping", "vladimir-putin"],
        "issue": "afghan-negotiations",
        "under": "afghanistan",
        "kind": "other",
        "instrument": "diplomatic",
        "series": "Joint Sea",
        "country": "RUS",
        "status": "done",
        "to": "2019-06-30",
    },
    {
        "changed": {"importance": 2},
        "changed again": {"series": "Talks on Afghanistan"},
        "new": {
            "title": "Exercise in the Gulf of Oman",
            "kind": "exercise",
            "status": "done",
            "since": "2019-04",
            "instruments": ["military"],
            "citations": CITED,
            "participants": [{"actor": "CHN"}, {"actor": "RUS", "role": "host"}],
        },
        "another": {
            "title": "Joint statement on the Arctic",
            "kind": "joint_statement",
            "status": "planned",
            "since": "2999",
            "text": "usip-2019-06",
            "participants": [
                {"actor": "CHN", "role": "signatory"},
                {"actor": "RUS", "role": "signatory"},
            ],
        },
    },
)
