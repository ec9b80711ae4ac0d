"""What the desk answers: records in the public form, which `tracker.schema` declares, with a head;
pages; all else.
"""

from datetime import datetime
from functools import cache
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from tracker.public.api.openapi.pages import COUNT, NEXT, Kind, fields_of, struct
from tracker.schema.records import SHAPES
from tracker.schema.responses import RequestId
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel, ReviewStep

AN_ADDRESS = {"format": "uri-reference"}
Moment = Annotated[datetime, Meta(description="When (UTC).", tz=True)]
Who = Annotated[str | None, Meta(description="Who, by user name; null: nobody who is known.")]
Resource = Annotated[str, Meta(description="The plural in addresses.", examples=["stances"])]
RecordId = Annotated[int, Meta(description="The record's number.")]
EditionNumber = Annotated[
    int | None, Meta(description="The number of the edition; null: readers saw all of it.")
]


class DeskPublic(Struct, frozen=True):
    """What readers see of a record."""

    edition: Annotated[int, Meta(description="The edition since which they see this version.")]
    published_at: Annotated[datetime, Meta(description="When that was published (UTC).", tz=True)]
    version: Annotated[int, Meta(description="The desk's version that they see.")]
    is_changed: Annotated[bool, Meta(description="The record was changed at the desk since.")]


class DeskHead(Struct, frozen=True):
    """What the desk knows of a record besides its own fields."""

    version: Annotated[
        int, Meta(description="Raised by every change of the record or of its parts; its `ETag`.")
    ]
    state: Annotated[
        str,
        Meta(
            description=(
                "draft (never public), in_review, published (readers see it as it is here), "
                "changed (readers see an earlier version), retracted, or merged."
            )
        ),
    ]
    public: Annotated[DeskPublic | None, Meta(description="What readers see of it; null: nothing.")]
    author: Annotated[str | None, Meta(description="Who made the record, by user name.")]
    merged_into: Annotated[
        str | None,
        Meta(
            description="The address of the record that it is part of.",
            extra_json_schema={"format": "uri-reference"},
        ),
    ]


class DeskStep(Struct, frozen=True):
    """What somebody did with a record in its review, or said about it."""

    moment: Moment
    who: Who
    act: ReviewStep
    version: Annotated[int, Meta(description="The desk's version that it is about.")]
    comment: Annotated[str, Meta(description="What was said; empty: nothing.")]
    to: Annotated[
        str | None,
        Meta(description="Whose turn it is then, by user name; null: nobody's in particular."),
    ]
    into: Annotated[
        int | None,
        Meta(description="The number of the record into which it is proposed to be merged."),
    ]
    proposes_retraction: Annotated[
        bool,
        Meta(
            description=(
                "Whether it proposes that readers see the record no longer; `act` is `commented` "
                "then."
            )
        ),
    ]


class DeskChange(Struct, frozen=True):
    """What one change set did to one record, or to one part of one."""

    id: Annotated[int, Meta(description="The number of the change.")]
    moment: Moment
    who: Who
    why: Annotated[str, Meta(description="The reason that was given; empty: none.")]
    channel: Channel
    change_set: Annotated[UUID, Meta(description="The change set, which can be undone as a whole.")]
    resource: Resource
    record: RecordId
    part: Annotated[
        str | None,
        Meta(description="Which part of the record it was, e.g. citation; null: its own row."),
    ]
    row: Annotated[int, Meta(description="The number of the row: of the record, or of its part.")]
    happened: Annotated[str, Meta(description="added, changed or removed.")]
    changed: Annotated[
        dict[str, list[Any]],
        Meta(
            description="The fields that changed, old and new value as kept; references by number."
        ),
    ]
    steps: Annotated[
        list[DeskStep] | UnsetType,
        Meta(
            description=(
                "In the history of one record, for who may see reviews: the steps of its review "
                "after this change and before the next one, the latest first; on one page the "
                "last 200."
            )
        ),
    ] = UNSET


class DeskDiff(Struct, frozen=True):
    """How a record differs at the desk from what readers see."""

    version: Annotated[int, Meta(description="The desk's version.")]
    public: Annotated[DeskPublic | None, Meta(description="What readers see of it; null: nothing.")]
    changed: Annotated[
        dict[str, list[Any]],
        Meta(
            description=(
                "The fields that differ in their public form: what readers see, and what they "
                "would see."
            )
        ),
    ]
    obstacles: Annotated[
        list["DeskFault"],
        Meta(description="Why whoever asks can't publish it as it is; empty: nothing blocks it."),
    ]


class DeskEdition(Struct, frozen=True):
    """The edition that was made."""

    edition: EditionNumber


class DeskVersion(Struct, frozen=True):
    """A record at a version, as `publish/` takes it."""

    resource: Resource
    id: RecordId
    version: Annotated[int, Meta(description="The version.")]


class DeskConfirmed(Struct, frozen=True):
    """Which claims were confirmed."""

    records: Annotated[
        list[DeskVersion],
        Meta(
            description=(
                "Those that this changed, as they are now; not those that were checked on that "
                "day or later."
            )
        ),
    ]


class DeskRelease(Struct, frozen=True):
    """The release that was made."""

    version: Annotated[str, Meta(description="Its name.", examples=["2026.1"])]
    edition: Annotated[int, Meta(description="The edition that it names.")]
    url: Annotated[str, Meta(description="Where readers find it.", extra_json_schema=AN_ADDRESS)]


class DeskUndone(Struct, frozen=True):
    """What undoing did."""

    change_set: Annotated[
        UUID | None, Meta(description="The change set that undid it; null: nothing was left to do.")
    ]
    counts: Annotated[
        dict[str, dict[str, int]],
        Meta(
            description=(
                "By resource, how many records it deleted, brought back (restore) and changed."
            )
        ),
    ]


class DeskFault(Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong with a request, or blocks it."""

    code: Annotated[str, Meta(description="For programs.", examples=["unknown_field"])]
    detail: Annotated[str, Meta(description="For people: what is wrong, and what would be right.")]
    pointer: Annotated[
        str | UnsetType,
        Meta(description="Where in the body (RFC 6901).", examples=["/citations/0/source"]),
    ] = UNSET
    parameter: Annotated[str | UnsetType, Meta(description="Which parameter or header.")] = UNSET
    resource: Annotated[
        str | UnsetType, Meta(description="Of which record: the plural in addresses.")
    ] = UNSET
    id: Annotated[int | UnsetType, Meta(description="Of which record: its number.")] = UNSET
    field: Annotated[str | UnsetType, Meta(description="Which field of that record.")] = UNSET
    change_set: Annotated[
        UUID | UnsetType, Meta(description="The later change set that blocks it.")
    ] = UNSET
    rule: Annotated[
        str | UnsetType,
        Meta(
            description="Which rule it breaks, the same wherever it is.",
            examples=["stance_issue_has_a_question"],
        ),
    ] = UNSET


class DeskProblem(Struct, frozen=True, omit_defaults=True):
    """Why a request was not answered, or nothing was done (RFC 9457)."""

    type: Annotated[
        str,
        Meta(description="What sort of problem: about:blank says no more than the status does."),
    ]
    title: Annotated[str, Meta(description="The status in words.", examples=["Conflict"])]
    status: Annotated[int, Meta(description="The status of the answer.", examples=[409])]
    detail: Annotated[str, Meta(description="What is wrong, for people.")]
    errors: Annotated[
        list[DeskFault] | UnsetType, Meta(description="All that is wrong, at once.")
    ] = UNSET
    version: Annotated[
        int | UnsetType, Meta(description="With a 412: the version that the record has now.")
    ] = UNSET
    changes: Annotated[
        list[DeskChange] | UnsetType,
        Meta(description="With a 412: what changed since, the latest first."),
    ] = UNSET
    request_id: RequestId = UNSET


@cache
def desk_record(noun: Noun) -> Kind:
    shape = SHAPES[noun]
    return struct(f"Desk{shape.__name__}", shape.__doc__, *fields_of(DeskHead), *fields_of(shape))


@cache
def desk_page_of(result: Kind) -> Kind:
    return struct(
        f"{result.__name__}Page",
        f"One page of a list at the desk; each result is one {result.__name__}.",
        ("next", NEXT),
        ("count", COUNT, UNSET),
        ("results", Annotated[list[result], Meta(description="The results.")]),  # type: ignore[valid-type]
    )
