"""What answers hold that is made of the public shapes:
records as the publication has them, and pages.
"""

from functools import cache
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, defstruct
from msgspec.structs import fields

from tracker.schema.records import CLAIMS, SHAPES
from tracker.values.nouns import Noun

OPENED_BY = Annotated[
    int, Meta(description="The number of the edition that opened this version of the record.")
]
STALE = Annotated[
    bool | UnsetType,
    Meta(
        description=(
            "There where `on` is given: whether the claim, which has no end, was last confirmed "
            "more than a year (or as long as this tracker says) before that day, or never. Then "
            "tell it as said then, not as so."
        )
    ),
]
ANSWERED_BY = Annotated[int, Meta(description="The edition that answered; 0 before the first.")]
COUNT = Annotated[
    int | UnsetType, Meta(description="How many results there are in all, if asked for.")
]
CAPPED = Annotated[
    bool | UnsetType,
    Meta(description="There, and true, if a search found more than it counts and gives."),
]
AN_ADDRESS = {"format": "uri"}
NEXT = Annotated[
    str | None,
    Meta(description="The next page, absolute; null on the last.", extra_json_schema=AN_ADDRESS),
]
NEXT_OR_LATER = Annotated[
    str, Meta(description="Where to go on, now or later; absolute.", extra_json_schema=AN_ADDRESS)
]
Kind = type[Struct]


@cache
def record(noun: Noun) -> Kind:
    """Return the form of a record in the publication."""
    stale = [("is_stale", STALE, UNSET)] if noun in CLAIMS else []
    fields = fields_of(SHAPES[noun])
    return struct(
        SHAPES[noun].__name__, SHAPES[noun].__doc__, ("edition", OPENED_BY), *stale, *fields
    )


@cache
def page_of(result: Kind, *, capped: bool = False, endless: bool = False) -> Kind:
    """Return the form of a page of a list; `endless` is one whose `next` is never null."""
    return struct(
        f"{result.__name__}Page",
        f"One page of a list; each result is one {result.__name__}.",
        ("edition", ANSWERED_BY),
        ("next", NEXT_OR_LATER if endless else NEXT),
        ("count", COUNT, UNSET),
        *([("count_is_capped", CAPPED, UNSET)] if capped else []),
        ("results", Annotated[list[result], Meta(description="The results.")]),  # type: ignore[valid-type]
    )


def struct(name: str, description: str | None, *declared: Any) -> Kind:
    """Return a Struct of these fields, each a name, a type and perhaps a default."""
    return defstruct(name, declared, kw_only=True, frozen=True, namespace={"__doc__": description})


def fields_of(shape: Kind) -> list[tuple[str, Any]]:
    """Return the names and types of the fields of a shape."""
    return [(field.name, field.type) for field in fields(shape)]
