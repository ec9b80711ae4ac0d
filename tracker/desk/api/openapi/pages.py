"""The same at the desk: records as it has them, and pages."""

from functools import cache
from typing import Annotated

from msgspec import UNSET, Meta

from tracker.desk.api.shapes import DeskHead
from tracker.public.api.openapi.pages import COUNT, NEXT, Kind, fields_of, struct
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun


@cache
def desk_record(noun: Noun) -> Kind:
    """Return the form of a record at the desk."""
    shape = SHAPES[noun]
    return struct(f"Desk{shape.__name__}", shape.__doc__, *fields_of(DeskHead), *fields_of(shape))


@cache
def desk_page_of(result: Kind) -> Kind:
    """Return the form of a page of a list at the desk."""
    return struct(
        f"{result.__name__}Page",
        f"One page of a list at the desk; each result is one {result.__name__}.",
        ("next", NEXT),
        ("count", COUNT, UNSET),
        ("results", Annotated[list[result], Meta(description="The results.")]),  # type: ignore[valid-type]
    )
