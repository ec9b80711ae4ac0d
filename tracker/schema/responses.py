"""The public form of what is told about records:
editions, changes, versions, the codebook, and errors.
"""

from datetime import date, datetime
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from tracker.schema.parts import Address, Frame, Reference
from tracker.values.vocabularies import Operation

Number = Annotated[int, Meta(description="The number of an edition.", examples=[57])]
PublishedAt = Annotated[
    datetime, Meta(description="When the edition was published (UTC).", tz=True)
]
Note = Annotated[str | None, Meta(description="What the edition is about.")]
Reason = Annotated[
    str | None,
    Meta(
        description="Why this record, where more is to be said of it than the edition's note does.",
        examples=["The source was dated a year too late."],
    ),
]
Changed = Annotated[
    dict[str, list[Any]],
    Meta(description="The fields that changed, each with its old and its new value."),
]


class Edition(Struct, frozen=True, omit_defaults=True):
    """One publishing transaction."""

    number: Number
    url: Address
    published_at: PublishedAt
    note: Note
    counts: Annotated[
        dict[str, int],
        Meta(description="How many records it published, updated, renamed, retracted."),
    ]
    chain: Annotated[
        Annotated[str, Meta(pattern="^[0-9a-f]{64}$")] | None,
        Meta(
            description=(
                "The head of the chain of editions: a SHA-256 over this edition, what the desk "
                "had written by then, and the head before, so over all the past. It is to be "
                "kept: an edition whose head is not what it was has another past. Nobody can "
                "make it from what is public. Null before the tracker had a chain."
            ),
        ),
    ]
    digest: Annotated[
        Annotated[str, Meta(pattern="^[0-9a-f]{64}$")] | UnsetType,
        Meta(
            description=(
                "Of all that the edition holds; not in lists. The SHA-256 of the SHA-256 digests "
                "(as bytes) of its records, one after another, in the order of `records` at "
                "`/api/v1/`, each by `id`; and of each record as the API writes it, as of this "
                "edition: compact JSON in UTF-8."
            ),
        ),
    ] = UNSET


class ReleaseFile(Struct, frozen=True):
    """One file of a release, which never changes."""

    name: Annotated[str, Meta(description="The file's name.", examples=["stances.csv"])]
    url: Address
    media_type: Annotated[str, Meta(description="What it is.", examples=["text/csv"])]
    bytes: Annotated[int, Meta(description="How long it is.")]
    sha256: Annotated[
        str, Meta(description="The SHA-256 of it, in hexadecimal.", pattern="^[0-9a-f]{64}$")
    ]


class Release(Struct, frozen=True, omit_defaults=True):
    """An edition with a name, by which it is cited."""

    version: Annotated[
        str, Meta(description="The name: a year, and a number within it.", examples=["2026.1"])
    ]
    url: Address
    edition: Number
    published_at: PublishedAt
    made_at: Annotated[
        datetime, Meta(description="When the edition was given the name (UTC).", tz=True)
    ]
    notes: Annotated[str | None, Meta(description="What the release is about.")]
    doi: Annotated[
        str | None,
        Meta(description="Its DOI, without `https://doi.org/`; null until one is recorded."),
    ]
    files: Annotated[
        list[ReleaseFile] | UnsetType,
        Meta(description="Its files, as they were made; not in lists."),
    ] = UNSET
    bibtex: Annotated[
        str | UnsetType, Meta(description="How to cite it, as BibTeX; not in lists.")
    ] = UNSET
    csl: Annotated[
        dict[str, Any] | UnsetType,
        Meta(description="How to cite it, as an item of CSL-JSON; not in lists."),
    ] = UNSET


class Change(Struct, frozen=True):
    """What one edition did to one record."""

    edition: Number
    published_at: PublishedAt
    operation: Operation
    resource: Annotated[str, Meta(description="The plural in addresses.", examples=["stances"])]
    id: Annotated[int, Meta(description="The record's number.")]
    key: Annotated[str, Meta(description="The key of its address in that edition.")]
    url: Address
    changed: Changed
    into: Annotated[str | None, Meta(description="The address of the survivor of a merge.")]
    note: Note
    reason: Reason


class Version(Struct, frozen=True):
    """One edition's change to a record."""

    edition: Number
    published_at: PublishedAt
    operation: Operation
    note: Note
    reason: Reason
    changed: Changed
    url: Annotated[
        str | None, Meta(description="Where this version is, whole; null for a retraction.")
    ]


class Term(Struct, frozen=True, omit_defaults=True):
    """One term of a vocabulary."""

    value: Annotated[str, Meta(description="As it stands in records.")]
    label: Annotated[str, Meta(description="As people read it.")]
    rule: Annotated[str, Meta(description="When it is coded.")]
    score: Annotated[
        int | UnsetType | None, Meta(description="Of a position: from -2 to 2, or null.")
    ] = UNSET


class VocabularyInUse(Struct, frozen=True):
    """One vocabulary of the codebook."""

    name: Annotated[str, Meta(description="What it is called in this document and in OpenAPI.")]
    definition: Annotated[str, Meta(description="What it is for.")]
    fields: Annotated[
        list[str], Meta(description="Where it is used.", examples=[["stances.position"]])
    ]
    terms: Annotated[list[Term], Meta(description="In the order of the vocabulary.")]


class Word(Struct, frozen=True):
    """A word of the tracker's own."""

    value: Annotated[str, Meta(description="The word, for programs.", examples=["edition"])]
    label: Annotated[str, Meta(description="As people read it.")]
    meaning: Annotated[str, Meta(description="What it means here.")]


class Codebook(Struct, frozen=True):
    """Every vocabulary, with definitions and coding rules, and the tracker's own words."""

    vocabularies: Annotated[list[VocabularyInUse], Meta(description="By name.")]
    words: Annotated[list[Word], Meta(description="What the tracker calls what it is made of.")]


class Covers(Struct, frozen=True):
    """Up to which day an edition has records of a resource, and of votes, those of a body."""

    resource: Annotated[str, Meta(description="The plural in addresses.", examples=["stances"])]
    body: Annotated[
        Reference | None, Meta(description="Of votes, the organization that decides; else null.")
    ]
    until: Annotated[
        date,
        Meta(
            description=(
                "The newest day that one tells of, or of a claim, on which it was confirmed: "
                "forecasts, what is planned and days after the edition's don't count; of vague "
                "days, and of what lasts, the first."
            )
        ),
    ]
    closed: Annotated[
        date | None,
        Meta(
            description=(
                "The last day of a set of votes that was taken over whole, as `frames` say, and "
                "goes on no further; null: it goes on, or is no such set. Votes after it may be "
                "here, but not all."
            )
        ),
    ]
    frames: Annotated[
        list[Frame],
        Meta(description="For which periods and kinds all recorded votes of a body are here."),
    ]


class Fault(Struct, frozen=True):
    """One thing that is wrong with a request."""

    parameter: Annotated[str, Meta(description="Which parameter.")]
    code: Annotated[str, Meta(description="For programs.", examples=["unknown_parameter"])]
    detail: Annotated[str, Meta(description="For people: what is wrong, and what would be right.")]


RequestId = Annotated[
    str | UnsetType,
    Meta(
        description="With a status of 500 or more: the id of the request, to be quoted to the team."
    ),
]


class Problem(Struct, frozen=True, omit_defaults=True):
    """Why a request was not answered (RFC 9457)."""

    type: Annotated[
        str,
        Meta(description="What sort of problem: about:blank says no more than the status does."),
    ]
    title: Annotated[str, Meta(description="The status in words.", examples=["Bad Request"])]
    status: Annotated[int, Meta(description="The status of the answer.", examples=[400])]
    detail: Annotated[str, Meta(description="What is wrong, for people.")]
    errors: list[Fault] | UnsetType = UNSET
    nearest: Annotated[
        list[int] | UnsetType,
        Meta(description="Of an edition that is withheld: those before and after that are shown."),
    ] = UNSET
    request_id: RequestId = UNSET
